using LandscapeGpu.Devices.Kernels;

namespace LandscapeGpu.Devices;

/// <summary>A device with the processor's lanes behind it: what it cannot do, what is too little to be worth it, and what it leaves undone when it fails, lanes do.</summary>
internal sealed class FallbackDevice(Device first, LaneDevice lanes) : Device
{
    private readonly Fallback fallback = new();

    /// <summary>The device of a kind or a name, as <see cref="DeviceCatalogue.Choose"/> understands it; null for lanes alone.</summary>
    /// <exception cref="ArgumentException">There is no such device here.</exception>
    public static FallbackDevice Choose(string? choice, int? threads = null, int? vectorBits = null)
    {
        var (lanes, notes) = (new LaneDevice(threads, vectorBits), new List<string>());
        var device = new FallbackDevice(choice is null ? lanes : DeviceCatalogue.Choose(choice, threads, vectorBits, notes.Add), lanes);
        notes.ForEach(device.fallback.Note);
        return device;
    }

    /// <summary>The device that a survey's options name; auto takes a GPU where the work is worth it.</summary>
    /// <exception cref="ArgumentException">There is no such device here.</exception>
    public static FallbackDevice For(Objective objective, DescentOptions options, RestartRange pilot, long restarts, string? choice, LaneDevice lanes)
    {
        if (!"auto".Equals(choice, StringComparison.OrdinalIgnoreCase))
        {
            return Choose(choice, lanes.Threads, lanes.Bits);
        }

        var notes = new List<string>();
        var automatic = AutomaticChoice.For(objective, options, pilot, restarts, lanes, DeviceCatalogue.FoundForAuto, notes.Add);
        var device = new FallbackDevice(automatic.Device, lanes) { Reason = automatic.Reason };
        notes.ForEach(device.fallback.Note);
        return device;
    }

    public LaneDevice Lanes => lanes;

    public override string Description => first.Description;

    /// <summary>Whether nothing but lanes polishes.</summary>
    public bool PolishesOnLanes => first == lanes;

    /// <summary>Devices that failed, and what happened instead.</summary>
    public IReadOnlyList<string> Warnings => fallback.Warnings;

    /// <summary>Why this device was taken, as a clause; null where it was asked for, or there was no choice.</summary>
    public string? Reason { get; private init; }

    /// <summary>What has polished so far.</summary>
    public string PolishedOn { get; private set; } = lanes.Description;

    /// <summary>What has differentiated so far.</summary>
    public string DifferentiatedOn { get; private set; } = lanes.Description;

    internal override long CoordinatesAtOnce => first.CoordinatesAtOnce;

    public override CompiledDescent Compile(Objective objective, DescentOptions options) => first == lanes
        ? lanes.Compile(objective, options)
        : fallback.Try(() => first.Compile(objective, options), "the run went on on lanes") is { } compiled
            ? new Descending(this, compiled, () => lanes.Compile(objective, options))
            : lanes.Compile(objective, options);

    public override string Explain(Objective objective, DescentOptions? options = null) => first.Explain(objective, options);

    internal override IPolish Polish(Objective objective) =>
        new Polishing(this, first == lanes ? null : fallback.Try(() => first.Polish(objective), "polishing went on on lanes"), lanes.Polish(objective));

    internal override IDifferentiator Differentiate(Objective objective) =>
        new Differentiating(this, first == lanes ? null : fallback.Try(() => first.Differentiate(objective), "spectra were computed on lanes"), lanes.Differentiate(objective));

    /// <summary>Batches that do not leave the device; null where it does not do that.</summary>
    /// <param name="objective">What is descended, in the units that points are told apart in.</param>
    /// <param name="options">How.</param>
    /// <param name="cells">What points are told apart by, in the order of a <see cref="LandscapeGpu.Kernels.CellPlan"/>.</param>
    public KernelReduction? Reduction(Objective objective, DescentOptions options, double[] cells) =>
        first is KernelDevice kernels ? fallback.Try(() => KernelReduction.For(objective, options, kernels, cells), "the run went on on lanes") : null;

