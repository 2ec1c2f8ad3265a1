using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LandscapeGpu.Compilation;

/// <summary>Emits vector instructions: the machine's own where the portable ones are calls or longer sequences.</summary>
internal sealed class LaneTarget : Target
{
    private readonly int bits;
    private readonly Type vectors;
    private readonly Type integer;

    /// <param name="bits">The width of a vector: 128, 256 or 512.</param>
    /// <param name="isDouble">Double or single precision.</param>
    public LaneTarget(int bits, bool isDouble)
        : base(isDouble, bits / (isDouble ? 64 : 32))
    {
        this.bits = bits;
        (vectors, var open) = bits switch
        {
            128 => (typeof(Vector128), typeof(Vector128<>)),
            256 => (typeof(Vector256), typeof(Vector256<>)),
            512 => (typeof(Vector512), typeof(Vector512<>)),
            _ => throw new ArgumentException($"Lanes of {bits} bits were asked for; there are vectors of 128, 256 and 512 bits."),
        };
        integer = isDouble ? typeof(long) : typeof(int);
        ValueType = open.MakeGenericType(Element);
        IntegerType = open.MakeGenericType(integer);
    }

    /// <summary>The width of a vector.</summary>
    public int Bits => bits;

    public override Type ValueType { get; }

    public override Type MaskType => ValueType;

    /// <summary>Sixteen on x86; a machine with vectors of 512 bits has twice as many, for narrower ones as well, and so has Arm.</summary>
    public override int Registers => !X86Base.IsSupported || Vector512.IsHardwareAccelerated ? 32 : 16;

    private Type IntegerType { get; }

    /// <summary>Takes one of two by a mask, in one instruction where the machine keeps masks in vectors.</summary>
    private MethodInfo? Blend => Registers != 16 ? null
        : bits == 256 && Avx.IsSupported ? typeof(Avx).GetMethod("BlendVariable", [ValueType, ValueType, ValueType])
        : bits == 128 && Sse41.IsSupported ? typeof(Sse41).GetMethod("BlendVariable", [ValueType, ValueType, ValueType])
        : null;

    /// <summary>The widest vectors this machine computes with.</summary>
    public static int WidestBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    public override void Emit(ILGenerator il, Instruction instruction, Action<int> push, Action<long>? constant = null)
    {
        switch (instruction)
        {
            case Instruction.MultiplyAdd:
                Portable(il, push, "FusedMultiplyAdd", 3);
                break;
            case Instruction.MultiplySubtract:
                Fused(il, push, bits == 512 ? "FusedMultiplySubtract" : "MultiplySubtract", negated: 2);
                break;
            case Instruction.NegativeMultiplyAdd:
                Fused(il, push, bits == 512 ? "FusedMultiplyAddNegated" : "MultiplyAddNegated", negated: 0);
                break;
            case Instruction.Round:
                push(0);
                EmitRound(il);
                break;
            case Instruction.Abs when constant is not null:
                push(0);
                constant(IsDouble ? long.MaxValue : int.MaxValue);
                Portable(il, "BitwiseAnd", ValueType, ValueType);
                break;
            case Instruction.Negate when constant is not null:
                push(0);
                constant(IsDouble ? long.MinValue : int.MinValue);
                Portable(il, "Xor", ValueType, ValueType);
                break;
            case Instruction.CopySign when constant is not null:
                push(0);
                constant(IsDouble ? long.MaxValue : int.MaxValue);
                Portable(il, "BitwiseAnd", ValueType, ValueType);
                push(1);
                constant(IsDouble ? long.MinValue : int.MinValue);
                Portable(il, "BitwiseAnd", ValueType, ValueType);
                Portable(il, "BitwiseOr", ValueType, ValueType);
                break;
            case Instruction.CopySign:
                Portable(il, push, "CopySign", 2);
                break;
            case Instruction.ScaleByPowerOfTwo:
                // n + 1.5·2^m has n in its lowest bits; shifted, they land in the exponent field of x.
                push(0);
                AsInteger(il);
                push(1);
                Number(il, IsDouble ? 6755399441055744.0 : 12582912.0, constant);
                Portable(il, "Add", ValueType, ValueType);
                AsInteger(il);
                il.Emit(OpCodes.Ldc_I4, IsDouble ? 52 : 23);
                Portable(il, "ShiftLeft", IntegerType, typeof(int));
                Portable(il, "Add", IntegerType, IntegerType);
                AsValue(il);
                break;
            case Instruction.Exponent:
                // The exponent field becomes the lowest bits of a number whose value is then known exactly.
                push(0);
                AsInteger(il);
                il.Emit(OpCodes.Ldc_I4, IsDouble ? 52 : 23);
                Portable(il, "ShiftRightLogical", IntegerType, typeof(int));
                IntegerConstant(il, IsDouble ? 0x4330000000000000 : 0x4B000000, constant);
                Portable(il, "BitwiseOr", IntegerType, IntegerType);
                AsValue(il);
                Number(il, IsDouble ? 4503599627370496.0 + 1023 : 8388608.0 + 127, constant);
                Portable(il, "Subtract", ValueType, ValueType);
                break;
            case Instruction.Select when Blend is { } blend:
                // The machine's own order: what is taken where the mask does not hold comes first.
                push(2);
                push(1);
                push(0);
                Call(il, blend);
                break;
            case Instruction.Select:
                Portable(il, push, "ConditionalSelect", 3);
                break;
            case Instruction.Negate or Instruction.Abs or Instruction.Sqrt or Instruction.Not:
                Portable(il, push, instruction == Instruction.Not ? "OnesComplement" : instruction.ToString(), 1);
                break;
            default:
                Portable(il, push, Name(instruction), 2);
                break;
        }
    }

