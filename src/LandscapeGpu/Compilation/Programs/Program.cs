namespace LandscapeGpu.Compilation;

/// <summary>What a step of a program computes; each is one or a few machine instructions.</summary>
internal enum Instruction
{
    Constant,
    Parameter,
    Load,
    FromIndex,

    /// <summary>What a loop has added up.</summary>
    Accumulated,

    Add,
    Subtract,
    Multiply,
    Divide,

    /// <summary>a·b + c.</summary>
    MultiplyAdd,

    /// <summary>a·b − c.</summary>
    MultiplySubtract,

    /// <summary>c − a·b.</summary>
    NegativeMultiplyAdd,

    Negate,
    Min,
    Max,
    Abs,
    Sqrt,
    Round,
    CopySign,
    ScaleByPowerOfTwo,
    Exponent,
    Select,

    // Masks.
    Less,
    LessOrEqual,
    Equal,
    And,
    Or,
    Not,

    /// <summary>The first, where the second does not hold: only in code of lanes.</summary>
    AndNot,
    IndexLess,
    IndexEqual,
}

internal enum Memory
{
    /// <summary>One value per restart.</summary>
    State,

    /// <summary>Numbers that are the same for all restarts.</summary>
    Data,

    /// <summary>Whole numbers that are the same for all restarts.</summary>
    IndexData,
}

/// <summary>An array a program reads or writes.</summary>
internal sealed class ProgramArray(string name, int length, Memory memory)
{
    public string Name { get; } = name;

    public int Length { get; } = length;

    public Memory Memory { get; } = memory;

    /// <summary>The loops in each of whose iterations it is made anew.</summary>
    public VariableSet Free { get; init; } = VariableSet.Empty;

    /// <summary>Set: this array lies where that one does, which is no longer needed when this one is made.</summary>
    public ProgramArray? Shares { get; set; }

    /// <summary>How many copies there are, one for each iteration that runs at once; element e of copy r is at r·Length + e.</summary>
    public int Copies { get; set; } = 1;

    /// <summary>Where it begins in its memory, in elements.</summary>
    public int Offset { get; set; }

    public override string ToString() => Name;
}

/// <summary>Where a vector is kept: in an array, beginning at an index.</summary>
internal sealed record Storage(ProgramArray Array, Index Start);

/// <summary>A number that a program computes, once for every iteration of the loops around its block.</summary>
internal sealed class Value(Instruction instruction, Block home, ProgramArray? array = null, Index? index = null)
{
    public Instruction Instruction { get; set; } = instruction;

    public Block Home { get; } = home;

    public Value? A { get; set; }

    public Value? B { get; set; }

    public Value? C { get; set; }

    public double Number { get; init; }

    public Parameter? Parameter { get; init; }

    public ProgramArray? Array { get; private set; } = array;

    public Index? Index { get; private set; } = index;

    public Index? Index2 { get; init; }

    public Accumulator? Accumulator { get; init; }

    /// <summary>Reads the number from another place.</summary>
    public void Redirect(ProgramArray array, Index index) => (Array, Index) = (array, index);

    /// <summary>False for numbers that are the same for all restarts.</summary>
    public bool Varies { get; init; }

    public int Uses { get; set; }

    public IEnumerable<Value> Operands
    {
        get
        {
            if (A is not null)
            {
                yield return A;
            }

            if (B is not null)
            {
                yield return B;
            }

            if (C is not null)
            {
                yield return C;
            }
        }
    }
}

/// <summary>What a loop adds up.</summary>
internal sealed class Accumulator
{
    /// <summary>The loop whose iterations are added.</summary>
    public required Index Variable { get; init; }
}

/// <summary>A step of a block.</summary>
internal abstract class Statement;

/// <summary>Computes a value.</summary>
internal sealed class Let(Value value) : Statement
{
    public Value Value { get; } = value;
}

/// <summary>Runs a block for every value of an index.</summary>
internal sealed class Loop(Index variable, Block body) : Statement
{
    public Index Variable { get; } = variable;

