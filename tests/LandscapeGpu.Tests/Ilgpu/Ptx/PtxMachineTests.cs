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
    public unsafe void An_access_outside_its_memory_is_an_error(string body)
    {
        var numbers = stackalloc float[4];
        Assert.Throws<InvalidOperationException>(() => Run(body, (nint)numbers, 8));
    }

    [Theory]
    [InlineData("tanh.approx.f32 %f1, %f2;")]
    [InlineData("cvt.rpi.s32.f32 %r1, %f2;")]
    [InlineData("setp.num.f32 %p1, %f1, %f2;")]
    public unsafe void An_instruction_that_is_not_written_is_an_error(string body)
    {
        var numbers = stackalloc float[2];
        Assert.Throws<NotSupportedException>(() => Run(body, (nint)numbers, 8));
    }

    private static void Run(string body, nint address, int bytes)
    {
        var text = PtxText.Of(Entry.Replace("BODY", body, StringComparison.Ordinal));
        var machine = new PtxMachine(text);
        machine.Allow(address, bytes);
        System.Runtime.InteropServices.MemoryMarshal.Write(machine.Parameters[text.OffsetOf("at")..], (long)address);
        machine.Run(0, 1);
    }
}
