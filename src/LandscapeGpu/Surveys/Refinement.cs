using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Minima;
using LandscapeGpu.Objectives;
using LandscapeGpu.Starts;

namespace LandscapeGpu.Surveys;

/// <summary>Brings endpoints to stationarity in double precision: by Newton's method where Hessians fit, else by L-BFGS.</summary>
internal abstract class Refinement
{
    public static Refinement For(Objective objective, LaneDevice device) => objective.Dimension <= Polish.MostCoordinates
        ? new ByNewton(objective, device)
        : new ByDescent(objective, device);

    public abstract PolishedSet Run(EndpointPool.EndPoints ends, Action<long>? progress);

    private sealed class ByNewton : Refinement
    {
        private readonly Polish polish;
        private readonly Valleys? valleys;

        public ByNewton(Objective objective, LaneDevice device)
        {
            var derivatives = Derivatives.Of(objective, device.Bits);
            polish = new Polish(objective, derivatives, device.Threads);
            valleys = Valleys.Has(objective) ? new(objective, derivatives, polish, device.Threads) : null;
        }

        public override PolishedSet Run(EndpointPool.EndPoints ends, Action<long>? progress)
        {
            var set = polish.Run(ends.Points, ends.Count, progress);
            valleys?.Follow(ends.Points, ends.HasConverged, set);
            return set;
        }
    }

    private sealed class ByDescent(Objective objective, LaneDevice device) : Refinement
    {
        // Gradients a million times smaller than descent stops at in single precision.
        private const double Tolerance = 1e-9;

        private readonly CompiledDescent descent = device.Compile(objective, new DescentOptions
        {
            Rule = new Lbfgs { Memory = 20 },
            IsDouble = true,
            Stop = new StopRule { GradientTolerance = Tolerance, Iterations = 100_000 },
        });

        public override PolishedSet Run(EndpointPool.EndPoints ends, Action<long>? progress)
        {
            var d = objective.Dimension;
            var set = new PolishedSet(d, ends.Count);
            if (ends.Count == 0)
            {
                return set;
            }

            var refined = descent.Run(new RestartRange(new GivenPoints(ends.Points, d), 0, 0, ends.Count), progress);
            refined.Points.CopyTo(set.Points, 0);
            set.Evaluations = refined.Steps.Sum(s => (long)s);
            using var slope = new Slopes(objective, device.Bits);
            for (var k = 0; k < ends.Count; k++)
            {
                var point = set.Points.AsSpan(k * d, d);
                (set.Values[k], set.Residuals[k]) = slope.At(point);
                // L-BFGS stops where rounding of the value hides further progress: within a thousandth of a millionth of it.
                set.Stationary[k] = double.IsFinite(set.Values[k]) && set.Residuals[k] <= 1e-6 * Math.Max(1, Math.Abs(set.Values[k]));
            }

            return set;
        }
    }
}
