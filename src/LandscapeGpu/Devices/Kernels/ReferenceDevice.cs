using System.Numerics;
using System.Reflection;
using LandscapeGpu.Compilation;

namespace LandscapeGpu.Devices.Kernels;

/// <summary>The kernels as plain managed code: what every other device that runs them is compared with.</summary>
public sealed class ReferenceDevice : KernelDevice
{
    private readonly int threads;

    /// <param name="threads">How many processor threads; null for one a core.</param>
    public ReferenceDevice(int? threads = null) => this.threads = threads ?? Environment.ProcessorCount;

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"reference (kernels in managed code), {threads} {(threads == 1 ? "thread" : "threads")}");

    // Enough restarts side by side for a processor; more would only leave its caches.
    internal override KernelLimits Limits => new("this machine", 64 * threads, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    internal override Type MemoryType(bool isDouble) => isDouble ? typeof(ArrayMemory<double>) : typeof(ArrayMemory<float>);

    // Nothing is faster so: kernels are run as they are on GPUs.
    internal override Multiprocessor Multiprocessor => Multiprocessor.Typical;

    internal override Type BlockMemoryType(bool isDouble) =>
        isDouble ? typeof(BlockMemory<double, ArrayMemory<double>, ArrayTile<double>>) : typeof(BlockMemory<float, ArrayMemory<float>, ArrayTile<float>>);

    internal override KernelBatch Open(Type kernel, KernelBuffers buffers, double[] starts)
    {
        var open = buffers.SharedElements > 0 ? typeof(BlockSession<,>) : typeof(ThreadSession<,>);
        var session = open.MakeGenericType(kernel, buffers.IsDouble ? typeof(double) : typeof(float)).GetConstructors()[0];
        return (KernelBatch)session.Invoke([buffers, starts, threads]);
    }

    private sealed class ThreadSession<TKernel, T>(KernelBuffers buffers, double[] starts, int workers) : Session<T>(buffers, starts, workers)
        where TKernel : struct, IKernel<ArrayMemory<T>>
        where T : unmanaged, INumberBase<T>
    {
        public override void Run(Launch launch) => RunOther<TKernel>(launch);
    }

    private sealed class BlockSession<TKernel, T>(KernelBuffers buffers, double[] starts, int workers) : Session<T>(buffers, starts, workers)
        where TKernel : struct, IKernel<BlockMemory<T, ArrayMemory<T>, ArrayTile<T>>>
        where T : unmanaged, INumberBase<T>
    {
        private readonly int elements = buffers.SharedElements;

        public override void Run(Launch launch) => Each(launch, thread => TKernel.Run(new(Memory, new(elements)), launch, thread));
    }

    private abstract class Session<T>(KernelBuffers buffers, double[] starts, int workers) : KernelBatch
        where T : unmanaged, INumberBase<T>
    {
        private readonly ArrayMemory<T> memory = new(buffers, starts);
        private readonly Dictionary<Type, Action<Launch>> others = [];

        public override int Threads => buffers.Threads;

        public override void Restart(double[] starts) => memory.Restart(starts);

        public override void RunEach(Type kernel, Launch launch) => Queue(kernel, launch);

        public override void Queue(Type kernel, Launch launch)
        {
            if (!others.TryGetValue(kernel, out var run))
            {
                var closed = kernel.IsGenericTypeDefinition ? kernel.MakeGenericType(typeof(ArrayMemory<T>)) : kernel;
                others.Add(kernel, run = typeof(Session<T>).GetMethod(nameof(RunOther), BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(closed).CreateDelegate<Action<Launch>>(this));
            }

            run(launch);
        }

        public override (int[] Outcomes, int[] Steps) Ends(int count) => (memory.Outcomes[..count], memory.Steps[..count]);

        public override double[] Rows(int[] items)
        {
            var length = buffers.RowLength;
            var rows = new double[(long)items.Length * length];
            for (var k = 0; k < rows.Length; k++)
            {
                rows[k] = double.CreateTruncating(memory.Points[(items[k / length] * length) + (k % length)]);
            }

            return rows;
        }

        public override void Take(KernelBatch ended, int count, uint outcomes)
        {
            var (points, taken) = (ended.Rows([.. Enumerable.Range(0, count)]), ended.Ends(count).Outcomes);
            var d = points.Length / count;
            for (var k = 0; k < points.Length; k++)
            {
                memory.Given[k] = (outcomes >> taken[k / d] & 1) == 1 ? points[k] : double.NaN;
            }
        }

        public override void Sort(int count)
        {
            var order = Enumerable.Range(0, count).OrderBy(k => memory.Given[k]).ToArray();
            var keys = Array.ConvertAll(order, k => memory.Given[k]);
            for (var at = 0; at < count; at++)
            {
                (memory.Given[at], memory.Given[count + at]) = (keys[at], order[at]);
            }
        }

        public override void Give(double[] values, int at) => values.CopyTo(memory.Given, at);

        public override double[] Given(int at, int count) => memory.Given[at..(at + count)];

        protected ArrayMemory<T> Memory => memory;

        protected void RunOther<TRun>(Launch launch)
            where TRun : struct, IKernel<ArrayMemory<T>> => Each(launch, thread => TRun.Run(memory, launch, thread));

        protected void Each(Launch launch, Action<int> run)
        {
            var next = -1;
            Workers.Run(Math.Min(workers, launch.Threads), stop =>
            {
                for (var thread = Interlocked.Increment(ref next); thread < launch.Threads && !stop.IsCancellationRequested; thread = Interlocked.Increment(ref next))
                {
                    run(thread + launch.FirstThread);
                }
            });
        }

        public override int Ended() => memory.Ended;

        public override void Download(Endpoints into, int begin, int count) =>
            Write(into, begin, count, memory.Points, memory.Outcomes, memory.Steps);
    }
}
