using LandscapeGpu.Descent;
using LandscapeGpu.Kernels;
using LandscapeGpu.Minima;
using LandscapeGpu.Objectives;

namespace LandscapeGpu.Devices.Kernels;

/// <summary>Takes endpoints to the stationary points they are near, in double precision, one endpoint a thread.</summary>
/// <remarks>The method of <see cref="Polish"/>, by the same derivatives and the same decisions (<see cref="NewtonPoint"/>).</remarks>
internal sealed class KernelPolish
{
    private readonly Objective objective;
    private readonly KernelWork work;
    private readonly Launch launch;

    public KernelPolish(Objective objective, KernelDevice device)
    {
        this.objective = objective;
        var derivatives = KernelDerivatives.Of(objective, device);
        var d = objective.Dimension;
        var integers = derivatives.Integers();
        var numbers = derivatives.Numbers(objective);
        launch = new() { Dimension = d, PlanAt = integers.Length };
        work = new(device, KernelOf(objective, device), new()
        {
            IsDouble = true,
            StateElements = derivatives.StateElements + NewtonPlan.WorkLength(d),
            Numbers = [.. numbers, .. Bounds(objective.Domain, d)],
            Integers = [.. integers, .. Plan(objective, derivatives, numbers.Length)],
            GivenLength = d,
            RowLength = d + NewtonPlan.Beside,
        });
    }

    /// <summary>The kernel of an objective on a device.</summary>
    public static Type KernelOf(Objective objective, KernelDevice device) =>
        typeof(NewtonLife<,>).MakeGenericType(KernelDerivatives.Of(objective, device).Derived, device.MemoryType(isDouble: true));

    /// <summary>Whether the device has room for the derivatives and the matrices of one endpoint.</summary>
    public bool Fits => work.Fits;

    /// <summary>Bytes of memory that each thread needs.</summary>
    public double StateBytes => work.ThreadBytes;

    /// <summary>Whether so many endpoints are worth the device.</summary>
    public bool Pays(int count) => work.Pays(count);

    /// <param name="points">count × d coordinates.</param>
    /// <param name="progress">Told how many more are done.</param>
    /// <param name="cancellation">Stops early; the rest is left as not stationary.</param>
    /// <exception cref="WorkFailedException">The device failed.</exception>
    public PolishedSet Run(ReadOnlyMemory<double> points, Action<long>? progress = null, CancellationToken cancellation = default) =>
        Read(work.Run(points, launch, progress, cancellation), points.Span);

    /// <summary>What rows of results say; an endpoint without one is left where it was.</summary>
    public PolishedSet Read(Endpoints rows, ReadOnlySpan<double> points)
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

    /// <summary>In the order in which <see cref="NewtonPlan"/> is read.</summary>
    private static int[] Plan(Objective objective, KernelDerivatives derivatives, int numbers)
    {
        var programs = derivatives.Programs;
        return
        [
            objective.Dimension, programs.X.Offset, derivatives.StateElements, programs.Value.Offset, programs.Gradient.Offset,
            programs.At.Offset, programs.Direction?.Offset ?? -1, programs.Result.Offset, programs.Normal?.Offset ?? -1,
            derivatives.Retraction?.Near.Offset ?? -1, derivatives.Retraction?.On.Offset ?? -1, objective.Manifold?.Normals(objective.Dimension) ?? 0,
            objective.Domain is Domain.BoxDomain ? numbers : -1,
        ];
    }

    private static IEnumerable<double> Bounds(Domain domain, int d) => domain is Domain.BoxDomain box
        ? Enumerable.Range(0, d).SelectMany(i => new[] { box.Lower[i], box.Upper[i] })
        : [];
}
