using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>Minima without curvature that cannot be told from places on a valley's side.</summary>
internal static class DoubtedMinima
{
    /// <summary>Minima without curvature whose slope is known so badly that it may lead all the way down to a lower minimum cannot be told from places on a valley's side.</summary>
    /// <remarks>Far out, where terms of 10⁸ cancel, a gradient of 10⁻³ is rounding; over a distance of 10⁴ that is more than f falls by from there.</remarks>
    public static StationaryPoint[] In(StationaryPoint[] points, Objective objective, PointKinds kinds)
    {
        StationaryPoint[] minima = [.. points.Where(p => p.IsMinimum).OrderBy(p => p.Value)];
        double[][] places = [.. minima.Select(p => objective.Units.Moving(p.Place))];
        // Nothing is farther from anything: hardly a family has to be held against each of the others.
        double[] spans = [.. Enumerable.Range(0, minima.Length == 0 ? 0 : places[0].Length).Select(i => places.Max(p => p[i]) - places.Min(p => p[i]))];
        var doubted = new HashSet<StationaryPoint>(ReferenceEqualityComparer.Instance);
        for (var k = 1; k < minima.Length; k++)
        {
            if (minima[k] is { Kind: StationaryKind.DegenerateMinimum } family)
            {
                // A slope within these is what made it stationary.
                var bounds = kinds.Rounding.UnsureBounds(places[k]);
                var first = k - 1;
                while (first >= 0 && FallTo(family, first) == 0)
                {
                    first--;
                }

                if (first >= 0 && MayFall(bounds, spans) >= FallTo(family, first)
                    && Enumerable.Range(0, first + 1).Any(lower => MayFall(bounds, places[k].Zip(places[lower], (a, b) => Math.Abs(a - b))) >= FallTo(family, lower)))
                {
                    doubted.Add(family);
                }
            }
        }

        return [.. points.Select(p => doubted.Contains(p) ? p with { Kind = StationaryKind.Undecided } : p)];

        // What is level as floors are falls nowhere.
        double FallTo(StationaryPoint family, int lower)
        {
            var (value, below, rounding) = (family.Value * objective.Units.Value, minima[lower].Value * objective.Units.Value, (family.Rounding + minima[lower].Rounding) * objective.Units.Value);
            return FlatPaths.AreEqual(value, below, rounding) ? 0 : value - below;
        }

        static double MayFall(double[] bounds, IEnumerable<double> distances) => Stationarity.Margin * bounds.Zip(distances, (b, apart) => b * apart).Sum();
    }
}
