using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Algorithms.ScanReduceOperations;
using LandscapeGpu.Ilgpu;

namespace LandscapeGpu.Tests.Ilgpu.Ptx;

/// <summary>Threads of a block that share memory, wait for each other and shuffle: what ILGPU makes of such code is run here, and each fault in it found.</summary>
public class PtxBlockTests
{
    private const int Threads = 96;
    private const int Blocks = 2;

    private static readonly Lazy<string> ScanText = new(() => TextOf(nameof(Kernels.Scan)));

    /// <summary>Warps swap what their threads hold, by shared memory, and each thread adds what its neighbour has.</summary>
    private const string Swap = """
        .visible .entry Kernel(
        	.param .b64 _at_1
        )
        {
        	.shared .align 4 .b8 other[4];
        	.shared .align 4 .b8 part[256];
        	ld.param.b64	%rd1, [_at_1];
        	mov.u32	%r1, %tid.x;
        	mul.wide.u32	%rd2, %r1, 4;
        	add.u64	%rd3, %rd2, part;
        	st.shared.b32	[%rd3], %r1;
        	bar.sync	0;
        	xor.b32	%r2, %r1, 32;
        	mul.wide.u32	%rd4, %r2, 4;
        	add.u64	%rd5, %rd4, part;
        	ld.shared.b32	%r3, [%rd5];
        	shfl.sync.bfly.b32	%r4, %r1, 1, 31, 4294967295;
        	add.s32	%r5, %r3, %r4;
        	add.u64	%rd6, %rd1, %rd2;
        	st.global.b32	[%rd6], %r5;
        	ret;
        }
        """;

    [Fact]
    public void Warps_exchange_numbers_by_memory_and_by_shuffles()
    {
        var found = Run(Swap);
        Assert.Equal(Enumerable.Range(0, 64).Select(t => (t ^ 32) + (t ^ 1)), found);
    }

