namespace LandscapeGpu.Compilation;

/// <summary>Counts how often each value is used, and drops those that never are.</summary>
internal static class UseCounts
{
    public static void Set(Program program)
    {
        var blocks = program.Blocks().ToList();
        foreach (var block in blocks)
        {
            foreach (var value in block.Statements.SelectMany(Read))
            {
                value.Uses++;
            }
        }

        // Users come after what they use, and inner blocks after outer ones.
        blocks.Reverse();
        foreach (var block in blocks)
        {
            for (var k = block.Statements.Count - 1; k >= 0; k--)
            {
                if (block.Statements[k] is Let { Value.Uses: 0 } unused)
                {
                    block.Statements.RemoveAt(k);
                    foreach (var operand in unused.Value.Operands)
                    {
                        operand.Uses--;
                    }
                }
            }
        }
    }

    public static IEnumerable<Value> Read(Statement statement) => statement switch
    {
        Let s => s.Value.Operands,
        Effect { Factor: { } factor } s => [s.Value, factor],
        Effect s => [s.Value],
        _ => [],
    };

    /// <summary>For each statement, the values of this block that nothing needs after it.</summary>
    public static Dictionary<int, List<Value>> LastUses(Block block)
    {
        var last = new Dictionary<Value, int>();
        for (var k = 0; k < block.Statements.Count; k++)
        {
            if (block.Statements[k] is Let { Value: var defined })
            {
                last[defined] = k;
            }

            foreach (var used in UsedBy(block.Statements[k]).Where(v => ReferenceEquals(v.Home, block)))
            {
                last[used] = k;
            }
        }

        return last.GroupBy(p => p.Value, p => p.Key).ToDictionary(g => g.Key, g => g.ToList());
    }

    /// <summary>What a statement uses, with all that its blocks use.</summary>
    public static IEnumerable<Value> UsedBy(Statement statement) => statement is Loop loop
        ? loop.Body.Statements.SelectMany(UsedBy)
        : Read(statement);
}

/// <summary>Joins a product with the addition that is its only use: one instruction, one rounding.</summary>
internal static class Contraction
{
    public static void Apply(Program program)
    {
        foreach (var block in program.Blocks())
        {
            var joined = new HashSet<Value>();
            foreach (var statement in block.Statements)
            {
                switch (statement)
                {
                    case Let s:
                        Join(s.Value, block, joined);
                        break;
                    case Effect s and (AddUp or Accumulate):
                        Join(s, block, joined);
                        break;
                }
            }

            block.Statements.RemoveAll(s => s is Let l && joined.Contains(l.Value));
        }
    }

    private static void Join(Value v, Block block, HashSet<Value> joined)
    {
        (Value? Product, Instruction Instruction, Value? Other) joint = v.Instruction switch
        {
            Instruction.Add when Joins(v.B, block) => (v.B, Instruction.MultiplyAdd, v.A),
            Instruction.Add when Joins(v.A, block) => (v.A, Instruction.MultiplyAdd, v.B),
            Instruction.Subtract when Joins(v.B, block) => (v.B, Instruction.NegativeMultiplyAdd, v.A),
            Instruction.Subtract when Joins(v.A, block) => (v.A, Instruction.MultiplySubtract, v.B),
            _ => default,
        };
        if (joint.Product is { } product)
        {
            joined.Add(product);
            (v.Instruction, v.A, v.B, v.C) = (joint.Instruction, product.A, product.B, joint.Other);
        }
    }

    private static void Join(Effect effect, Block block, HashSet<Value> joined)
    {
        if (effect.Value is { Instruction: Instruction.Negate, Uses: 1, A: { } positive } negation && ReferenceEquals(negation.Home, block))
        {
            joined.Add(negation);
            (effect.Value, effect.Negated) = (positive, true);
        }

        if (effect.Value is { } product && Joins(product, block))
        {
            joined.Add(product);
            (effect.Factor, effect.Value) = (product.B!, product.A!);
        }
    }

    private static bool Joins([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] Value? product, Block block) =>
        product is { Instruction: Instruction.Multiply, Uses: 1 } && ReferenceEquals(product.Home, block);
}
