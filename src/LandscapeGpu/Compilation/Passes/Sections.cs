namespace LandscapeGpu.Compilation;

/// <summary>Cuts a program that is very long, from a formula written out by a loop, into sections that become methods of their own.</summary>
/// <remarks>
/// The JIT compiler stops optimising long methods and gives every intermediate result of them a place on the stack, which overflows. Between
/// sections, numbers go through state.
/// </remarks>
internal static class Sections
{
    // Statements. Shorter programs are one method: nothing goes through memory that could be in a register.
    private const int LongestUndivided = 3000;
    private const int Longest = 600;

    // A loop's body stays in one method; the stack of a thread holds what it keeps, 64 bytes a result and a few for each statement.
    private const int LongestBody = 3000;

    /// <summary>Bytes of IL: RyuJIT optimises no method that is longer (its DEFAULT_MIN_OPTS_CODE_SIZE), whose vectors then go through memory and calls.</summary>
    public const int LongestOptimised = 60_000;

    /// <exception cref="ArgumentException">A loop's body is too long for a method.</exception>
    public static void Cut(Program program)
    {
        var statements = program.Body.Statements;
        if (statements.OfType<Loop>().FirstOrDefault(l => Length(l) > LongestBody) is { } loop)
        {
            throw new ArgumentException(
                $"What a Sum or Vector over {loop.Variable.Extent} repeats becomes {Length(loop)} operations with its derivative; at most {LongestBody} are compiled. Write it as several sums, or its own long sums with Sum.");
        }

        if (statements.Sum(Length) > LongestUndivided)
        {
            Divide(program);
        }
    }

    /// <summary>Cuts a program, however long it is.</summary>
    public static void Divide(Program program)
    {
        var statements = program.Body.Statements;
        var sections = InSections(statements);
        var kept = new Between(program, sections);
        statements.Clear();
        var ends = new List<int>();
        foreach (var section in sections)
        {
            statements.AddRange(kept.Complete(section));
            ends.Add(statements.Count);
        }

        program.SectionEnds = ends;
    }

    private static int Length(Statement statement) => statement is Loop loop ? 1 + loop.Body.Statements.Sum(Length) : 1;

    private static List<List<Statement>> InSections(List<Statement> statements)
    {
        var sections = new List<List<Statement>> { new() };
        var length = 0;
        foreach (var statement in statements)
        {
            // What a loop has added up is taken where the loop is.
            if (length + Length(statement) > Longest && length > 0 && statement is not Let { Value.Instruction: Instruction.Accumulated })
            {
                sections.Add([]);
                length = 0;
            }

            sections[^1].Add(statement);
            length += Length(statement);
        }

        return sections;
    }

    /// <summary>Numbers that one section makes and a later one needs.</summary>
    private sealed class Between
    {
        private readonly Block body;
        private readonly ProgramArray array;
        private readonly Dictionary<Value, int> places = [];
        private readonly Dictionary<Statement, List<Statement>> before = [];

        public Between(Program program, List<List<Statement>> sections)
        {
            body = program.Body;
            var made = new Dictionary<Value, List<Statement>>();
            foreach (var section in sections)
            {
                foreach (var let in section.OfType<Let>())
                {
                    made.Add(let.Value, section);
                }
            }

            // Its length is known when everything has a place in it.
            var needs = new List<(Statement Statement, List<Statement> Section, Value Value)>();
            foreach (var section in sections)
            {
                foreach (var statement in section)
                {
                    needs.AddRange(Needed(statement).Where(v => v.Instruction != Instruction.Constant && made.TryGetValue(v, out var home) && home != section).Distinct().Select(v => (statement, section, v)));
                }
            }

            foreach (var (_, _, value) in needs.Where(n => !IsMadeAgain(n.Value)))
            {
                places.TryAdd(value, places.Count);
            }

            array = new("between", Math.Max(1, places.Count), Memory.State);
            program.State.Add(array);
            var own = new Dictionary<(List<Statement>, Value), Value>();
            foreach (var (statement, section, value) in needs)
            {
                if (!own.TryGetValue((section, value), out var here))
                {
                    if (!before.TryGetValue(statement, out var first))
                    {
                        before.Add(statement, first = []);
                    }

                    own.Add((section, value), here = Again(value, first));
                }

                Replace(statement, value, here);
            }
        }

        /// <summary>A section with what it takes from earlier ones and leaves to later ones.</summary>
        public IEnumerable<Statement> Complete(List<Statement> section)
        {
            foreach (var statement in section)
            {
                foreach (var taken in before.GetValueOrDefault(statement) ?? [])
                {
                    yield return taken;
                }

                yield return statement;
                if (statement is Let { Value: var value } && places.TryGetValue(value, out var place))
                {
                    var left = new List<Statement>();
                    // A mask goes through memory as a number.
                    var number = IsMask(value) ? Made(new(Instruction.Select, body) { A = value, B = Constant(1, left), C = Constant(0, left), Varies = true }, left) : value;
                    foreach (var made in left)
                    {
                        yield return made;
                    }

                    yield return new Store(array, place, number);
                }
            }
        }

        private static bool IsMask(Value value) => value.Instruction >= Instruction.Less;

        /// <summary>What is the same for all restarts and read from memory is read again.</summary>
        private static bool IsMadeAgain(Value value) => !value.Varies && value.Instruction is Instruction.Parameter or Instruction.Load or Instruction.FromIndex && value.Array is not { Memory: Memory.State };

        private Value Again(Value value, List<Statement> into)
        {
            if (IsMadeAgain(value))
            {
                return Made(new(value.Instruction, body, value.Array, value.Index) { Parameter = value.Parameter }, into);
            }

            var number = Made(new(Instruction.Load, body, array, places[value]) { Varies = true }, into);
            return IsMask(value) ? Made(new(Instruction.Less, body) { A = Constant(0.5, into), B = number, Varies = true }, into) : number;
        }

        private Value Constant(double number, List<Statement> into) => Made(new(Instruction.Constant, body) { Number = number }, into);

        private static Value Made(Value value, List<Statement> into)
        {
            into.Add(new Let(value));
            return value;
        }

        private static IEnumerable<Value> Needed(Statement statement) =>
            statement is Loop loop ? loop.Body.Statements.SelectMany(Needed) : UseCounts.Read(statement);

        private static void Replace(Statement statement, Value old, Value by)
        {
            switch (statement)
            {
                case Loop loop:
                    loop.Body.Statements.ForEach(s => Replace(s, old, by));
                    break;
                case Let { Value: var v }:
                    (v.A, v.B, v.C) = (v.A == old ? by : v.A, v.B == old ? by : v.B, v.C == old ? by : v.C);
                    break;
                case Effect e:
                    (e.Value, e.Factor) = (e.Value == old ? by : e.Value, e.Factor == old ? by : e.Factor);
                    break;
            }
        }
    }
}
