namespace LandscapeGpu.Surveys;

// How well the value is known.
public sealed partial record StationaryPoint
{
    /// <summary>How much lower the value may be where the last digits of the place are others.</summary>
    internal double Blur { get; init; }

    /// <summary>A bound of the value's rounding error; 0 where it is not known.</summary>
    public double Rounding { get; init; }

    /// <summary>What the value may be off by: its rounding, what the last digits of the place do, and the last digits that no evaluation is without; where no bound is known, those that a million operations lose.</summary>
    internal double Doubt => (Stationarity.Margin * Rounding) + Blur + (0.5 * (Rounding > 0 ? SamePoint.LastDigitsOfValue : Stationarity.MillionRoundings) * Math.Abs(Value));

    /// <summary>Whether two points have one value, as copies under a symmetry have: to what each may be off by, whatever constant stands beside the value.</summary>
    /// <param name="other">The other point, of the same objective.</param>
    public bool HasValueOf(StationaryPoint other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Math.Abs(Value - other.Value) <= Doubt + other.Doubt;
    }

    /// <summary>f(x) as it is shown: what rounding leaves of 0 is 0, but where it hides more than that.</summary>
    public double ShownValue => Math.Abs(Value) <= Rounding && double.IsFinite(Rounding) && !IsBoundVast && Kind != StationaryKind.Undecided ? 0 : Value;

    /// <summary>Whether the bound of the value's rounding is half the digits of what f falls by, and more, where the value itself is known better than that: it says nothing of what the value is.</summary>
    internal bool IsBoundVast { get; init; }
}
