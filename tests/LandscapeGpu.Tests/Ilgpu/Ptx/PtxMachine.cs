namespace LandscapeGpu.Tests.Ilgpu.Ptx;

/// <summary>Runs PTX, a warp of 32 threads in lock-step after the other, as its specification says (PTX ISA 8.8, §9.7): every operation rounded once, nothing fused.</summary>
/// <remarks>
/// Of threads that are at different places those that are furthest behind go first, as they do where code comes together again. Addresses
/// of global memory are the host's own. An access outside what was allowed is an error, as are one that is not aligned, a register that
/// is read before it was written, and an instruction that is not written here: none is passed over.
/// </remarks>
internal sealed unsafe class PtxMachine
{
    public const int Warp = 32;

    private readonly PtxText text;
    private readonly Action<ulong[]>[] actions;
    private readonly int[] special;
    private readonly byte[] parameters;
    private readonly long[] issued;
    private readonly List<(ulong Begin, ulong End)> allowed = [];

    public PtxMachine(PtxText text)
    {
        this.text = text;
        parameters = new byte[text.ParameterBytes];
        special = [text.RegisterOf("%tid.x"), text.RegisterOf("%ntid.x"), text.RegisterOf("%ctaid.x")];
        actions = [.. text.Instructions.Select(i => i.Name[0] is "bra" or "ret" ? null! : Action(i))];
        issued = new long[text.Instructions.Count];
    }

    public PtxText Text => text;

    /// <summary>The kernel's parameters, at the offsets that the text gives them.</summary>
    public Span<byte> Parameters => parameters;

    /// <summary>How many instructions warps issued.</summary>
    public long Slots => issued.Sum();

    /// <summary>How often each instruction was issued.</summary>
    public IReadOnlyList<long> Issued => issued;

    /// <summary>How many instructions threads made: 32 in a slot where all of a warp are at the same place.</summary>
    public long ThreadSlots { get; private set; }

    /// <summary>Allows accesses to a range of memory.</summary>
    public void Allow(nint address, long bytes) => allowed.Add(((ulong)address, (ulong)(address + bytes)));

    /// <summary>Runs all threads of one block to their ends.</summary>
    public void Run(int threads)
    {
        for (var first = 0; first < threads; first += Warp)
        {
            RunWarp([.. Enumerable.Range(first, Math.Min(Warp, threads - first)).Select(t => new Thread(text.Registers, special, [(ulong)t, (ulong)threads, 0]))]);
        }
    }

    private void RunWarp(Thread[] threads)
    {
        while (true)
        {
            var at = Thread.Ended;
            foreach (var thread in threads)
            {
                at = Math.Min(at, thread.At);
            }

            if (at == Thread.Ended)
            {
                return;
            }

            var instruction = text.Instructions[at];
            issued[at]++;
            foreach (var thread in threads)
            {
                if (thread.At == at)
                {
                    ThreadSlots++;
                    Step(thread, instruction, at);
                }
            }
        }
    }

    private void Step(Thread thread, PtxInstruction instruction, int at)
    {
        thread.RequireWritten(instruction);
        thread.At = at + 1;
        if (instruction.Guard >= 0 && (thread.Registers[instruction.Guard] != 0) == instruction.IsNegated)
        {
            return;
        }

        switch (instruction.Name[0])
        {
            case "ret":
                thread.At = Thread.Ended;
                break;
            case "bra":
                thread.At = instruction.Target;
                break;
            default:
                actions[at](thread.Registers);
                thread.Note(instruction);
                break;
        }
    }

    private sealed class Thread(int registers)
    {
        public const int Ended = int.MaxValue;

        private readonly bool[] isWritten = new bool[registers];

        public Thread(int registers, int[] special, ulong[] values)
            : this(registers)
        {
            for (var k = 0; k < special.Length; k++)
            {
                (Registers[special[k]], isWritten[special[k]]) = (values[k], true);
            }
        }

