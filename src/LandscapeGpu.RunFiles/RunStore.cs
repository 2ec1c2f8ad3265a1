using LandscapeGpu.Surveys;

namespace LandscapeGpu.RunFiles;

/// <summary>Endpoints of a member in a run file.</summary>
internal sealed class RunStore(RunFile file, RunWriter writer, RunMember? of) : EndpointStore
{
    private readonly int member = of?.Number ?? 0;

    // What this survey adds it does not ask for.
    private readonly Lazy<IReadOnlyList<RestartSpan>> kept = new(() => file.KeptOf(of?.Number ?? 0));

    public override IReadOnlyList<RestartSpan> Kept => kept.Value;

    public override EndpointPiece Read(RestartSpan span) => file.Read(span.First, of).Piece(of?.Dimension ?? file.Dimension);

    public override void Keep(EndpointPiece piece, EndpointValues values) => writer.Keep(file.SeedOf(of), member, piece, values);

    public override void Flush() => writer.Flush();

    // Of comparisons and sweeps no points are kept that restarts could have come to.
    public override Stream? Scratch() => member == 0 ? file.Scratch() : null;

    public override void Settle(IEnumerable<ArrivedPiece> arrivals) => file.Settle(arrivals);
}

/// <summary>Endpoints of a run file that is only read.</summary>
internal sealed class KeptOnly(RunFile file) : EndpointStore
{
    private readonly Lazy<IReadOnlyList<RestartSpan>> kept = new(() => file.Kept);

    public override IReadOnlyList<RestartSpan> Kept => kept.Value;

    public override EndpointPiece Read(RestartSpan span) => file.Read(span.First).Piece(file.Dimension);

    public override void Keep(EndpointPiece piece, EndpointValues values) => throw new InvalidOperationException("Restarts were made that are to come from a file.");

    public override void Flush()
    {
    }
}
