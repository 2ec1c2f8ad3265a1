using System.Runtime.InteropServices;
using LandscapeGpu.Compilation;
using LandscapeGpu.Ilgpu;

namespace LandscapeGpu.Tests.Ilgpu.Ptx;

/// <summary>A device that runs the PTX which a CUDA GPU would be given, instruction by instruction.</summary>
internal sealed class PtxDevice : KernelDevice
{
    public override string Description => "PTX, read and run here";

    internal override KernelLimits Limits => new("PTX", 64, 1e9) { Multiprocessors = Multiprocessors };

    /// <summary>By how many multiprocessors it says what pays.</summary>
    public int Multiprocessors { get; init; }

    internal override Type MemoryType(bool isDouble) => isDouble ? typeof(DoubleMemory) : typeof(SingleMemory);

    /// <summary>What its blocks share.</summary>
    public Multiprocessor Machine { get; init; } = Multiprocessor.Typical;

    internal override Multiprocessor Multiprocessor => Machine;

    internal override Type BlockMemoryType(bool isDouble) =>
        isDouble ? typeof(BlockMemory<double, DoubleMemory, SharedTile<double>>) : typeof(BlockMemory<float, SingleMemory, SharedTile<float>>);

    internal override Type WarpMemoryType(bool isDouble, bool isBlock = false) => KernelEntry.WarpMemory(isDouble, isBlock);

    /// <summary>What makes a fault of PTX; null for none.</summary>
    public Func<string, string>? SeededFault { get; init; }

    /// <summary>How many steps a launch makes; null for as many as take a fraction of a second.</summary>
    public int? StepsPerLaunch { get; init; }

    /// <summary>Of all slots that warps of descent, polish and spectra issued, the part that threads made something of.</summary>
    public double UsedSlots => (double)machines.Sum(m => m.ThreadSlots) / (PtxMachine.Warp * machines.Sum(m => m.Slots));

    /// <summary>How many slots that were.</summary>
    public long Slots => machines.Sum(m => m.Slots);

    /// <summary>What ran: a machine for each batch.</summary>
    public IReadOnlyList<PtxMachine> Machines => machines;

    private readonly List<PtxMachine> machines = [];

    internal override KernelBatch Open(Type kernel, KernelBuffers buffers, double[] starts)
    {
        var machine = new PtxMachine(TextOf(kernel, buffers.IsDouble));
        machines.Add(machine);
        return new Session(this, machine, TextOf(kernel, buffers.IsDouble), buffers, starts);
    }

    private PtxText TextOf(Type kernel, bool isDouble) => SeededFault is null
        ? CompiledOnce.Of(kernel, typeof(PtxDevice), () => PtxText.Of(PtxListing.Of(kernel, isDouble)))
        : PtxText.Of(SeededFault(CompiledOnce.Of(kernel, typeof(PtxListing), () => PtxListing.Of(kernel, isDouble))));

    private sealed unsafe class Session : KernelBatch
    {
        // What devices allocate begins at a multiple of this.
        private const int Alignment = 256;

        private readonly List<GCHandle> pinned = [];
        private readonly void* numbersAt;
        private readonly PtxDevice device;
        private readonly PtxMachine machine;
        private readonly PtxText text;
        private readonly KernelBuffers buffers;
        private readonly Array[] views;
        private readonly Array points;
        private readonly double[] given;
        private readonly int[] held;
        private readonly int[] outcomes;
        private readonly int[] steps;
        private readonly int[] counters = new int[2];
        private readonly PtxBuffer[] reached;
        private int launches;
        private int made;

        public Session(PtxDevice device, PtxMachine machine, PtxText text, KernelBuffers buffers, double[] starts)
        {
            (this.device, this.machine, this.text, this.buffers) = (device, machine, text, buffers);
            var numbers = New(buffers.Numbers.Length);
            for (var k = 0; k < buffers.Numbers.Length; k++)
            {
                numbers.SetValue(buffers.IsDouble ? buffers.Numbers[k] : (object)(float)buffers.Numbers[k], k);
            }

            points = New((long)buffers.Restarts * buffers.RowLength);
            given = [.. starts, 0];
            (held, outcomes, steps) = (new int[buffers.Threads], new int[buffers.Restarts], new int[buffers.Restarts]);
            var state = New(buffers.StateLength);
            // What nothing was written to is no number.
            foreach (var poisoned in new[] { state, points, steps })
            {
                Bytes(poisoned).Fill(0xFF);
            }

            // In the order of the fields of a memory and its bookkeeping: an address and a length each.
            views = [state, numbers, points, (int[])[.. buffers.Integers, 0], given, held, outcomes, steps, counters];
            numbersAt = NativeMemory.AlignedAlloc((nuint)Buffer.ByteLength(numbers), Alignment);
            Bytes(numbers).CopyTo(new Span<byte>(numbersAt, Buffer.ByteLength(numbers)));
            pinned.AddRange(views.Select(v => GCHandle.Alloc(v, GCHandleType.Pinned)));
            reached = [.. views.Select((v, k) => new PtxBuffer(AddressOf(k), Buffer.ByteLength(v), isPoison: v == state || v == points || v == steps))];
            Connect(machine, text);
            Restart(starts);
        }

