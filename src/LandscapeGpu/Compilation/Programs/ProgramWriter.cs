namespace LandscapeGpu.Compilation;

/// <summary>Appends values to a block; equal values of a block and the blocks around it are one.</summary>
internal sealed class ProgramWriter(Program program) : IPrimitives<Value>
{
    private readonly Dictionary<Block, Dictionary<ValueKey, Value>> known = [];

    public Block Block { get; set; } = program.Body;

    public bool IsDouble => program.IsDouble;

    public Value Constant(double value) => Write(new(Instruction.Constant, Bits: BitConverter.DoubleToInt64Bits(IsDouble ? value : (float)value)));

    public Value Parameter(Parameter parameter) => Write(new(Instruction.Parameter, Source: parameter));

    public Value Load(ProgramArray array, Index index) => Write(new(Instruction.Load, Source: array, Index: index));

    public Value FromIndex(Index index) => Write(new(Instruction.FromIndex, Index: index));

    public Value Compare(Instruction comparison, Index a, Index b) => Write(new(comparison, Index: a, Index2: b));

    public Value Accumulated(Accumulator accumulator) => Write(new(Instruction.Accumulated, Source: accumulator));

    public Value Add(Value a, Value b) => Write(new(Instruction.Add, a, b));

    public Value Subtract(Value a, Value b) => Write(new(Instruction.Subtract, a, b));

    public Value Multiply(Value a, Value b) => Write(new(Instruction.Multiply, a, b));

    public Value Divide(Value a, Value b) => Write(new(Instruction.Divide, a, b));

    public Value FusedMultiplyAdd(Value a, Value b, Value c) => Write(new(Instruction.MultiplyAdd, a, b, c));

    public Value Negate(Value a) => Write(new(Instruction.Negate, a));

    public Value Abs(Value a) => Write(new(Instruction.Abs, a));

    public Value Sqrt(Value a) => Write(new(Instruction.Sqrt, a));

    public Value Min(Value a, Value b) => Write(new(Instruction.Min, a, b));

    /// <summary>The larger of two numbers; NaN where the second is, unspecified where only the first is, or where they are zeros of different sign.</summary>
    public Value Max(Value a, Value b) => Write(new(Instruction.Max, a, b));

    public Value Round(Value a) => Write(new(Instruction.Round, a));

    public Value CopySign(Value magnitude, Value sign) => Write(new(Instruction.CopySign, magnitude, sign));

    public Value Less(Value a, Value b) => Write(new(Instruction.Less, a, b));

    public Value LessOrEqual(Value a, Value b) => Write(new(Instruction.LessOrEqual, a, b));

    public Value Equal(Value a, Value b) => Write(new(Instruction.Equal, a, b));

    public Value And(Value a, Value b) => Write(new(Instruction.And, a, b));

    public Value Or(Value a, Value b) => Write(new(Instruction.Or, a, b));

    public Value Not(Value a) => Write(new(Instruction.Not, a));

    public Value Select(Value mask, Value then, Value otherwise) => Write(new(Instruction.Select, mask, then, otherwise));

    public Value ScaleByPowerOfTwo(Value x, Value n) => Write(new(Instruction.ScaleByPowerOfTwo, x, n));

    public Value Exponent(Value x) => Write(new(Instruction.Exponent, x));

    public void Do(Statement statement) => Block.Statements.Add(statement);

    private Value Write(in ValueKey key)
    {
        for (var block = Block; block is not null; block = block.Parent)
        {
            if (known.TryGetValue(block, out var values) && values.TryGetValue(key, out var same))
            {
                return same;
            }
        }

        var value = new Value(key.Instruction, Block, key.Source as ProgramArray, key.Index)
        {
            A = key.A,
            B = key.B,
            C = key.C,
            Number = BitConverter.Int64BitsToDouble(key.Bits),
            Parameter = key.Source as Parameter,
            Accumulator = key.Source as Accumulator,
            Index2 = key.Index2,
            Varies = key.Source is ProgramArray { Memory: Memory.State } or Accumulator
                || key.Index is { VariesByRestart: true } || key.Index2 is { VariesByRestart: true }
                || key.A is { Varies: true } || key.B is { Varies: true } || key.C is { Varies: true },
        };
        if (!known.TryGetValue(Block, out var here))
        {
            known.Add(Block, here = []);
        }

        here.Add(key, value);
        Block.Statements.Add(new Let(value));
        return value;
    }

    private readonly record struct ValueKey(
        Instruction Instruction,
        Value? A = null,
        Value? B = null,
        Value? C = null,
        long Bits = 0,
        object? Source = null,
        Index? Index = null,
        Index? Index2 = null);
}
