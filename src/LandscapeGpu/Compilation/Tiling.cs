using LandscapeGpu.Expressions;
using Index = LandscapeGpu.Expressions.Index;

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

    public static void Apply(Program program, Target target, int width)
    {
        var registers = target.Lanes * target.ElementBytes == 64 ? 32 : 16;
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
                if (rows)
                {
                    loop.Together = Rows(loop, registers, width);
                }
                else if (!inRows && IsShortSum(loop))
                {
                    loop.Together = FewestTurns(loop.Variable.Extent, PartialSums);
                    loop.SplitsSums = loop.Together > 1;
                }

                Visit(loop.Body, inRows || rows);
            }
        }
    }

    private static int Copies(Program program, ProgramArray array) => Blocks(program)
        .SelectMany(b => b.Statements.OfType<Loop>())
        .Where(l => array.Free.Contains(l.Variable))
        .Select(l => l.Together).DefaultIfEmpty(1).Max();

    /// <summary>A loop around innermost loops that are as long in each of its iterations: the rows of a matrix product.</summary>
    private static bool HasRows(Loop loop) => loop.Variable.Extent.Greatest >= 2 && Height(loop.Body) == 1
        && loop.Body.Statements.OfType<Loop>().All(l => !l.Variable.Extent.Free.Contains(loop.Variable));

    /// <summary>As many rows as registers hold sums, less those for one row's factors.</summary>
    private static int Rows(Loop loop, int registers, int width)
    {
        var live = Math.Max(1, loop.Body.Statements.OfType<Loop>().Max(Live));
        var most = loop.Variable.Extent.Greatest;
        var want = (int)Math.Min(Math.Min((registers - 4) / (live * width), MostRows), most);
        // A number of rows that divides the extent needs no second copy of the loop for the rest.
        for (var t = want; loop.Variable.Extent.IsConstant && t > 1 && t > want / 2; t--)
        {
            if (most % t == 0)
            {
                return t;
            }
        }

        return Math.Max(1, want);
    }

    /// <summary>An innermost loop whose body is so short that the units would wait for its own sum.</summary>
    private static bool IsShortSum(Loop loop) => loop.Variable.Extent.Greatest >= 2 && Height(loop.Body) == 0
        && loop.Body.Statements.Count <= ShortBody && loop.Body.Statements.OfType<AddUp>().Any();

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
