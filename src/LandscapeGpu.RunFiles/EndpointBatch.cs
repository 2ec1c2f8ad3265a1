namespace LandscapeGpu.RunFiles;

/// <summary>Neighbouring restarts of a run, as they ended.</summary>
/// <param name="First">The number of the first.</param>
/// <param name="IsDouble">Whether the points were found in double precision; else each coordinate is one of single precision.</param>
/// <param name="Outcomes">How each ended, as <see cref="LandscapeGpu.Descent.Outcome"/> numbers it.</param>
/// <param name="Steps">How many steps each made.</param>
/// <param name="Values">f where each ended.</param>
/// <param name="Points">Where each ended: count × d coordinates, restart by restart, in the formula's units.</param>
public sealed record EndpointBatch(long First, bool IsDouble, IReadOnlyList<byte> Outcomes, IReadOnlyList<int> Steps, IReadOnlyList<double> Values, IReadOnlyList<double> Points)
{
    /// <summary>Of a comparison or a sweep: the number of the contender, or of the row, from 1; 0 of a survey.</summary>
    public int Member { get; init; }

    /// <summary>Which stationary point each came to; empty in a comparison or a sweep, of which no points are kept.</summary>
    public IReadOnlyList<Arrival> Arrivals { get; init; } = [];

    /// <summary>How many restarts there are.</summary>
    public int Count => Outcomes.Count;
}
