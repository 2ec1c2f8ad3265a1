namespace LandscapeGpu.Compilation;

/// <summary>Where a kernel keeps the state of a restart, and which loops of its program are written out: the planner's choice.</summary>
/// <remarks>
/// Where loops are written out every index is a number, and arrays become fields of a struct, which device compilers keep in registers.
/// Loops that would be too long stay loops, the longest first, so long as they run over nothing as short as the point: those over samples
/// read data only. Arrays that are still indexed by something that changes (a circular memory) stay in memory. Where that does not make
/// the program short enough, or its point does not fit, all loops are kept and all of the state is in memory, laid out so that
/// neighbouring threads read neighbouring numbers. What is in memory may be in that which the threads of a block share (<see cref="SharedChoice"/>).
/// </remarks>
internal sealed class Residence
{
    // Device compilers take a second or two for as much; the code still fits the 128 KiB of instructions that a multiprocessor keeps.
    private const int MostOperations = 6000;

    // Of 255 registers of 32 bits a thread can have, so many may hold state; the rest is for the arithmetic.
    private const int MostRegisters = 128;

    // What is read again and again may take some of the others, and what is added up some more: that rests while samples are looked at.
    private const int MostRegistersInUse = 160;
    private const int MostRegistersWithSums = 208;

    private readonly HashSet<ProgramArray> registers;
    private readonly HashSet<Loop>? loops;

    // Where arrays are that the block shares, in elements of a thread.
    private readonly Dictionary<ProgramArray, int> shared = [];

    private Residence(HashSet<Loop>? loops, int operations, IEnumerable<ProgramArray> registers)
    {
        this.loops = loops;
        Operations = operations;
        this.registers = [.. registers];
    }

    private Residence(Residence other, IEnumerable<ProgramArray> shared)
        : this(other.loops, other.Operations, other.registers)
    {
        foreach (var together in shared.GroupBy(a => a.Shares ?? a))
        {
            foreach (var array in together)
            {
                this.shared.Add(array, SharedElements);
            }

            SharedElements += together.Max(a => a.Length * a.Copies);
        }
    }

    /// <summary>Loops are written out, but for those that would be too long, and what they index is in registers.</summary>
    public bool IsInRegisters => loops is not null;

    /// <summary>How many loops are left where others are written out.</summary>
    public int Loops => loops?.Count ?? 0;

    /// <summary>How many statements the program becomes.</summary>
    public int Operations { get; }

    /// <summary>How many numbers registers hold, of state and of data that are read again and again.</summary>
    /// <param name="isDouble">In which precision.</param>
    /// <param name="sums">How many sums they hold beside these, while parts of them are made.</param>
    public static int RegistersFor(bool isDouble, int sums = 0) => Math.Min(MostRegistersInUse / (isDouble ? 2 : 1), RegistersWithSums(isDouble) - sums);

    /// <summary>How many numbers registers hold, of state and of sums.</summary>
    public static int RegistersWithSums(bool isDouble) => MostRegistersWithSums / (isDouble ? 2 : 1);

    /// <summary>How many elements of state are registers.</summary>
    public int Registers => registers.Where(a => a.Shares is not { } earlier || !registers.Contains(earlier)).Sum(a => a.Length);

    /// <summary>How many elements of a thread's state are in memory that its block shares.</summary>
    public int SharedElements { get; }

    public bool IsRegister(ProgramArray array) => registers.Contains(array);

    /// <summary>Where an array is in memory that the block shares; null where it is elsewhere.</summary>
    public int? SharedAt(ProgramArray array) => shared.TryGetValue(array, out var at) ? at : null;

    /// <summary>Whether an array's elements are somewhere else while a thread runs than in the memory where they are between launches.</summary>
    public bool IsAway(ProgramArray array) => registers.Contains(array) || shared.ContainsKey(array);

    /// <summary>The same, with some of the arrays that are in memory in the memory that a block shares.</summary>
    public Residence WithShared(IEnumerable<ProgramArray> arrays) => new(this, arrays);

    /// <summary>Whether a loop with so many iterations is written out; null where their number is known only at run time.</summary>
    public bool WritesOut(Loop loop, long? extent) => loops is not null && extent is not null && !loops.Contains(loop);

    /// <summary>Loops are kept and all state is in memory.</summary>
    public static Residence InMemory(Program program) => new(null, program.Blocks().Sum(b => b.Statements.Count), []);

    /// <summary>Chooses for a program.</summary>
    /// <param name="program">The program of one step.</param>
    /// <param name="point">The array of the point itself: where it does not fit in registers, nothing is worth keeping there.</param>
    /// <param name="outside">Arrays that others than the program read or write at every step.</param>
    /// <param name="programs">How many programs as long the kernel is made of.</param>
    public static Residence Choose(Program program, ProgramArray point, IReadOnlyCollection<ProgramArray> outside, int programs = 1)
    {
        var most = MostOperations / programs;
        var kept = new HashSet<Loop>();
        var written = new UnrolledTraversal(kept, most);
        while (!written.Visit(program.Body))
        {
            if (new LoopLengths(kept).Longest(program, point.Length) is not { } longest)
            {
                return InMemory(program);
            }

            kept.Add(longest);
            written = new UnrolledTraversal(kept, most);
        }

        var left = MostRegisters / (program.IsDouble ? 2 : 1);
        var registers = new List<ProgramArray>();
        foreach (var array in program.State.Where(a => !written.Moving.Contains(a) && !outside.Contains(a)))
        {
            // What takes the place of something that is no longer needed takes its registers too.
            var length = array.Shares is { } earlier && registers.Contains(earlier) ? 0 : array.Length;
            if (length <= left)
            {
                registers.Add(array);
                left -= length;
            }
        }

        return registers.Contains(point) || outside.Contains(point) ? new(kept, written.Operations, registers) : InMemory(program);
    }
}
