namespace LandscapeGpu.Evidence;

/// <summary>What counts as the global minimum: the value that is known, or the lowest that was found.</summary>
public sealed record GlobalReference
{
    // The median of so many starts says how far f falls on the way to f*.
    private const int Starts = 64;

    // Alignments end where rounding of singular vectors does: half the digits, and a hundred times that.
    internal const double Aligned = 1e-6;

    private const int UsualDigits = 8;

    private GlobalReference()
    {
    }

    /// <summary>f*.</summary>
    public required double Value { get; init; }

    /// <summary>f* as it is printed: the value that is known, rather than what polishing made of it.</summary>
    public required double Stated { get; init; }

    /// <summary>Whether f* is known from the literature; otherwise it is the lowest value found, an upper bound.</summary>
    public required bool IsKnown { get; init; }

    /// <summary>Values within this of f* are f*.</summary>
    public required double Tolerance { get; init; }

    /// <summary>The minima found that have this value.</summary>
    public required IReadOnlyList<StationaryPoint> Minima { get; init; }

    /// <summary>A minimum found at which f has no finite Hessian, as at kinks: f is not smooth there; null where there is none.</summary>
    internal StationaryPoint? Rough { get; init; }

    /// <summary>A minimum found at a kink that is above f*: no gradient is zero there, and none leads away; null where there is none.</summary>
    internal StationaryPoint? Trap { get; init; }

    /// <summary>Whether there is a value to compare with: one is known, or a minimum was found.</summary>
    public bool IsFound => double.IsFinite(Value);

    /// <summary>How many digits tell f* and the minima found apart.</summary>
    internal int Digits { get; private init; } = UsualDigits;

    /// <summary>f* in words.</summary>
    internal string Text => EvidenceText.Number(Stated, Digits);

    /// <summary>Where f* comes from, in words.</summary>
    public string Origin => IsKnown ? "the known global minimum" : "the lowest minimum found";

    /// <summary>f* by what is known of the objective and what a survey found.</summary>
    /// <exception cref="NothingFoundException">The survey found no minimum and none is known.</exception>
    public static GlobalReference Of(SurveyResult survey)
    {
        ArgumentNullException.ThrowIfNull(survey);
        var objective = survey.Objective;
        var minima = survey.AllMinima.ToList();
        if (minima.Count == 0 && objective.Known.GlobalValue is null)
        {
            throw new NothingFoundException($"No restart on {objective.Name} ended at a minimum, and its global value is not known: there is nothing to compare with. {Found(survey)}{WithoutMinimum.Sentence(survey)}");
        }

        return Of(objective, minima);
    }

    /// <summary>Stationary points that are no minima, which restarts came to.</summary>
    private static string Found(SurveyResult survey) => survey.Stationary is not [var first, ..] ? ""
        : FormattableString.Invariant($"{survey.Stationary.Sum(p => p.Count):N0} of {survey.Restarts:N0} came to {EvidenceText.Count(survey.Stationary.Count, "stationary point")} that {(survey.Stationary.Count == 1 ? "is" : "are")} none, such as one of value {EvidenceText.Number(first.Value, 8)}. ");

    internal static GlobalReference Of(Objective objective, IReadOnlyList<StationaryPoint> minima)
    {
        var known = objective.Known.GlobalValue;
        var lowest = minima.Count > 0 ? minima.Min(m => m.Value) : double.PositiveInfinity;
        var value = known ?? lowest;
        var own = SameAsLowest(minima);
        var tolerance = known is null ? own : Math.Max(own, objective.Known.ValueError);
        if (known is not null && Math.Abs(lowest - value) <= tolerance)
        {
            // The same minimum to more digits than are printed.
            (value, tolerance) = (lowest, own);
        }

        return new()
        {
            Value = value,
            Stated = known ?? value,
            IsKnown = known is not null,
            Tolerance = tolerance,
            Digits = TellingDigits.Beside(UsualDigits, UsualDigits - 1, minima),
            Symmetry = objective.MovingSymmetry,
            Minima = [.. minima.Where(m => m.Value <= value + tolerance)],
            Rough = minima.FirstOrDefault(m => m.Kind is StationaryKind.SingularMinimum or StationaryKind.Singular || m.IsWithoutGradient),
            Trap = minima.FirstOrDefault(m => m.IsWithoutGradient && m.Value > value + Math.Max(tolerance, m.Doubt)),
            Floor = Math.Max(tolerance, Stationarity.HalfTheDigits * HeightOfStarts(objective, value)),
        };
    }

    /// <summary>Below this f − f* says nothing about growth: rounding, or what polishing leaves at a flat minimum; half the digits of how far f falls from the starts.</summary>
    internal double Floor { get; init; }

    /// <summary>How far above the lowest minimum others are that are as low, by what each may be too high by.</summary>
    private static double SameAsLowest(IReadOnlyList<StationaryPoint> minima)
    {
        if (minima.Count == 0)
        {
            return 0;
        }

        var best = minima.MinBy(m => m.Value)!;
        return minima.Where(best.HasValueOf).Max(m => m.Doubt + best.Doubt);
    }

    /// <summary>The median of f − f* over starts.</summary>
    private static double HeightOfStarts(Objective objective, double lowest)
    {
        using var slopes = new PointDerivatives(objective);
        var start = new double[objective.Dimension];
        var heights = new List<double>(Starts);
        for (var k = 0; k < Starts; k++)
        {
            objective.DefaultStarts.Draw(0, k, start);
            if (slopes.Value(start) - lowest is var height && double.IsFinite(height))
            {
                heights.Add(Math.Max(0, height));
            }
        }

        heights.Sort();
        return heights.Count == 0 ? 0 : heights[heights.Count / 2];
    }

    /// <summary>Whether a value is f*.</summary>
    public bool IsReachedBy(double value) => value <= Value + Tolerance;

    private Symmetry? Symmetry { get; init; }

    /// <summary>The nearest of the global minima found and their images under the declared symmetry; null if none was found.</summary>
    internal double[]? Nearest(double[] point) => Minima
        .Select(m => m.Place as double[] ?? [.. m.Place])
        .SelectMany(m => Symmetry is { } symmetry ? [m, symmetry.Aligned(point, m)] : new[] { m })
        .MinBy(m => Symmetry.Euclidean(m, point));

    /// <summary>Whether nearest images are found: there is a formula for their distance, and a minimum moved by the symmetry is brought back to where it came from.</summary>
    internal bool AlignsNearest => Minima.All(m =>
    {
        double[] place = [.. m.Place], moved = [.. m.Place];
        Symmetry?.Move(moved, new Random(1));
        return Symmetry is null || (Symmetry.Distance(place, moved) is not null && Symmetry.Euclidean(Symmetry.Aligned(place, moved), place) <= Aligned * (1 + Inner.Norm(place)));
    });
}
