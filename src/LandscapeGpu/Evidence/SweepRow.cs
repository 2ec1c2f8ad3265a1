using LandscapeGpu.Statistics;
using LandscapeGpu.Surveys;

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

    /// <summary>How many distinct minima were found, those on the boundary of a box among them.</summary>
    public required int Minima { get; init; }

    /// <summary>How many of them are above f*.</summary>
    public required int Spurious { get; init; }

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

    /// <summary>How many times something was compiled for it: 0 where the programs of another value served.</summary>
    public required int Compiled { get; init; }

    /// <summary>The best minimum found; null if none was.</summary>
    public required StationaryPoint? Best { get; init; }

    /// <summary>What went wrong without stopping its survey, such as a device that failed.</summary>
    public IReadOnlyList<Warning> Warnings { get; init; } = [];

    /// <summary>Whether a minimum was found and none is spurious.</summary>
    public bool IsClean => Minima > 0 && Spurious == 0;
}
