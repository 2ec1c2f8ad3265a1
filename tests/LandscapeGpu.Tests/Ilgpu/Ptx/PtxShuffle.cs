using System.Numerics;

namespace LandscapeGpu.Tests.Ilgpu.Ptx;

/// <summary>What threads of a warp give each other (PTX ISA 8.8, §9.7.9.6).</summary>
internal static class PtxShuffle
{
    /// <param name="warp">The warp.</param>
    /// <param name="doing">Its threads that are here.</param>
    /// <param name="mode">up, down, bfly or idx.</param>
    /// <param name="operands">Result, value, distance or lane, clamp with the mask of segments, and the threads that take part.</param>
    public static void Run(PtxWarp warp, uint doing, string mode, PtxOperand[] operands)
    {
        var (before, live) = (warp.Registers.AsSpan(operands[1].Register * PtxWarp.Width, PtxWarp.Width).ToArray(), warp.Live);
        for (var left = doing; left != 0; left &= left - 1)
        {
            var lane = BitOperations.TrailingZeroCount(left);
            var (by, clamp, part) = ((int)Get(operands[2]), (int)Get(operands[3]), (uint)Get(operands[4]));
            if ((part & live) != doing)
            {
                throw new InvalidOperationException($"A shuffle names the threads {part:X8}, and of those that have not ended {doing:X8} are there.");
            }

            var segment = clamp >> 8 & 31;
            var (least, most) = (lane & segment, (lane & segment) | (clamp & 31 & ~segment));
            var (from, isInside) = mode switch
            {
                "up" => (lane - by, lane - by >= most),
                "down" => (lane + by, lane + by <= most),
                "bfly" => (lane ^ by, (lane ^ by) <= most),
                "idx" => (least | (by & ~segment), (least | (by & ~segment)) <= most),
                _ => throw new NotSupportedException($"shfl.sync.{mode} is not written."),
            };
            from = isInside ? from : lane;
            warp.Registers[(operands[0].Register * PtxWarp.Width) + lane] = (doing >> from & 1) == 1 ? before[from]
                : throw new InvalidOperationException($"A shuffle takes what thread {from} has, which is not there.");

            ulong Get(PtxOperand operand) => operand.Register < 0 ? operand.Number : warp.Registers[(operand.Register * PtxWarp.Width) + lane];
        }
    }
}
