namespace LandscapeGpu.Surveys;

/// <summary>Minima at kinks and jumps: places where restarts came to a stop without a short gradient, and f is higher all round.</summary>
/// <remarks>
/// From the lowest endpoint of each place gradient sampling goes down: along the shortest vector of the convex hull of the gradients at random points
/// nearby, nearer and nearer (J. Burke, A. Lewis, M. Overton: A robust gradient sampling algorithm for nonsmooth, nonconvex optimization, SIAM J. Optim. 15,
/// 2005, 751). What it comes to is a minimum at a kink if that hull holds 0, so that not even along a crease there is a way down; if f is nowhere lower
/// along many directions at several distances; and if it rises like less than the square of the distance: like |x| or at a jump, and not as a
/// smooth minimum does. On a line the two sides are all there is, and hulls are not asked.
/// </remarks>
internal sealed class KinkSearch : IDisposable
{
    // Each step needs a few times d gradients.
    private const int MostCoordinates = 64;
    private const int MostPlaces = 256;

    // A search costs no more than the descents that stopped, most of them elsewhere than at kinks, have cost; for a few of them so much is at hand.
    private const long LeastBudget = 10_000;

    // In units of the scale.
    private const double FarthestSample = 1e-4;
    private const double NearestSample = 1e-15;
    private const double SamePlace = 1e-6;

    // Beside rounding, and then from where a kink still looks like one to where a minimum's curvature is seen, ten times as far each.
    private static readonly double[] Distances = [1e-11, 1e-7, 1e-6, 1e-5, FarthestSample];

    // A hull of sampled gradients holds 0 if its shortest vector is so short beside the longest: what curvature does within the nearest samples.
    private const double Nothing = 1e-6;

    private readonly Objective objective;
    private readonly double[] scale;
    private readonly LaneValues values;
    private readonly PointDerivatives derivatives;
    private readonly RoundingTest rounded;
    private readonly double[] trials;
    private readonly double[] found;
    private readonly double[] gradients;
    private readonly double[] shortest;
    private long left;

    private KinkSearch(Objective objective, double[] scale, long budget, int? bits)
    {
        (this.objective, this.scale, left) = (objective, scale, Math.Max(LeastBudget, budget));
        (values, derivatives, rounded) = (new(objective, bits), new(objective, bits), new(objective, Derivatives.Of(objective, bits), 1));
        trials = new double[2 * scale.Length * scale.Length];
        found = new double[2 * scale.Length];
        (gradients, shortest) = (new double[trials.Length], new double[scale.Length]);
    }

    public void Dispose()
    {
        values.Dispose();
        derivatives.Dispose();
    }

    /// <summary>The minima at kinks among the places where restarts stopped, with how many did.</summary>
    /// <param name="objective">Whose minima they are.</param>
    /// <param name="places">Where restarts stopped, each place with its lowest endpoint.</param>
    /// <param name="cost">How many gradients a restart has cost on average.</param>
    /// <param name="bits">The width of vectors; null for the widest there is.</param>
    /// <param name="cancellation">Stops early.</param>
    /// <returns>The minima, and for each place which of them it belongs to; −1 for none.</returns>
    public static (IReadOnlyList<StationaryPoint> Kinks, int[] KinkOf) Among(Objective objective, EndpointGroups places, double cost, int? bits, CancellationToken cancellation)
    {
        var kinkOf = new int[places.Count];
        Array.Fill(kinkOf, -1);
        if (places.Count == 0 || objective.Dimension > MostCoordinates || !Smoothness.MayEnd(objective.Value))
        {
            return ([], kinkOf);
        }

        using var search = new KinkSearch(objective, [.. places.Scale], (long)(cost * Enumerable.Range(0, places.Count).Sum(k => (double)places.CountOf(k))), bits);
        var kinks = new List<StationaryPoint>();
        foreach (var place in Enumerable.Range(0, places.Count).OrderByDescending(places.CountOf).Take(MostPlaces))
        {
            if (cancellation.IsCancellationRequested || search.left <= 0)
            {
                break;
            }

            var point = places.Point(place).ToArray();
            var value = search.Descend(point, places.Value(place), place);
            var known = kinks.FindIndex(k => search.Distance([.. k.Place], point) <= SamePlace);
            if (known >= 0)
            {
                var lower = value < kinks[known].Value ? search.Describe(point, value, 0) : kinks[known];
                kinks[known] = lower with { Count = kinks[known].Count + places.CountOf(place) };
                kinkOf[place] = known;
            }
            else if (search.IsMinimumAtKink(point, value))
            {
                kinkOf[place] = kinks.Count;
                kinks.Add(search.Describe(point, value, places.CountOf(place)));
            }
        }

        return (kinks, kinkOf);
    }

