using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>The tangent kernel K = JJᵀ of a model along one descent, and what the model linearised at the start could do.</summary>
/// <remarks>
/// J is the Jacobian of the outputs. The linearised model is y(θ₀) + J(θ₀)(θ − θ₀), (6.1) of Ma (2021); Jacot, Gabriel and Hongler
/// (2018), Neural tangent kernel. Training is lazy where K hardly changes: Chizat, Oyallon and Bach (2019), On lazy training in
/// differentiable programming.
/// </remarks>
public sealed record TangentKernel
{
    /// <summary>Below this relative change of the kernel, training is called lazy here.</summary>
    public const double LazyChange = 0.1;

    private TangentKernel()
    {
    }

    /// <summary>Eigenvalues of K at the start, ascending.</summary>
    public required IReadOnlyList<double> Start { get; init; }

    /// <summary>Eigenvalues of K at the end, ascending.</summary>
    public required IReadOnlyList<double> End { get; init; }

    /// <summary>‖K_end − K_start‖/‖K_start‖, Frobenius.</summary>
    public required double Change { get; init; }

    /// <summary>‖θ_end − θ_start‖/‖θ_start‖.</summary>
    public required double Travelled { get; init; }

    /// <summary>The loss at the start.</summary>
    public required double StartLoss { get; init; }

    /// <summary>The loss at its end.</summary>
    public required double EndLoss { get; init; }

    /// <summary>The least loss of the model linearised at the start.</summary>
    public required double LinearisedMinimum { get; init; }

    /// <summary>The rank of J at the start: n if the linearised model can fit anything.</summary>
    public required int Rank { get; init; }

    /// <summary>Whether coordinates differ so much that they are compared in units of their own, those of the exploration; K, and how far the parameters moved, are in these.</summary>
    public required bool IsInOwnUnits { get; init; }

    /// <summary>How training ended.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>How many steps were made.</summary>
    public required long Steps { get; init; }

    /// <summary>Whether the kernel changed so little that the network was nearly its linear model.</summary>
    public bool IsLazy => Change <= LazyChange;

    /// <summary>How it was sampled.</summary>
    public string Sampling => $"one adaptive gradient descent of {Count(Steps, "step")} ({Outcome}){(IsInOwnUnits ? "; every coordinate in its unit of the exploration" : "")}";

    /// <summary>The finding in words.</summary>
    public string Sentence =>
        $"Tangent kernel: eigenvalues from {Number(Start[0], 3)} to {Number(Start[^1], 3)} at the start and {Number(End[0], 3)} to {Number(End[^1], 3)} at the end; it changed by {Percent(Change)} while the parameters moved by {Percent(Travelled)}: {(IsLazy ? "lazy" : "not lazy")}. The loss went from {Number(StartLoss)} to {Number(Rounded(EndLoss))}; the model linearised at the start could reach {Number(Rounded(LinearisedMinimum))} (rank {Rank} of {Start.Count}).";

    /// <summary>Trains the model once and compares the kernel at both ends.</summary>
    /// <param name="objective">An objective defined with its outputs.</param>
    /// <param name="seed">The seed of the start.</param>
    /// <param name="restart">Which start.</param>
    /// <param name="iterations">The most steps of descent.</param>
    /// <exception cref="ArgumentException">The objective has no model.</exception>
    public static TangentKernel Of(Objective objective, ulong seed = 1, long restart = 0, int iterations = 20_000) => Of(objective, new LaneDevice(1), seed, restart, iterations);

    /// <summary>The same with a device that descends.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal static TangentKernel Of(Objective objective, Device device, ulong seed, long restart = 0, int iterations = 20_000, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        // A kernel adds up what coordinates do, and so needs them in units that can be compared.
        var units = UnitChoice.Of(objective, null);
        using var jacobian = new ModelJacobian(objective, units);
        using var fit = new ConvexFit(objective);
        var start = new double[objective.Dimension];
        objective.DefaultStarts.Draw(seed, restart, start);
        var options = new DescentOptions { Rule = new AdaptiveStep(), IsDouble = true };
        options = options with { Stop = new StopRule { Iterations = iterations, GradientTolerance = DescentInUnits.ToGive(Stationarity.HalfTheDigits, options, units, start.Length) } };
        var ended = DescentInUnits.Compile(device, objective, options, units).Run(new RestartRange(new GivenPoints(start, start.Length), seed, 0, 1), null, stop);
        stop.ThrowIfCancellationRequested();
        var end = ended.Points;
        units.ToMoving(start);
        units.ToMoving(end);

        var (before, after) = (jacobian.Columns(start), jacobian.Columns(end));
        var (first, last) = (Kernel(before), Kernel(after));
        stop.ThrowIfCancellationRequested();
        var (y, n) = (jacobian.Outputs(start), jacobian.Count);
        var (linearised, rank, _) = fit.Minimise(y, before, y);
        return new()
        {
            Start = Eigenvalues(first, n),
            End = Eigenvalues(last, n),
            Change = Symmetry.Euclidean(first, last) / Inner.Norm(first),
            Travelled = Symmetry.Euclidean(start, end) / Math.Max(Inner.Norm(start), double.Epsilon),
            StartLoss = fit.Loss(y),
            EndLoss = fit.Loss(jacobian.Outputs(end)),
            LinearisedMinimum = linearised,
            Rank = rank,
            IsInOwnUnits = units.Lengths.Length > 0,
            Outcome = (Outcome)ended.Outcomes[0],
            Steps = ended.Steps[0],
        };
    }

    // A descent that stops at a small gradient leaves a loss that says no more than 0.
    private double Rounded(double loss) => Math.Abs(loss) <= Stationarity.ThreeQuartersOfTheDigits * Math.Abs(StartLoss) ? 0 : loss;

    /// <summary>Eigenvalues of a Gram matrix: what rounding makes of 0 is 0.</summary>
    private static double[] Eigenvalues(double[] kernel, int n)
    {
        var values = SymmetricEigenvalues.Of(kernel, n);
        return [.. values.Select(v => v <= 8 * Stationarity.UnitRoundoff * n * values[^1] ? 0 : v)];
    }

    private static double[] Kernel(double[][] columns)
    {
        var n = columns[0].Length;
        var kernel = new double[n * n];
        foreach (var column in columns)
        {
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    kernel[(i * n) + j] += column[i] * column[j];
                }
            }
        }

        return kernel;
    }
}
