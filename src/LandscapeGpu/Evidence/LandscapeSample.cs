namespace LandscapeGpu.Evidence;

/// <summary>Points at which a landscape has been looked at: value, gradient and extreme eigenvalues of the Hessian, in double precision.</summary>
/// <remarks>
/// Numbers are in the coordinates' own units. What is zero among them is decided in units that make curvatures alike (<see cref="CurvatureUnits"/>): metres beside
/// nanometres, the least curvature is far below the rounding of the largest, and is known to its own digits and sign all the same.
/// </remarks>
internal sealed class LandscapeSample
{
    // Eigenvalues of full Hessians up to here; beyond, Lanczos' method needs fewer operations.
    private const int MostDense = 96;

    // Curvatures are known where rounding is no more than a quarter of the largest.
    private const double KnownShare = 0.25;

    // Matrices in hand at a time stay below 8 MB.
    private const int MostEntries = 1 << 20;

    private readonly Objective objective;
    private readonly CurvatureUnits units;
    private readonly Curvature[] curvatures;

    private LandscapeSample(Objective objective, CurvatureUnits units, double[][] points, double[] values, double[][] gradients, Curvature[] curvatures, string description)
    {
        (this.objective, this.units, this.curvatures) = (objective, units, curvatures);
        (Points, Values, Gradients) = (points, values, gradients);
        Description = description;
    }

    /// <summary>How the points were chosen.</summary>
    public string Description { get; }

    public int Count => Points.Length;

    internal double[][] Points { get; }

    internal double[] Values { get; }

    internal double[][] Gradients { get; }

    /// <summary>The units that decide what is zero.</summary>
    internal CurvatureUnits Units => units;

    internal double Lowest(int k) => curvatures[k].Lowest;

    internal double Highest(int k) => curvatures[k].Highest;

    /// <summary>The lowest curvature in the units that make curvatures alike: it has the sign of the lowest eigenvalue.</summary>
    internal double AlikeLowest(int k) => curvatures[k].AlikeLowest;

    /// <summary>The largest |λ| in these units.</summary>
    internal double AlikeLargest(int k) => curvatures[k].AlikeLargest;

    /// <summary>λ_min, or zero where rounding of the Hessian may have made it negative.</summary>
    internal double Cleared(int k) => AlikeLowest(k) < -Stationarity.ThreeQuartersOfTheDigits * AlikeLargest(k) ? Math.Min(0, Lowest(k)) : Math.Max(0, Lowest(k));

    /// <summary>The lanes beside what looked at the points, with its number of threads.</summary>
    internal required LaneDevice Lanes { get; init; }

    /// <summary>The landscape at other points, decided in the same units; by the same lanes, where no other device is given.</summary>
    internal LandscapeSample AlsoAt(IEnumerable<double[]> where, string description, FallbackDevice? device = null, CancellationToken stop = default) => At(objective, where, description, device ?? new(Lanes, Lanes), units, stop);

    /// <summary>Starts, and points on the lines from them to the global minimum nearest to each, closer and closer.</summary>
    /// <param name="objective">The landscape.</param>
    /// <param name="global">Its global minimum.</param>
    /// <param name="count">How many points in all.</param>
    /// <param name="seed">The seed of the starts.</param>
    /// <param name="device">What looks at Hessians; null for lanes.</param>
    /// <param name="radius">R, of points in the ball ‖x‖ ≤ R alone; null for the objective's starts, wherever they are.</param>
    /// <param name="stop">Stops early, with the points that were looked at by then.</param>
    public static LandscapeSample Draw(Objective objective, GlobalReference global, int count, ulong seed = 1, FallbackDevice? device = null, double? radius = null, CancellationToken stop = default)
    {
        double[] shares = global.Minima.Count > 0 ? [1, 0.75, 0.5, 0.25, 0.1, 0.03, 0.01] : [1];
        var starts = Math.Max(1, count / shares.Length);
        using var slopes = new PointDerivatives(objective);
        var sampler = StartsIn(objective, radius);
        var points = new List<double[]>(starts * shares.Length);
        for (var k = 0; k < starts; k++)
        {
            var start = new double[objective.Dimension];
            sampler.Draw(seed, k, start);
            var minimum = global.Nearest(start);
            points.AddRange(shares.Select(t => minimum is null ? start : slopes.Retract([.. start.Zip(minimum, (s, m) => m + (t * (s - m)))])));
        }

        var lines = shares.Length == 1 ? "" : $", and {shares.Length - 1} points from each towards the nearest global minimum found";
        return At(objective, points.Where(p => IsIn(objective, radius, p)), $"{EvidenceText.Count(starts, "start")} ({sampler.Describe()}){lines}", device, stop: stop);
    }

