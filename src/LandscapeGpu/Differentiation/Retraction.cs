using LandscapeGpu.Compilation;
using LandscapeGpu.Execution;
using LandscapeGpu.Objectives;

namespace LandscapeGpu.Differentiation;

/// <summary>Takes points near an objective's manifold to the manifold, in double precision, on lanes; where there is none, leaves them.</summary>
internal sealed class Retraction : IDisposable
{
    private readonly Compiled? compiled;
    private readonly Lanes? lanes;
    private readonly AlignedMemory? data;

    public Retraction(Objective objective, int? bits = null)
    {
        if (objective.Manifold is { } manifold)
        {
            var source = objective.Compiled;
            compiled = CompiledOnce.Of(source.Value, (typeof(Retraction), manifold, bits ?? LaneTarget.WidestBits), () => Compile(source, manifold, bits));
            lanes = new(compiled.Program);
            data = compiled.Program.NewData([]);
        }
    }

    /// <summary>Moves one point.</summary>
    public void Apply(Span<double> point)
    {
        if (lanes is null)
        {
            return;
        }

        // All lanes the same: what is left of earlier points may not be numbers, on which arithmetic can be slow.
        for (var l = 0; l < lanes.Count; l++)
        {
            lanes.Write(compiled!.Near, l, point);
        }

        lanes.Run(data!);
        lanes.Read(compiled!.On, 0, point);
    }

    /// <summary>Moves a block of points, each to its own array; their number is that of the derivatives' lanes.</summary>
    public void Apply(IReadOnlyList<double[]> points)
    {
        if (lanes is null)
        {
            return;
        }

        for (var l = 0; l < points.Count; l++)
        {
            lanes.Write(compiled!.Near, l, points[l]);
        }

        lanes.Run(data!);
        for (var l = 0; l < points.Count; l++)
        {
            lanes.Read(compiled!.On, l, points[l]);
        }
    }

    public void Dispose()
    {
        lanes?.Dispose();
        data?.Dispose();
    }

    private static Compiled Compile(Objective objective, Manifold manifold, int? bits)
    {
        var written = RetractionProgram.Write(objective, manifold);
        return new Compiled(Derivatives.Compile(written.Program, bits), written.Near, written.On);
    }

    private sealed record Compiled(CompiledProgram Program, ProgramArray Near, ProgramArray On);
}
