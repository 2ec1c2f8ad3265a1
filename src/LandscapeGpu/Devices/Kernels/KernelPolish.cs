namespace LandscapeGpu.Devices.Kernels;

/// <summary>Takes endpoints to the stationary points they are near, in double precision, one endpoint a thread.</summary>
/// <remarks>The method of <see cref="LanePolish"/>, by the same derivatives and the same decisions (<see cref="NewtonPoint"/>).</remarks>
internal sealed class KernelPolish : IPolish
{
    // Rows that one core reads at a time.
    private const int RowsTogether = 4096;

    private readonly Objective objective;
    private readonly KernelWork work;
    private readonly Launch launch;

    /// <param name="objective">The landscape.</param>
    /// <param name="device">What runs kernels.</param>
    public KernelPolish(Objective objective, KernelDevice device)
    {
        this.objective = objective;
        var newton = new NewtonDemand(objective, device);
        launch = newton.Launch;
        work = new(device, newton.Over(typeof(NewtonLife<,>)), newton.Demand(objective.Dimension, objective.Dimension + NewtonPlan.Beside));
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
        try
        {
            return Read(work.Run(points, launch, progress, cancellation), points);
        }
        catch (WorkFailedException<Endpoints> failure)
        {
            throw new WorkFailedException<PolishedSet>(failure.Message, Read(failure.Rows, points), failure);
        }
    }

    PolishedSet? IPolish.Run(ReadOnlyMemory<double> points, int count, Action<long>? progress, CancellationToken cancellation) =>
        Pays(count) ? Run(points, progress, cancellation) : null;

    /// <summary>What rows of results say; an endpoint without one is left where it was.</summary>
    private PolishedSet Read(Endpoints rows, ReadOnlyMemory<double> points)
    {
        var d = objective.Dimension;
        var set = new PolishedSet(d, rows.Count);
        Parallel.For(0, (rows.Count + RowsTogether - 1) / RowsTogether, part =>
        {
            for (var k = part * RowsTogether; k < Math.Min(rows.Count, (part + 1) * RowsTogether); k++)
            {
                if (rows.IsFinished(k))
                {
                    Read(set, k, rows.Points.AsSpan(k * rows.Dimension, rows.Dimension), rows.Outcomes[k] == NewtonPlan.Stationary);
                }
                else
                {
                    points.Span.Slice(k * d, d).CopyTo(set.Points.AsSpan(k * d));
                }
            }
        });
        set.Evaluations = Enumerable.Range(0, rows.Count).Where(rows.IsFinished).Sum(k => (long)rows.Steps[k]);
        return set;
    }

    /// <summary>What a row of results says.</summary>
    internal static void Read(PolishedSet set, int k, ReadOnlySpan<double> row, bool isStationary)
    {
        var d = set.Dimension;
        row[..d].CopyTo(set.Points.AsSpan(k * d));
        (set.Values[k], set.Residuals[k], set.Stationary[k]) = (row[d], row[d + 1], isStationary);
        (set.Moments[2 * k], set.Moments[(2 * k) + 1]) = (row[d + 2], row[d + 3]);
        (set.Roundings[k], set.Uncertainties[k]) = (row[d + 4], row[d + 5]);
    }
}
