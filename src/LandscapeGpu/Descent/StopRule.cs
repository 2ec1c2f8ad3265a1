namespace LandscapeGpu.Descent;

/// <summary>When a restart ends.</summary>
public sealed record StopRule
{
    /// <summary>Converged when ‖∇f‖ (on a box: its projection) is at most this; null for 1e-3 in single and 1e-6 in double precision, and for never where steps are noisy.</summary>
    /// <remarks>Endpoints are polished in double precision afterwards: it is enough to be near the minimum.</remarks>
    public double? GradientTolerance { get; init; }

    /// <summary>Whether that was not given, and follows the landscape's slopes.</summary>
    internal bool IsToleranceChosen { get; init; }

    /// <summary>The iteration limit.</summary>
    public int Iterations { get; init; } = 10_000;

    /// <summary>
    /// Stalled when the best value has not fallen by more than its rounding for this many iterations; 0 for never, null for
    /// 50 with rules that know the value and never with those that would have to compute it.
    /// </summary>
    public int? Plateau { get; init; }

    /// <summary>On an unbounded domain, the distance from the origin that stands for infinity; null for a million of the units that the landscape is explored in, and a thousand times as far as restarts begin.</summary>
    public double? Escape { get; init; }

    /// <summary>Stops only at the iteration limit: for measuring speed.</summary>
    public bool OnlyIterations { get; init; }

    /// <summary>Numbers that are changed without compiling.</summary>
    /// <param name="isDouble">Which precision the default tolerance is that of.</param>
    internal IEnumerable<(string Name, double Value)> Tunable(bool isDouble)
    {
        var tolerance = GradientTolerance ?? (isDouble ? DoubleTolerance : SingleTolerance);
        return [("stop.iterations", Iterations), ("stop.tolerance²", tolerance * tolerance), ("stop.escape²", Math.Min((Escape * Escape) ?? (Stationarity.Escape * Stationarity.Escape), double.MaxValue)), ("stop.plateau", Plateau ?? DefaultPlateau)];
    }

    /// <summary>What is left for the program to depend on: whether there is a plateau, and whether only iterations count.</summary>
    internal StopRule Shape => new() { OnlyIterations = OnlyIterations, Plateau = Plateau > 0 ? 1 : Plateau };

    // Gradients of ordinary formulas have 3 digits beside their terms in single precision, 6 are asked for in double: polish does the rest.
    internal const double SingleTolerance = 1e-3;
    internal const double DoubleTolerance = SingleTolerance * SingleTolerance;

    /// <summary>The plateau of rules that know the value.</summary>
    internal const int DefaultPlateau = 50;

    /// <exception cref="ArgumentException">A number is out of range.</exception>
    internal void Require()
    {
        if (GradientTolerance is { } tolerance)
        {
            RuleNumbers.Positive(tolerance, "The gradient's tolerance");
        }

        if (Iterations < 1 || Iterations > 16_000_000)
        {
            throw new ArgumentException($"The iteration limit was given {Iterations}; it must be from 1 to 16,000,000.");
        }

        if (Plateau < 0)
        {
            throw new ArgumentException($"The plateau was given {Plateau} iterations; it must be 0 (off) or more.");
        }

        if (Escape is { } infinity)
        {
            RuleNumbers.Positive(infinity, "The distance that stands for infinity");
        }
    }
}
