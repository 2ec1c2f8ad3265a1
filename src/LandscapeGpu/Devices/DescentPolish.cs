using LandscapeGpu.Descent;
using LandscapeGpu.Differentiation;
using LandscapeGpu.Objectives;
using LandscapeGpu.Polish;
using LandscapeGpu.Starts;

namespace LandscapeGpu.Devices;

/// <summary>Polish where Hessians are too large to be formed: by L-BFGS in double precision, on the device that descends.</summary>
internal sealed class DescentPolish(Objective objective, Device device) : IPolish
{
    // Gradients a million times smaller than descent stops at in single precision.
    private const double Tolerance = 1e-9;

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
            return Read(descent.Run(new RestartRange(new GivenPoints(points.ToArray(), d), 0, 0, count), progress, cancellation));
        }
        catch (WorkFailedException<Endpoints> failure)
        {
            throw new WorkFailedException<PolishedSet>(failure.Message, Read(failure.Rows), failure);
        }
    }

    private PolishedSet Read(Endpoints ends)
    {
        var d = objective.Dimension;
        var set = new PolishedSet(d, ends.Count) { Evaluations = ends.Steps.Sum(s => (long)s) };
        using var slope = new PointDerivatives(objective);
        var (sides, gradient) = (new HeldSides(objective.Region, d), new double[d]);
        for (var k = 0; k < ends.Count; k++)
        {
            if (!ends.IsFinished(k))
            {
                (set.Values[k], set.Residuals[k]) = (double.NaN, double.NaN);
                continue;
            }

            var point = set.Points.AsSpan(k * d, d);
            ends.Points.AsSpan(k * d, d).CopyTo(point);
            set.Values[k] = slope.Gradient(point, gradient);
            set.Residuals[k] = sides.FreeNorm(point, gradient);
            // L-BFGS stops where rounding of the value hides further progress: within a thousandth of a millionth of it.
            set.Stationary[k] = double.IsFinite(set.Values[k]) && set.Residuals[k] <= 1e-6 * Math.Max(1, Math.Abs(set.Values[k]));
        }

        return set;
    }
}
