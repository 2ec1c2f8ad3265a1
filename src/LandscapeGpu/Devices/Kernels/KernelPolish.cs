namespace LandscapeGpu.Devices.Kernels;

/// <summary>Takes endpoints to the stationary points they are near, in double precision, one endpoint a thread.</summary>
/// <remarks>The method of <see cref="LanePolish"/>, by the same derivatives and the same decisions (<see cref="NewtonPoint"/>).</remarks>
internal sealed class KernelPolish : IPolish
{
    private const int MostRounds = 3;

    private readonly Objective objective;
    private readonly Lazy<RoundingTest> test;
    private readonly KernelWork work;
    private readonly Launch launch;

    /// <param name="objective">The landscape.</param>
    /// <param name="device">What runs kernels.</param>
    /// <param name="lanes">The processor, which says what is rounding; null for all of it.</param>
    public KernelPolish(Objective objective, KernelDevice device, LaneDevice? lanes = null)
    {
        this.objective = objective;
        lanes ??= new();
        test = new(() => new(objective, Derivatives.Of(objective, lanes.Bits), lanes.Threads));
        var newton = new NewtonDemand(objective, device);
        launch = newton.Launch;
        work = new(device, newton.Over(typeof(NewtonLife<,>)), newton.Demand(objective.Dimension + 1, objective.Dimension + NewtonPlan.Beside));
    }

    /// <summary>The kernel of an objective on a device.</summary>
    public static Type KernelOf(Objective objective, KernelDevice device) => new NewtonDemand(objective, device).Over(typeof(NewtonLife<,>));

    /// <summary>Whether the device has room for the derivatives and the matrices of one endpoint, and kernels know the region's sides.</summary>
    public bool Fits => work.Fits && !objective.Region.HasGeneralSides;

    /// <summary>Bytes of memory that each thread needs.</summary>
    public double StateBytes => work.ThreadBytes;

    /// <summary>Whether so many endpoints are worth the device.</summary>
    public bool Pays(int count) => work.Pays(count);

    /// <param name="points">count × d coordinates.</param>
    /// <param name="progress">Told how many more are done.</param>
    /// <param name="cancellation">Stops early; the rest is left as not stationary.</param>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public PolishedSet Run(ReadOnlyMemory<double> points, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var bounds = Bounds(points);
        var set = Once(points, bounds, progress, cancellation);
        for (var round = 1; round < MostRounds && !cancellation.IsCancellationRequested; round++)
        {
            // The bound that a walk is given is of where it begins; from where it ended, with the bound of that place, it sees more. One that had come
            // near when its steps were used up needs a few more.
            var again = Enumerable.Range(0, set.Count).Where(k => set.IsFinished(k) && !set.Stationary[k] && (Stationarity.Margin * set.Roundings[k] < bounds[k] || IsNear(set, k))).ToArray();
            if (!Pays(again.Length))
            {
                break;
            }

            foreach (var k in again)
            {
                bounds[k] = set.Roundings[k];
            }

            var more = Once(again.SelectMany(k => set.Points.AsSpan(k * set.Dimension, set.Dimension).ToArray()).ToArray(), [.. again.Select(k => bounds[k])], null, cancellation);
            set.Evaluations += more.Evaluations;
            for (var k = 0; k < again.Length; k++)
            {
                if (more.Stationary[k])
                {
                    set.Take(again[k], more, k);
                }
            }
        }

        return set;
    }

    private static bool IsNear(PolishedSet set, int k) =>
        set.Uncertainties[k] < 0.5 * Stationarity.QuarterOfTheDigits * (1 + Math.Sqrt(set.Points.AsSpan(k * set.Dimension, set.Dimension).ToArray().Sum(e => e * e)));

    private PolishedSet Once(ReadOnlyMemory<double> points, double[] bounds, Action<long>? progress, CancellationToken cancellation)
    {
        try
        {
            return Read(work.Run(Paired(points.Span, bounds), launch, progress, cancellation), points.Span);
        }
        catch (WorkFailedException<Endpoints> failure)
        {
            throw new WorkFailedException<PolishedSet>(failure.Message, Read(failure.Rows, points.Span), failure);
        }
    }

    PolishedSet? IPolish.Run(ReadOnlyMemory<double> points, int count, Action<long>? progress, CancellationToken cancellation) =>
        Pays(count) ? Run(points, progress, cancellation) : null;

    /// <summary>What rows of results say; an endpoint without one is left where it was.</summary>
    private PolishedSet Read(Endpoints rows, ReadOnlySpan<double> points)
    {
        var d = objective.Dimension;
        var set = new PolishedSet(d, rows.Count);
        for (var k = 0; k < rows.Count; k++)
        {
            if (rows.Outcomes[k] == (byte)Outcome.Unfinished)
            {
                points.Slice(k * d, d).CopyTo(set.Points.AsSpan(k * d));
                continue;
            }

            var row = rows.Points.AsSpan(k * rows.Dimension, rows.Dimension);
            row[..d].CopyTo(set.Points.AsSpan(k * d));
            (set.Moments[2 * k], set.Moments[(2 * k) + 1]) = (row[d + 2], row[d + 3]);
            set.Evaluations += rows.Steps[k];
        }

        test.Value.Decide(set, k => (rows.Points[(k * rows.Dimension) + d + 4], rows.Points[(k * rows.Dimension) + d + 5]));
        for (var k = 0; k < rows.Count; k++)
        {
            set.Stationary[k] &= rows.Outcomes[k] is not ((byte)Outcome.Unfinished or NewtonPlan.Strayed);
            (set.Values[k], set.Residuals[k]) = rows.Outcomes[k] == (byte)Outcome.Unfinished ? (double.NaN, double.NaN) : (set.Values[k], set.Residuals[k]);
        }

        return set;
    }

    private double[] Bounds(ReadOnlyMemory<double> points) => test.Value.ValueBounds(points, points.Length / objective.Dimension);

    /// <summary>Each point with a bound of the value's rounding behind it.</summary>
    private double[] Paired(ReadOnlySpan<double> points, double[] bounds)
    {
        var d = objective.Dimension;
        var given = new double[points.Length + bounds.Length];
        for (var k = 0; k < bounds.Length; k++)
        {
            points.Slice(k * d, d).CopyTo(given.AsSpan(k * (d + 1)));
            given[(k * (d + 1)) + d] = bounds[k];
        }

        return given;
    }
}
