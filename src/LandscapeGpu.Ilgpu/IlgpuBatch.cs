using System.Numerics;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Devices.Kernels;
using LandscapeGpu.Kernels;

namespace LandscapeGpu.Ilgpu;

/// <summary>One batch on an ILGPU accelerator.</summary>
internal sealed class IlgpuBatch<T, TMemory> : KernelBatch
    where T : unmanaged, INumberBase<T>
    where TMemory : struct
{
    private readonly List<IDisposable> buffers = [];
    private readonly Accelerator accelerator;
    private readonly Func<Cublas?> cublas;

    // Launches of other batches go on beside those of this one.
    private readonly AcceleratorStream stream;
    private readonly Action<AcceleratorStream, int, TMemory, Launch> launcher;
    private readonly Func<Type, Kernel> other;
    private readonly Dictionary<Type, Action<AcceleratorStream, Index1D, TMemory, Launch>> launchers = [];
    private readonly KernelBuffers plan;
    private readonly ArrayView<T> state;
    private readonly ArrayView<T> numbers;
    private readonly ArrayView<T> points;
    private readonly ArrayView<int> outcomes;
    private readonly ArrayView<int> steps;
    private readonly ArrayView<int> counters;
    private readonly ArrayView<int> held;
    private readonly ArrayView<double> given;
    private readonly TMemory memory;

    public IlgpuBatch(Accelerator accelerator, Func<Cublas?> cublas, (OwnKernel Own, Func<Type, Kernel> Other) kernels, KernelBuffers plan, double[] starts, Func<ArrayView<T>, ArrayView<T>, ArrayView<T>, RestartViews, TMemory> join)
    {
        (this.accelerator, this.cublas) = (accelerator, cublas);
        launcher = kernels.Own.Launcher<T, TMemory>();
        (other, this.plan) = (kernels.Other, plan);
        stream = accelerator.CreateStream();
        buffers.Add(stream);
        try
        {
            state = Allocate<T>(plan.StateLength);
            numbers = Allocate([.. plan.Numbers.Select(T.CreateTruncating)]);
            points = Allocate<T>((long)plan.Restarts * plan.RowLength);
            outcomes = Allocate<int>(plan.Restarts);
            steps = Allocate<int>(plan.Restarts);
            counters = Allocate<int>(2);
            held = Allocate<int>(plan.Threads);
            given = Allocate(starts);
            Threads = plan.Threads;
            memory = join(state, numbers, points, new RestartViews(Allocate(plan.Integers), given, held, outcomes, steps, counters));
            Clear();
        }
        catch
        {
            Free();
            throw;
        }
    }

    public override int Threads { get; }

    public override void Restart(double[] starts) => DeviceFailures.Named(() =>
    {
        if (starts.Length > 0)
        {
            given.SubView(0, starts.Length).CopyFromCPU(starts);
        }

        Clear();
    });

    public override void RunEach(Type kernel, Launch launch) => DeviceFailures.Named(() =>
    {
        // There are more than a device holds at once, and none is long.
        launch.Threads = launch.Count;
        Queue(kernel, launch);
        stream.Synchronize();
    });

    public override void Queue(Type kernel, Launch launch) => DeviceFailures.Named(() =>
    {
        if (!launchers.TryGetValue(kernel, out var run))
        {
            launchers.Add(kernel, run = LauncherOf(other(kernel)));
        }

        run(stream, launch.Threads, memory, launch);
    });

    public override void Multiply(BatchedProduct product, Launch launch)
    {
        if (stream is not CudaStream cuda)
        {
            base.Multiply(product, launch);
            return;
        }

        DeviceFailures.Named(() =>
        {
            using var bound = accelerator.BindScoped();
            var library = cublas() ?? throw new InvalidOperationException("cuBLAS is gone");
            library.Multiply(GemmCall.Of(product, launch), cuda.StreamPtr, state.LoadEffectiveAddressAsPtr(), numbers.LoadEffectiveAddressAsPtr(), plan.IsDouble);
        });
    }

    public override void Run(Launch launch)
    {
        Begin(launch);
        Wait();
    }

    public override void Begin(Launch launch) => DeviceFailures.Named(() => launcher(stream, launch.Threads, memory, launch));

    public override void Wait() => DeviceFailures.Named(stream.Synchronize);

    public override int Ended() => DeviceFailures.Named(() => counters.GetAsArray()[1]);

    public override void Download(Endpoints into, int begin, int count) =>
        DeviceFailures.Named(() => Write<T>(into, begin, count, points.GetAsArray(), outcomes.GetAsArray(), steps.GetAsArray()));

    public override (int[] Outcomes, int[] Steps) Ends(int count) => DeviceFailures.Named(() => (outcomes.SubView(0, count).GetAsArray(), steps.SubView(0, count).GetAsArray()));

    public override double[] Rows(int[] items) => DeviceFailures.Named(() =>
    {
        var rows = DeviceRows.Of(accelerator, points, plan.RowLength, items);
        return rows as double[] ?? Array.ConvertAll(rows, double.CreateTruncating);
    });

    public override void Take(KernelBatch ended, int count, uint taken) => DeviceFailures.Named(() =>
    {
        if (ended is IlgpuBatch<float, SingleMemory> single)
        {
            DeviceRows.Take(accelerator, (single.points, single.outcomes), given, (count, single.plan.RowLength, taken));
        }
        else
        {
            var other = (IlgpuBatch<double, DoubleMemory>)ended;
            DeviceRows.Take(accelerator, (other.points, other.outcomes), given, (count, other.plan.RowLength, taken));
        }
    });

    public override void Give(double[] values, int at) => DeviceFailures.Named(() => given.SubView(at, values.Length).CopyFromCPU(values));

    public override double[] Given(int at, int count) => DeviceFailures.Named(() => given.SubView(at, count).GetAsArray());

    public override void Sort(int count) => DeviceFailures.Named(() => DeviceRows.Sort(accelerator, given, count));

    protected override void Dispose(bool disposing)
    {
        Free();
        base.Dispose(disposing);
    }

    private static Action<AcceleratorStream, Index1D, TMemory, Launch> LauncherOf(Kernel kernel) => kernel.CreateLauncherDelegate<Action<AcceleratorStream, Index1D, TMemory, Launch>>();

    private void Clear()
    {
        // −1: every thread takes a restart first.
        held.MemSet(accelerator.DefaultStream, 0xFF);
        outcomes.MemSetToZero(accelerator.DefaultStream);
        counters.MemSetToZero(accelerator.DefaultStream);
        accelerator.DefaultStream.Synchronize();
    }

    private void Free()
    {
        // The stream last.
        foreach (var buffer in Enumerable.Reverse(buffers))
        {
            try
            {
                DeviceFailures.Named(buffer.Dispose);
            }
            catch (DeviceFailedException)
            {
                // A device that was lost has nothing left to free.
            }
        }

        buffers.Clear();
    }

    private ArrayView<TElement> Allocate<TElement>(long length)
        where TElement : unmanaged
    {
        // An empty buffer has no address to give to a kernel.
        var buffer = accelerator.Allocate1D<TElement>(Math.Max(1, length));
        buffers.Add(buffer);
        return buffer.View.BaseView;
    }

    private ArrayView<TElement> Allocate<TElement>(TElement[] values)
        where TElement : unmanaged
    {
        var view = Allocate<TElement>(values.Length);
        if (values.Length > 0)
        {
            view.SubView(0, values.Length).CopyFromCPU(values);
        }

        return view;
    }
}
