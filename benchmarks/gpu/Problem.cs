using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Catalogue;

namespace LandscapeGpu.GpuBenchmark;

/// <summary>What is measured: gradient descent on an objective, from its own starts, until one stop rule holds.</summary>
/// <param name="Formula">The objective's name, also for the peers.</param>
/// <param name="Objective">The objective.</param>
/// <param name="Step">Gradient descent's step size.</param>
/// <param name="Tolerance">A restart ends where ‖∇f‖ is at most this; null: after <see cref="Iterations"/> steps, whatever happens.</param>
internal sealed record Problem(string Formula, Objective Objective, double Step, double? Tolerance = null)
{
    /// <summary>Every restart makes so many steps, or no more.</summary>
    public const int Iterations = 1000;

    /// <summary>How many a GPU makes: about a second's work.</summary>
    public int Restarts { get; private init; } = 1 << 20;

    public static IReadOnlyList<Problem> All { get; } =
    [
        new("rastrigin-10", Catalogue.Find("rastrigin").Create(10), 1e-3),
        new("rosenbrock-10", Catalogue.Find("rosenbrock").Create(10), 1e-5),
        new("pca-20", Catalogue.Find("pca").Create(20), 1e-3),
        new("tensor-30", Catalogue.Find("orthogonal-tensor").Create(30), 1e-2),
        new("glm-20", Catalogue.Find("glm").Create(20), 1e-1) { Restarts = 1 << 17 },
        new("lennard-jones-7", Catalogue.Find("lennard-jones").Create(), 1e-5),
        // Restarts that end when they are done: what it costs not to wait for the slowest.
        new("rastrigin-10", Catalogue.Find("rastrigin").Create(10), 1e-3, 1e-2),
        new("pca-20", Catalogue.Find("pca").Create(20), 5e-2, 1e-4),
        new("tensor-30", Catalogue.Find("orthogonal-tensor").Create(30), 1e-1, 1e-4),
    ];

    public string Name => Tolerance is { } tolerance ? FormattableString.Invariant($"{Formula} to {tolerance}") : Formula;

    /// <summary>The numbers that the formula reads, by their names in it.</summary>
    public IEnumerable<(string Name, IReadOnlyList<double> Values)> Data() =>
        StepProgram.Write(Objective, Options).Program.Data.Select(d => (d.Values.Name, (IReadOnlyList<double>)d.Values.Values));

    public DescentOptions Options => new()
    {
        Rule = new GradientDescent { Step = Step },
        Stop = Tolerance is { } tolerance ? new() { Iterations = Iterations, GradientTolerance = tolerance } : new() { Iterations = Iterations, OnlyIterations = true },
    };

    public RestartRange Range(int restarts) => new(Objective.DefaultStarts, 1, 0, restarts);
}
