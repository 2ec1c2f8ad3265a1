namespace LandscapeGpu.Tests.Ilgpu.Ptx;

public class PtxMachineTests
{
    private const string Entry = """
        .visible .entry Kernel(
        	.param .b64 _at_1
        )
        {
        	.reg .b64 %rd<2>;
        	ld.param.b64	%rd1, [_at_1];
        	BODY
        	ret;
        }
        """;

    [Fact]
    public unsafe void What_is_written_is_done()
    {
        var numbers = stackalloc float[2] { 3, 0 };
        Run("ld.global.f32 %f1, [%rd1];\nmul.f32 %f2, %f1, 0f40000000;\nst.global.f32 [%rd1+4], %f2;", (nint)numbers, 8);
        Assert.Equal(6, numbers[1]);
    }

    [Theory]
    [InlineData("ld.global.f32 %f1, [%rd1+8];")]
    [InlineData("ld.global.f64 %fd1, [%rd1+4];")]
    [InlineData("st.global.b32 [%rd1+8], 1;")]
    [InlineData("red.add.global.u32 [%rd1+8], 1;")]
    public void An_access_outside_its_memory_is_an_error(string body) => Refused<InvalidOperationException>(body, 8);

    [Theory]
    [InlineData("tanh.approx.f32 %f1, %f2;")]
    [InlineData("cvt.rpi.s32.f32 %r1, %f2;")]
    [InlineData("setp.num.f32 %p1, %f1, %f2;")]
    public void An_instruction_that_is_not_written_is_an_error(string body) => Refused<NotSupportedException>(body, 8);

    [Theory]
    [InlineData("add.s32 %r1, %r2, 1;")]
    [InlineData("@%p1 bra LABEL;\nLABEL:")]
    [InlineData("st.global.f32 [%rd1], %f1;")]
    [InlineData("mov.u32 %r1, %r1;")]
    public void A_register_that_is_read_before_it_was_written_is_an_error(string body) =>
        Assert.Contains("nothing was written to", Refused<InvalidOperationException>(body, 8), StringComparison.Ordinal);

    [Fact]
    public void An_access_that_is_not_aligned_is_an_error() =>
        Assert.Contains("not aligned", Refused<InvalidOperationException>("ld.global.f64 %fd1, [%rd1+4];", 16), StringComparison.Ordinal);

    [Fact]
    public unsafe void Threads_that_part_take_slots_of_their_own_and_come_together_again()
    {
        var numbers = stackalloc float[2];
        // Eight threads go round once more.
        var machine = Run("mov.u32 %r1, %tid.x;\nsetp.lt.u32 %p1, %r1, 8;\n@!%p1 bra LATER;\nadd.s32 %r1, %r1, 1;\nadd.s32 %r1, %r1, 1;\nLATER:\nadd.s32 %r1, %r1, 1;", (nint)numbers, 8, threads: 32);
        // The load before, six here and the return, of which two are made by eight threads.
        Assert.Equal(8, machine.Slots);
        Assert.Equal((6 * 32) + (2 * 8), machine.ThreadSlots);
    }

    private static unsafe string Refused<TError>(string body, int bytes)
        where TError : Exception
    {
        var numbers = stackalloc double[2];
        return Assert.Throws<TError>(() => Run(body, (nint)numbers, bytes)).Message;
    }

    private static PtxMachine Run(string body, nint address, int bytes, int threads = 1)
    {
        var text = PtxText.Of(Entry.Replace("BODY", body, StringComparison.Ordinal));
        var machine = new PtxMachine(text);
        machine.Allow(new(address, bytes));
        System.Runtime.InteropServices.MemoryMarshal.Write(machine.Parameters[text.OffsetOf("at")..], (long)address);
        machine.Run(threads);
        return machine;
    }
}
