using LandscapeGpu.Descent;
using LandscapeGpu.Kernels;
using LandscapeGpu.Objectives;
using LandscapeGpu.Polish;

namespace LandscapeGpu.Devices.Kernels;

/// <summary>Takes endpoints to the stationary points they are near, in double precision, one endpoint a thread.</summary>
/// <remarks>The method of <see cref="LanePolish"/>, by the same derivatives and the same decisions (<see cref="NewtonPoint"/>).</remarks>
internal sealed class KernelPolish : IPolish
{
    private readonly Objective objective;
    private readonly KernelWork work;
    private readonly Launch launch;

    public KernelPolish(Objective objective, KernelDevice device)
    {
        this.objective = objective;
        var newton = new NewtonDemand(objective, device);
        launch = newton.Launch;
        work = new(device, newton.Over(typeof(NewtonLife<,>)), newton.Demand(objective.Dimension + NewtonPlan.Beside));
    }

    /// <summary>The kernel of an objective on a device.</summary>
    public static Type KernelOf(Objective objective, KernelDevice device) => new NewtonDemand(objective, device).Over(typeof(NewtonLife<,>));

    /// <summary>Whether the device has room for the derivatives and the matrices of one endpoint, and kernels know the region's sides.</summary>
    public bool Fits => work.Fits && !objective.Region.HasCurvedSides;

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
            return Read(work.Run(points, launch, progress, cancellation), points.Span);
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
                (set.Values[k], set.Residuals[k]) = (double.NaN, double.NaN);
                continue;
            }

            var row = rows.Points.AsSpan(k * rows.Dimension, rows.Dimension);
            row[..d].CopyTo(set.Points.AsSpan(k * d));
            (set.Values[k], set.Residuals[k]) = (row[d], row[d + 1]);
            (set.Moments[2 * k], set.Moments[(2 * k) + 1]) = (row[d + 2], row[d + 3]);
            set.Stationary[k] = rows.Outcomes[k] == NewtonPlan.Stationary;
            set.Evaluations += rows.Steps[k];
        }

        return set;
    }
}
