using LandscapeGpu.Expressions;
using Index = LandscapeGpu.Expressions.Index;

namespace LandscapeGpu.Compilation;

/// <summary>Where a kernel keeps the state of a restart, and how its program is written: the planner's choice.</summary>
/// <remarks>
/// A small program is written out, loops and all: every index is then a number, and arrays become fields of a struct, which device
/// compilers keep in registers. Arrays that are still indexed by something that changes (a circular memory) stay in memory. A larger
/// program keeps its loops and all of its state in memory, laid out so that neighbouring threads read neighbouring numbers.
/// </remarks>
internal sealed class Residence
{
    // Beyond this the device compilers' time explodes, and their registers are long used up.
    private const int MostOperations = 3000;

    // Of 255 registers of 32 bits a thread can have, so many may hold state; the rest is for the arithmetic.
    private const int MostRegisters = 128;

    private readonly HashSet<ProgramArray> registers;

    private Residence(bool isWrittenOut, int operations, IEnumerable<ProgramArray> registers)
    {
        IsWrittenOut = isWrittenOut;
        Operations = operations;
        this.registers = [.. registers];
    }

    /// <summary>Loops are unrolled and arrays are registers.</summary>
    public bool IsWrittenOut { get; }

    /// <summary>How many statements the program becomes.</summary>
    public int Operations { get; }

    /// <summary>How many elements of state are registers.</summary>
    public int Registers => registers.Where(a => a.Shares is not { } earlier || !registers.Contains(earlier)).Sum(a => a.Length);

    public bool IsRegister(ProgramArray array) => registers.Contains(array);

    /// <summary>Loops are kept and all state is in memory.</summary>
    public static Residence InMemory(Program program) => new(false, program.Blocks().Sum(b => b.Statements.Count), []);

    /// <summary>Chooses for a program.</summary>
    /// <param name="program">The program of one step.</param>
    /// <param name="point">The array of the point itself: where it does not fit in registers, nothing is worth keeping there.</param>
    /// <param name="outside">Arrays that others than the program read or write at every step.</param>
    public static Residence Choose(Program program, ProgramArray point, IReadOnlyCollection<ProgramArray> outside)
    {
        var count = new Unrolled();
        if (!count.Visit(program.Body))
        {
            return InMemory(program);
        }

        var left = MostRegisters / (program.IsDouble ? 2 : 1);
        var registers = new List<ProgramArray>();
        foreach (var array in program.State.Where(a => !count.Moving.Contains(a) && !outside.Contains(a)))
        {
            // What takes the place of something that is no longer needed takes its registers too.
            var length = array.Shares is { } earlier && registers.Contains(earlier) ? 0 : array.Length;
            if (length <= left)
            {
                registers.Add(array);
                left -= length;
            }
        }

        return registers.Contains(point) || outside.Contains(point) ? new(true, count.Operations, registers) : InMemory(program);
    }

    /// <summary>Runs through the program as it will be when written out.</summary>
    private sealed class Unrolled
    {
        private readonly IndexValues values = new();

        public int Operations { get; private set; }

        /// <summary>Arrays with an index that is not a number even then.</summary>
        public HashSet<ProgramArray> Moving { get; } = [];

        public bool Visit(Block block)
        {
            foreach (var statement in block.Statements)
            {
                if (++Operations > MostOperations)
                {
                    return false;
                }

                switch (statement)
                {
                    case Let { Value: { Instruction: Instruction.Load, Array.Memory: Memory.State } v }:
                        Note(v.Array!, v.Index!);
                        break;
                    case Store s:
                        Note(s.Array, s.Index);
                        break;
                    case Accumulate s:
                        Note(s.Array, s.Index);
                        break;
                    case Loop loop when !Visit(loop):
                        return false;
                }
            }

            return true;
        }

        private bool Visit(Loop loop)
        {
            var extent = values.Of(loop.Variable.Extent);
            for (var k = 0; k < extent; k++)
            {
                values.Set(loop.Variable, k);
                if (!Visit(loop.Body))
                {
                    return false;
                }
            }

            values.Clear(loop.Variable);
            return extent is not null;
        }

        private void Note(ProgramArray array, Index index)
        {
            if (values.Of(index) is null)
            {
                Moving.Add(array);
            }
        }
    }
}
