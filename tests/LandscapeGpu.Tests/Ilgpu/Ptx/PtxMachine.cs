using System.Numerics;

namespace LandscapeGpu.Tests.Ilgpu.Ptx;

/// <summary>Runs PTX, block by block and in warps of 32 threads in lock-step, as its specification says (PTX ISA 8.8, §9.7): every operation rounded once, nothing fused.</summary>
/// <remarks>
/// Of threads that are at different places those that are furthest behind go first, as they do where code comes together again. Addresses
/// of global memory are the host's own. An error is an access outside what was allowed, not aligned, or of what was never written to, be it
/// register or memory; threads that reach one piece of shared memory without a barrier between them; a barrier that threads miss; a shuffle with threads that are elsewhere; and
/// an instruction that is not written here: nothing is passed over.
/// </remarks>
internal sealed unsafe partial class PtxMachine
{
    public const int Warp = PtxWarp.Width;

    private static readonly string[] Special = ["%tid.x", "%ntid.x", "%ctaid.x", "%laneid", "%tid.y", "%tid.z", "%ntid.y", "%ntid.z", "%dynamic_smem_size"];

    // Where generic memory has shared memory: no address of the host's is as large.
    private const ulong SharedWindow = 1UL << 62;

    private readonly PtxText text;
    private readonly Action<PtxWarp, uint>?[] actions;
    private readonly int[] special;
    private readonly byte[] parameters;
    private readonly long[] issued;
    private readonly List<PtxBuffer> allowed = [];
    private PtxShared shared;

    public PtxMachine(PtxText text)
    {
        (this.text, shared) = (text, new(text.SharedBytes));
        parameters = new byte[text.ParameterBytes];
        special = [.. Special.Select(text.RegisterOf)];
        actions = [.. text.Instructions.Select(i => i.Name[0] is "bra" or "ret" or "bar" ? null : Action(i))];
        issued = new long[text.Instructions.Count];
    }

    public PtxText Text => text;

    /// <summary>The kernel's parameters, at the offsets that the text gives them.</summary>
    public Span<byte> Parameters => parameters;

    /// <summary>How many instructions warps issued.</summary>
    public long Slots => issued.Sum();

    /// <summary>How often each instruction was issued.</summary>
    public IReadOnlyList<long> Issued => issued;

    /// <summary>How many loads and stores warps issued of memory that blocks share, or of global memory that threads write.</summary>
    public long Accesses(bool ofShared) => text.Instructions.Zip(issued).Where(i => i.First.Name[0] is "ld" or "st" && i.First.IsShared == ofShared && i.First.Name[1] != "param" && !i.First.Name.Contains("nc")).Sum(i => i.Second);

    /// <summary>How many instructions threads made: 32 in a slot where all of a warp are at the same place.</summary>
    public long ThreadSlots { get; private set; }

    /// <summary>Allows accesses to a piece of memory.</summary>
    public void Allow(PtxBuffer buffer) => allowed.Add(buffer);

    /// <summary>Runs all threads of some blocks to their ends.</summary>
    /// <param name="threads">Of a block.</param>
    /// <param name="blocks">How many, one after the other.</param>
    /// <param name="dynamicBytes">What the threads of a block share beside what the text says.</param>
    public void Run(int threads, int blocks = 1, int dynamicBytes = 0)
    {
        for (var block = 0; block < blocks; block++)
        {
            shared = new(text.SharedBytes + dynamicBytes);
            Pass();
            var warps = Enumerable.Range(0, (threads + Warp - 1) / Warp).Select(w => Begin(w, (threads, block, dynamicBytes)));
            if (text.HasBarriers)
            {
                RunTogether([.. warps]);
            }
            else
            {
                foreach (var warp in warps)
                {
                    RunWarp(warp);
                }
            }
        }
    }

    private void Pass()
    {
        shared.Order.Pass();
        allowed.ForEach(b => b.Pass());
    }

    private PtxWarp Begin(int number, (int Threads, int Block, int DynamicBytes) launch)
    {
        var count = Math.Min(Warp, launch.Threads - (number * Warp));
        var (warp, all) = (new PtxWarp(text.Registers, number, count), count == Warp ? uint.MaxValue : (1u << count) - 1);
        for (var s = 0; s < special.Length; s++)
        {
            for (var k = 0; k < count; k++)
            {
                warp.Registers[(special[s] * Warp) + k] = (ulong)(s switch { 0 => (number * Warp) + k, 1 => launch.Threads, 2 => launch.Block, 3 => k, 4 or 5 => 0, 8 => launch.DynamicBytes, _ => 1 });
            }

            warp.Note(special[s], all);
        }

        return warp;
    }

    /// <summary>Warps of one block, each up to the next barrier.</summary>
    private void RunTogether(PtxWarp[] warps)
    {
        while (true)
        {
            foreach (var warp in warps)
            {
                RunWarp(warp);
            }

            if (Array.TrueForAll(warps, w => !w.Waits))
            {
                return;
            }

            if (Array.Exists(warps, w => !w.Waits))
            {
                throw new InvalidOperationException("Some warps wait at a barrier which others never come to.");
            }

            Array.ForEach(warps, w => w.Waits = false);
            Pass();
        }
    }

