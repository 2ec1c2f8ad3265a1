namespace LandscapeGpu.Devices;

/// <summary>What restarts are run with.</summary>
/// <param name="Starts">Where they begin.</param>
/// <param name="Seed">The seed of all randomness.</param>
/// <param name="First">The number of the first restart.</param>
/// <param name="Count">How many.</param>
public sealed record RestartRange(Sampler Starts, ulong Seed, long First, int Count);

/// <summary>Something that descends; where it can, it also polishes endpoints and differentiates at points.</summary>
/// <remarks>A device that fails throws <see cref="DeviceFailedException"/>. Surveys put the processor's lanes behind it, which do what it leaves undone.</remarks>
public abstract class Device
{
    /// <summary>A name, and what it computes with.</summary>
    public abstract string Description { get; }

    /// <summary>Compiles a descent of an objective for this device.</summary>
    /// <exception cref="ArgumentException">The options contradict each other or the objective.</exception>
    public abstract CompiledDescent Compile(Objective objective, DescentOptions options);

    /// <summary>The program of one step, as it will run: readable, one statement a line.</summary>
    /// <param name="objective">What is explained.</param>
    /// <param name="options">The descent whose step is shown; null for the default.</param>
    /// <exception cref="ArgumentException">The options contradict each other or the objective.</exception>
    public abstract string Explain(Objective objective, DescentOptions? options = null);

    /// <summary>Batches of so many coordinates keep it busy: as many restarts as a large GPU has threads, several times over.</summary>
    internal virtual long CoordinatesAtOnce => 1 << 22;

    /// <summary>What polishes an objective's endpoints on this device; null where it cannot.</summary>
    internal virtual IPolish? Polish(Objective objective) => null;

    /// <summary>What differentiates an objective on this device; null where it cannot.</summary>
    internal virtual IDifferentiator? Differentiate(Objective objective) => null;
}

/// <summary>A descent that is ready to run.</summary>
public abstract class CompiledDescent
{
    /// <summary>Floating-point operations of one step of one restart: a multiply-add counts as two.</summary>
    public abstract double FlopsPerStep { get; }

    /// <summary>What went wrong so far without stopping the run, such as a device that failed and was replaced.</summary>
    public virtual IReadOnlyList<string> Warnings => [];

    /// <summary>Runs restarts until each has ended, or until cancelled: what was finished by then is kept.</summary>
    /// <param name="range">Which restarts.</param>
    /// <param name="progress">Called now and then, from any thread, with the number of restarts that have ended since it was called last.</param>
    /// <param name="cancellation">Stops early; the others are left <see cref="Outcome.Unfinished"/>.</param>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public abstract Endpoints Run(RestartRange range, Action<long>? progress = null, CancellationToken cancellation = default);

    /// <summary>The same into the endpoints of an earlier run, where they are as many and the device can: fresh memory takes as long as short descents do.</summary>
    /// <param name="range">Which restarts.</param>
    /// <param name="spare">Endpoints that nobody looks at any more, whatever comes of this run; null for none.</param>
    /// <param name="progress">Called now and then, from any thread, with the number of restarts that have ended since it was called last.</param>
    /// <param name="cancellation">Stops early; the others are left <see cref="Outcome.Unfinished"/>.</param>
    /// <returns>The endpoints of this run, in their place or in new ones.</returns>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public virtual Endpoints RunInto(RestartRange range, Endpoints? spare, Action<long>? progress = null, CancellationToken cancellation = default) => Run(range, progress, cancellation);
}
