using LandscapeGpu.Descent;
using LandscapeGpu.Devices.Kernels;
using LandscapeGpu.Kernels;
using LandscapeGpu.Objectives;
using LandscapeGpu.Polish;

namespace LandscapeGpu.GpuBenchmark;

/// <summary>A device that has finished before it has begun: restarts end at Rastrigin's minima, polish finds them there.</summary>
/// <param name="objective">Rastrigin's function.</param>
internal sealed class InstantDevice(Objective objective) : KernelDevice
{
    // The minima along one coordinate, by Newton's method: x, f, f″.
    private static readonly (double X, double Value, double Curvature)[] Line = [.. Enumerable.Range(-5, 11).Select(Minimum)];

    private readonly Objective objective = objective;
    private readonly ReferenceDevice reference = new();

    public override string Description => "a device that takes no time";

    // So many threads that nothing but a batch is worth it: spectra of the minima found are the host's.
    internal override KernelLimits Limits => new(Description, 1 << 24, 16e9);

    internal override Type MemoryType(bool isDouble) => reference.MemoryType(isDouble);

    internal override KernelBatch Open(Type kernel, KernelBuffers buffers, double[] starts) => new Session(buffers);

    internal override IPolish Polish(Objective polished) => new Polishing(this);

    private static (double X, double Value, double Curvature) Minimum(int at)
    {
        const double Turn = 2 * Math.PI;
        var x = 0.995 * at;
        for (var k = 0; k < 20; k++)
        {
            x -= ((2 * x) + (10 * Turn * Math.Sin(Turn * x))) / (2 + (10 * Turn * Turn * Math.Cos(Turn * x)));
        }

        return (x, 10 + (x * x) - (10 * Math.Cos(Turn * x)), 2 + (10 * Turn * Turn * Math.Cos(Turn * x)));
    }

    private static void Write(Span<double> point, int number)
    {
        // Multiplicative hashing: all minima, in no order.
        var hash = (uint)number * 2654435769u;
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = Line[(int)((hash >> (8 * i) & 255) * (uint)Line.Length >> 8)].X;
        }
    }

    private static void ForEach(int count, Action<int> write) => Parallel.For(0, (count + 4095) / 4096, part =>
    {
        for (var k = 4096 * part; k < Math.Min(count, 4096 * (part + 1)); k++)
        {
            write(k);
        }
    });

    private sealed class Polishing(InstantDevice device) : IPolish
    {
        public PolishedSet Run(ReadOnlyMemory<double> points, int count, Action<long>? progress = null, CancellationToken cancellation = default)
        {
            var d = device.objective.Dimension;
            var set = new PolishedSet(d, count);
            ForEach(count, k =>
            {
                var point = points.Span.Slice(k * d, d);
                point.CopyTo(set.Points.AsSpan(k * d));
                foreach (var x in point)
                {
                    var at = Line[(int)Math.Round(x) + 5];
                    set.Values[k] += at.Value;
                    set.Moments[2 * k] += at.Curvature;
                    set.Moments[(2 * k) + 1] += at.Curvature * at.Curvature;
                }

                (set.Residuals[k], set.Stationary[k], set.Uncertainties[k], set.Roundings[k]) = (1e-14, true, 1e-15, 1e-14);
            });
            return set;
        }
    }

    private sealed class Session(KernelBuffers buffers) : KernelBatch
    {
        private int done;

        public override int Threads => buffers.Threads;

        public override void Restart(double[] starts) => done = 0;

        public override void DrawStarts(Launch launch)
        {
        }

        public override void Run(Launch launch) => done = launch.Count;

        public override int Ended() => done;

        public override void Download(Endpoints into, int begin, int count) => ForEach(count, k =>
        {
            InstantDevice.Write(into.Points.AsSpan((begin + k) * into.Dimension, into.Dimension), begin + k);
            (into.Outcomes[begin + k], into.Steps[begin + k]) = ((byte)Outcome.Converged, 9);
        });
    }
}
