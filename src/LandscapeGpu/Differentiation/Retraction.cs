using LandscapeGpu.Compilation;

namespace LandscapeGpu.Differentiation;

/// <summary>Takes points to an objective's region, in double precision: by the region's own code where it has some, else by its expression on lanes.</summary>
internal sealed class Retraction : IDisposable
{
    private readonly Region region;
    private readonly Compiled? compiled;
    private readonly Lanes? lanes;

    public Retraction(Objective objective, int? bits = null)
    {
        region = objective.Region;
        if (!region.TryProject(new double[objective.Dimension]))
        {
            var source = objective.Compiled;
            compiled = CompiledOnce.Of(source.Value, (typeof(Retraction), region, bits ?? LaneTarget.WidestBits), () => Compile(source, bits));
            lanes = new(compiled.Program, parameters: []);
        }
    }

    /// <summary>Moves one point.</summary>
    public void Apply(Span<double> point)
    {
        if (lanes is null)
        {
            region.TryProject(point);
            return;
        }

        lanes.WriteAll(compiled!.Near, point);
        lanes.Run();
        lanes.Read(compiled!.On, 0, point);
    }

    /// <summary>Moves a block of points, each to its own array; their number is that of the derivatives' lanes.</summary>
    public void Apply(IReadOnlyList<double[]> points)
    {
        if (lanes is null)
        {
            foreach (var point in points)
            {
                region.TryProject(point);
            }

            return;
        }

        for (var l = 0; l < points.Count; l++)
        {
            lanes.Write(compiled!.Near, l, points[l]);
        }

        lanes.Run();
        for (var l = 0; l < points.Count; l++)
        {
            lanes.Read(compiled!.On, l, points[l]);
        }
    }

    public void Dispose() => lanes?.Dispose();

    private static Compiled Compile(Objective objective, int? bits)
    {
        var written = RetractionProgram.Write(objective);
        return new Compiled(Derivatives.Compile(written.Program, bits), written.Near, written.On);
    }

    private sealed record Compiled(CompiledProgram Program, ProgramArray Near, ProgramArray On);
}
