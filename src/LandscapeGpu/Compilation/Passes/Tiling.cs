using System.Runtime.Intrinsics;

namespace LandscapeGpu.Compilation;

/// <summary>Decides how many iterations of a loop run at once, so that what they share is loaded once and chains of additions overlap.</summary>
/// <remarks>
/// How a sum is split into partial sums depends on the program alone, so that rounding is the same on every device; only how
/// many rows run together depends on the registers, and rows are added up in their order.
/// </remarks>
internal static class Tiling
{
    // Four cycles of an addition, and more than one unit that adds; six sums of two vectors still fit into sixteen registers.
    private const int PartialSums = 6;

    // Statements; with so few, loads and one or two operations, the sum itself is what takes the time.
    private const int ShortBody = 16;

    private const int MostRows = 8;

    // Lengths of a loop that are looked at.
    private const int MostLengths = 64;

    private const int FewestRegisters = 16;

    // Iterations of a loop around nests that run together, and how many statements may be repeated for each.
    private const int ManyInBlock = 8;
    private const int FewInBlock = 2;
    private const int ShortBlock = 120;

    // Statements; beyond, counting and jumping is less than a tenth of an iteration.
    private const int ShortTurn = 24;

    public static void Apply(Program program, int width)
    {
        // A machine with vectors of 512 bits has twice the registers, for narrower ones as well.
        var registers = Vector512.IsHardwareAccelerated ? 2 * FewestRegisters : FewestRegisters;
        Visit(program.Body, false);
        foreach (var array in program.State)
        {
            array.Copies = array.Free.Variables.Length == 0 ? 1 : Copies(program, array);
        }

        void Visit(Block block, bool inRows)
        {
            foreach (var loop in block.Statements.OfType<Loop>())
            {
                (loop.Together, loop.SplitsSums) = (1, false);
                var rows = !inRows && HasRows(loop);
                var blocks = !inRows && !rows && HasBlocks(loop);
                if (blocks)
                {
                    loop.Together = BlockSize(loop);
                }
                else if (rows)
                {
                    loop.Together = Rows(loop, registers, width);
                }
                else if (!inRows && IsShortSum(loop))
                {
                    loop.Together = FewestTurns(loop.Variable.Extent, PartialSums);
                    loop.SplitsSums = loop.Together > 1;
                }
                else if (!inRows && IsShortTurn(loop))
                {
                    loop.Together = LargestDivisor(loop.Variable.Extent.Value);
                }

                Visit(loop.Body, inRows || rows || blocks);
            }
        }
    }

    private static int Copies(Program program, ProgramArray array) => Blocks(program)
        .SelectMany(b => b.Statements.OfType<Loop>())
        .Where(l => array.Free.Contains(l.Variable))
        .Select(l => l.Together).DefaultIfEmpty(1).Max();

    /// <summary>A loop around innermost loops that are as long in each of its iterations: the rows of a matrix product.</summary>
    internal static bool HasRows(Loop loop) => loop.Variable.Extent.Greatest >= 2 && Height(loop.Body) == 1
        && loop.Body.Statements.OfType<Loop>().All(l => !l.Variable.Extent.Free.Contains(loop.Variable));

    /// <summary>A loop around nests of others that touch the same state in each of its iterations: the samples of a network's loss.</summary>
    internal static bool HasBlocks(Loop loop)
    {
        var inside = Inside(loop.Body).ToList();
        return Height(loop.Body) >= 2 && loop.Variable.Extent.Least >= 2 * ManyInBlock
            && inside.SelectMany(b => b.Statements).OfType<Loop>().All(l => !l.Variable.Extent.Free.Contains(loop.Variable))
            && inside.Where(b => Height(b) == 0).SelectMany(b => b.Statements).Any(s => s switch
            {
                Let { Value: { Instruction: Instruction.Load, Array.Memory: Memory.State } v } => !Changes(v.Array!, v.Index!),
                Accumulate a => !Changes(a.Array, a.Index),
                _ => false,
            });

        bool Changes(ProgramArray array, Index index) => index.Free.Contains(loop.Variable) || array.Free.Contains(loop.Variable);
    }

    /// <summary>
    /// Depends on the program alone: what different statements add to one element is added in an order that depends on it.
    /// </summary>
    private static int BlockSize(Loop loop) => Inside(loop.Body).Sum(b => b.Statements.Count) switch
    {
        <= ShortBlock => ManyInBlock,
        <= 2 * ShortBlock => FewInBlock,
        _ => 1,
    };

    private static IEnumerable<Block> Inside(Block block) => block.Statements.OfType<Loop>().SelectMany(l => Inside(l.Body)).Prepend(block);

