namespace LandscapeGpu.Surveys;

/// <summary>Minima of many coordinates at kinks of the formula's absolute values, ties and norms, in whatever direction these lie: least absolute deviations, total variation, the largest of several, groups that a penalty holds at 0.</summary>
/// <remarks>
/// Bottoms of the formula with its kinks rounded off are followed as the distance goes to nothing. Which kinks the minimum lies on is read from how they open from one distance to the next, and with these the point and the multipliers
/// are solved for: if they prove a minimum that is the end, and if not the distance has been too long.
/// </remarks>
internal sealed class StructuredKinks(MirroredValues values, double[] scale, KinkForm form, FreeSteps steps) : IDisposable
{
    // From one distance to the next; multipliers stay, and what other kinks leave open falls by the square.
    private const double Shorter = 0.1;

    // Between both.
    private const double StaysOpen = 0.1;

    // Down to where a double's digits end.
    private const int MostDistances = 14;

    /// <summary>So many first distances are tried, each so much shorter than the last.</summary>
    public const int MostStarts = 4;

    /// <summary>So many where other steps may lead nearer before the rest is tried.</summary>
    public const int FewStarts = 2;

    private const double Closer = 0.03;

    // So far around the value is looked at.
    private static readonly double[] Distances = [1e-8, 1e-6, 1e-4];

    private readonly RoundedKinks rounded = new(form, steps);
    private readonly KinkMultipliers multipliers = new(form, steps);

    /// <summary>How much of all there is to spend has been spent.</summary>
    public long Evaluations => form.Evaluations;

    /// <summary>Along how many directions f is level beside the last minimum.</summary>
    public int Level { get; private set; }

    /// <summary>Null where the formula has other kinks than absolute values, ties, norms and conditions whose branches meet.</summary>
    public static StructuredKinks? Of(Objective objective, MirroredValues values, double[] scale, int? bits) =>
        KinkForm.Of(objective, scale, bits) is { } form ? new(values, scale, form, new(objective, scale, bits)) : null;

    /// <summary>Goes down from a point, in place, and says whether it came to a minimum at kinks; the point stays where it is where it did not.</summary>
    /// <param name="point">d coordinates.</param>
    /// <param name="f">The value at the end.</param>
    /// <param name="most">No more evaluations than about so many.</param>
    /// <param name="starts">How many first distances are tried.</param>
    public bool TrySettle(double[] point, ref double f, long most, int starts = MostStarts)
    {
        var (end, start) = (form.Evaluations + most, new KinkSearch.End([.. point], values.ValueAt(point), 0, -1));
        if (Units(point) is not { } units)
        {
            return false;
        }

        // What another basin's bottom is, the way over a ridge, is rounded off no more where the distance is shorter.
        var first = FirstDistance(point, units);
        for (var turn = 0; turn < starts && form.Evaluations < end && first > 0; turn++, first *= Closer)
        {
            if (Follow(start, units, first, end) is { } found)
            {
                found.Point.CopyTo(point, 0);
                f = found.Value;
                return true;
            }
        }

        return false;
    }

    /// <summary>Follows bottoms from a distance on to a minimum that lies straight down from a point, or down along creases; null where they lead to none.</summary>
    private KinkSearch.End? Follow(KinkSearch.End start, double[] units, double first, long end)
    {
        var place = rounded.Place(start.Point, units, first);
        double[] before = [], open = [];
        bool[] tried = [];
        var (way, hidden) = (new List<double[]> { start.Point }, double.NaN);
        for (var (turn, distance) = (0, first); turn < MostDistances && form.Evaluations < end; turn++, distance *= Shorter)
        {
            var next = rounded.Place(place.X, units, distance);
            Foresee(next, place, before, units, distance);
            before = turn == 0 ? [] : place.X.ToArray();
            place = next;
            var look = rounded.Down(place, end, way);
            hidden = turn == 0 ? rounded.MostLifted(place, look) : hidden;
            double[] left = [.. form.Kinks.Select(kink => RoundedKinks.Open(place, look, kink))];
            bool[] isActive = [.. left.Select((o, k) => turn > 0 && look.Weight(form.Kinks[k]) != 0 && o > StaysOpen * open[k])];
            open = left;
            if (isActive.Any(a => a) && !isActive.AsSpan().SequenceEqual(tried) && multipliers.Solve(Held(place, look, isActive), isActive) is { } found)
            {
                var at = found.X.ToArray();
                var there = new KinkSearch.End(at, values.ValueAt(at), 0, -1);
                return there.Value <= start.Value + Rounding(start.Value) && (KinkFamilies.IsDownhill(values, start, there) || LeadsDown([.. way, at], start.Value - there.Value, hidden)) && Rises(at, there.Value) ? there : null;
            }

            tried = isActive;
        }

        return null;
    }