    /// <summary>Runs a warp to its end or to a barrier.</summary>
    private void RunWarp(PtxWarp warp)
    {
        for (var (at, threads, until) = warp.Next(); at != PtxWarp.Ended; (at, threads, until) = warp.Next())
        {
            // Where they are is noted only where they part, or come to others.
            var areTogether = true;
            while (areTogether && at < until)
            {
                var instruction = text.Instructions[at];
                issued[at]++;
                ThreadSlots += BitOperations.PopCount(threads);
                var doing = warp.Guarded(threads, instruction);
                warp.RequireWritten(instruction, doing);
                if (actions[at++] is { } action)
                {
                    action(warp, doing);
                    foreach (var register in instruction.Writes)
                    {
                        warp.Note(register, doing);
                    }

                    continue;
                }

                if (doing == 0)
                {
                    continue;
                }

                switch (instruction.Name[0])
                {
                    case "bra" when doing == threads:
                        at = instruction.Target;
                        break;
                    case "bra" or "ret":
                        warp.Go(threads & ~doing, at);
                        warp.Go(doing, instruction.Name[0] == "ret" ? PtxWarp.Ended : instruction.Target);
                        areTogether = false;
                        break;
                    case "bar":
                        if (doing != warp.Live)
                        {
                            throw new InvalidOperationException("A part of a warp comes to a barrier, and others are elsewhere.");
                        }

                        warp.Go(threads, at);
                        warp.Waits = true;
                        return;
                }
            }

            if (areTogether)
            {
                warp.Go(threads, at);
            }
        }
    }

    private Action<PtxWarp, uint> Action(PtxInstruction instruction)
    {
        var (name, o) = (instruction.Name, instruction.Operands);
        var type = name[^1];
        switch (name[0])
        {
            case "ld" when name[1] == "param":
                return Compute(o[..1], (_, _, _) => Read(ref parameters[(int)o[1].Number], type));
            case "ld":
                return (warp, doing) => Load(warp, doing, instruction, type);
            case "st":
                return EachThread((warp, k) => Write(Place(warp, k, instruction, o[0], type, stored: Get(warp, k, o[1])), type, Get(warp, k, o[1])));
            case "atom" or "red" when name[1] == "add":
                var (sum, at) = (PtxArithmetic.Of(["add", type]), instruction.Results);
                return EachThread((warp, k) =>
                {
                    var place = Place(warp, k, instruction, o[at], type);
                    var before = Read(ref *place, type);
                    Write(place, type, sum(before, Get(warp, k, o[at + 1]), 0));
                    if (at > 0)
                    {
                        warp.Registers[(o[0].Register * Warp) + k] = before;
                    }
                });
            case "shfl" when name[1] == "sync":
                return (warp, doing) => PtxShuffle.Run(warp, doing, name[2], o);
            case "mov":
                return Compute(o, (a, _, _) => a);
            case "cvta":
                var conversion = Conversion(name);
                return Compute(o, (a, _, _) => conversion(a));
            case "selp":
                return Compute(o, (a, b, c) => c != 0 ? a : b);
            case "setp":
                return Compute(o, PtxArithmetic.Comparison(name[1], type));
            case "cvt":
                return Compute(o, PtxArithmetic.Conversion(name));
            default:
                return Compute(o, PtxArithmetic.Of(name));
        }
    }

    /// <summary>An address of one space as one of generic memory, or back.</summary>
    private static Func<ulong, ulong> Conversion(string[] name) => string.Join('.', name) switch
    {
        "cvta.shared.u64" => a => a < SharedWindow ? a + SharedWindow : throw new InvalidOperationException("An address of shared memory is made of one that is none."),
        "cvta.to.shared.u64" => a => a >= SharedWindow ? a - SharedWindow : throw new InvalidOperationException($"{a} is no address of shared memory in generic memory."),
        "cvta.to.global.u64" or "cvta.global.u64" => a => a < SharedWindow ? a : throw new InvalidOperationException($"{a} is no address of global memory."),
        _ => throw new NotSupportedException($"{string.Join('.', name)} is not written."),
    };

    private static Action<PtxWarp, uint> EachThread(Action<PtxWarp, int> act) => (warp, doing) =>
    {
        for (; doing != 0; doing &= doing - 1)
        {
            act(warp, BitOperations.TrailingZeroCount(doing));
        }
    };

    private static Action<PtxWarp, uint> Compute(PtxOperand[] operands, Func<ulong, ulong, ulong, ulong> result)
    {
        // What is not there is a number that nothing looks at.
        var (to, a, b, c) = (operands[0].Register * Warp, Operand(1), Operand(2), Operand(3));
        return (warp, doing) =>
        {
            for (; doing != 0; doing &= doing - 1)
            {
                var k = BitOperations.TrailingZeroCount(doing);
                warp.Registers[to + k] = result(Get(warp, k, a), Get(warp, k, b), Get(warp, k, c));
            }
        };

        PtxOperand Operand(int n) => n < operands.Length ? operands[n] : new(-1, 0);
    }
}
