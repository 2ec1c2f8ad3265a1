namespace LandscapeGpu.Pictures.Surveys;

/// <summary>The part of a landscape that a picture shows.</summary>
internal static class Surroundings
{
    private const int Lines = 18;

    // Of the extent of what is marked, where the region has no end.
    private const double Room = 0.15;

    private const int Draws = 200;

    /// <summary>The range of each coordinate: the region's bounds, or what holds the points and most starts.</summary>
    public static (double Low, double High)[] Of(Objective objective, IEnumerable<IReadOnlyList<double>> points)
    {
        var (sides, shown) = (objective.Region.Sides, points.ToList());
        var starts = Enumerable.Range(0, Draws).Select(k =>
        {
            var start = new double[objective.Dimension];
            (objective.Starts ?? objective.Region.Starts).Draw(1, k, start);
            return start;
        }).ToList();
        return [.. Enumerable.Range(0, objective.Dimension).Select(i =>
        {
            // Of starts without bounds the middle nine tenths: a rare one far out would shrink all others.
            double[] drawn = [.. starts.Select(s => s[i]).Order()];
            var (low, high) = (drawn[Draws / 20], drawn[^((Draws / 20) + 1)]);
            foreach (var p in shown)
            {
                (low, high) = (Math.Min(low, p[i]), Math.Max(high, p[i]));
            }

            var room = high > low ? Room * (high - low) : 1;
            var (below, above) = sides is { } s ? (s.Lower[i], s.Upper[i]) : (double.NegativeInfinity, double.PositiveInfinity);
            return (double.IsFinite(below) ? below : low - room, double.IsFinite(above) ? above : high + room);
        })];
    }

    /// <summary>Whether coordinates are measured in units so different that lengths in several of them mean nothing.</summary>
    public static bool HaveSizesOfTheirOwn((double Low, double High)[] area)
    {
        double[] widths = [.. area.Select(a => a.High - a.Low).Where(w => w > 0)];
        return widths.Length > 1 && widths.Max() > 10 * widths.Min();
    }

    /// <summary>An axis of values; where a wall is so much higher than the rest, or a hole so much deeper, that nothing else would be seen, it is cut off, and says so.</summary>
    /// <param name="label">What the values are.</param>
    /// <param name="values">The values.</param>
    /// <param name="marks">Values of points on it: no hole is cut off above one, nor a wall below one that leaves the others room.</param>
    /// <param name="from">What they rise from; null for the lowest that is not cut off.</param>
    public static Axis Height(string label, IEnumerable<double> values, IEnumerable<double> marks, double? from = null)
    {
        const double Wall = 100, Kept = 10;
        double[] sorted = [.. values.Where(v => !double.IsNaN(v)).Order()], finite = [.. sorted.Where(double.IsFinite)], marked = [.. marks.Where(double.IsFinite)];
        if (finite.Length == 0)
        {
            return new(label);
        }

        var (middle, depth) = (finite[finite.Length / 2], finite[finite.Length / 2] - finite[finite.Length / 4]);
        double? low = depth > 0 && middle - sorted[0] > Wall * depth ? marked.Append(middle - (Kept * depth)).Min() : null;
        low = low > finite[0] ? low : null;
        var below = from ?? low ?? finite[0];
        double[] rises = [.. finite.Select(v => v - below).Where(r => r > 0)];
        var rise = rises.Length == 0 ? 0 : rises[rises.Length / 2];
        double? high = rise > 0 && sorted[^1] - below > Wall * rise ? below + marked.Select(m => m - below).Where(r => r <= Wall * rise).Append(Kept * rise).Max() : null;
        high = high < finite[^1] ? high : null;
        return new(low is null && high is null && finite.Length == sorted.Length ? label : $"{label}, cut off") { Low = low, High = high };
    }

    /// <summary>What contour lines say: their heights, since too many lie side by side to be numbered, and how far holes and walls go on beyond them.</summary>
    public static string Heights(IReadOnlyList<double> levels, double[] heights, bool isShaded)
    {
        if (levels.Count == 0)
        {
            return "";
        }

        double[] known = [.. heights.Where(h => !double.IsNaN(h))];
        var (axis, least, most) = (Height("", known, []), known.Min(), known.Max());
        string Text(double value) => Wording.Number(value, Wording.Digits(levels[0], levels[^1], 3));
        List<string> beyond =
        [
            .. axis.Low is not null || double.IsInfinity(least) ? new[] { $"falls to {Text(least)}" } : [],
            .. axis.High is not null || double.IsInfinity(most) ? new[] { $"rises to {Text(most)}" } : [],
        ];
        return $"{(isShaded ? "f from dark" : "contour lines, f from")} {Text(levels[0])} to {(isShaded ? "light " : "")}{Text(levels[^1])}{(beyond.Count == 0 ? "" : $"; beyond these it {string.Join(" and ", beyond)}")}";
    }

    /// <summary>So many places from end to end.</summary>
    public static double[] Grid((double Low, double High) range, int count) => [.. Enumerable.Range(0, count).Select(k => range.Low + ((range.High - range.Low) * k / (count - 1)))];

    /// <summary>Heights that contour lines are drawn at: as many cells lie between two as between others, and more lines where it is low.</summary>
    public static double[] Levels(double[] heights)
    {
        double[] sorted = [.. heights.Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? [] : [.. Enumerable.Range(1, Lines).Select(k => sorted[(int)((sorted.Length - 1) * Math.Pow((double)k / (Lines + 1), 1.3))]).Distinct()];
    }
}