    public override void EmitConstant(ILGenerator il, double number)
    {
        EmitElement(il, number);
        EmitBroadcast(il);
    }

    public override void EmitBroadcast(ILGenerator il) => Portable(il, "Create", Element);

    public override void EmitJoin(ILGenerator il) => Portable(il, "Create", [.. Enumerable.Repeat(Element, Lanes)]);

    /// <summary>An address, a vector of whole numbers and a factor on the stack become a vector of what <see cref="Gathers"/> reads.</summary>
    public void EmitGather(ILGenerator il, bool isNeighbouring)
    {
        il.Emit(isNeighbouring ? OpCodes.Ldc_I4_1 : OpCodes.Ldc_I4_0);
        Call(il, typeof(Gathers).GetMethod(nameof(Gathers.Read), [Element.MakePointerType(), ValueType, typeof(int), typeof(int)])!);
    }

    public override void EmitTake(ILGenerator il, int lane)
    {
        il.Emit(OpCodes.Ldc_I4, lane);
        Portable(il, "GetElement", ValueType, typeof(int));
    }

    public override void EmitMask(ILGenerator il)
    {
        il.Emit(OpCodes.Neg);
        if (IsDouble)
        {
            il.Emit(OpCodes.Conv_I8);
        }

        Portable(il, "Create", integer);
        AsValue(il);
    }

    public override void EmitBits(ILGenerator il)
    {
        Portable(il, "ExtractMostSignificantBits", ValueType);
        il.Emit(OpCodes.Conv_U8);
    }

    private static string Name(Instruction instruction) => instruction switch
    {
        Instruction.Min => "MinNative",
        Instruction.Max => "MaxNative",
        Instruction.Less => "LessThan",
        Instruction.LessOrEqual => "LessThanOrEqual",
        Instruction.Equal => "Equals",
        Instruction.And => "BitwiseAnd",
        Instruction.Or => "BitwiseOr",
        _ => instruction.ToString(),
    };

    private void Fused(ILGenerator il, Action<int> push, string name, int negated)
    {
        var own = bits == 512 ? Avx512F.IsSupported ? typeof(Avx512F) : null : Fma.IsSupported ? typeof(Fma) : null;
        for (var k = 0; k < 3; k++)
        {
            push(k);
            if (own is null && k == negated)
            {
                Portable(il, "Negate", ValueType);
            }
        }

        if (own is null)
        {
            Portable(il, "FusedMultiplyAdd", ValueType, ValueType, ValueType);
        }
        else
        {
            Call(il, own.GetMethod(name, [ValueType, ValueType, ValueType])!);
        }
    }

    private void EmitRound(ILGenerator il)
    {
        if (bits == 512 && Avx512F.IsSupported)
        {
            il.Emit(OpCodes.Ldc_I4_0);
            Call(il, typeof(Avx512F).GetMethod("RoundScale", [ValueType, typeof(byte)])!);
        }
        else if (bits == 256 && Avx.IsSupported)
        {
            Call(il, typeof(Avx).GetMethod("RoundToNearestInteger", [ValueType])!);
        }
        else if (bits == 128 && Sse41.IsSupported)
        {
            Call(il, typeof(Sse41).GetMethod("RoundToNearestInteger", [ValueType])!);
        }
        else
        {
            Portable(il, "Round", ValueType);
        }
    }

    private void Number(ILGenerator il, double number, Action<long>? constant)
    {
        if (constant is null)
        {
            EmitConstant(il, number);
        }
        else
        {
            constant(IsDouble ? BitConverter.DoubleToInt64Bits(number) : BitConverter.SingleToInt32Bits((float)number));
        }
    }

    private void IntegerConstant(ILGenerator il, long number, Action<long>? constant)
    {
        if (constant is not null)
        {
            constant(number);
            AsInteger(il);
            return;
        }

        EmitInteger(il, number);
        Portable(il, "Create", integer);
    }

    private void AsInteger(ILGenerator il) => Call(il, VectorMethods.Reinterpret(vectors, Element, integer));

    private void AsValue(ILGenerator il) => Call(il, VectorMethods.Reinterpret(vectors, integer, Element));

    /// <summary>Calls the operation of that name over the given types, generic or not.</summary>
    private void Portable(ILGenerator il, Action<int> push, string name, int operands)
    {
        for (var k = 0; k < operands; k++)
        {
            push(k);
        }

        Portable(il, name, [.. Enumerable.Repeat(ValueType, operands)]);
    }

    private void Portable(ILGenerator il, string name, params Type[] parameters) => Call(il, VectorMethods.Find(vectors, name, parameters));
}
