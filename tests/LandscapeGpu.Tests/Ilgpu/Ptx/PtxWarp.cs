using System.Numerics;

namespace LandscapeGpu.Tests.Ilgpu.Ptx;

/// <summary>Up to 32 threads that step together: registers of each, which of them something was written to, and where each thread is.</summary>
internal sealed class PtxWarp
{
    public const int Width = 32;

    /// <summary>Where a thread is that has ended.</summary>
    public const int Ended = int.MaxValue;

    private readonly int[] at = new int[Width];
    private readonly uint[] isWritten;

    /// <param name="registers">How many registers a thread has.</param>
    /// <param name="number">The warp's number in its block.</param>
    /// <param name="threads">How many threads it has.</param>
    public PtxWarp(int registers, int number, int threads)
    {
        (Number, Registers, isWritten) = (number, new ulong[registers * Width], new uint[registers]);
        Array.Fill(at, Ended);
        Array.Clear(at, 0, threads);
    }

    public int Number { get; }

    /// <summary>Register r of thread k is at 32r + k.</summary>
    public ulong[] Registers { get; }

    /// <summary>Whether it waits at a barrier.</summary>
    public bool Waits { get; set; }

    /// <summary>The threads that have not ended, a bit each.</summary>
    public uint Live
    {
        get
        {
            var live = 0u;
            for (var k = 0; k < Width; k++)
            {
                live |= at[k] != Ended ? 1u << k : 0;
            }

            return live;
        }
    }

    /// <summary>Where those threads are that are furthest behind, which these are, and where the next are: they go first, since there others come together with them again.</summary>
    public (int Place, uint Threads, int Until) Next()
    {
        var (place, threads, until) = (Ended, 0u, Ended);
        for (var k = 0; k < Width; k++)
        {
            if (at[k] < place)
            {
                (place, threads, until) = (at[k], 1u << k, place);
            }
            else if (at[k] == place)
            {
                threads |= 1u << k;
            }
            else
            {
                until = Math.Min(until, at[k]);
            }
        }

        return (place, threads, until);
    }

    public void Go(uint threads, int to)
    {
        for (; threads != 0; threads &= threads - 1)
        {
            at[BitOperations.TrailingZeroCount(threads)] = to;
        }
    }

    /// <summary>Of some threads those whose predicate holds, or does not.</summary>
    public uint Guarded(uint threads, PtxInstruction instruction)
    {
        if (instruction.Guard < 0)
        {
            return threads;
        }

        RequireWritten(instruction, instruction.Guard, threads);
        var holds = 0u;
        for (var left = threads; left != 0; left &= left - 1)
        {
            var k = BitOperations.TrailingZeroCount(left);
            holds |= (Registers[(instruction.Guard * Width) + k] != 0) != instruction.IsNegated ? 1u << k : 0;
        }

        return holds;
    }

    public void RequireWritten(PtxInstruction instruction, uint threads)
    {
        foreach (var register in instruction.Reads)
        {
            RequireWritten(instruction, register, threads);
        }
    }

    public void Note(int register, uint threads) => isWritten[register] |= threads;

    private void RequireWritten(PtxInstruction instruction, int register, uint threads)
    {
        if ((isWritten[register] & threads) != threads)
        {
            throw new InvalidOperationException($"{string.Join('.', instruction.Name)} reads a register that nothing was written to.");
        }
    }
}
