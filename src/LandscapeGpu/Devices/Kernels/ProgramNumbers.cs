using LandscapeGpu.Compilation;

namespace LandscapeGpu.Devices.Kernels;

/// <summary>The numbers a program reads when it runs an objective: its data, or what takes their place, then the present values of its parameters.</summary>
internal static class ProgramNumbers
{
    /// <param name="program">Compiled from the objective, or from the one that lends it programs.</param>
    /// <param name="objective">Whose data and parameters are meant.</param>
    /// <param name="numbers">Of parameters that are not the objective's.</param>
    public static IEnumerable<double> Of(Program program, Objective objective, IReadOnlyList<Parameter>? numbers = null) =>
    [
        .. program.Data.SelectMany(d => (objective.Replaced.GetValueOrDefault(d.Values) ?? d.Values).Values),
        .. program.Parameters.Select(own => (objective.Parameters.Concat(numbers ?? []).FirstOrDefault(p => p.Name == own.Name) ?? own).Value),
    ];
}
