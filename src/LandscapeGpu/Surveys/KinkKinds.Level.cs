using LandscapeGpu.Valleys;
using End = LandscapeGpu.Surveys.KinkSearch.End;

namespace LandscapeGpu.Surveys;

// The level ground that a minimum at a kink may lie on.
internal sealed partial class KinkKinds
{
    // In units of the scale: how far along a crease is looked whether it is level.
    private const double AlongCrease = 1e-3;

    // From so many places around an end descents tell whether there is another as low; by what is left of a way when its square is as small a part of it, a level set has only bent away.
    private const int MostBeside = 8;
    private const double Bent = 1e-3;

    // Beside a cusp the last digits of coordinates hide half of the value's: no farther than this, a curvature is to be a thousand times what is hidden.
    private const double FarAlongCrease = 0.125;

    // Doublings from there lead through any region that descents start in.
    private const int MostTurns = 32;

    /// <summary>Along how many directions a minimum is level. Sides are mirrors, that make a kink of every slope, and at the tip of a cone slopes point everywhere: there descents from all round tell.</summary>
    private int FlatDirections(End end, List<End> level, long budget) => IsCounted(end) ? Math.Max(0, end.Level)
        : DirectionsOf([.. level.Select(place => WayTo(end, place.Point))]) is > 0 and var flat ? flat
        : LevelBeside(end, budget);

    /// <summary>Whether the formula's own kinks, or the line, have told along how many directions it is.</summary>
    private bool IsCounted(End end) => end.Level > 0 || IsProven(end);

    private bool IsProven(End end) => (end.Level == 0 && SidesAt(end.Point).Count == 0) || D == 1;

    private bool HasNoRidgeTo(End to, End from) => KinkFamilies.IsWithoutRidge(values, [from.Point, to.Point], Stationarity.Margin * (from.Rounding + to.Rounding));

    /// <summary>How far away a curvature lifts the value by more than is hidden, if it is one.</summary>
    private static double FarFrom(End end) => Math.Clamp(Math.Sqrt(Stationarity.Margin * Known * end.Rounding), AlongCrease, FarAlongCrease);

    /// <summary>How many directions there are between a minimum and the places as low as it that descents from beside it come to.</summary>
    private int LevelBeside(End end, long budget)
    {
        var (ways, far) = (new List<double[]>(), FarFrom(end));
        for (var k = 0; k < MostBeside; k++)
        {
            double[] way = [.. Orthonormal.Rows(1, D, (ulong)(MostBeside + k))], point = [.. end.Point.Select((x, i) => x + (far * scale[i] * way[i]))];
            var above = values.ValueAt(point);
            var low = descent.Run(point, k, budget, hulls: 1);
            // As low as the fall's digits show: x⁴ beside a kink is not level.
            if (low <= end.Value + Math.Max(Stationarity.Margin * end.Rounding, Stationarity.ThreeQuartersOfTheDigits * (above - end.Value)) && Apart(point, end.Point) >= 0.5 * far)
            {
                ways.Add(WayTo(end, point));
            }
        }

        return DirectionsOf(ways);
    }

    /// <summary>The unit vector from an end to a point, on a surface the part along it: the chord of an arc leads aside too.</summary>
    private double[] WayTo(End end, double[] point)
    {
        double[] way = [.. point.Select((x, i) => (x - end.Point[i]) / (scale[i] * Apart(point, end.Point)))];
        if (!values.AreOnSurface)
        {
            return way;
        }

        double[] near = [.. end.Point.Select((x, i) => x + (Stationarity.HalfTheDigits * scale[i] * way[i]))];
        values.Inside(near);
        double[] along = [.. near.Select((x, i) => (x - end.Point[i]) / scale[i])];
        var length = Inner.Norm(along);
        return length > 0 ? [.. along.Select(v => v / length)] : way;
    }

    /// <summary>In how many directions some ways lead.</summary>
    private int DirectionsOf(List<double[]> ways)
    {
        var gram = new double[D * D];
        ways.ForEach(way => Enumerable.Range(0, D).ToList().ForEach(i => Inner.Add(way[i], way, gram.AsSpan(i * D, D))));
        return SymmetricEigenvalues.Decompose(gram, D).Values.Count(v => v > Bent * ways.Count);
    }