    /// <summary>Goes down from a point, in place; returns the value.</summary>
    private double Descend(double[] point, double value, int seed)
    {
        var d = point.Length;
        for (var (radius, turn) = (FarthestSample, 0); radius > NearestSample && left > 0; turn++)
        {
            if (IsHullAtNothing(point, radius, ((ulong)seed << 32) + (ulong)turn))
            {
                radius *= 0.1;
                continue;
            }

            // Down the shortest vector, a unit of the scale at first and at last a tenth of where gradients were looked at; all lengths side by side.
            var slope = Math.Sqrt(shortest.Sum(g => g * g));
            double[] steps = [.. Enumerable.Range(0, 1 + (int)Math.Log2(10 / radius)).Select(k => Math.ScaleB(1, -k))];
            var (along, lower) = (new double[steps.Length * d], new double[steps.Length]);
            for (var k = 0; k < steps.Length; k++)
            {
                for (var i = 0; i < d; i++)
                {
                    along[(k * d) + i] = point[i] - (steps[k] * scale[i] * shortest[i] / slope);
                }

                Place(along.AsSpan(k * d, d));
            }

            values.At(along, lower);
            left -= steps.Length;
            var taken = Enumerable.Range(0, steps.Length).Where(k => lower[k] < value - (Stationarity.SufficientDecrease * steps[k] * slope)).Append(-1).First();
            if (taken < 0)
            {
                radius *= 0.1;
                continue;
            }

            value = lower[taken];
            along.AsSpan(taken * d, d).CopyTo(point);
        }

        return value;
    }

    /// <summary>Whether the shortest vector of the hull of gradients within a distance is nothing beside the longest; in units of the scale.</summary>
    private bool IsHullAtNothing(double[] point, double radius, ulong seed)
    {
        var d = point.Length;
        Lowest(point, Orthonormal.Rows(d, d, seed), radius, gradients);
        var longest = 0.0;
        for (var k = 0; k < found.Length; k++)
        {
            double square = 0;
            for (var i = 0; i < d; i++)
            {
                gradients[(k * d) + i] *= scale[i];
                square += gradients[(k * d) + i] * gradients[(k * d) + i];
            }

            longest = Math.Max(longest, Math.Sqrt(square));
        }

        if (!double.IsFinite(longest))
        {
            return false;
        }

        ConvexHull.Shortest(gradients, d, shortest);
        return Math.Sqrt(shortest.Sum(g => g * g)) <= Nothing * longest;
    }

    /// <summary>Evaluates both ways along the rows of a basis; returns which is lowest.</summary>
    private int Lowest(double[] point, double[] basis, double step, double[]? slopes = null)
    {
        var d = point.Length;
        for (var k = 0; k < 2 * d; k++)
        {
            var sign = k % 2 == 0 ? step : -step;
            for (var i = 0; i < d; i++)
            {
                trials[(k * d) + i] = point[i] + (sign * scale[i] * basis[(k / 2 * d) + i]);
            }

            Place(trials.AsSpan(k * d, d));
        }

        values.At(trials, found, slopes);
        left -= 2 * d;
        var best = 0;
        for (var k = 1; k < found.Length; k++)
        {
            best = found[k] < found[best] || double.IsNaN(found[best]) ? k : best;
        }

        return best;
    }

