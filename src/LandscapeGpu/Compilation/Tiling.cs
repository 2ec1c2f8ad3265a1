using LandscapeGpu.Expressions;
using Index = LandscapeGpu.Expressions.Index;

namespace LandscapeGpu.Compilation;

/// <summary>Decides how many iterations of a loop run at once, so that what they share is loaded once and chains of additions overlap.</summary>
internal static class Tiling
{
    // Four cycles of an addition times two units that add.
    private const int ChainsAtOnce = 8;

    // Statements; with so few, loads and one or two operations, the sum itself is what takes the time.
    private const int ShortBody = 16;

    public static void Apply(Program program, Target target, int width)
    {
        var registers = target.Lanes * target.ElementBytes == 64 ? 32 : 16;
        foreach (var loop in Blocks(program).SelectMany(b => b.Statements.OfType<Loop>()))
        {
            loop.Together = 1;
        }

        Visit(program.Body, false);
        foreach (var array in program.State)
        {
            array.Copies = array.Free.Variables.Length == 0 ? 1 : Copies(program, array);
        }

        void Visit(Block block, bool inTile)
        {
            foreach (var loop in block.Statements.OfType<Loop>())
            {
                var tiles = !inTile && Together(loop, registers, width) is > 1 and var t ? t : 1;
                loop.Together = tiles;
                Visit(loop.Body, inTile || tiles > 1);
            }
        }
    }

    private static int Copies(Program program, ProgramArray array) => Blocks(program)
        .SelectMany(b => b.Statements.OfType<Loop>())
        .Where(l => array.Free.Contains(l.Variable))
        .Select(l => l.Together).DefaultIfEmpty(1).Max();

    private static int Together(Loop loop, int registers, int width)
    {
        var height = Height(loop.Body);
        var most = loop.Variable.Extent.Greatest;
        if (most < 2 || height > 1)
        {
            return 1;
        }

        int want;
        if (height == 1)
        {
            // Rows of a matrix product: as many sums as registers hold, less those for one row's factors.
            var inner = loop.Body.Statements.OfType<Loop>().ToList();
            if (inner.Any(l => l.Variable.Extent.Free.Contains(loop.Variable)))
            {
                return 1;
            }

            var live = Math.Max(1, inner.Max(Live));
            want = (registers - 4) / (live * width);
        }
        else
        {
            // A short body leaves the units waiting for its own sum; a long one keeps them busy by itself.
            var sums = loop.Body.Statements.OfType<AddUp>().Count();
            return sums > 0 && loop.Body.Statements.Count <= ShortBody ? FewestTurns(loop.Variable.Extent, ChainsAtOnce / width) : 1;
        }

        want = (int)Math.Min(Math.Min(want, 8), most);
        // A number of rows that divides the extent needs no second copy of the loop for the rest.
        if (loop.Variable.Extent.IsConstant && want > 1)
        {
            for (var t = want; t > 1 && t > want / 2; t--)
            {
                if (most % t == 0)
                {
                    return t;
                }
            }
        }

        return Math.Max(1, want);
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