    [Theory]
    [InlineData("bar.sync	0;", "", "nothing was written to")]
    [InlineData("ld.shared.b32	%r3, [%rd5];", "ld.shared.b32	%r3, [%rd5];\nst.shared.b32	[%rd3], %r3;", "no barrier lies between")]
    // What another warp stored since the last barrier is read, which was there before as well; and is stored over after others have read it.
    [InlineData("ld.shared.b32	%r3, [%rd5];", "setp.lt.u32	%p1, %r1, 32;\nmov.u32	%r3, %r1;\n@%p1 st.shared.b32	[%rd3], %r2;\n@!%p1 ld.shared.b32	%r3, [%rd5];", "no barrier lies between")]
    [InlineData("ld.shared.b32	%r3, [%rd5];", "ld.shared.b32	%r3, [%rd5];\nbar.sync	0;\nst.shared.b32	[%rd3], %r3;\nld.shared.b32	%r3, [%rd5];", "no barrier lies between")]
    [InlineData("bar.sync	0;", "setp.lt.u32	%p1, %r1, 16;\n@%p1 bar.sync	0;", "A part of a warp")]
    [InlineData("bar.sync	0;", "setp.lt.u32	%p1, %r1, 32;\n@%p1 bar.sync	0;\n@!%p1 ret;", "others never come to")]
    [InlineData("add.s32	%r5, %r3, %r4;", "setp.lt.u32	%p1, %r1, 16;\n@%p1 shfl.sync.down.b32	%r5, %r4, 1, 31, 4294967295;", "A shuffle names the threads FFFFFFFF")]
    [InlineData("add.s32	%r5, %r3, %r4;", "setp.lt.u32	%p1, %r1, 4;\n@%p1 shfl.sync.idx.b32	%r5, %r4, 9, 31, 15;", "A shuffle takes what thread 9 has")]
    [InlineData("add.u64	%rd5, %rd4, part;", "add.u64	%rd5, %rd4, 8;", "outside shared memory")]
    [InlineData("add.u64	%rd5, %rd4, part;", "add.u64	%rd5, %rd4, 2;", "not aligned")]
    [InlineData("add.u64	%rd5, %rd4, part;", "mov.b64	%rd5, other;", "nothing was written to")]
    [InlineData("st.shared.b32	[%rd3], %r1;", "red.add.shared.u32	[%rd3], %r1;", "nothing was written to")]
    [InlineData("st.global.b32	[%rd6], %r5;", "ld.global.b32	%r5, [%rd6];", "of global memory is read, and nothing was written to it")]
    public void A_fault_that_is_seeded_is_found(string line, string instead, string said) =>
        Assert.Contains(said, Assert.Throws<InvalidOperationException>(() => Run(Swap.Replace(line, instead, StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_block_scans_and_sums_as_the_algorithms_of_ILGPU_say()
    {
        int[] given = [.. Enumerable.Range(0, Threads * Blocks).Select(k => (k * 7 % 13) - 4)];
        var blocks = given.Chunk(Threads).ToList();
        Assert.Equal(blocks.SelectMany(b => Enumerable.Range(0, Threads).Select(t => b.Take(t).Sum())), Run(ScanText.Value, given));
        Assert.Equal(blocks.SelectMany(b => Enumerable.Repeat((double)b.Sum(), Threads)), Run(TextOf(nameof(Kernels.Sum)), Array.ConvertAll(given, k => (double)k)));
    }

    [Fact]
    public void Without_any_of_its_barriers_a_scan_fails()
    {
        int[] given = [.. Enumerable.Range(1, Threads * Blocks)];
        var parts = ScanText.Value.Split("\tbar.sync\t0;");
        // The last one keeps shared memory for whoever comes after.
        Assert.InRange(parts.Length - 1, 3, 9);
        for (var left = 1; left < parts.Length - 1; left++)
        {
            var text = string.Concat(parts.Select((p, k) => k == 0 ? p : k == left ? "\t" + p : "\tbar.sync\t0;" + p));
            Assert.Throws<InvalidOperationException>(() => Run(text, given));
        }
    }

    private static string TextOf(string kernel) => PtxListing.OfBlocks(typeof(Kernels).GetMethod(kernel)!);

    private static int[] Run(string text)
    {
        var found = new int[64];
        Execute(text, [found], 64, 1);
        return found;
    }

    private static T[] Run<T>(string text, T[] given)
        where T : unmanaged
    {
        var found = new T[given.Length];
        Execute(text, [found, given], Threads, Blocks);
        return found;
    }

    /// <summary>Arrays are the parameters from the last to the first; nothing has been written to the first.</summary>
    private static void Execute(string text, Array[] arrays, int threads, int blocks)
    {
        var read = PtxText.Of(text);
        var machine = new PtxMachine(read);
        var pinned = arrays.Select(a => System.Runtime.InteropServices.GCHandle.Alloc(a, System.Runtime.InteropServices.GCHandleType.Pinned)).ToList();
        var views = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(machine.Parameters);
        for (var k = 0; k < arrays.Length; k++)
        {
            var address = pinned[k].AddrOfPinnedObject();
            machine.Allow(new(address, Buffer.ByteLength(arrays[k]), isPoison: k == 0));
            views[2 * (arrays.Length - 1 - k)] = address;
        }

        try
        {
            machine.Run(threads, blocks);
        }
        finally
        {
            pinned.ForEach(p => p.Free());
        }
    }

    internal static class Kernels
    {
        public static void Scan(ArrayView<int> given, ArrayView<int> result) => result[Grid.GlobalIndex.X] = GroupExtensions.ExclusiveScan<int, AddInt32>(given[Grid.GlobalIndex.X]);

        public static void Sum(ArrayView<double> given, ArrayView<double> result) => result[Grid.GlobalIndex.X] = GroupExtensions.AllReduce<double, AddDouble>(given[Grid.GlobalIndex.X]);
    }
}
