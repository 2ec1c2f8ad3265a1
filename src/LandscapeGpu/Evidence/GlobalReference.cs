using LandscapeGpu.Kernels;
using LandscapeGpu.Objectives;
using LandscapeGpu.Surveys;

namespace LandscapeGpu.Evidence;

/// <summary>What counts as the global minimum: the value that is known, or the lowest that was found.</summary>
public sealed record GlobalReference
{
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
            throw new NothingFoundException($"No restart on {objective.Name} ended at a minimum, and its global value is not known: there is nothing to compare with. Give it more steps or another rule.");
        }

        return Of(objective, minima);
    }

    internal static GlobalReference Of(Objective objective, IReadOnlyList<StationaryPoint> minima)
    {
        var known = objective.Known.GlobalValue;
        var lowest = minima.Count > 0 ? minima.Min(m => m.Value) : double.PositiveInfinity;
        var value = known ?? lowest;
        // Polished values agree to rounding; minima with flat directions, which polish slowly, to eight digits.
        var tolerance = Math.Max(ValueFloor(value), known is null ? 0 : objective.Known.ValueError);
        if (known is not null && Math.Abs(lowest - value) <= tolerance)
        {
            // The same minimum to more digits than are printed.
            (value, tolerance) = (lowest, ValueFloor(lowest));
        }

        return new()
        {
            Value = value,
            Stated = known ?? value,
            IsKnown = known is not null,
            Tolerance = tolerance,
            Minima = [.. minima.Where(m => m.Value <= value + tolerance)],
        };
    }

    /// <summary>Below this f − f* is mostly rounding, or what polishing leaves at a flat minimum: half the digits that a value near f* can have.</summary>
    internal double Floor => Math.Max(Tolerance, ValueFloor(Value));

    private static double ValueFloor(double value) => Stationarity.HalfTheDigits * Math.Max(1, Math.Abs(value));

    /// <summary>Whether a value is f*.</summary>
    public bool IsReachedBy(double value) => value <= Value + Tolerance;

    /// <summary>The nearest of the global minima found; null if none was.</summary>
    internal double[]? Nearest(double[] point) => Minima.Select(m => m.Place as double[] ?? [.. m.Place]).MinBy(m => OrthonormalBasis.Distance(m, point));
}
