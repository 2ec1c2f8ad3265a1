using System.Reflection;
using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <summary>Emits the instructions of a program for one kind of value: a number, or a vector of lanes.</summary>
internal abstract class Target(bool isDouble, int lanes)
{
    public bool IsDouble { get; } = isDouble;

    /// <summary>How many restarts one value holds.</summary>
    public int Lanes { get; } = lanes;

    /// <summary>How many registers hold such values.</summary>
    public virtual int Registers => int.MaxValue;

    public int ElementBytes => IsDouble ? 8 : 4;

    public int ValueBytes => ElementBytes * Lanes;

    public Type Element => IsDouble ? typeof(double) : typeof(float);

    public abstract Type ValueType { get; }

    public abstract Type MaskType { get; }

    /// <summary>Pushes the result of an instruction.</summary>
    /// <param name="il">Where to.</param>
    /// <param name="instruction">What is computed.</param>
    /// <param name="push">Pushes an operand.</param>
    /// <param name="constant">Pushes the bits of an element that is the same in every lane, from memory; null where the code holds it.</param>
    public abstract void Emit(ILGenerator il, Instruction instruction, Action<int> push, Action<long>? constant = null);

    public abstract void EmitConstant(ILGenerator il, double number);

    /// <summary>The element on the stack becomes a value that is the same in every lane.</summary>
    public abstract void EmitBroadcast(ILGenerator il);

    /// <summary>As many elements on the stack as there are lanes become a value, the first in the first lane.</summary>
    public abstract void EmitJoin(ILGenerator il);

    /// <summary>The value on the stack becomes the element of one of its lanes.</summary>
    public abstract void EmitTake(ILGenerator il, int lane);

    /// <summary>The 0 or 1 (int32) on the stack becomes a mask.</summary>
    public abstract void EmitMask(ILGenerator il);

    /// <summary>The mask on the stack becomes an unsigned 64-bit number with a bit for each lane.</summary>
    public abstract void EmitBits(ILGenerator il);

    public void EmitElement(ILGenerator il, double number)
    {
        if (IsDouble)
        {
            il.Emit(OpCodes.Ldc_R8, number);
        }
        else
        {
            il.Emit(OpCodes.Ldc_R4, (float)number);
        }
    }

    /// <summary>A whole number of an element's size.</summary>
    protected void EmitInteger(ILGenerator il, long number)
    {
        if (IsDouble)
        {
            il.Emit(OpCodes.Ldc_I8, number);
        }
        else
        {
            il.Emit(OpCodes.Ldc_I4, (int)number);
        }
    }

    protected static void Call(ILGenerator il, MethodInfo method) => il.Emit(OpCodes.Call, method);
}