    public Block Body { get; } = body;

    /// <summary>How many iterations run at once, to keep the arithmetic units busy.</summary>
    public int Together { get; set; } = 1;

    /// <summary>Whether iterations that run at once have sums of their own, added at the end.</summary>
    public bool SplitsSums { get; set; }
}

/// <summary>What is done with a value, or with the product of two, negated or not.</summary>
internal abstract class Effect(Value value) : Statement
{
    public Value Value { get; set; } = value;

    /// <summary>Set: the product Value·Factor is meant.</summary>
    public Value? Factor { get; set; }

    public bool Negated { get; set; }
}

/// <summary>Adds into an accumulator.</summary>
internal sealed class AddUp(Accumulator accumulator, Value value) : Effect(value)
{
    public Accumulator Accumulator { get; } = accumulator;
}

/// <summary>Writes an element of an array.</summary>
internal sealed class Store(ProgramArray array, Index index, Value value) : Effect(value)
{
    public ProgramArray Array { get; } = array;

    public Index Index { get; } = index;
}

/// <summary>Adds into an element of an array.</summary>
internal sealed class Accumulate(ProgramArray array, Index index, Value value) : Effect(value)
{
    public ProgramArray Array { get; } = array;

    public Index Index { get; } = index;
}

/// <summary>Makes the program answer "some lane" if the mask holds in any lane.</summary>
internal sealed class Flag(Value value) : Effect(value);

/// <summary>Statements in order.</summary>
internal sealed class Block(Block? parent, Index? variable)
{
    public Block? Parent { get; } = parent;

    /// <summary>The index of the loop whose body this is; null at the top.</summary>
    public Index? Variable { get; } = variable;

    public List<Statement> Statements { get; } = [];
}

/// <summary>Loops over arithmetic: what a device runs.</summary>
internal sealed class Program(bool isDouble)
{
    public bool IsDouble { get; } = isDouble;

    /// <summary>Whether data are read from memory even where their numbers are known when code is written: others can take their place.</summary>
    public bool KeepsData { get; init; }

    public Block Body { get; } = new(null, null);

    /// <summary>Arrays of one value per restart, in the order of memory.</summary>
    public List<ProgramArray> State { get; } = [];

    /// <summary>Arrays of the objective's data, in the order of memory.</summary>
    public List<(ProgramArray Array, Data Values)> Data { get; } = [];

    /// <summary>Arrays of whole numbers, in the order of memory.</summary>
    public List<(ProgramArray Array, IndexData Values)> Indices { get; } = [];

    /// <summary>Parameters, in the order of memory.</summary>
    public List<Parameter> Parameters { get; } = [];

    /// <summary>What it was written from.</summary>
    public Formulas? Formulas { get; init; }

    /// <summary>The array of state that holds the numbers of the samples drawn; null where none are.</summary>
    public ProgramArray? Batch { get; set; }

    /// <summary>How many whole numbers a device changes between steps.</summary>
    public int Slots { get; set; }

    /// <summary>How many values the first of them takes in turn, step by step; 0 where it does not.</summary>
    public int Turns { get; set; }

    /// <summary>Where sections of the body end that become methods of their own, as numbers of statements; null where it is one method.</summary>
    public IReadOnlyList<int>? SectionEnds { get; set; }

    /// <summary>The sections: statements from the first to before the last.</summary>
    public IEnumerable<(int Begin, int End)> Sections() => (SectionEnds ?? [Body.Statements.Count]).Prepend(0).Zip(SectionEnds ?? [Body.Statements.Count]);

    /// <summary>All blocks, outer before inner.</summary>
    public IEnumerable<Block> Blocks()
    {
        var pending = new Stack<Block>([Body]);
        while (pending.TryPop(out var block))
        {
            yield return block;
            foreach (var loop in block.Statements.OfType<Loop>())
            {
                pending.Push(loop.Body);
            }
        }
    }
}