        public ulong[] Registers { get; } = new ulong[registers];

        public int At { get; set; }

        public void RequireWritten(PtxInstruction instruction)
        {
            foreach (var register in instruction.Reads)
            {
                if (!isWritten[register])
                {
                    throw new InvalidOperationException($"{string.Join('.', instruction.Name)} reads a register that nothing was written to.");
                }
            }
        }

        public void Note(PtxInstruction instruction)
        {
            foreach (var register in instruction.Writes)
            {
                isWritten[register] = true;
            }
        }
    }

    private Action<ulong[]> Action(PtxInstruction instruction)
    {
        var (name, o) = (instruction.Name, instruction.Operands);
        var type = name[^1];
        switch (name[0])
        {
            case "ld" when name[1] == "param":
                return r => r[o[0].Register] = Read(ref parameters[(int)o[1].Number], type);
            case "ld":
                var count = instruction.Results;
                return r =>
                {
                    // The address may be in a register that is loaded.
                    var from = Place(r, o[count], type, count);
                    for (var k = 0; k < count; k++)
                    {
                        r[o[k].Register] = Read(ref from[k * Bytes(type)], type);
                    }
                };
            case "st":
                return r => Write(Place(r, o[0], type), type, Get(r, o[1]));
            case "atom" when name[1] == "add":
                return r =>
                {
                    var place = (uint*)Place(r, o[1], type);
                    r[o[0].Register] = *place;
                    *place += (uint)Get(r, o[2]);
                };
            case "red" when name[1] == "add":
                return r => *(uint*)Place(r, o[0], type) += (uint)Get(r, o[1]);
            case "mov" or "cvta":
                return r => r[o[0].Register] = Get(r, o[1]);
            case "selp":
                return r => r[o[0].Register] = r[o[3].Register] != 0 ? Get(r, o[1]) : Get(r, o[2]);
            case "setp":
                var compare = PtxArithmetic.Comparison(name[1], type);
                return r => r[o[0].Register] = compare(Get(r, o[1]), Get(r, o[2])) ? 1UL : 0;
            case "cvt":
                var convert = PtxArithmetic.Conversion(name);
                return r => r[o[0].Register] = convert(Get(r, o[1]));
        }

        var compute = PtxArithmetic.Of(name);
        return o.Length switch
        {
            2 => r => r[o[0].Register] = compute(Get(r, o[1]), 0, 0),
            3 => r => r[o[0].Register] = compute(Get(r, o[1]), Get(r, o[2]), 0),
            _ => r => r[o[0].Register] = compute(Get(r, o[1]), Get(r, o[2]), Get(r, o[3])),
        };
    }

    /// <summary>Where an address points to.</summary>
    private byte* Place(ulong[] registers, PtxOperand operand, string type, int count = 1)
    {
        var address = registers[operand.Register] + operand.Number;
        var bytes = (ulong)(Bytes(type) * count);
        if (address % bytes != 0)
        {
            throw new InvalidOperationException($"An access of .{type} at {address} is not aligned.");
        }

        var end = address + bytes;
        return allowed.Exists(a => a.Begin <= address && end <= a.End)
            ? (byte*)address
            : throw new InvalidOperationException($"An access of .{type} at {address} is outside every buffer.");
    }

    private static int Bytes(string type) => type is "f64" or "b64" ? 8 : 4;

    private static ulong Get(ulong[] registers, PtxOperand operand) => operand.Register < 0 ? operand.Number : registers[operand.Register];

    private static ulong Read(ref byte at, string type) => type is "f64" or "b64"
        ? System.Runtime.CompilerServices.Unsafe.ReadUnaligned<ulong>(ref at)
        : System.Runtime.CompilerServices.Unsafe.ReadUnaligned<uint>(ref at);

    private static void Write(byte* at, string type, ulong value)
    {
        if (type is "f64" or "b64")
        {
            *(ulong*)at = value;
        }
        else
        {
            *(uint*)at = (uint)value;
        }
    }
}
