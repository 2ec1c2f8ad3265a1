using LandscapeGpu.Statistics;

namespace LandscapeGpu.Evidence;

/// <summary>What a landscape is like for one value of a setting; NaN where a number was not asked for or cannot be had.</summary>
public sealed record SweepRow
{
    /// <summary>The value.</summary>
    public required double Setting { get; init; }

    /// <summary>Which data set of this value it is, from 1.</summary>
    public required int DataSet { get; init; }

    /// <summary>f* there: known, or the lowest found.</summary>
    public required double GlobalValue { get; init; }

    /// <summary>Restarts that ended at f*, of those made.</summary>
    public required Proportion Reached { get; init; }

    /// <summary>Restarts that came to a stationary point.</summary>
    public long Converged { get; init; }

    /// <summary>Restarts that did not: the value they ended at counts in <see cref="Nearness"/>.</summary>
    public long NotConverged => Reached.Total - Converged;

    /// <summary>How many restarts came near f*, at rest or not; null where it cannot be told.</summary>
    public Nearness? Nearness { get; init; }

    /// <summary>The share of restarts within a level of <see cref="Nearness.Levels"/>; NaN where it cannot be told.</summary>
    internal double Within(int level) => Nearness?.Shares[level].Share ?? double.NaN;

    /// <summary>d.</summary>
    public int Parameters { get; init; }

    /// <summary>Of an objective with a model: how many outputs it has, and whether it fits them all.</summary>
    public Interpolation? Interpolation { get; init; }

    /// <summary>Whether the data are fitted to the least loss with parameters to spare.</summary>
    internal bool IsOnFlatFamily => Interpolation is { LeastLoss: not null, IsAttained: true, Rank: { } rank } && rank < Parameters;

    /// <summary>How many distinct minima were found, those on the boundary of the region among them.</summary>
    public required int Minima { get; init; }

    /// <summary>How many of them lie inside the region and are above f*.</summary>
    public required int Spurious { get; init; }

    /// <summary>How many lie on the region's boundary and are above f*: minima of the region, which the function need not have.</summary>
    public required int SpuriousOnBoundary { get; init; }

    /// <summary>The share of restarts that ended at minima on the region's boundary.</summary>
    public required double BoundaryShare { get; init; }

    /// <summary>The smallest Hessian eigenvalue at a global minimum.</summary>
    public required double LowestEigenvalue { get; init; }

    /// <summary>μ of ½‖∇f‖² ≥ μ(f − f*) over the points looked at.</summary>
    public double PolyakLojasiewicz { get; init; } = double.NaN;

    /// <summary>τ of weak quasi-convexity (2.2) over the points looked at.</summary>
    public double WeakQuasiConvexity { get; init; } = double.NaN;

    /// <summary>Gradient descent with step 1/β beside what μ promises; null if no paths were asked for.</summary>
    public DescentRate? Rate { get; init; }

    /// <summary>‖x − x*‖ from the best minimum found to the point the data were made from, of objectives without symmetry.</summary>
    public double Distance { get; init; } = double.NaN;

    /// <summary>What theory about the family speaks of; null where that was not asked for, or there is none.</summary>
    public TheoryEvidence? Theory { get; init; }

    /// <summary>How far training leaves the linearised model; null where that was not asked for.</summary>
    public KernelRegime? Kernel { get; init; }

    /// <summary>For each level of <see cref="Nearness.Levels"/> the middle number of steps to within it of f*; NaN where no start is above f*, infinity where fewer than half arrive; null where that was not asked for.</summary>
    public IReadOnlyList<double>? Steps { get; init; }

    /// <summary>The step these were counted with, of several; null where none were given.</summary>
    public double? BestStep { get; init; }

    /// <summary>The gradient part by part where descent begins; null where that was not asked for, or there are no parts.</summary>
    public PartGradients? Gradients { get; init; }

    /// <summary>What the objective's scores are at the lowest minimum, or where no minimum was found at the lowest point; all null where it has none.</summary>
    public Score Score { get; init; }

    /// <summary>The loss on held-out samples there; 0 where the rounding of losses at starts would hide it, NaN where none are held out.</summary>
    public double TestLoss => Score.TestLoss is not { } loss ? double.NaN : Nearness is { } near && Math.Abs(loss) <= Stationarity.UnitRoundoff * near.Gap ? 0 : loss;

    /// <summary>The least value of <see cref="SweepOptions.Threshold"/> from which on no spurious minimum was found; NaN where there is none, or it was not sought.</summary>
    public double Threshold { get; init; } = double.NaN;

    /// <summary>Whether landscapes were without a spurious minimum down to the least value looked at, so that <see cref="Threshold"/> is that at most.</summary>
    public bool IsThresholdAtMost { get; init; }

    /// <summary>Whether its survey was stopped before all of its restarts had ended: minima may be missing.</summary>
    public bool IsCut { get; init; }

    /// <summary>What was asked for and not done, since the sweep was stopped: fit of all data, constants, theory, kernel, cost, threshold.</summary>
    public IReadOnlyList<string> NotDone { get; init; } = [];

    /// <summary>How many times something was compiled for it: 0 where the programs of another value served.</summary>
    public required int Compiled { get; init; }

    /// <summary>The best minimum found; null if none was.</summary>
    public required StationaryPoint? Best { get; init; }

    /// <summary>What went wrong without stopping its survey, such as a device that failed.</summary>
    public IReadOnlyList<Warning> Warnings { get; init; } = [];

    /// <summary>Whether the global value is met elsewhere than at the planted point, by more than rounding and modulo the symmetry, where that point is known to be a global minimum.</summary>
    public bool IsFittedElsewhere { get; init; }

    /// <summary>Whether a minimum was found and none inside the region is spurious, by a survey that came to its end.</summary>
    public bool IsClean => Minima > 0 && Spurious == 0 && !IsCut;
}
