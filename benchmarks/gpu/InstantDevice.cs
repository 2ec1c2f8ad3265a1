using LandscapeGpu.Descent;
using LandscapeGpu.Devices.Kernels;
using LandscapeGpu.Kernels;

namespace LandscapeGpu.GpuBenchmark;

/// <summary>A device that has finished before it has begun: restarts end at Rastrigin's minima in turn, and are polished, sorted and counted there.</summary>
/// <param name="dimension">d.</param>
internal sealed class InstantDevice(int dimension) : KernelDevice
{
    // Prime to the number of minima: neighbours end at different ones.
    private const int Stride = 7919;

    // The minima along one coordinate, by Newton's method: x, f, f″.
    private static readonly (double X, double Value, double Curvature)[] Line = [.. Enumerable.Range(-5, 11).Select(Minimum)];

    private readonly ReferenceDevice reference = new();
    private readonly int dimension = dimension;
    private readonly int minima = (int)Math.Pow(Line.Length, dimension);

    public override string Description => "a device that takes no time";

    // So many threads that nothing but a batch is worth it: spectra of the minima found are the host's.
    internal override KernelLimits Limits => new(Description, 1 << 24, 16e9);

    internal override Type MemoryType(bool isDouble) => reference.MemoryType(isDouble);

    internal override KernelBatch Open(Type kernel, KernelBuffers buffers, double[] starts) => new Session(this, buffers);

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

    /// <summary>The row of an item: its minimum and, where there is room, what polish says of it.</summary>
    private void Write(Span<double> row, int item)
    {
        var number = (int)((long)item * Stride % minima);
        var beside = row[dimension..];
        for (var i = 0; i < dimension; i++, number /= Line.Length)
        {
            var at = Line[number % Line.Length];
            row[i] = at.X;
            if (beside.Length > 0)
            {
                beside[0] += at.Value;
                beside[2] += at.Curvature;
                beside[3] += at.Curvature * at.Curvature;
            }
        }

        if (beside.Length > 0)
        {
            (beside[1], beside[4], beside[5]) = (1e-14, 1e-14, 1e-15);
        }
    }

    private sealed class Session(InstantDevice device, KernelBuffers buffers) : KernelBatch
    {
        private readonly bool isPolish = buffers.RowLength > device.dimension;
        private int done;
        private bool areCounted;

        public override int Threads => buffers.Threads;

        public override void Restart(double[] starts) => (done, areCounted) = (0, false);

        public override void RunEach(Type kernel, Launch launch) => areCounted = kernel == typeof(CellRuns<>);

        public override void Run(Launch launch) => done = launch.Count;

        public override int Ended() => done;

        public override (int[] Outcomes, int[] Steps) Ends(int count)
        {
            var (outcomes, steps) = (new int[count], new int[count]);
            Array.Fill(outcomes, areCounted ? CellMark.Member : isPolish ? NewtonPlan.Stationary : (int)Outcome.Converged);
            Array.Fill(steps, 9);
            for (var k = 0; areCounted && k < Math.Min(count, device.minima); k++)
            {
                (outcomes[k], steps[k]) = (CellMark.Leader, ((count - 1 - k) / device.minima) + 1);
            }

            return (outcomes, steps);
        }

        public override double[] Rows(int[] items)
        {
            var rows = new double[items.Length * buffers.RowLength];
            for (var k = 0; k < items.Length; k++)
            {
                device.Write(rows.AsSpan(k * buffers.RowLength, buffers.RowLength), items[k]);
            }

            return rows;
        }

        public override void Take(KernelBatch ended, int count, uint outcomes)
        {
        }

        public override void Sort(int count)
        {
        }

        public override void Give(double[] values, int at) => throw new NotSupportedException("No leader is cut.");

        public override double[] Given(int at, int count) => throw new NotSupportedException("No leader is cut.");

        public override void Download(Endpoints into, int begin, int count) => throw new NotSupportedException("Rows do not leave the device.");
    }
}
