using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Devices.Kernels;
using LandscapeGpu.Differentiation;
using LandscapeGpu.Identity;
using LandscapeGpu.Objectives;
using LandscapeGpu.Polish;
using LandscapeGpu.Starts;
using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>Brings endpoints to stationarity in double precision: by Newton's method where Hessians fit, else by L-BFGS.</summary>
internal abstract class Refinement
{
    private readonly List<string> warnings = [];

    /// <summary>What has polished so far.</summary>
    public abstract string Description { get; }

    /// <summary>Devices that failed.</summary>
    public virtual IReadOnlyList<string> Warnings => warnings;

    /// <param name="objective">Whose endpoints are polished.</param>
    /// <param name="lanes">The processor.</param>
    /// <param name="kernels">The device that descended, where it runs kernels: it polishes too, where it has room and work enough.</param>
    public static Refinement For(Objective objective, LaneDevice lanes, KernelDevice? kernels = null) => objective.Dimension <= LanePolish.MostCoordinates
        ? new ByNewton(objective, lanes, kernels)
        : new ByDescent(objective, lanes, kernels);

    public abstract PolishedSet Run(EndpointPool.EndPoints ends, Action<long>? progress);

    private sealed class ByNewton : Refinement
    {
        private readonly LaneDevice lanes;
        private readonly KernelDevice? device;
        private readonly LanePolish polish;
        private readonly KernelPolish? kernels;
        private readonly ValleyFollowing? valleys;
        private bool usedKernels;

        public ByNewton(Objective objective, LaneDevice lanes, KernelDevice? device)
        {
            (this.lanes, this.device) = (lanes, device);
            var derivatives = Derivatives.Of(objective, lanes.Bits);
            polish = new LanePolish(objective, derivatives, lanes.Threads);
            valleys = ValleyFollowing.Has(objective) ? new(objective, derivatives, polish, lanes.Threads) : null;
            kernels = device is not null && new KernelPolish(objective, device) is { Fits: true } made ? made : null;
        }

        public override string Description => usedKernels ? device!.Description : lanes.Description;

        public override PolishedSet Run(EndpointPool.EndPoints ends, Action<long>? progress)
        {
            var set = Polished(ends, progress);
            valleys?.Follow(ends.Points, ends.HasConverged, set);
            return set;
        }

        private PolishedSet Polished(EndpointPool.EndPoints ends, Action<long>? progress)
        {
            if (kernels is null || !kernels.Pays(ends.Count))
            {
                return polish.Run(ends.Points, ends.Count, progress);
            }

            var reported = 0L;
            try
            {
                usedKernels = true;
                return kernels.Run(ends.Points, done =>
                {
                    reported += done;
                    progress?.Invoke(done);
                });
            }
            catch (WorkFailedException failure)
            {
                warnings.Add($"{failure.Message}; polishing went on on lanes.");
                return Complete(ends, failure.Rows, new OwedProgress(reported, done => progress?.Invoke(done)));
            }
        }

        /// <summary>Polishes on lanes what the device had not finished, or not handed over, when it failed.</summary>
        private PolishedSet Complete(EndpointPool.EndPoints ends, Endpoints rows, OwedProgress progress)
        {
            var set = kernels!.Read(rows, ends.Points);
            var left = Enumerable.Range(0, ends.Count).Where(k => rows.Outcomes[k] == (byte)Outcome.Unfinished).ToArray();
            var d = set.Dimension;
            progress.Report(ends.Count - left.Length);
            var rest = polish.Run(left.SelectMany(k => ends.Points.AsSpan(k * d, d).ToArray()).ToArray(), left.Length, progress.Report);
            for (var k = 0; k < left.Length; k++)
            {
                set.Take(left[k], rest, k);
            }

            set.Evaluations += rest.Evaluations;
            return set;
        }
    }

    private sealed class ByDescent(Objective objective, LaneDevice lanes, KernelDevice? kernels) : Refinement
    {
        // Gradients a million times smaller than descent stops at in single precision.
        private const double Tolerance = 1e-9;

        private readonly CompiledDescent descent = ((Device?)kernels ?? lanes).Compile(objective, new DescentOptions
        {
            Rule = new Lbfgs { Memory = 20 },
            IsDouble = true,
            Stop = new StopRule { GradientTolerance = Tolerance, Iterations = 100_000 },
        });

        public override string Description => ((Device?)kernels ?? lanes).Description;

        public override IReadOnlyList<string> Warnings => descent.Warnings;

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
            using var slope = new PointDerivatives(objective, lanes.Bits);
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
