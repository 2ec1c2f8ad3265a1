using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>Places beside a minimum without curvature that polish left where no value shows a slope any more: a straight way leads down from each to the minimum, and is nowhere uphill.</summary>
/// <remarks>
/// Beside x⁴y² = 0 there are places with a curvature of −10⁻³⁵ and a slope of 10⁻²⁷, which are told by their own derivatives as saddles, minima or tails. From an isolated minimum every way out leads
/// uphill first, and from a tail there is no minimum of its value nearby.
/// </remarks>
internal sealed class PlacesBesideMinima(Objective objective, int bits)
{
    // So many of the nearest minima are tried, and so many places on the way to each.
    private const int MostTries = 8;
    private const int Looks = 16;

    // A second or two of a plain formula: what is not looked at by then is left apart.
    private const int MostValues = 1 << 18;

    // Of 1 + ‖x‖: as far as surroundings of a point reach.
    private const double Nearby = 0.125;

    /// <summary>Whether any point may be such a place.</summary>
    public static bool AreAmong(IReadOnlyList<StationaryPoint> found)
    {
        foreach (var point in found)
        {
            if (IsSoft(point))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Places with the minimum that each belongs to.</summary>
    /// <param name="found">Distinct points.</param>
    /// <param name="places">Where they are, in the coordinates that move.</param>
    /// <param name="values">Their values there.</param>
    /// <param name="stop">Stops early.</param>
    public List<(int Place, int Minimum)> Pairs(IReadOnlyList<StationaryPoint> found, IReadOnlyList<double[]> places, double[] values, CancellationToken stop)
    {
        int[] soft = [.. Enumerable.Range(0, found.Count).Where(k => IsSoft(found[k]))];
        int[] minima = [.. Enumerable.Range(0, found.Count).Where(k => found[k].IsMinimum).OrderBy(k => values[k])];
        if (soft.Length == 0 || minima.Length == 0 || objective.Surface is not null || objective.Region.HasGeneralSides)
        {
            return [];
        }

        var pairs = new List<(int Place, int Minimum)>();
        using var slopes = new PointDerivatives(objective, Derivatives.Of(objective, bits));
        double[] ordered = [.. minima.Select(k => values[k])];
        var left = MostValues;
        foreach (var place in soft)
        {
            var reach = Nearby * (1 + Inner.Norm(places[place]));
            var near = Below(place).Select(k => (Minimum: k, Square: Projection.SquaredDistance(places[k], places[place]))).Where(m => m.Square <= reach * reach).OrderBy(m => m.Square).Take(MostTries).Select(m => m.Minimum);
            var minimum = near.FirstOrDefault(k => LeadsDown(place, k), -1);
            if (left <= 0 || stop.IsCancellationRequested)
            {
                break;
            }

            if (minimum >= 0)
            {
                pairs.Add((place, minimum));
            }
        }

        return pairs;

        // Minima of the same value that are lower, or listed before.
        IEnumerable<int> Below(int place)
        {
            var at = Array.BinarySearch(ordered, values[place]);
            for (var m = at < 0 ? ~at : at; m < minima.Length && ordered[m] == values[place]; m++)
            {
                if (minima[m] < place)
                {
                    yield return minima[m];
                }
            }

            for (var m = (at < 0 ? ~at : at) - 1; m >= 0 && IsOfOneValue(place, minima[m]); m--)
            {
                if (values[minima[m]] < values[place] || minima[m] < place)
                {
                    yield return minima[m];
                }
            }
        }

        // A saddle may be a little above its minima; where it is above by what rounding makes of the value's unit, it is none that anyone could know.
        bool IsOfOneValue(int place, int k) => found[place].Kind is StationaryKind.Tail or StationaryKind.Minimum
            ? FlatPaths.AreEqual(values[place], values[k], Rounding(place, k))
            : values[place] - values[k] <= Stationarity.UnitRoundoff + (Stationarity.Margin * Rounding(place, k));

        double Rounding(int one, int other) => (found[one].Rounding + found[other].Rounding) * objective.Units.Value;

        bool LeadsDown(int place, int k)
        {
            var (lowest, room) = (values[place], Stationarity.Margin * Rounding(place, k));
            foreach (var share in Shares)
            {
                left--;
                var value = slopes.Value([.. places[place].Zip(places[k], (x, y) => x + (share * (y - x)))]);
                if (!(value <= lowest + room))
                {
                    return false;
                }

                lowest = Math.Min(lowest, value);
            }

            return true;
        }
    }

    // Near both ends, too.
    private static IEnumerable<double> Shares => Enumerable.Range(1, Looks).SelectMany(k => new[] { (double)k / Looks, Math.ScaleB(1, -k), 1 - Math.ScaleB(1, -k) }).Distinct().Order();

    /// <summary>Whether what it is hangs on curvatures of less than half the digits.</summary>
    private static bool IsSoft(StationaryPoint point) => point.Kind == StationaryKind.Tail
        || (point.Kind is StationaryKind.Minimum or StationaryKind.StrictSaddle && !((point.ConditionInUnits ?? point.ConditionNumber) < 1 / Stationarity.HalfTheDigits));
}
