namespace LandscapeGpu.Compilation;

/// <summary>
/// Multiplies a constant with a factor that other products have as well, or that is made outside of the product's loop: k·a is then computed once, and
/// (k·a)·b is what is left of k·(a·b).
/// </summary>
/// <remarks>
/// Derivatives are written with their constants in front, where sums collect them; what a step has once for all coordinates is inside, beside what each coordinate
/// has of its own. Which products these are depends on the formula alone, so that they round the same way on every device.
/// </remarks>
internal static class SharedFactors
{
    // A larger constant, or a smaller one, could leave the range of numbers with one factor where the other would bring it back.
    private const double MostScale = 1024;

    public static void Apply(Program program)
    {
        var products = program.Blocks().SelectMany(b => b.Statements).OfType<Let>().Select(l => l.Value).Where(IsScaled).ToList();
        var counts = products.SelectMany(v => v.B!.Operands.Distinct().Select(factor => (v.A!.Number, factor))).CountBy(p => p).ToDictionary();
        var scaled = new Dictionary<(double, Value), Value>();
        var after = new Dictionary<Value, List<Let>>();
        var spent = new HashSet<Value>();
        foreach (var value in products)
        {
            var (constant, product) = (value.A!, value.B!);
            // Of k·(l·(a·b)) one pair at a time: what has been taken apart is gone.
            if (spent.Contains(value) || Best(value) is not { } factor)
            {
                continue;
            }

            if (!scaled.TryGetValue((constant.Number, factor), out var own))
            {
                scaled.Add((constant.Number, factor), own = Scaled(constant.Number, factor, after));
            }

            var other = ReferenceEquals(product.A, factor) ? product.B! : product.A!;
            constant.Uses--;
            factor.Uses--;
            own.Uses++;
            spent.Add(product);
            (value.A, value.B) = (own, other);
        }

        foreach (var block in spent.Count == 0 ? [] : program.Blocks())
        {
            var statements = block.Statements.Where(s => s is not Let l || !spent.Contains(l.Value))
                .SelectMany(s => s is Let l && after.TryGetValue(l.Value, out var scales) ? scales.Prepend(l) : Enumerable.Repeat(s, 1)).ToList();
            block.Statements.Clear();
            block.Statements.AddRange(statements);
        }

        // Outside of the loop where there is one, else where it is shared most.
        Value? Best(Value value) => value.B!.Operands.Distinct()
            .Where(f => f.Instruction != Instruction.Constant && counts.TryGetValue((value.A!.Number, f), out var count) && (count > 1 || !ReferenceEquals(f.Home, value.Home)))
            .OrderBy(f => ReferenceEquals(f.Home, value.Home)).ThenByDescending(f => counts[(value.A!.Number, f)]).FirstOrDefault();
    }

    /// <summary>A constant times a product that nothing else uses.</summary>
    private static bool IsScaled(Value value) => value is
    {
        Instruction: Instruction.Multiply,
        A: { Instruction: Instruction.Constant, Number: var k },
        B: { Instruction: Instruction.Multiply, Uses: 1 } product,
    }
        && Math.Abs(k) is <= MostScale and >= 1 / MostScale && ReferenceEquals(product.Home, value.Home);

    /// <summary>constant·factor, which is computed where the factor is.</summary>
    private static Value Scaled(double number, Value factor, Dictionary<Value, List<Let>> after)
    {
        var constant = new Value(Instruction.Constant, factor.Home) { Number = number, Uses = 1 };
        var product = new Value(Instruction.Multiply, factor.Home) { A = constant, B = factor, Varies = factor.Varies };
        factor.Uses++;
        if (!after.TryGetValue(factor, out var lets))
        {
            after.Add(factor, lets = []);
        }

        lets.AddRange([new(constant), new(product)]);
        return product;
    }
}
