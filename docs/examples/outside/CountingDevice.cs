using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Objectives;

/// <summary>Lanes that count the restarts they are given: a device of one's own. What it leaves undone, polish and derivatives, surveys do on lanes.</summary>
public sealed class CountingDevice : Device
{
    private readonly LaneDevice lanes = new();
    private long restarts;

    /// <summary>How many restarts began here.</summary>
    public long Restarts => Interlocked.Read(ref restarts);

    public override string Description => "lanes that count";

    public override CompiledDescent Compile(Objective objective, DescentOptions options) => new Counted(this, lanes.Compile(objective, options));

    public override string Explain(Objective objective, DescentOptions? options = null) => lanes.Explain(objective, options);

    private sealed class Counted(CountingDevice device, CompiledDescent descent) : CompiledDescent
    {
        public override double FlopsPerStep => descent.FlopsPerStep;

        public override Endpoints Run(RestartRange range, Action<long>? progress = null, CancellationToken cancellation = default)
        {
            Interlocked.Add(ref device.restarts, range.Count);
            return descent.Run(range, progress, cancellation);
        }
    }
}
