namespace LandscapeGpu.Surveys;

/// <summary>Which units a landscape is explored in.</summary>
/// <remarks>
/// A coordinate's unit is an eighth of what its region is long, or four thirds of the deviation of its starts, so that a box is about [−4, 4] in y and starts
/// have the deviation 3 that they have by default. The value's unit is what it changes over one of those. Where coordinates differ by no more than a
/// factor that descent does not notice, and none is far from 1, units stay as they are: so they do on textbook problems.
/// </remarks>
internal static class UnitChoice
{
    private const int Draws = 64;

    // Fewer where points are long.
    private const int MostNumbers = 1 << 22;

    private const double UnitsInLength = 8;

    private const double UnitsInDeviation = 3;

    // L-BFGS learns a factor of 4 between coordinates, a condition of 16, in a few steps; starts say less about scales than bounds do.
    public const double AlikeLengths = 4;

    /// <summary>So many times as far, or as steep, along one coordinate as along another may starts be.</summary>
    public const double AlikeDeviations = 1024;

    // Lengths from a thousandth to sixteen thousand, and slopes over a unit from a thousandth to ten million, are ordinary numbers to single precision.
    private const double LeastLength = 1e-3;

    private const double MostLength = 1.6e4;

    private const double LeastSlope = 1e-3;

    private const double MostSlope = 1e7;

    // L-BFGS begins with a step as long as the gradient, or half as long as its longest, a twentieth of the box: where the first is so much shorter than the last, in units that are small,
    // it takes three times as many steps as it need, and beyond that a hundred times; compared with other rules it then seems to fail.
    private const double LeastStep = 1.0 / 128;

    private const double LongestSteps = 20;

    // Where they are not ordinary, the median of them becomes what it is on textbook problems, from a tenth to three hundred: the tolerance of descent and single precision
    // suit it, also where a few starts lie on cliffs a million times as steep.
    private const double TextbookSlope = 16;

    // Where slopes differ by more than this among starts, many of them lie on a tail, or on cliffs, which say nothing about the size of what matters: the quarter of them does that is nearest to ordinary.
    private const double OfOneKind = 1e6;

    /// <param name="objective">The landscape.</param>
    /// <param name="starts">Where restarts begin, in the coordinates that move; null for the objective's own.</param>
    /// <param name="bits">The width of vectors; null for the widest there is.</param>
    public static Units Of(Objective objective, Sampler? starts, int? bits = null) => Of(objective, starts, bits, hasOrdinary: true).Units;

    /// <summary>Units to compare descents in, and the tolerance of their gradients in those of the formula: no numbers are ordinary, so that neither how far descents go nor where they end hangs on the units of the formula.</summary>
    /// <param name="objective">The landscape.</param>
    /// <param name="starts">Where restarts begin, in the coordinates that move; null for the objective's own.</param>
    /// <returns>The units, and a millionth of the slope at the middle start, in double precision; null where nothing slopes.</returns>
    public static (Units Units, double? Tolerance) ToCompare(Objective objective, Sampler? starts) =>
        Of(objective, starts, null, hasOrdinary: false) is var (units, slope) && slope is { } typical ? (units, StopRule.DoubleTolerance * typical / units.Shortest) : (units, null);

    /// <summary>Units to hop in: none are ordinary, neither those of a region nor of starts, so that a hop is as long a part of their spread whatever it is measured in.</summary>
    /// <param name="objective">The landscape.</param>
    /// <param name="starts">Where chains begin, in the coordinates that move; null for the objective's own.</param>
    /// <param name="bits">The width of vectors; null for the widest there is.</param>
    public static Units ToHop(Objective objective, Sampler? starts, int? bits) => Of(objective, starts, bits, hasOrdinary: false, keepsDrawn: false).Units;

