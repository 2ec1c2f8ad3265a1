namespace LandscapeGpu.Surveys;

/// <summary>Neighbouring restarts that have ended, as they are kept.</summary>
/// <param name="First">The number of the first.</param>
/// <param name="Ends">Where they ended, in the formula's units.</param>
/// <param name="StoodStill">How many of them stood still in single precision and went on in double.</param>
/// <param name="Repeated">How many of them were not finite in single precision and were run again in double.</param>
internal sealed record EndpointPiece(long First, Endpoints Ends, int StoodStill, int Repeated);

/// <summary>f at endpoints of a piece.</summary>
/// <param name="first">The first of them, counted from the piece's beginning.</param>
/// <param name="values">f there and at those that follow.</param>
internal delegate void EndpointValues(int first, Span<double> values);

/// <summary>Where the endpoints of a survey are kept as they come, and where those come from that were kept before.</summary>
internal abstract class EndpointStore
{
    /// <summary>What is kept already, in ascending order and disjoint.</summary>
    public abstract IReadOnlyList<RestartSpan> Kept { get; }

    /// <summary>A piece that is kept.</summary>
    public abstract EndpointPiece Read(RestartSpan span);

    /// <summary>Keeps a piece; it may do so later, on a thread of its own.</summary>
    /// <param name="piece">The restarts; not changed any more.</param>
    /// <param name="values">f where they ended, asked for by one thread.</param>
    /// <exception cref="IOException">It, or one before it, cannot be kept.</exception>
    public abstract void Keep(EndpointPiece piece, EndpointValues values);

    /// <summary>Comes back when all is kept.</summary>
    /// <exception cref="IOException">Something cannot be kept.</exception>
    public abstract void Flush();

    /// <summary>A stream of its own for what is known only in the end; null where that is not kept.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    public virtual Stream? Scratch() => null;

    /// <summary>Told in the end which point each restart came to; to be gone through once, before the scratch is closed.</summary>
    public virtual void Settle(IEnumerable<ArrivedPiece> arrivals)
    {
    }
}
