using LandscapeGpu.Compilation.Elementary;

namespace LandscapeGpu.Compilation;

/// <summary>Writes an operation of the language as primitives.</summary>
internal static class Expansion
{
    /// <summary>xⁿ by repeated squaring; the powers on the way are shared with whatever else needs them.</summary>
    public static Value Power(ProgramWriter w, Value x, long n) => n switch
    {
        1 => x,
        _ when n % 2 == 0 => Power(w, w.Multiply(x, x), n / 2),
        _ => w.Multiply(Power(w, w.Multiply(x, x), n / 2), x),
    };

    public static Value Write(ProgramWriter w, Operation operation, Value[] x) => operation switch
    {
        Operation.Add => w.Add(x[0], x[1]),
        Operation.Subtract => w.Subtract(x[0], x[1]),
        Operation.Multiply => w.Multiply(x[0], x[1]),
        Operation.Negate => w.Negate(x[0]),
        Operation.Reciprocal => w.Divide(w.Constant(1), x[0]),
        Operation.Min => Extreme(w, w.Min, x[0], x[1]),
        Operation.Max => Extreme(w, w.Max, x[0], x[1]),
        Operation.Abs => w.Abs(x[0]),
        Operation.Sqrt => w.Sqrt(x[0]),
        Operation.Round => w.Round(x[0]),
        Operation.Select => Select(w, x[0], x[1], x[2]),
        Operation.Less => w.Less(x[0], x[1]),
        Operation.LessOrEqual => w.LessOrEqual(x[0], x[1]),
        Operation.Equal => w.Equal(x[0], x[1]),
        // Branches that are not taken are ruled out together.
        Operation.And when IsNot(x[0]) && IsNot(x[1]) => w.Not(w.Or(x[0].A!, x[1].A!)),
        Operation.Or when IsNot(x[0]) && IsNot(x[1]) => w.Not(w.And(x[0].A!, x[1].A!)),
        Operation.And => w.And(x[0], x[1]),
        Operation.Or => w.Or(x[0], x[1]),
        Operation.Not => w.Not(x[0]),
        Operation.Exp => Exponential.Exp(w, x[0]),
        Operation.Log => Logarithm.Log(w, x[0]),
        Operation.Sin => Trigonometric.Sin(w, x[0]),
        Operation.Cos => Trigonometric.Cos(w, x[0]),
        Operation.SinTurns => Turns.Sin(w, x[0]),
        Operation.CosTurns => Turns.Cos(w, x[0]),
        Operation.Tan => Trigonometric.Tan(w, x[0]),
        Operation.Tanh => Hyperbolic.Tanh(w, x[0]),
        Operation.Sigmoid => Exponential.Sigmoid(w, x[0]),
        Operation.Softplus => Exponential.Softplus(w, x[0]),
        Operation.Asin => InverseTrigonometric.Asin(w, x[0]),
        Operation.Acos when x[0].Instruction == Instruction.Negate => InverseTrigonometric.AcosOfNegative(w, x[0].A!),
        Operation.Acos => InverseTrigonometric.Acos(w, x[0]),
        Operation.Atan => ArcTangent.Atan(w, x[0]),
        Operation.Atan2 => ArcTangent.Atan2(w, x[0], x[1]),
        Operation.Erf => ErrorFunction.Erf(w, x[0]),
        Operation.Power => Elementary.Power.Pow(w, x[0], x[1]),
        _ => throw new InvalidOperationException($"{operation} has no expansion."),
    };

    /// <summary>
    /// The minimum or maximum of IEEE 754-2019, but that zeros are equal whatever their sign: NaN where either is. The machine's is the second
    /// where that is NaN; a number that cannot be goes first.
    /// </summary>
    private static Value Extreme(ProgramWriter w, Func<Value, Value, Value> native, Value a, Value b) =>
        IsNumber(a) ? native(a, b) : IsNumber(b) ? native(b, a) : w.Select(w.Equal(a, a), native(a, b), a);

    /// <summary>One of two by a mask, in the form that takes least: no mask is turned round, and where x ≤ c is cut off at c there is a maximum for it.</summary>
    private static Value Select(ProgramWriter w, Value mask, Value then, Value otherwise) =>
        IsNot(mask) ? Select(w, mask.A!, otherwise, then)
        : mask.Instruction == Instruction.LessOrEqual && ReferenceEquals(mask.A, otherwise) && ReferenceEquals(mask.B, then) && IsNonzero(then) ? w.Max(then, otherwise)
        : w.Select(mask, then, otherwise);

    private static bool IsNot(Value v) => v.Instruction == Instruction.Not;

    // Zeros of either sign are equal, and a maximum may be the one or the other.
    private static bool IsNonzero(Value v) => v.Instruction == Instruction.Constant && Math.Abs(v.Number) > 0;

    private static bool IsNumber(Value v) => v.Instruction is Instruction.Constant or Instruction.Parameter or Instruction.FromIndex || v is { Instruction: Instruction.Load, Array.Memory: Memory.Data };
}