    /// <summary>Where points begin: all over the ball, or where the objective says.</summary>
    /// <exception cref="ArgumentException">The objective lives on a surface, of which a ball says nothing.</exception>
    internal static Sampler StartsIn(Objective objective, double? radius) => radius is not { } r ? objective.DefaultStarts
        : objective.Surface is null ? new UniformBall(r)
        : throw new ArgumentException($"Constants over a ball were asked for, and {objective.Name} lives on a surface ({objective.Region.Describe(objective.Dimension)}); leave the ball out.");

    /// <summary>Whether a point is in the ball, and in the region.</summary>
    internal static bool IsIn(Objective objective, double? radius, double[] point) => radius is not { } r || (Region.Ball(r).Contains(point) && objective.Region.Contains(point));

    /// <summary>What the landscape is like at given points; those where it is not finite are left out.</summary>
    /// <param name="objective">The landscape.</param>
    /// <param name="where">The points.</param>
    /// <param name="description">How they were chosen.</param>
    /// <param name="device">What looks at Hessians; null for lanes.</param>
    /// <param name="units">The units that decide what is zero; null for those that these points show.</param>
    /// <param name="stop">Stops early, with the first of the points, one at least.</param>
    internal static LandscapeSample At(Objective objective, IEnumerable<double[]> where, string description, FallbackDevice? device = null, CurvatureUnits? units = null, CancellationToken stop = default)
    {
        using var slopes = new PointDerivatives(objective);
        var (points, values, gradients) = (new List<double[]>(), new List<double>(), new List<double[]>());
        foreach (var point in where)
        {
            var gradient = new double[objective.Dimension];
            var value = slopes.Gradient(point, gradient);
            if (double.IsFinite(value) && gradient.All(double.IsFinite))
            {
                points.Add(point);
                values.Add(value);
                gradients.Add(gradient);
            }
        }

        device ??= FallbackDevice.Choose(null);
        var differentiator = device.Differentiate(objective);
        var isDense = objective.Dimension <= MostDense || objective.Surface is not null;
        units ??= !isDense ? CurvatureUnits.OfExploration(objective) : objective.Surface is not null ? CurvatureUnits.Own
            : CurvatureUnits.Of([.. points.Chunk(ChunkOf(objective.Dimension)).Take(1).Select(some => differentiator.Hessians([.. some.SelectMany(p => p)])!)], objective.Dimension);
        var curvatures = isDense ? FromHessians(objective, differentiator, points, units, device.Lanes.Bits, stop) : FromProducts(differentiator, points, units, stop);
        var count = curvatures.Length;
        int[] known = [.. Known(curvatures)];
        return new(
            objective, units, [.. known.Select(k => points[k])], [.. known.Select(k => values[k])], [.. known.Select(k => gradients[k])], [.. known.Select(k => curvatures[k])],
            count == points.Count || description.Length == 0 ? description : FormattableString.Invariant($"{description}: the first {count:N0} of these {points.Count:N0} points, when it was stopped"))
        {
            Lanes = device.Lanes,
        };
    }

    /// <summary>These points and others.</summary>
    /// <param name="other">The others.</param>
    /// <param name="isSame">Whether the description says already how they were chosen.</param>
    internal LandscapeSample With(LandscapeSample other, bool isSame = false) => new(
        objective, units, [.. Points, .. other.Points], [.. Values, .. other.Values], [.. Gradients, .. other.Gradients], [.. curvatures, .. other.curvatures],
        isSame || other.Description.Length == 0 ? Description : $"{Description}; {other.Description}")
    {
        Lanes = Lanes,
    };

    /// <summary>The points whose curvature is no mere rounding: it is known, or all that rounding makes of it is nothing beside what is known elsewhere.</summary>
    private static IEnumerable<int> Known(Curvature[] curvatures)
    {
        var largest = curvatures.Where(c => c.Noise <= KnownShare * c.AlikeLargest).Select(c => c.AlikeLargest).DefaultIfEmpty(double.PositiveInfinity).Max();
        return Enumerable.Range(0, curvatures.Length).Where(k => curvatures[k].Noise <= Math.Max(KnownShare * curvatures[k].AlikeLargest, Stationarity.HalfTheDigits * largest));
    }

