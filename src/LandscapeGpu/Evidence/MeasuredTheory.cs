using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>A number of points that a theorem bounds, at the points looked at.</summary>
public sealed record MeasuredTheory
{
    /// <summary>The claim's name and what is measured.</summary>
    public required string Name { get; init; }

    /// <summary>The worst value over the points, in the measure's own units; NaN where there were none.</summary>
    public required double Worst { get; init; }

    /// <summary>What bounds it; NaN where nothing does, or only an order of magnitude.</summary>
    public required double Bound { get; init; }

    /// <summary>The bound at the other end of what its constant may be; the bound itself where that is known.</summary>
    public required double Widest { get; init; }

    /// <summary>Whether it is bounded from below: the worst is then the least.</summary>
    public required bool IsFromBelow { get; init; }

    /// <summary>How many points there were.</summary>
    public required int Points { get; init; }

    /// <summary>The size of the numbers that it is a difference of; NaN for the bound's.</summary>
    internal double Scale { get; init; } = double.NaN;

    /// <summary>Whether the bound is kept at these points, to what rounding leaves; null where there is no bound, or it lies between what its constant is at least and at most.</summary>
    public bool? IsKept => Points == 0 || double.IsNaN(Bound) ? null : IsWithin(Bound) ? true : IsWithin(Widest) ? null : false;

    /// <summary>The finding in words.</summary>
    public string Sentence
    {
        get
        {
            var side = IsFromBelow ? "at least" : "at most";
            return $"{Name}: {side} {Number(Worst)} at {Count(Points, "point")}" + (double.IsNaN(Bound) ? "." : IsKept switch
            {
                true => $"; holds, by theory {side} {Number(Bound)}.",
                false => $"; fails, by theory {side} {Number(Widest)}.",
                null => $"; not decided, since by theory it is {side} something between {Number(Math.Min(Bound, Widest))} and {Number(Math.Max(Bound, Widest))}.",
            });
        }
    }

    // Equalities hold to the rounding of what they are made of.
    private bool IsWithin(double bound)
    {
        var rounding = Stationarity.HalfTheDigits * (double.IsNaN(Scale) ? Math.Abs(bound) : Math.Max(Scale, Math.Abs(bound)));
        return IsFromBelow ? Worst >= bound - rounding : Worst <= bound + rounding;
    }
}
