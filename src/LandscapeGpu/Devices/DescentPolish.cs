namespace LandscapeGpu.Devices;

/// <summary>Polish where Hessians are too large to be formed: by L-BFGS in double precision, on the device that descends, and Newton's method at the end.</summary>
internal sealed class DescentPolish(Objective objective, Device device) : IPolish
{
    private readonly LaneDevice lanes = device as LaneDevice ?? new();

    // Gradients a million times smaller than descent stops at in single precision.
    private const double Tolerance = StopRule.DoubleTolerance * StopRule.SingleTolerance;

    private readonly CompiledDescent descent = device.Compile(objective, new DescentOptions
    {
        Rule = new Lbfgs { Memory = 20 },
        IsDouble = true,
        Stop = new StopRule { GradientTolerance = Tolerance, Iterations = 100_000 },
    });

    public PolishedSet Run(ReadOnlyMemory<double> points, int count, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var d = objective.Dimension;
        if (count == 0)
        {
            return new PolishedSet(d, 0);
        }

        try
        {
            return Read(descent.Run(new RestartRange(new GivenPoints(points.ToArray(), d), 0, 0, count), progress, cancellation), cancellation);
        }
        catch (WorkFailedException<Endpoints> failure)
        {
            throw new WorkFailedException<PolishedSet>(failure.Message, Read(failure.Rows, cancellation), failure);
        }
    }

    /// <summary>L-BFGS stops where the value's rounding hides further progress; Newton's steps, by products with the Hessian, see the gradient.</summary>
    private PolishedSet Read(Endpoints ends, CancellationToken cancellation)
    {
        var d = objective.Dimension;
        var set = new PolishedSet(d, ends.Count) { Evaluations = ends.Steps.Sum(s => (long)s) };
        Array.Fill(set.Values, double.NaN);
        Array.Fill(set.Residuals, double.NaN);
        var finished = Enumerable.Range(0, ends.Count).Where(ends.IsFinished).ToArray();
        var newton = new LanePolish(objective, Derivatives.Of(objective, lanes.Bits), lanes.Threads)
            .Run(finished.SelectMany(k => ends.Points.AsSpan(k * d, d).ToArray()).ToArray(), finished.Length, null, cancellation);
        for (var k = 0; k < finished.Length; k++)
        {
            set.Take(finished[k], newton, k);
        }

        set.Evaluations += newton.Evaluations;
        return set;
    }
}
