using System.Runtime.InteropServices;
using LandscapeGpu.Descent;
using LandscapeGpu.Devices.Kernels;
using LandscapeGpu.Execution;
using LandscapeGpu.Ilgpu;
using LandscapeGpu.Kernels;

namespace LandscapeGpu.Tests.Ilgpu.Ptx;

/// <summary>A device that runs the PTX which a CUDA GPU would be given, instruction by instruction.</summary>
internal sealed class PtxDevice : KernelDevice
{
    public override string Description => "PTX, read and run here";

    internal override KernelLimits Limits => new("PTX", 64, 1e9);

    internal override Type MemoryType(bool isDouble) => isDouble ? typeof(DoubleMemory) : typeof(SingleMemory);

    internal override KernelSession Open(Type kernel, KernelBuffers buffers, double[] starts)
    {
        var text = CompiledOnce.Of(kernel, typeof(PtxDevice), () => PtxText.Of(PtxListing.Of(kernel, buffers.IsDouble)));
        return new Session(new PtxMachine(text), text, buffers, starts);
    }

    private sealed unsafe class Session : KernelSession
    {
        private readonly List<GCHandle> pinned = [];
        private readonly PtxMachine machine;
        private readonly PtxText text;
        private readonly KernelBuffers buffers;
        private readonly Array points;
        private readonly double[] given;
        private readonly int[] held;
        private readonly int[] outcomes;
        private readonly int[] steps;
        private readonly int[] counters = new int[2];

        public Session(PtxMachine machine, PtxText text, KernelBuffers buffers, double[] starts)
        {
            (this.machine, this.text, this.buffers) = (machine, text, buffers);
            Array New(long length) => buffers.IsDouble ? new double[Math.Max(1, length)] : new float[Math.Max(1, length)];
            var numbers = New(buffers.Numbers.Length);
            for (var k = 0; k < buffers.Numbers.Length; k++)
            {
                numbers.SetValue(buffers.IsDouble ? buffers.Numbers[k] : (object)(float)buffers.Numbers[k], k);
            }

            points = New((long)buffers.Restarts * buffers.RowLength);
            given = [.. starts, 0];
            (held, outcomes, steps) = (new int[buffers.Threads], new int[buffers.Restarts], new int[buffers.Restarts]);
            // In the order of the fields of a memory and its bookkeeping: an address and a length each.
            Array[] views = [New(buffers.StateLength), numbers, points, (int[])[.. buffers.Integers, 0], given, held, outcomes, steps, counters];
            var memory = MemoryMarshal.Cast<byte, long>(machine.Parameters[text.OffsetOf("memory")..][..(views.Length * 16)]);
            for (var k = 0; k < views.Length; k++)
            {
                var handle = GCHandle.Alloc(views[k], GCHandleType.Pinned);
                pinned.Add(handle);
                memory[2 * k] = handle.AddrOfPinnedObject();
                machine.Allow(handle.AddrOfPinnedObject(), Buffer.ByteLength(views[k]));
                memory[(2 * k) + 1] = views[k].Length;
            }

            Restart(starts);
        }

        public override int Threads => buffers.Threads;

        public override void Restart(double[] starts)
        {
            starts.CopyTo(given, 0);
            Array.Fill(held, RestartLife.None);
            Array.Clear(outcomes);
            Array.Clear(counters);
        }

        public override void Run(Launch launch)
        {
            MemoryMarshal.Write(machine.Parameters[text.OffsetOf("launch")..], launch);
            MemoryMarshal.Write(machine.Parameters[text.OffsetOf("thread")..], launch.Threads);
            for (var thread = 0; thread < launch.Threads; thread++)
            {
                machine.Run(thread, launch.Threads);
            }
        }

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
            pinned.ForEach(handle => handle.Free());
            pinned.Clear();
            base.Dispose(disposing);
        }
    }
}
