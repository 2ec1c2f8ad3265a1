using LandscapeGpu.Compilation;

namespace LandscapeGpu.Differentiation;

/// <summary>A region's projection as a program in double precision: from a point near it to a point of it.</summary>
internal sealed record RetractionProgram(Program Program, ProgramArray Near, ProgramArray On)
{
    // Up to this many coordinates it is written out.
    private const int UnrolledTraversal = 12;

    public static RetractionProgram Write(Objective objective) => objective.Trace.Run(() =>
    {
        var d = objective.Dimension;
        var (near, on) = (new ProgramArray("x", d, Memory.State), new ProgramArray("y", d, Memory.State));
        var retracted = objective.Region.Project(objective.Point, new VectorForm(d <= UnrolledTraversal));
        var program = Lowering.Lower(true, [near, on], new Dictionary<Vector, Storage> { [objective.Point] = new(near, 0) }, [new Output.OfVector(retracted, new(on, 0))]);
        return new RetractionProgram(program, near, on);
    });
}