    /// <summary>Descents that are not called off for the place where they begin: infinity is a thousand times as far from the origin, where that is beyond what it is otherwise.</summary>
    /// <remarks>A minimum lies as far out as its starts do, in whatever unit; a thousand is half of the digits by which a million units are far.</remarks>
    /// <param name="descent">How restarts descend.</param>
    /// <param name="objective">The landscape.</param>
    /// <param name="starts">Where they begin, in the coordinates that move; null for the objective's own.</param>
    /// <param name="units">The units that are chosen by these.</param>
    public static DescentOptions WithRoom(DescentOptions descent, Objective objective, Sampler? starts, Units units)
    {
        if (objective.Region.IsBounded || descent.Stop is { Escape: not null } or { OnlyIterations: true })
        {
            return descent;
        }

        var (sampler, point, farthest) = (objective.StartsFrom(starts), new double[objective.Dimension], 0.0);
        for (var k = 0; k < ((starts as GivenPoints)?.Count ?? CountOf(objective)); k++)
        {
            sampler.Draw(0, k, point);
            farthest = Math.Max(farthest, Inner.Norm(point));
        }

        var (room, unit) = (Math.Sqrt(Stationarity.Escape) * farthest, Enumerable.Range(0, objective.Dimension).Max(units.Length));
        return room > Stationarity.Escape * unit ? descent with { Stop = descent.Stop with { Escape = Math.Max(room, Stationarity.Escape) } } : descent;
    }

    private static int CountOf(Objective objective) => Math.Clamp(MostNumbers / objective.Dimension, 2, Draws);

    private static (Units Units, double? Slope) Of(Objective objective, Sampler? starts, int? bits, bool hasOrdinary, bool keepsDrawn = true)
    {
        var points = PointsOf(objective, objective.StartsFrom(starts));
        var hasOwnStarts = (starts ?? objective.Starts) is not null;
        // Over values that are as large as the formula says, so that the unit of these decides nothing.
        var size = Units.PowerOfTwo(objective.ValueScale);
        (double Value, double[] Gradient)[] slopes = [.. Slopes(objective, points, bits).Select(s => (s.Value / size, s.Gradient.Select(g => g / size).ToArray()))];
        var lengths = Lengths(objective, hasOwnStarts ? points : [], hasOrdinary, keepsDrawn);
        var slope = SlopeOf(slopes, new(lengths, 1), hasOrdinary);
        if (hasOrdinary && lengths.Length == 0 && IsSlight([.. ChangesOf(slopes, Units.One).Select(c => ValueOf(slope) * c)], objective))
        {
            lengths = Lengths(objective, hasOwnStarts ? points : [], hasOrdinary: false);
            slope = SlopeOf(slopes, new(lengths, 1), hasOrdinary);
        }

        return (new(lengths, ValueOf(slope) / size), slope * size);
    }

    /// <summary>σ.</summary>
    private static double ValueOf(double? slope) => slope is { } typical ? TextbookSlope / Units.PowerOfTwo(typical) : 1;

    private static (double Value, double[] Gradient)[] Slopes(Objective objective, double[][] points, int? bits)
    {
        using var slopes = new PointDerivatives(objective, bits);
        return
        [
            .. points.Select(point =>
            {
                var gradient = new double[point.Length];
                return (slopes.Gradient(point, gradient), gradient);
            }),
        ];
    }

    private static double[][] PointsOf(Objective objective, Sampler sampler) =>
    [
        .. Enumerable.Range(0, CountOf(objective)).Select(k =>
        {
            var point = new double[objective.Dimension];
            sampler.Draw(0, k, point);
            return point;
        }),
    ];

    private static double[] Lengths(Objective objective, double[][] starts, bool hasOrdinary, bool keepsDrawn = true)
    {
        var (d, region) = (objective.Dimension, objective.Region);
        // A symmetry may exchange coordinates, and be true in these units only.
        var groups = Enumerable.Range(0, d).Select(i => objective.Symmetry is null || objective.Scale is not null ? region.TakesUnits(i) : null).ToArray();
        if (objective.Scale is { } given)
        {
            return Kept([.. Enumerable.Range(0, d).Select(i => groups[i] is null ? 1 : Units.PowerOfTwo(given[i]))], groups);
        }

        var natural = new double?[d];
        var (bounded, drawn) = (new List<double>(), new List<double>());
        for (var i = 0; i < d; i++)
        {
            if (groups[i] is null)
            {
                continue;
            }

            if (region.Length(i) is { } length)
            {
                bounded.Add(length);
                natural[i] = length / UnitsInLength;
            }
            else if (DeviationOf(starts, i) is > 0 and var deviation)
            {
                drawn.Add(deviation);
                natural[i] = deviation / UnitsInDeviation;
            }
        }

        // Where no side says how long a step is, one that is a length is the rule's own, unless starts say that it cannot be.
        return (hasOrdinary || (keepsDrawn && drawn.Count > 0)) && AreOrdinary(bounded, AlikeLengths) && AreOrdinary([.. drawn.Select(s => s * UnitsInLength / UnitsInDeviation)], AlikeDeviations)
            ? []
            : Kept([.. natural.Select(n => n is { } unit ? Units.PowerOfTwo(unit) : 1)], groups);
    }