    /// <summary>Whether f falls behind level ground, as at a step of a stair; the ground is followed from crease to crease, twice as far each time.</summary>
    private bool FallsBeyond(End end, End beside, long budget)
    {
        for (var turn = 0; turn < MostTurns && (turn > 0 || HasNoRidgeTo(beside, end)); turn++)
        {
            double[] start = [.. end.Point.Zip(beside.Point, (x, y) => x + (2 * (y - x)))], point = [.. start];
            values.Inside(point);
            if (!point.SequenceEqual(start))
            {
                return false;
            }

            var next = EndAt(point, descent.Run(point, 1, budget, hulls: 1), -1);
            if (!KinkFamilies.HaveOneValue(end, next))
            {
                // What is over a ridge is another basin, and a descent may step over one: where it has gone far, f has to be lower where it began, or to fall from there at once.
                var first = Apart(point, start) <= 0.5 * Apart(start, beside.Point) ? next : EndAt(start, values.ValueAt(start), -1);
                return next.Value < end.Value && HasNoRidgeTo(first, beside) && (KinkFamilies.HaveOneValue(end, first) ? FallsTo(first, next, budget) : first.Value < end.Value);
            }

            // A place as low that lies behind a ridge is another's, as images under a symmetry are.
            if (!(Apart(point, beside.Point) >= 0.5 * Apart(beside.Point, end.Point)) || !HasNoRidgeTo(next, beside))
            {
                return false;
            }

            if (FallsAside(next, Apart(point, end.Point), budget))
            {
                return true;
            }

            beside = next;
        }

        return false;
    }

    /// <summary>Whether a descent from beside a level place comes to where f falls from there. On a side, which is a mirror, no slope leads off where f curves down, nor on a ridge.</summary>
    /// <param name="place">The place.</param>
    /// <param name="length">How far it is from the minimum it is level with: so small a part of this is beside it.</param>
    /// <param name="budget">How much it may cost.</param>
    private bool FallsAside(End place, double length, long budget)
    {
        double[] way = Orthonormal.Rows(1, D, MostBeside), point = [.. place.Point.Select((x, i) => x + (Bent * length * scale[i] * way[i]))];
        var low = EndAt(point, descent.Run(point, 1, budget, hulls: 1), -1);
        return low.Value < place.Value && !KinkFamilies.HaveOneValue(place, low) && FallsTo(place, low, budget);
    }

    /// <summary>Whether f falls straight from a level place to the bottom below where steps have led: beside a side or a crease that the bottom is on, the way there may begin with a rise.</summary>
    private bool FallsTo(End place, End low, long budget)
    {
        double[] point = [.. low.Point];
        return KinkFamilies.FallsAtOnce(values, place, EndAt(point, descent.Run(point, 1, budget), -1));
    }

    /// <summary>Where f is lower along a crease that has no slope at an end, as of |x₀ − x₁| + x₀³ at 0; null where it is so nowhere.</summary>
    public double[]? LowerAlongCrease(End end)
    {
        var (along, across) = objective.Surface is null ? Crease(end) : ([], []);
        return across.Length > Surveys.Crease.MostRounds ? null : along.SelectMany(way => new[] { way, [.. way.Select(e => -e)] })
            .Select(way => steps.LowerAlong(end.Point, end.Value, Stationarity.Margin * end.Rounding, new(across, way, 1), CreaseWalk.Lengths)?.Point).FirstOrDefault(place => place is not null);
    }

    /// <summary>Places as low as a minimum that descents come to from beside it, along directions without a slope.</summary>
    private List<End> LevelWithoutSlope(End end, long budget)
    {
        var far = FarFrom(end);
        return [.. Crease(end).Along.SelectMany(way => new[] { far, -far }.Select(distance => Along(way, distance))).OfType<End>()];

        End? Along(double[] direction, double distance)
        {
            double[] point = [.. end.Point.Select((x, i) => x + (distance * scale[i] * direction[i]))];
            // To the crease, and no farther: along it nothing is to be gained.
            var beside = EndAt(point, descent.Run(point, 1, budget, hulls: 1), -1);
            return KinkFamilies.HaveOneValue(end, beside) && Apart(point, end.Point) >= 0.5 * Math.Abs(distance) ? beside : null;
        }
    }

    /// <summary>The directions without a slope at an end, and those across, the steepest first; none where it is proven to be isolated.</summary>
    private (double[][] Along, double[][] Across) Crease(End end)
    {
        if (IsProven(end))
        {
            return ([], []);
        }

        var slopes = new double[2 * D * D];
        values.Around(end.Point, Orthonormal.Rows(D, D, 3), Nearby, scale, slopes);
        double[][] rows = [.. slopes.Chunk(D).Select(row => row.Select((g, i) => g * scale[i]).ToArray()).Where(row => row.All(g => double.IsFinite(g * g)))];
        if (rows.Length == 0)
        {
            return ([], []);
        }

        var gram = new double[D * D];
        foreach (var row in rows)
        {
            // Slopes count by their direction: a gentle one is a slope too.
            var square = row.Sum(g => g * g);
            for (var e = 0; e < gram.Length && square > 0; e++)
            {
                gram[e] += row[e / D] * row[e % D] / square;
            }
        }

        var spectrum = SymmetricEigenvalues.Decompose(gram, D);
        var ways = Enumerable.Range(0, D).OrderByDescending(k => spectrum.Values[k]).ToLookup(k => spectrum.Values[k] <= Nothing, k => spectrum.Vector(k).ToArray());
        return ([.. ways[true]], [.. ways[false]]);
    }
}
