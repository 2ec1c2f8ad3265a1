namespace LandscapeGpu.Compilation;

/// <summary>In which order the statements of a run, which has no loop in it, are done: each where its result is needed, so that few are kept at a time.</summary>
/// <remarks>
/// The JIT compiler keeps the order it is given, so that this one decides what fits into the registers. Rounding does not depend on it: what is
/// added to one sum or element is added in the order of the statements, iteration by iteration or, where several add to one array, statement by statement.
/// Sethi and Ullman (1970), The generation of optimal code for arithmetic expressions, J. ACM 17.
/// </remarks>
internal sealed class RunSchedule(ValuePlaces places, HashSet<Value> dying)
{
    // Statements of an iteration: with fewer, the machine sees the next one at once.
    private const int LongIteration = 16;

    private readonly List<RunStep> steps = [];
    private readonly Dictionary<Value, RunValue?[]> values = [];
    private readonly Dictionary<ProgramArray, List<Access>> memory = [];
    private readonly Dictionary<object, RunStep> sums = new(ReferenceEqualityComparer.Instance);

    /// <param name="run">The statements.</param>
    /// <param name="places">What knows how many iterations run together, and what differs between them.</param>
    /// <param name="dying">The values that nothing needs after the run.</param>
    /// <param name="inStep">How many iterations go in step, if there is much to do in each; else one is done after the other.</param>
    public static List<RunStep> Of(List<Statement> run, ValuePlaces places, HashSet<Value> dying, int inStep)
    {
        var schedule = new RunSchedule(places, dying);
        schedule.Write(run);
        var ordered = schedule.Order();
        if (inStep > 1 && schedule.steps.Count >= LongIteration * places.Copies)
        {
            ordered = InStep(ordered, inStep);
        }

        for (var at = 0; at < ordered.Count; at++)
        {
            foreach (var read in ordered[at].Reads)
            {
                read.Uses.Add(at);
            }
        }

        return ordered;
    }

    /// <summary>The element of state that a statement reads or writes.</summary>
    public static (ProgramArray? Array, Index? Index) Touched(Statement statement) => statement switch
    {
        Let { Value: { Instruction: Instruction.Load, Array.Memory: Memory.State } v } => (v.Array, v.Index),
        Store s => (s.Array, s.Index),
        Accumulate s => (s.Array, s.Index),
        _ => (null, null),
    };

    /// <summary>All steps in the order that defines what is added when, and what each has to wait for.</summary>
    private void Write(List<Statement> run)
    {
        var byStatement = AddsTwice(run);
        var (outer, inner) = byStatement ? (run.Count, places.Copies) : (places.Copies, run.Count);
        for (var a = 0; a < outer; a++)
        {
            for (var b = 0; b < inner; b++)
            {
                Write(run[byStatement ? a : b], byStatement ? b : a);
            }
        }
    }

    private void Write(Statement statement, int r)
    {
        var made = statement is Let { Value: var v } ? v : null;
        if (made is not null && (made.Instruction == Instruction.Constant || Instance(made, r).Maker is not null))
        {
            return;
        }

        var step = new RunStep(statement, r);
        foreach (var operand in UseCounts.Read(statement))
        {
            if (operand.Instruction != Instruction.Constant && Instance(operand, r) is var read && !step.Reads.Contains(read))
            {
                step.Reads.Add(read);
                if (read.Maker is not null)
                {
                    step.Before.Add(read.Maker);
                }
            }
        }

        Follow(step);
        if (made is not null)
        {
            step.Makes = Instance(made, r);
            step.Makes.Maker = step;
        }
        else if (statement is AddUp or Flag)
        {
            // One sum, or one flag, in this order.
            object key = statement is AddUp add ? add.Accumulator : typeof(Flag);
            if (sums.TryGetValue(key, out var last))
            {
                step.Before.Add(last);
            }

            sums[key] = step;
        }

        steps.Add(step);
    }

    private RunValue Instance(Value value, int iteration)
    {
        if (!values.TryGetValue(value, out var own))
        {
            values.Add(value, own = new RunValue?[places.Dependence.Of(value) ? places.Copies : 1]);
        }

        var at = own.Length > 1 ? iteration : 0;
        return own[at] ??= new(value, at, places.Cost(value), !dying.Contains(value));
    }