    /// <summary>Lengths, the same for coordinates that must have the same; none where all are 1.</summary>
    private static double[] Kept(double[] lengths, int?[] groups)
    {
        double[] alike = [.. lengths.Select((s, i) => groups[i] is null ? s : lengths[Array.IndexOf(groups, groups[i])])];
        return alike.All(s => s == 1) ? [] : alike;
    }

    private static bool AreOrdinary(List<double> lengths, double alike) =>
        lengths.Count == 0 || (lengths.Min() >= LeastLength && lengths.Max() <= MostLength && lengths.Max() <= alike * lengths.Min());

    private static double DeviationOf(double[][] points, int i)
    {
        if (points.Length == 0)
        {
            return 0;
        }

        var mean = points.Average(p => p[i]);
        var deviation = Math.Sqrt(points.Average(p => (p[i] - mean) * (p[i] - mean)));
        // Of one point, given again and again, the mean's rounding is all there is.
        return deviation > Stationarity.SumOfRoundings * Math.Abs(mean) ? deviation : 0;
    }

    /// <summary>How much the value changes over a unit; null where nothing says so, and where most starts say that it is ordinary and that leaves units as they are.</summary>
    private static double? SlopeOf((double Value, double[] Gradient)[] slopes, Units units, bool hasOrdinary)
    {
        var changes = ChangesOf(slopes, units);
        if (changes.Count == 0)
        {
            return null;
        }

        // By quartiles: a start on a cliff or at a point where all is flat says nothing about the others.
        var (lower, median, upper) = (changes[changes.Count / 4], changes[changes.Count / 2], changes[3 * changes.Count / 4]);
        if (!hasOrdinary)
        {
            return upper < OfOneKind * lower ? median : new[] { lower, median, upper }.MinBy(s => Math.Abs(Math.Log(s / DifferenceOf(slopes))));
        }

        var isOrdinary = lower <= MostSlope && upper >= LeastSlope;
        return isOrdinary ? null : upper < OfOneKind * lower ? median : lower > MostSlope ? lower : upper;
    }

    /// <summary>How far a quarter of the values lies below the middle one: neither the walls above it nor a level tail beside it has a say.</summary>
    private static double DifferenceOf((double Value, double[] Gradient)[] slopes) =>
        slopes.Select(s => s.Value).Where(double.IsFinite).Order().ToList() is { Count: > 0 } values ? values[values.Count / 2] - values[values.Count / 4] : 0;

    /// <summary>How much the value changes over a unit of the middle coordinate, from each start, in order.</summary>
    private static List<double> ChangesOf((double Value, double[] Gradient)[] slopes, Units units)
    {
        var (changes, hidden) = (new List<double>(), new List<double>());
        foreach (var (value, gradient) in slopes)
        {
            // Of the middle coordinate: two atoms that nearly coincide say nothing about the others.
            double[] along = [.. gradient.Select((g, i) => Math.Abs(g * units.Length(i))).Where(c => double.IsFinite(c) && c > 0).Order()];
            if (along.Length > 0)
            {
                // What the value's rounding hides, as beside a model that has underflowed, has no size.
                (along[^1] <= Stationarity.SumOfRoundings * Math.Abs(value) ? hidden : changes).Add(along[along.Length / 2]);
            }
        }

        changes = changes.Count > 0 ? changes : hidden;
        changes.Sort();
        return changes;
    }

    /// <summary>Whether steps as long as the gradient are next to nothing beside a box that is long, from most starts and not for a tail.</summary>
    private static bool IsSlight(List<double> changes, Objective objective)
    {
        var width = Enumerable.Range(0, objective.Dimension).Select(i => objective.Region.TakesUnits(i) is null ? null : objective.Region.Length(i)).OfType<double>().DefaultIfEmpty(0).Average();
        return changes.Count > 0 && width > AlikeLengths * UnitsInLength
            && changes[3 * changes.Count / 4] is var upper && upper < LeastStep * width / LongestSteps && upper < OfOneKind * changes[changes.Count / 4];
    }
}
