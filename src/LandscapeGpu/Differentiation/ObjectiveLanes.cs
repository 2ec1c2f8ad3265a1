namespace LandscapeGpu.Differentiation;

internal static class ObjectiveLanes
{
    /// <summary>Lanes of one of an objective's programs, with its data and the values of its parameters.</summary>
    public static Lanes OnLanes(this Objective objective, CompiledProgram program, int threads = 1) => new(program, objective.Parameters, objective.Replaced, threads);
}