    private static int ChunkOf(int d) => Math.Max(1, MostEntries / (d * d));

    private static Curvature[] FromHessians(Objective objective, IDifferentiator differentiator, List<double[]> points, CurvatureUnits units, int bits, CancellationToken stop)
    {
        var d = objective.Dimension;
        var found = new List<Curvature>();
        // Beside a removable singularity, such as that of sin x/x, the formula's own second derivative is rounding alone.
        var moving = objective.Surface is null && points.Count > 0 ? objective.InUnits(UnitChoice.Of(objective, null)) : null;
        using var rounding = moving is null ? null : new HessianRounding(moving, Derivatives.Of(moving, bits));
        // The largest eigenvalues belong to the manifold's normals.
        var last = d - 1 - objective.Region.Normals(d);
        foreach (var some in points.Chunk(ChunkOf(d)))
        {
            if (found.Count > 0 && stop.IsCancellationRequested)
            {
                break;
            }

            var hessians = differentiator.Hessians([.. some.SelectMany(p => p)])!;
            double[] noise = [.. some.Select((p, k) => rounding is null ? 0 : Mended((rounding, moving!.Units), p, hessians.AsSpan(k * d * d, d * d), units))];
            var eigenvalues = differentiator.Eigenvalues(hessians, d)!;
            var alike = units.AreOwn ? eigenvalues : differentiator.Eigenvalues(units.Scaled(hessians, d), d)!;
            for (var k = 0; k < some.Length; k++)
            {
                var (lowest, highest) = (eigenvalues[k * d], eigenvalues[(k * d) + last]);
                // What the largest drowns is looked at again.
                found.Add(new(units.AreOwn ? lowest : GradedEigenvalues.Lowest(hessians.AsSpan(k * d * d, d * d), lowest, highest, d), highest, alike[k * d], alike[(k * d) + last], noise[k]));
            }
        }

        return [.. found];
    }

    /// <summary>Mends a Hessian, in place, where it is rounding; how long what is left of that may be, in units that make curvatures alike.</summary>
    /// <param name="moving">What knows rounding, in the units that the landscape is explored in: distances are short or long against these.</param>
    /// <param name="point">Where.</param>
    /// <param name="hessian">d × d.</param>
    /// <param name="alike">The units that make curvatures alike.</param>
    private static double Mended((HessianRounding Rounding, Units Units) moving, double[] point, Span<double> hessian, CurvatureUnits alike)
    {
        var (place, own, d) = (moving.Units.Moving(point), hessian.ToArray(), point.Length);
        for (var e = 0; e < own.Length; e++)
        {
            own[e] *= moving.Units.Value * moving.Units.Length(e / d) * moving.Units.Length(e % d);
        }

        var bounds = moving.Rounding.Bounds(place);
        moving.Rounding.Repair(place, own, bounds);
        moving.Units.HessianToShown(own).CopyTo(hessian);
        return Stationarity.Margin * Inner.Norm(alike.Scaled(moving.Units.HessianToShown(bounds), d));
    }

    private static Curvature[] FromProducts(IDifferentiator differentiator, List<double[]> points, CurvatureUnits units, CancellationToken stop)
    {
        var once = new LanczosOptions { Lowest = 1, Highest = 1 };
        return
        [
            .. differentiator.ForEach(points, (hessian, k) => k > 0 && stop.IsCancellationRequested ? (Curvature?)null : Looked(hessian(0), points[k].Length), null)!.TakeWhile(e => e is not null).Select(e => e!.Value),
        ];

        Curvature Looked(SymmetricOperator hessian, int d)
        {
            var own = Lanczos.Extremes(hessian, d, once);
            var alike = units.AreOwn ? own : Lanczos.Extremes(units.Scaled(hessian), d, once);
            // A sign that only these units show is that of the eigenvalue, whose size rounding hides.
            var lowest = own.Lowest[0] * alike.Lowest[0] < 0 ? 0 : own.Lowest[0];
            return new(lowest, own.Highest[^1], alike.Lowest[0], alike.Highest[^1], 0);
        }
    }

    /// <summary>Extreme eigenvalues of a Hessian, and how much of the latter two rounding may be.</summary>
    private readonly record struct Curvature(double Lowest, double Highest, double AlikeLowest, double AlikeHighest, double Noise)
    {
        public double AlikeLargest => Math.Max(Math.Abs(AlikeLowest), Math.Abs(AlikeHighest));
    }
}