    /// <summary>Waits for those that wrote what this step touches, or read what it writes.</summary>
    private void Follow(RunStep step)
    {
        if (Access.Of(step, places.Dependence) is not { } access)
        {
            return;
        }

        if (!memory.TryGetValue(access.Memory, out var earlier))
        {
            memory.Add(access.Memory, earlier = []);
        }

        foreach (var one in earlier)
        {
            if ((one.Writes || access.Writes) && one.MayMeet(access))
            {
                step.Before.Add(one.Step);
            }
        }

        earlier.Add(access);
    }

    private List<RunStep> Order()
    {
        foreach (var step in steps)
        {
            // Users come after what they use. What takes the most comes first, and its result is kept while the others are computed.
            step.Before.Sort((a, b) => b.Need.CompareTo(a.Need));
            for (var k = 0; k < step.Before.Count; k++)
            {
                step.Need = Math.Max(step.Need, step.Before[k].Statement is Let ? step.Before[k].Need + k : 1);
            }
        }

        var ordered = new List<RunStep>(steps.Count);
        for (var r = 0; r < places.Copies; r++)
        {
            foreach (var step in steps)
            {
                if (step.Iteration == r && step.Makes is not { IsKept: false })
                {
                    Do(step, ordered);
                }
            }
        }

        return ordered;
    }

    /// <summary>
    /// The same, but that iterations of a group take turns, a statement of one after that of another: none waits for the others, and the machine looks
    /// only so far ahead.
    /// </summary>
    private static List<RunStep> InStep(List<RunStep> ordered, int group)
    {
        var place = new Dictionary<Statement, int>();
        foreach (var step in ordered)
        {
            place.TryAdd(step.Statement, place.Count);
            (step.IsOpen, step.IsDone) = (false, false);
        }

        var turns = new List<RunStep>(ordered.Count);
        foreach (var step in ordered.OrderBy(s => s.Iteration / group).ThenBy(s => place[s.Statement]).ThenBy(s => s.Iteration))
        {
            Do(step, turns);
        }

        return turns;
    }

    /// <summary>A step, after what it waits for.</summary>
    private static void Do(RunStep root, List<RunStep> ordered)
    {
        var stack = new Stack<RunStep>();
        stack.Push(root);
        while (stack.TryPeek(out var step))
        {
            if (step.IsOpen || step.IsDone)
            {
                stack.Pop();
                if (!step.IsDone)
                {
                    step.IsDone = true;
                    ordered.Add(step);
                }

                continue;
            }

            step.IsOpen = true;
            // The last pushed is done first.
            for (var k = step.Before.Count - 1; k >= 0; k--)
            {
                if (!step.Before[k].IsDone)
                {
                    stack.Push(step.Before[k]);
                }
            }
        }
    }

    /// <summary>What is added to one array in several places is added in the same order, however many iterations run together.</summary>
    private static bool AddsTwice(List<Statement> run)
    {
        var arrays = new HashSet<ProgramArray>();
        return run.Exists(s => s is Accumulate { Array: var array } && !arrays.Add(array));
    }

    /// <summary>An element that a step reads or writes.</summary>
    private sealed record Access(RunStep Step, ProgramArray Memory, Linear? At, bool Writes)
    {
        public static Access? Of(RunStep step, Dependence dependence)
        {
            var (array, index) = Touched(step.Statement);
            var writes = step.Statement is Effect;
            return array is null ? null : new(step, array.Shares ?? array, index!.VariesByRestart ? null : Shifted(Linear.Of(index), array, step.Iteration, dependence.Loop?.Variable), writes);
        }

        /// <summary>False only where it is certain that the elements are others.</summary>
        public bool MayMeet(Access other) => !(At is { } here && other.At is { } there && here.IsBeside(there));

        /// <summary>The place in an iteration that runs with others.</summary>
        private static Linear? Shifted(Linear at, ProgramArray array, int iteration, Index? together)
        {
            if (together is null)
            {
                return at;
            }

            if (at.Terms.Any(t => !ReferenceEquals(t.Term, together) && t.Term.Free.Contains(together)))
            {
                return null;
            }

            var own = at.Terms.FirstOrDefault(t => ReferenceEquals(t.Term, together)).Factor;
            var copy = array.Free.Contains(together) ? (long)iteration * array.Length : 0;
            return at with { Constant = at.Constant + (own * iteration) + copy };
        }
    }
}
