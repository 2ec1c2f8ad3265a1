using LandscapeGpu.Descent;
using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Catalogue;

namespace LandscapeGpu.GpuBenchmark;

/// <summary>What is measured: an objective, its rule, and how many restarts fill a GPU.</summary>
/// <param name="Name">Its name, also for the peers.</param>
/// <param name="Objective">The objective.</param>
/// <param name="Step">Gradient descent's step size.</param>
internal sealed record Problem(string Name, Objective Objective, double Step)
{
    public const int Restarts = 1 << 18;

    /// <summary>Every restart makes so many steps: what differs is speed alone.</summary>
    public const int Iterations = 1000;

    public static IReadOnlyList<Problem> All { get; } =
    [
        new("rastrigin-10", Catalogue.Find("rastrigin").Create(10), 1e-3),
        new("rosenbrock-10", Catalogue.Find("rosenbrock").Create(10), 1e-5),
        new("pca-20", Catalogue.Find("pca").Create(20), 1e-3),
        new("tensor-30", Catalogue.Find("orthogonal-tensor").Create(30), 1e-2),
        new("glm-20", Catalogue.Find("glm").Create(20), 1e-1),
        new("lennard-jones-7", Catalogue.Find("lennard-jones").Create(), 1e-5),
    ];

    /// <summary>The numbers that the formula reads, by their names in it.</summary>
    public IEnumerable<(string Name, IReadOnlyList<double> Values)> Data() =>
        StepProgram.Write(Objective, Options).Program.Data.Select(d => (d.Values.Name, (IReadOnlyList<double>)d.Values.Values));

    public DescentOptions Options => new()
    {
        Rule = new GradientDescent { Step = Step },
        Stop = new() { Iterations = Iterations, OnlyIterations = true },
    };
}