    private bool IsMinimumAtKink(double[] point, double value)
    {
        if (point.Length > 1 && !IsHullAtNothing(point, Stationarity.HalfTheDigits, 1))
        {
            return false;
        }

        // How much f rises at a distance, along as many random directions as 16 bases have, both ways; nearest first, where it may be rounding.
        const int Bases = 16;
        var rises = new List<double>();
        foreach (var distance in Distances)
        {
            double sum = 0;
            for (var turn = 0; turn < Bases; turn++)
            {
                var lowest = found[Lowest(point, Orthonormal.Rows(point.Length, point.Length, ulong.MaxValue - (ulong)turn), distance)];
                if (!(lowest >= value - (64 * Stationarity.UnitRoundoff * Math.Abs(value))))
                {
                    return false;
                }

                sum += found.Where(double.IsFinite).Sum(f => f - value);
            }

            rises.Add(sum);
        }

        // At a jump it is the same at all distances; else the exponent counts, between the nearest two distances at which f rises far above its rounding.
        var rounding = RoundingAt(point, value) * Bases * found.Length;
        return (rises[0] > 1e3 * rounding && rises[^1] < 2 * rises[0])
            || (Enumerable.Range(1, rises.Count - 2).FirstOrDefault(k => rises[k] > 1e3 * rounding) is > 0 and var near && Math.Log10(rises[near + 1] / rises[near]) < 1.9);
    }

    /// <summary>How much of the values at a point and beside it is rounding: nearly all where differences are divided by nothing.</summary>
    private double RoundingAt(double[] point, double value)
    {
        const int Beside = 3;
        var around = new double[Beside * point.Length];
        for (var k = 0; k < Beside; k++)
        {
            for (var i = 0; i < point.Length; i++)
            {
                around[(k * point.Length) + i] = point[i] + ((k - 1) * Distances[1] * scale[i]);
            }

            Place(around.AsSpan(k * point.Length, point.Length));
        }

        left -= Beside;
        // Where a derivative is infinite there is no bound.
        return rounded.ValueBounds(around, Beside).Where(double.IsFinite).Append(Stationarity.UnitRoundoff * Math.Abs(value)).Max();
    }

    private StationaryPoint Describe(double[] point, double value, long count) => new()
    {
        Kind = StationaryKind.MinimumAtKink,
        Value = value / objective.Units.Value,
        Point = objective.Shown(point),
        // What f rises by over a step that is hardly one.
        Blur = Math.Max(0, found[Lowest(point, Orthonormal.Rows(point.Length, point.Length, 0), 10 * NearestSample)] - value) / objective.Units.Value,
        Rounding = RoundingAt(point, value) / objective.Units.Value,
        Place = [.. point.Select((x, i) => x * objective.Units.Length(i))],
        Count = count,
        Share = double.NaN,
        ShareLow = double.NaN,
        ShareHigh = double.NaN,
        GradientNorm = double.NaN,
        Eigenvalues = [],
        Index = 0,
        FlatDirections = 0,
        Trace = double.NaN,
        ConditionNumber = double.NaN,
        Sharpness = double.NaN,
    };

    /// <summary>The nearest point of the region, in place.</summary>
    private void Place(Span<double> point)
    {
        if (!objective.Region.TryProject(point))
        {
            derivatives.Retract(point.ToArray()).CopyTo(point);
        }
    }

    private double Distance(double[] a, double[] b)
    {
        double square = 0;
        for (var i = 0; i < a.Length; i++)
        {
            square += (a[i] - b[i]) / scale[i] * ((a[i] - b[i]) / scale[i]);
        }

        return Math.Sqrt(square);
    }
}
