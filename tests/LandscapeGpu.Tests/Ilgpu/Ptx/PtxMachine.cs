namespace LandscapeGpu.Tests.Ilgpu.Ptx;

/// <summary>Runs PTX, one thread after the other, as its specification says (PTX ISA 8.8, §9.7): every operation rounded once, nothing fused.</summary>
/// <remarks>
/// Addresses of global memory are the host's own, and an access outside what was allowed is an error, as is an instruction that is not
/// written here: none is passed over.
/// </remarks>
internal sealed unsafe class PtxMachine
{
    private readonly PtxText text;
    private readonly Action<ulong[]>[] actions;
    private readonly (int Thread, int Block, int Size) special;
    private readonly byte[] parameters;
    private readonly List<(ulong Begin, ulong End)> allowed = [];

    public PtxMachine(PtxText text)
    {
        this.text = text;
        parameters = new byte[text.ParameterBytes];
        special = (text.RegisterOf("%tid.x"), text.RegisterOf("%ctaid.x"), text.RegisterOf("%ntid.x"));
        actions = [.. text.Instructions.Select(i => i.Name[0] is "bra" or "ret" ? null! : Action(i))];
    }

    /// <summary>The kernel's parameters, at the offsets that the text gives them.</summary>
    public Span<byte> Parameters => parameters;

    /// <summary>Allows accesses to a range of memory.</summary>
    public void Allow(nint address, long bytes) => allowed.Add(((ulong)address, (ulong)(address + bytes)));

    /// <summary>Runs one thread of one block to its end.</summary>
    public void Run(int thread, int threads)
    {
        var registers = new ulong[text.Registers];
        registers[special.Thread] = (ulong)thread;
        registers[special.Size] = (ulong)threads;
        for (var at = 0; ; at++)
        {
            var instruction = text.Instructions[at];
            if (instruction.Guard >= 0 && (registers[instruction.Guard] != 0) == instruction.IsNegated)
            {
                continue;
            }

            switch (instruction.Name[0])
            {
                case "ret":
                    return;
                case "bra":
                    at = instruction.Target - 1;
                    break;
                default:
                    actions[at](registers);
                    break;
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
                return r => r[o[0].Register] = Read(ref *Place(r, o[1], type), type);
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
    private byte* Place(ulong[] registers, PtxOperand operand, string type)
    {
        var address = registers[operand.Register] + operand.Number;
        var end = address + (type is "f64" or "b64" ? 8UL : 4);
        return allowed.Exists(a => a.Begin <= address && end <= a.End)
            ? (byte*)address
            : throw new InvalidOperationException($"An access of .{type} at {address} is outside every buffer.");
    }

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
