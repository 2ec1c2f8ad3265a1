using System.Numerics;

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

    internal override KernelBatch Open(Type kernel, KernelBuffers buffers, double[] starts)
    {
        var session = typeof(Session<,>).MakeGenericType(kernel, buffers.IsDouble ? typeof(double) : typeof(float)).GetConstructors()[0];
        return (KernelBatch)session.Invoke([buffers, starts, threads]);
    }

    private sealed class Session<TKernel, T>(KernelBuffers buffers, double[] starts, int workers) : KernelBatch
        where TKernel : struct, IKernel<ArrayMemory<T>>
        where T : unmanaged, INumberBase<T>
    {
        private readonly ArrayMemory<T> memory = new(buffers, starts);

        public override int Threads => buffers.Threads;

        public override void Restart(double[] starts) => memory.Restart(starts);

        public override void DrawStarts(Launch launch) => Run<StartDrawing<ArrayMemory<T>>>(launch);

        public override void Run(Launch launch) => Run<TKernel>(launch);

        private void Run<TRun>(Launch launch)
            where TRun : struct, IKernel<ArrayMemory<T>>
        {
            var next = -1;
            Workers.Run(Math.Min(workers, launch.Threads), stop =>
            {
                for (var thread = Interlocked.Increment(ref next); thread < launch.Threads && !stop.IsCancellationRequested; thread = Interlocked.Increment(ref next))
                {
                    TRun.Run(memory, launch, thread);
                }
            });
        }

        public override int Ended() => memory.Ended;

        public override void Download(Endpoints into, int begin, int count) =>
            Write(into, begin, count, memory.Points, memory.Outcomes, memory.Steps);
    }
}