        public override int Threads => buffers.Threads;

        public override void Restart(double[] starts)
        {
            starts.CopyTo(given, 0);
            Array.Fill(held, RestartLife.None);
            Array.Clear(outcomes);
            Array.Clear(counters);
            (launches, made) = (0, 0);
        }

        public override void RunEach(Type kernel, Launch launch)
        {
            launch.Threads = launch.Count;
            Queue(kernel, launch);
        }

        public override void Queue(Type kernel, Launch launch)
        {
            var text = device.TextOf(kernel.IsGenericTypeDefinition ? kernel.MakeGenericType(device.MemoryType(buffers.IsDouble)) : kernel, buffers.IsDouble);
            var other = new PtxMachine(text);
            Connect(other, text);
            Run(other, text, launch);
        }

        public override (int[] Outcomes, int[] Steps) Ends(int count) => (outcomes[..count], steps[..count]);

        public override double[] Rows(int[] items)
        {
            var length = buffers.RowLength;
            return [.. items.SelectMany(item => Enumerable.Range(item * length, length)).Select(k => Convert.ToDouble(points.GetValue(k), System.Globalization.CultureInfo.InvariantCulture))];
        }

        public override void Take(KernelBatch ended, int count, uint taken)
        {
            var (rows, ends) = (ended.Rows([.. Enumerable.Range(0, count)]), ended.Ends(count).Outcomes);
            for (var k = 0; k < rows.Length; k++)
            {
                given[k] = (taken >> ends[k / (rows.Length / count)] & 1) == 1 ? rows[k] : double.NaN;
            }
        }

        public override void Sort(int count)
        {
            var order = Enumerable.Range(0, count).OrderBy(k => given[k]).ToArray();
            Array.ConvertAll(order, k => given[k]).CopyTo(given, 0);
            Array.ConvertAll(order, k => (double)k).CopyTo(given, count);
        }

        public override void Give(double[] values, int at) => values.CopyTo(given, at);

        public override double[] Given(int at, int count) => given[at..(at + count)];

        public override void Run(Launch launch)
        {
            if (device.StepsPerLaunch is { } steps)
            {
                // The host counts its own steps, and where a circular memory is by them.
                made += launch.FirstThread == 0 ? launches++ == 0 ? 0 : steps : 0;
                (launch.Steps, launch.Turn) = (steps, made % Math.Max(1, launch.Turns));
            }

            if (buffers.SharedElements == 0)
            {
                Run(machine, text, launch);
                return;
            }

            MemoryMarshal.Write(machine.Parameters[text.OffsetOf("launch")..], launch);
            machine.Run(buffers.BlockThreads, (launch.Threads + buffers.BlockThreads - 1) / buffers.BlockThreads, StateTiles.Width * buffers.SharedElements * (buffers.IsDouble ? sizeof(double) : sizeof(float)));
        }

        private static void Run(PtxMachine machine, PtxText text, Launch launch)
        {
            MemoryMarshal.Write(machine.Parameters[text.OffsetOf("launch")..], launch);
            MemoryMarshal.Write(machine.Parameters[text.OffsetOf("thread")..], launch.Threads);
            machine.Run(launch.Threads);
        }

        private void Connect(PtxMachine machine, PtxText text)
        {
            var memory = MemoryMarshal.Cast<byte, long>(machine.Parameters[text.OffsetOf("memory")..][..(views.Length * 16)]);
            for (var k = 0; k < views.Length; k++)
            {
                machine.Allow(reached[k]);
                (memory[2 * k], memory[(2 * k) + 1]) = (AddressOf(k), views[k].Length);
            }
        }

        private nint AddressOf(int view) => view == 1 ? (nint)numbersAt : pinned[view].AddrOfPinnedObject();

        private Array New(long length) => buffers.IsDouble ? new double[Math.Max(1, length)] : new float[Math.Max(1, length)];

        private static Span<byte> Bytes(Array array) => MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), Buffer.ByteLength(array));

        public override int Ended() => counters[1];

        public override void Download(Endpoints into, int begin, int count)
        {
            if (buffers.IsDouble)
            {
                Write<double>(into, begin, count, (double[])points, outcomes, steps);
            }
            else
            {
                Write<float>(into, begin, count, (float[])points, outcomes, steps);
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (pinned.Count > 0)
            {
                NativeMemory.AlignedFree(numbersAt);
            }

            pinned.ForEach(handle => handle.Free());
            pinned.Clear();
            base.Dispose(disposing);
        }
    }
}
