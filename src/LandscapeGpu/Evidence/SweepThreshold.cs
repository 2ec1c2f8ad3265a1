namespace LandscapeGpu.Evidence;

/// <summary>A setting above some value of which landscapes are hoped to be benign.</summary>
/// <remarks>
/// Where only whole numbers are different landscapes, such as the number of samples, whole numbers are looked at, and the least of them is found: such a setting
/// refuses what lies between, or makes the same of it as of the whole number beside it.
/// </remarks>
/// <param name="Name">Its name.</param>
/// <param name="Low">Where the search begins, above 0.</param>
/// <param name="High">Where it ends.</param>
/// <param name="Family">The objective of a value of the sweep, a data set and a value of this setting.</param>
public sealed record SweepThreshold(string Name, double Low, double High, Func<double, int, double, Objective> Family)
{
    // As many values of f as tell two landscapes apart.
    private const int Probes = 4;

    /// <summary>Its value in the rows, beside the threshold itself; null for what it is by itself.</summary>
    public double? InRows { get; init; }

    /// <summary>Refuses what cannot be searched.</summary>
    /// <exception cref="ArgumentException">The bounds are no interval above 0, or the setting is the one that is swept.</exception>
    internal void Require(string swept)
    {
        if (!(Low > 0 && High > Low && double.IsFinite(High)))
        {
            throw new ArgumentException(FormattableString.Invariant($"The threshold of {Name} was to be sought from {Low} to {High}; it must be 0 < low < high."));
        }

        if (Name == swept)
        {
            throw new ArgumentException($"The threshold of {Name} was to be sought over a sweep of {Name} itself; name another setting.");
        }
    }

    /// <summary>Whether only whole numbers make landscapes of their own.</summary>
    /// <exception cref="ArgumentException">So it is, and the bounds are not whole.</exception>
    internal bool IsWholeAt(double value, int set)
    {
        var between = Math.Floor(Low) + 0.5;
        between = between < Low ? between + 1 : between;
        if (between >= High || !IsWhole(value, set, between))
        {
            return false;
        }

        return Low == Math.Round(Low) && High == Math.Round(High) ? true
            : throw new ArgumentException(FormattableString.Invariant($"The threshold of {Name} was to be sought from {Low} to {High}, and {Name} is a whole number; give whole numbers."));
    }

    private bool IsWhole(double value, int set, double between)
    {
        Objective? there;
        try
        {
            there = Family(value, set, between);
        }
#pragma warning disable CA1031 // A family of anyone's refuses in its own words; if it is something else, the whole number beside it is refused as well.
        catch (Exception)
#pragma warning restore CA1031
        {
            there = null;
        }

        return new[] { Math.Floor(between), Math.Ceiling(between) }.Where(whole => whole >= Low && whole <= High).Any(whole => Family(value, set, whole) is var beside && (there is null || IsSame(there, beside)));
    }

    private static bool IsSame(Objective one, Objective other)
    {
        if (one.Dimension != other.Dimension)
        {
            return false;
        }

        var point = new double[one.Dimension];
        return Enumerable.Range(0, Probes).All(k =>
        {
            one.DefaultStarts.Draw(0, k, point);
            return one.Evaluate(point).Equals(other.Evaluate(point));
        });
    }
}
