using LandscapeGpu.Descent;
using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Starts;

namespace LandscapeGpu.Benchmarks.Problems;

/// <summary>A problem that all programs of the comparison solve: the same objective, starts, rule and stop.</summary>
/// <param name="Name">The peers' name for it.</param>
/// <param name="Title">A reader's name for it.</param>
/// <param name="Objective">The formula.</param>
/// <param name="Rule">How the point moves.</param>
/// <param name="Tolerance">The gradient's norm that ends a restart in single precision.</param>
/// <param name="Cap">The iteration limit when stopping by that norm.</param>
/// <param name="Restarts">How many restarts are timed: enough for about a quarter of a second.</param>
/// <param name="Starts">The peers' starts, by their number.</param>
internal sealed record PeerProblem(
    string Name, string Title, Objective Objective, UpdateRule Rule, double Tolerance, int Cap, int Restarts, Func<int, GivenPoints> Starts)
{
    /// <summary>Steps, tolerances and limits are those of the peers' common.py.</summary>
    public static IReadOnlyList<PeerProblem> All { get; } =
    [
        new("rastrigin10", "Rastrigin, d = 10", Of("rastrigin", 10), Plain(1e-3), 1e-3, 2000, 1 << 20, n => PeerStarts.Cube(n, 10, 5.12)),
        new("ackley10", "Ackley, d = 10", Of("ackley", 10), Plain(2e-2), 1e-4, 5000, 1 << 20, n => PeerStarts.Cube(n, 10, 5)),
        new("pca20", "PCA, d = 20", Of("pca", 20), Plain(0.1), 1e-5, 5000, 1 << 19, n => PeerStarts.Normal(n, 20, 20)),
        new("tensor30", "Tensor on the sphere, d = 30", PeerObjectives.Tensor(30), Plain(0.1), 1e-5, 5000, 1 << 17, n => PeerStarts.Sphere(n, 30)),
        new("relu6", "ReLU teacher and student, 6×6", PeerObjectives.Relu(6), Plain(0.2), 1e-5, 20_000, 1 << 15, n => PeerStarts.Normal(n, 36, 6)),
        new("glm20", "Generalised linear model, n = 1000, d = 20", PeerSamples.Glm(20), Plain(10), 1e-5, 5000, 1 << 13, n => PeerStarts.Normal(n, 20, 20)),
        new("mlp16", "Perceptron 10-16-1, n = 200", PeerSamples.Mlp(16), Plain(0.2), 1e-5, 20_000, 1 << 11, n => PeerStarts.Normal(n, 193, 10)),
        new("lj13", "Lennard-Jones, 13 atoms", Atoms(13), new Lbfgs { Memory = 5, LongestStep = 1 }, 1e-3, 5000, 1 << 14, n => PeerStarts.Grid(n, 13)),
    ];

    /// <summary>A whole quench by L-BFGS is timed, not a fixed number of gradients.</summary>
    public bool IsQuench => Rule is Lbfgs;

    /// <summary>
    /// Where the programs are checked after a number of steps, because the tolerance may never be reached: exact coincidence of two
    /// ReLU units is a point without a derivative, and a perceptron's valleys are long.
    /// </summary>
    public bool IsCheckedBySteps => Name is "relu6" or "mlp16";

    public static PeerProblem Find(string name) => All.FirstOrDefault(p => p.Name == name)
        ?? throw new ArgumentException($"There is no problem {name}; there are {string.Join(", ", All.Select(p => p.Name))}.");

    /// <summary>The descent in single precision.</summary>
    /// <param name="iterations">Exactly so many gradients; 0 to stop at the tolerance.</param>
    public DescentOptions Descent(int iterations) => new()
    {
        Rule = Rule,
        Stop = iterations == 0
            ? new StopRule { GradientTolerance = Tolerance, Iterations = Cap, Plateau = 0 }
            : Objective.Region.Equals(Region.Ball(1))
                // Stopping at the iteration limit alone leaves out the domain, which here is part of the step.
                ? new StopRule { GradientTolerance = 1e-30, Iterations = iterations, Plateau = 0 }
                : new StopRule { OnlyIterations = true, Iterations = iterations },
    };

    // The peers do not project onto the box.
    private static Objective Of(string family, int dimension) => Catalogue.Find(family).Create(dimension) with { Region = Region.WholeSpace };

    private static Objective Atoms(int atoms) => Catalogue.Find("lennard-jones").Create(settings: new Dictionary<string, double> { ["atoms"] = atoms });

    private static GradientDescent Plain(double step) => new() { Step = step };
}