    /// <summary>Whether a way that bends as creases do passes no ridge, but what rounding off hides, which has to be little of the fall.</summary>
    private bool LeadsDown(IReadOnlyList<double[]> way, double fall, double hidden) => hidden <= Stationarity.QuarterOfTheDigits * fall && KinkFamilies.IsWithoutRidge(values, way, hidden);

    public void Dispose()
    {
        form.Dispose();
        steps.Dispose();
    }

    /// <summary>By how much the argument of each kink changes over a unit of the scale.</summary>
    private double[]? Units(double[] point)
    {
        var place = form.Place(point);
        // Both sides count alike: of ties the one that loses would weigh nothing.
        place.Sigma.Fill(0.5);
        place.Mu.Fill(1);
        var (look, slopes) = (form.At(place)[0], form.Rows(place).Slopes);
        double[] units = [.. form.Kinks.Select(kink => Inner.Norm(slopes.AsSpan(kink.First * form.D, kink.Count * form.D)) / Math.Abs(look.Weight(kink)))];
        double[] known = [.. units.Where(u => u > 0 && double.IsFinite(u))];
        return known.Length == 0 ? null : [.. units.Select(u => u > 0 && double.IsFinite(u) ? u : known.Average())];
    }

    /// <summary>How far kinks are away, in their units: as far as the half of them.</summary>
    private double FirstDistance(double[] point, double[] units)
    {
        var look = form.At(rounded.Place(point, units, 1))[0];
        double[] far = [.. form.Kinks.Select((kink, k) => look.Length(kink) / units[k]).Where(double.IsFinite).Order()];
        return far.Length == 0 ? 0 : Math.Max(far[far.Length / 2], Stationarity.QuarterOfTheDigits);
    }

    /// <summary>Bottoms move like the distance: the next one lies ahead.</summary>
    private void Foresee(KinkPlace next, KinkPlace last, double[] before, double[] units, double distance)
    {
        if (before.Length == 0)
        {
            return;
        }

        // The last two were at distances of 10 and 100 of this one.
        var ahead = rounded.Place(last.X, units, distance);
        for (var i = 0; i < before.Length; i++)
        {
            ahead.X[i] += Shorter * (last.X[i] - before[i]);
        }

        var inside = ahead.X.ToArray();
        values.Inside(inside);
        inside.CopyTo(ahead.X);
        var looks = form.At(next, ahead);
        if (looks[1].Value < looks[0].Value)
        {
            ahead.X.CopyTo(next.X);
        }
    }

    /// <summary>The place with the multipliers of its active kinks, the signs of other absolute values, and other norms as they are.</summary>
    private KinkPlace Held(KinkPlace place, KinkLook look, bool[] isActive)
    {
        var held = form.Place(place.X);
        held.Mu.Fill(1);
        for (var k = 0; k < isActive.Length; k++)
        {
            var kink = form.Kinks[k];
            if (!isActive[k] && kink.Count > 1)
            {
                (held.Tau[kink.First], held.Mu[kink.First]) = (1, 0);
                continue;
            }

            var (u, mu) = (look.Length(kink), place.Mu[kink.First]);
            var length = isActive[k] ? Math.Sqrt((u * u) + (mu * mu)) : u;
            for (var c = kink.First; c < kink.First + kink.Count; c++)
            {
                held.Sigma[c] = length > 0 ? look.Weighted[c] / (look.Weight(kink) * length) : 1;
            }
        }

        return held;
    }

    /// <summary>Whether f is nowhere lower around; counts the directions that it is level along.</summary>
    private bool Rises(double[] point, double f)
    {
        var d = scale.Length;
        double[] level = [.. multipliers.LevelDirections.SelectMany(v => v)];
        Level = 0;
        foreach (var distance in Distances)
        {
            var around = values.Around(point, Orthonormal.Rows(d, d, 6), distance, scale);
            if (!around.All(there => there >= f - Rounding(f)))
            {
                return false;
            }

            // What kinks lift f by in other directions is what half the digits of level ground show.
            var (nothing, along) = (Rounding(f) + (Stationarity.HalfTheDigits * (around.Max() - f)), level.Length == 0 ? [] : values.Around(point, level, distance, scale));
            if (!along.All(there => there >= f - nothing))
            {
                return false;
            }

            Level = along.Chunk(2).Count(pair => pair.Any(there => there <= f + nothing));
        }

        return true;
    }

    private static double Rounding(double f) => Stationarity.SumOfRoundings * Math.Abs(f);
}
