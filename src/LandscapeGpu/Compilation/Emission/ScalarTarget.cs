using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <summary>Emits scalar instructions, within the subset of IL that GPU compilers accept: arithmetic, branches and calls of Math and BitConverter.</summary>
internal sealed class ScalarTarget(bool isDouble) : Target(isDouble, 1)
{
    public override Type ValueType => Element;

    public override Type MaskType => typeof(bool);

    private Type MathType => IsDouble ? typeof(Math) : typeof(MathF);

    public override void Emit(ILGenerator il, Instruction instruction, Action<int> push, Action<long>? constant = null)
    {
        switch (instruction)
        {
            case Instruction.Select:
                var otherwise = il.DefineLabel();
                var end = il.DefineLabel();
                push(0);
                il.Emit(OpCodes.Brfalse, otherwise);
                push(1);
                il.Emit(OpCodes.Br, end);
                il.MarkLabel(otherwise);
                push(2);
                il.MarkLabel(end);
                return;
            case Instruction.ScaleByPowerOfTwo:
                push(0);
                ToBits(il);
                push(1);
                il.Emit(IsDouble ? OpCodes.Conv_I8 : OpCodes.Conv_I4);
                il.Emit(OpCodes.Ldc_I4, IsDouble ? 52 : 23);
                il.Emit(OpCodes.Shl);
                il.Emit(OpCodes.Add);
                FromBits(il);
                return;
            case Instruction.Exponent:
                push(0);
                ToBits(il);
                il.Emit(OpCodes.Ldc_I4, IsDouble ? 52 : 23);
                il.Emit(OpCodes.Shr_Un);
                EmitInteger(il, IsDouble ? 1023 : 127);
                il.Emit(OpCodes.Sub);
                il.Emit(IsDouble ? OpCodes.Conv_R8 : OpCodes.Conv_R4);
                return;
            default:
                var operands = Operands(instruction);
                for (var k = 0; k < operands; k++)
                {
                    push(k);
                    if ((instruction, k) is (Instruction.NegativeMultiplyAdd, 0) or (Instruction.MultiplySubtract, 2))
                    {
                        il.Emit(OpCodes.Neg);
                    }
                }

                Operate(il, instruction);
                return;
        }
    }

    /// <summary>A comparison as kernels make it: what may be a constant stands on the right of what moves, as ILGPU wants it (<see cref="Ordering"/>).</summary>
    public void EmitComparison(ILGenerator il, Instruction instruction, (Action Push, bool Moves) a, (Action Push, bool Moves) b)
    {
        (a.Moves || !b.Moves ? a : b).Push();
        (a.Moves || !b.Moves ? b : a).Push();
        switch (instruction)
        {
            case var _ when !a.Moves && !b.Moves:
                Compare(il, instruction.ToString());
                break;
            case var _ when a.Moves:
                Operate(il, instruction);
                break;
            case Instruction.Less:
                il.Emit(OpCodes.Cgt);
                break;
            default:
                // Not (b < a or unordered).
                il.Emit(OpCodes.Clt_Un);
                il.Emit(OpCodes.Ldc_I4_0);
                il.Emit(OpCodes.Ceq);
                break;
        }
    }

    public override void EmitConstant(ILGenerator il, double number) => EmitElement(il, number);

    public override void EmitBroadcast(ILGenerator il)
    {
    }

    public override void EmitJoin(ILGenerator il)
    {
    }

    public override void EmitTake(ILGenerator il, int lane)
    {
    }

    public override void EmitMask(ILGenerator il)
    {
    }

    public override void EmitBits(ILGenerator il) => il.Emit(OpCodes.Conv_U8);

    private static int Operands(Instruction instruction) => instruction switch
    {
        Instruction.MultiplyAdd or Instruction.MultiplySubtract or Instruction.NegativeMultiplyAdd => 3,
        Instruction.Negate or Instruction.Abs or Instruction.Sqrt or Instruction.Round or Instruction.Not => 1,
        _ => 2,
    };

    private static OpCode? One(Instruction instruction) => instruction switch
    {
        Instruction.Add => OpCodes.Add,
        Instruction.Subtract => OpCodes.Sub,
        Instruction.Multiply => OpCodes.Mul,
        Instruction.Divide => OpCodes.Div,
        Instruction.Negate => OpCodes.Neg,
        Instruction.And => OpCodes.And,
        Instruction.Or => OpCodes.Or,
        Instruction.Equal => OpCodes.Ceq,
        Instruction.Less => OpCodes.Clt,
        _ => null,
    };

    private void Operate(ILGenerator il, Instruction instruction)
    {
        switch (instruction)
        {
            case var simple when One(simple) is { } opcode:
                il.Emit(opcode);
                break;
            case Instruction.Not:
                il.Emit(OpCodes.Ldc_I4_0);
                il.Emit(OpCodes.Ceq);
                break;
            case Instruction.LessOrEqual:
                // Not (a > b or unordered).
                il.Emit(OpCodes.Cgt_Un);
                il.Emit(OpCodes.Ldc_I4_0);
                il.Emit(OpCodes.Ceq);
                break;
            case Instruction.Min:
                Compare(il, nameof(Ordering.Lesser));
                break;
            case Instruction.Max:
                Compare(il, nameof(Ordering.Greater));
                break;
            case Instruction.MultiplyAdd or Instruction.MultiplySubtract or Instruction.NegativeMultiplyAdd:
                Call(il, MathType.GetMethod("FusedMultiplyAdd", [Element, Element, Element])!);
                break;
            default:
                var types = Enumerable.Repeat(Element, Operands(instruction)).ToArray();
                Call(il, MathType.GetMethod(instruction.ToString(), types)!);
                break;
        }
    }

    private void Compare(ILGenerator il, string name) => Call(il, typeof(Ordering).GetMethod(name, [Element, Element])!);

    private void ToBits(ILGenerator il) => Call(il, typeof(BitConverter).GetMethod(IsDouble ? "DoubleToInt64Bits" : "SingleToInt32Bits", [Element])!);

    private void FromBits(ILGenerator il) =>
        Call(il, typeof(BitConverter).GetMethod(IsDouble ? "Int64BitsToDouble" : "Int32BitsToSingle", [IsDouble ? typeof(long) : typeof(int)])!);
}