    /// <summary>Work of such a reduction; null, with a warning, where the device fails.</summary>
    public T? Reduce<T>(Func<T?> work)
        where T : class
    {
        var done = fallback.Try(work, "the run went on on lanes");
        PolishedOn = done is ReducedBatch ? Description : PolishedOn;
        return done;
    }

    private sealed class Descending(FallbackDevice device, CompiledDescent compiled, Func<CompiledDescent> onLanes) : CompiledDescent
    {
        public override double FlopsPerStep => compiled.FlopsPerStep;

        public override IReadOnlyList<string> Warnings => device.Warnings;

        public override Endpoints Run(RestartRange range, Action<long>? progress = null, CancellationToken cancellation = default) => device.fallback.Complete(
            range.Count,
            told => compiled.Run(range, told, cancellation),
            (begin, count, told) => onLanes().Run(range with { First = range.First + begin, Count = count }, told, cancellation),
            "the run went on on lanes",
            progress);
    }

    private sealed class Polishing(FallbackDevice device, IPolish? polish, IPolish onLanes) : IPolish
    {
        public PolishedSet Run(ReadOnlyMemory<double> points, int count, Action<long>? progress = null, CancellationToken cancellation = default)
        {
            var d = points.Length / Math.Max(1, count);
            var isByDevice = false;
            var polished = device.fallback.Complete<PolishedSet>(
                count,
                told =>
                {
                    var set = polish?.Run(points, count, told, cancellation);
                    isByDevice = set is not null;
                    device.PolishedOn = set is null ? device.PolishedOn : device.Description;
                    return set;
                },
                (begin, some, told) => onLanes.Run(points.Slice(begin * d, some * d), some, told, cancellation)!,
                "polishing went on on lanes",
                progress);
            if (isByDevice && !cancellation.IsCancellationRequested)
            {
                Finish(polished, points, cancellation);
            }

            return polished;
        }

        /// <summary>Looks once more at what a device brought to no end: lanes take longer steps where several derivatives vanish, as at the minimum of x⁴.</summary>
        private void Finish(PolishedSet polished, ReadOnlyMemory<double> points, CancellationToken cancellation)
        {
            var d = polished.Dimension;
            int[] left = [.. Enumerable.Range(0, polished.Count).Where(k => !polished.Stationary[k])];
            if (left.Length == 0)
            {
                return;
            }

            var found = onLanes.Run(left.SelectMany(k => points.Slice(k * d, d).ToArray()).ToArray(), left.Length, null, cancellation)!;
            polished.Evaluations += found.Evaluations;
            for (var k = 0; k < left.Length; k++)
            {
                if (found.Stationary[k])
                {
                    polished.Take(left[k], found, k);
                }
            }
        }
    }

    private sealed class Differentiating(FallbackDevice device, IDifferentiator? differentiator, IDifferentiator onLanes) : IDifferentiator
    {
        public double[] Hessians(double[] points) => Either(d => d.Hessians(points));

        public double[] Eigenvalues(double[] matrices, int n) => Either(d => d.Eigenvalues(matrices, n));

        public T[] ForEach<T>(IReadOnlyList<double[]> points, Func<Func<double, SymmetricOperator>, int, T> compute, Action<long>? progress) =>
            Either(d => d.ForEach(points, compute, progress));

        public IReadOnlyList<SpectralDensity> Densities(IReadOnlyList<double[]> points, int probes, int steps, ulong seed) =>
            Either(d => d.Densities(points, probes, steps, seed));

        private T Either<T>(Func<IDifferentiator, T?> work)
            where T : class
        {
            if (differentiator is not null && device.fallback.Try(() => work(differentiator), "spectra were computed on lanes") is { } found)
            {
                device.DifferentiatedOn = device.Description;
                return found;
            }

            return work(onLanes)!;
        }
    }
}
