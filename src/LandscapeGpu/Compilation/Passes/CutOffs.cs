namespace LandscapeGpu.Compilation;

/// <summary>
/// Asks of what is cut off, y = max(−c, min(c, x)), whether it was: y ≤ −c instead of min(c, x) ≤ −c, and c ≤ |y| instead of both sides. What is cut off
/// need not be kept for that, and a derivative that is zero beyond either side is masked once.
/// </summary>
/// <remarks>
/// Derivatives of a cut-off compare its operands, which is where a formula decides. For c &gt; b, max(b, x) ≥ c where x ≥ c, and max(c, x) ≤ c where x ≤ c;
/// a minimum or maximum that a constant comes first in is no number where the other is not, and no comparison holds there. So the masks are the same, bit for bit.
/// </remarks>
internal sealed class CutOffs
{
    private readonly List<Statement> written = [];
    private readonly List<Value> cut = [];
    private readonly Dictionary<Value, Value> magnitudes = [];
    private readonly Dictionary<(Value, Value), Value> either = [];
    private readonly ILookup<Value, Value> later;

    private CutOffs(Block block) =>
        later = block.Statements.OfType<Let>().Where(l => l.Value.Instruction == Instruction.Abs).ToLookup(l => l.Value.A!, l => l.Value);

    public static void Apply(Program program)
    {
        foreach (var block in program.Blocks())
        {
            var own = new CutOffs(block);
            block.Statements.ForEach(own.Write);
            block.Statements.Clear();
            block.Statements.AddRange(own.written);
        }
    }

    private void Write(Statement statement)
    {
        if (statement is Let { Value: var value })
        {
            switch (value.Instruction)
            {
                case Instruction.Min or Instruction.Max when IsConstant(value.A!):
                    cut.Add(value);
                    break;
                case Instruction.Abs when !magnitudes.TryAdd(value.A!, value) && ReferenceEquals(magnitudes[value.A!], value):
                    return;
                case Instruction.LessOrEqual when IsConstant(value.A!):
                    value.B = Furthest(value.B!, value.A!, isAbove: true);
                    break;
                case Instruction.LessOrEqual when IsConstant(value.B!):
                    value.A = Furthest(value.A!, value.B!, isAbove: false);
                    break;
                case Instruction.Or:
                    either[(value.A!, value.B!)] = either[(value.B!, value.A!)] = value;
                    Join(value);
                    break;
                case Instruction.Select when IsZero(value.B!) && value.C is { Instruction: Instruction.Select } inner && IsZero(inner.B!) && either.TryGetValue((value.A!, inner.A!), out var both):
                    (value.A, value.C) = (both, inner.C);
                    break;
            }
        }

        written.Add(statement);
    }

    /// <summary>What x has become after cuts that leave the same answer to whether it is at least, or at most, a bound.</summary>
    private Value Furthest(Value x, Value bound, bool isAbove)
    {
        foreach (var next in cut)
        {
            // The cut at the bound itself, or one on the other side of it.
            var isSame = next.Instruction == (isAbove ? Instruction.Min : Instruction.Max) && next.A!.Number == bound.Number;
            var isBeyond = isAbove ? next.Instruction == Instruction.Max && next.A!.Number < bound.Number : next.Instruction == Instruction.Min && next.A!.Number > bound.Number;
            if (ReferenceEquals(next.B, x) && (isSame || isBeyond))
            {
                x = next;
            }
        }

        return x;
    }

    /// <summary>y ≤ −c or c ≤ y, which is c ≤ |y|.</summary>
    private void Join(Value either)
    {
        foreach (var (low, high) in new[] { (either.A!, either.B!), (either.B!, either.A!) })
        {
            if (low is { Instruction: Instruction.LessOrEqual, A: var y, B: { Instruction: Instruction.Constant, Number: var least } }
                && high is { Instruction: Instruction.LessOrEqual, A: { Instruction: Instruction.Constant, Number: > 0 and var most } bound, B: var same }
                && ReferenceEquals(y, same) && least == -most)
            {
                (either.Instruction, either.A, either.B) = (Instruction.LessOrEqual, bound, MagnitudeOf(y!, either));
                return;
            }
        }
    }

    private Value MagnitudeOf(Value y, Value user)
    {
        if (!magnitudes.TryGetValue(y, out var magnitude))
        {
            // One that the block comes to later is made here.
            magnitudes.Add(y, magnitude = later[y].FirstOrDefault() ?? new(Instruction.Abs, user.Home) { A = y, Varies = y.Varies });
            written.Add(new Let(magnitude));
        }

        return magnitude;
    }

    private static bool IsConstant(Value value) => value.Instruction == Instruction.Constant;

    private static bool IsZero(Value value) => IsConstant(value) && value.Number == 0;
}
