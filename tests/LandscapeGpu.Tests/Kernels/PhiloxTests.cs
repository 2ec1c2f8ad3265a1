namespace LandscapeGpu.Tests.Kernels;

public class PhiloxTests
{
    // Known answers that the authors publish with Random123 (kat_vectors, lines "philox4x32 10"): counter, key, output,
    // each word by word with word 0 first.
    [Theory]
    [InlineData("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8")]
    [InlineData("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd")]
    [InlineData("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1")]
    public void Philox_gives_the_published_known_answers(string counter, string key, string expected)
    {
        var (c, k, e) = (Words(counter), Words(key), Words(expected));

        var block = Philox.Generate(Join(c[0], c[1]), Join(c[2], c[3]), Join(k[0], k[1]));

        uint[] words = [block.Word0, block.Word1, block.Word2, block.Word3];
        Assert.Equal(e, words);
        Assert.Equal(Join(e[0], e[1]), block.Low);
        Assert.Equal(Join(e[2], e[3]), block.High);
    }

    [Fact]
    public void Each_bit_of_counter_and_key_changes_about_half_of_the_output()
    {
        var reference = Philox.Generate(1, 2, 3);
        for (var bit = 0; bit < 64; bit++)
        {
            // 128 fair bits: fewer than 30 or more than 98 changes has probability 1e-9 each.
            Assert.InRange(Distance(reference, Philox.Generate(1 ^ (1UL << bit), 2, 3)), 30, 98);
            Assert.InRange(Distance(reference, Philox.Generate(1, 2 ^ (1UL << bit), 3)), 30, 98);
            Assert.InRange(Distance(reference, Philox.Generate(1, 2, 3 ^ (1UL << bit))), 30, 98);
        }
    }

    private static int Distance(PhiloxBlock a, PhiloxBlock b) =>
        (int)(ulong.PopCount(a.Low ^ b.Low) + ulong.PopCount(a.High ^ b.High));

    private static uint[] Words(string hex) => [.. hex.Split(' ').Select(w => Convert.ToUInt32(w, 16))];

    private static ulong Join(uint low, uint high) => ((ulong)high << 32) | low;
}