    /// <summary>As many rows as registers hold sums, less those for one row's factors.</summary>
    private static int Rows(Loop loop, int registers, int width)
    {
        // Two vectors of factors and a number that rows multiply them with; the compiler wants two more.
        var factors = 5;
        if (OrderMatters(loop))
        {
            (registers, width, factors) = (FewestRegisters, 2, 4);
        }

        var live = Math.Max(1, loop.Body.Statements.OfType<Loop>().Max(Live));
        var most = loop.Variable.Extent.Greatest;
        var want = (int)Math.Min(Math.Min((registers - factors) / (live * width), MostRows), most);
        // A number of rows that divides the extent needs no second copy of the loop for the rest.
        for (var t = want; loop.Variable.Extent.IsConstant && t > 1 && t > want / 2; t--)
        {
            if (most % t == 0)
            {
                return t;
            }
        }

        return loop.Variable.Extent.IsConstant ? Math.Max(1, want) : ShortestWay(loop.Variable.Extent, Math.Max(1, want));
    }

    /// <summary>Of a loop that runs as often as an index around it says, so many rows that few are left over, which run one by one: with 5 at once, ten of the 15 pairs j &lt; i &lt; 6 do.</summary>
    private static int ShortestWay(Index extent, int most)
    {
        // Of one row every operation waits for the one before; with each further row about a third is added.
        const double FurtherRow = 1.0 / 3;
        var least = (int)Math.Max(0, extent.Least);
        var lengths = Enumerable.Range(least, (int)Math.Min(extent.Greatest - least, MostLengths) + 1).ToList();
        var best = Enumerable.Range(1, most).GroupBy(t => Math.Round(lengths.Sum(n => ((n / t) * (1 + ((t - 1) * FurtherRow))) + (n % t)), 9)).MinBy(g => g.Key)!.ToList();
        // Where several are as good, neither few with little to overlap nor many for few registers.
        return best[best.Count / 2];
    }

    /// <summary>
    /// Whether elements are added to in another order when rows run together: by more than one statement, or by several
    /// iterations of an inner loop. The number of rows must then be the same for all widths and machines.
    /// </summary>
    internal static bool OrderMatters(Loop loop)
    {
        var adds = Inside(loop.Body).SelectMany(b => b.Statements.OfType<Accumulate>().Select(a => (Block: b, a.Array, a.Index))).ToList();
        return adds.DistinctBy(a => a.Array).Count() < adds.Count || adds.Exists(a => !ReferenceEquals(a.Block, loop.Body) && !IsOneToOne(a.Index, a.Block.Variable!));
    }

    private static bool IsOneToOne(Index index, Index variable) => Linear.Of(index).Terms is var terms
        && terms.Any(t => ReferenceEquals(t.Term, variable)) && terms.All(t => ReferenceEquals(t.Term, variable) || !t.Term.Free.Contains(variable));

    /// <summary>An innermost loop whose body is so short that the units would wait for its own sum.</summary>
    private static bool IsShortSum(Loop loop) => loop.Variable.Extent.Greatest >= 2 && Height(loop.Body) == 0
        && loop.Body.Statements.Count <= ShortBody && loop.Body.Statements.OfType<AddUp>().Any();

    /// <summary>An innermost loop whose iterations are so short that to count them takes a part of the time, and that adds up nothing, for which several would want registers.</summary>
    private static bool IsShortTurn(Loop loop) => loop.Variable.Extent.IsConstant && Height(loop.Body) == 0
        && loop.Body.Statements.Count <= ShortTurn && loop.Body.Statements.All(s => s is Let or Store);

    private static int LargestDivisor(long n)
    {
        var most = PartialSums;
        while (n % most != 0)
        {
            most--;
        }

        return most;
    }

    /// <summary>The number of iterations at once that leaves the shortest way through the loop, the rest one by one included.</summary>
    private static int FewestTurns(Index extent, int most)
    {
        var n = (int)Math.Min(extent.Greatest, 1 << 20);
        return extent.IsConstant
            ? Enumerable.Range(1, Math.Max(1, Math.Min(most, n))).MinBy(t => ((n / t) + (n % t), -t))
            : Math.Max(1, Math.Min(most, n));
    }

    /// <summary>Roughly how many registers one iteration of a loop needs: its sums, and what its longest chain keeps.</summary>
    private static int Live(Loop loop)
    {
        var sums = loop.Body.Statements.OfType<AddUp>().Count();
        var operations = loop.Body.Statements.OfType<Let>().Count(l => l.Value.Instruction is not (Instruction.Load or Instruction.Constant));
        return sums + Math.Min(4, operations / 3) + (loop.Body.Statements.OfType<Accumulate>().Any() ? 1 : 0);
    }

    private static int Height(Block block) =>
        block.Statements.OfType<Loop>().Select(l => 1 + Height(l.Body)).DefaultIfEmpty(0).Max();

    private static IEnumerable<Block> Blocks(Program program) => program.Blocks();
}
