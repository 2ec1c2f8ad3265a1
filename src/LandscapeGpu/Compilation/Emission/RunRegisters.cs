namespace LandscapeGpu.Compilation;

/// <summary>Which values are in registers while the steps of a run are done, and which are read from memory.</summary>
/// <remarks>
/// A value that is not needed for longest gives way (Belady); what was read from memory is read again, all else is put into aligned memory of the
/// state. A vector instruction reads one operand from memory at no cost. Left to itself, the JIT compiler spills to a stack whose vectors
/// straddle lines of the cache, and what it takes out of a loop is counted by nobody.
/// </remarks>
internal sealed class RunRegisters
{
    // Registers that the compiler wants for itself: an operand, and a copy of one that an instruction overwrites.
    private const int ForTheCompiler = 2;

    // Steps. What is needed again as soon goes back into a register. At 16 registers anything from 5 to 20 makes the same code of Rastrigin, Ackley, the ReLU
    // network and 13 atoms to 3 instructions; never makes Ackley's step 1,086 instructions long instead of 1,008, and 40 the network's 1,608 instead of 1,583.
    private const int Soon = 10;

    // Uses of a constant for which loading it into a register does not pay: one by each of two vectors, which read it as an operand at no cost. Of the same
    // programs 2 and 4 make the same code; with 0 the network spills 75 times instead of 68, with 8 the atoms read memory four times more.
    private const int FewUses = 2;

    private readonly ValueEmitter values;
    private readonly List<RunStep> steps;
    private readonly Block block;
    private readonly int width;
    private readonly List<RunValue> live = [];
    private readonly Dictionary<ProgramArray, List<int>> writes = [];
    private int room;
    private int taken;

    /// <param name="block">The block that the run is part of: only its own values come and go; those from around it stay, for it may be a loop's body.</param>
    /// <param name="values">Where values are.</param>
    /// <param name="steps">In the order in which they are done.</param>
    /// <param name="layout">How many vectors there are, and how many registers.</param>
    /// <param name="held">How many elements are added to in registers.</param>
    public RunRegisters(Block block, ValueEmitter values, List<RunStep> steps, Layout layout, int held)
    {
        (this.block, this.values, this.steps, width, room) = (block, values, steps, values.Places.Width, Room(layout.Target));
        if (room == int.MaxValue)
        {
            return;
        }

        room -= width * held;
        var sums = new HashSet<Accumulator>();
        for (var at = 0; at < steps.Count; at++)
        {
            foreach (var read in steps[at].Reads)
            {
                // What is there from before.
                if (read.Maker is null && read.Uses[0] == at && values.Places.IsKept(read.Value, read.Iteration))
                {
                    Add(read);
                }
            }

            if (steps[at].Makes is { Value.Instruction: Instruction.Accumulated } sum)
            {
                // In its registers since the loop ended, whenever its turn comes.
                values.Emit(sum.Value, sum.Iteration, values.Places.Vectors.From);
                Add(sum);
            }

            switch (steps[at].Statement)
            {
                case Store s:
                    Write(s.Array, at);
                    break;
                case Accumulate s:
                    Write(s.Array, at);
                    break;
                case AddUp s when sums.Add(s.Accumulator):
                    room -= values.RegistersOf(s.Accumulator);
                    break;
            }
        }

        if (layout.Constants is not null)
        {
            KeepConstants(room - Peak());
        }
    }

    /// <summary>How many registers there are for values.</summary>
    public static int Room(Target target) => target.Registers == int.MaxValue ? int.MaxValue : target.Registers - ForTheCompiler;

    /// <summary>Makes room for what a step makes, and brings back what it needs.</summary>
    /// <returns>Whether the step is to be done: false for a number that is read where it is used.</returns>
    public bool Before(int at)
    {
        var step = steps[at];
        if (room == int.MaxValue)
        {
            return true;
        }

        foreach (var read in step.Reads)
        {
            // Read twice by this step, or soon again.
            if (IsOwn(read) && !values.Places.IsKept(read.Value, read.Iteration) && (read.Cost < width || read.Next(at + 1, steps.Count) - at <= Soon))
            {
                MakeRoom(at, read.Cost);
                foreach (var w in values.Places.Own(read.Value))
                {
                    values.Bring(read.Value, read.Iteration, w);
                }

                Add(read);
            }
        }

        if (step.Makes is not { Value.Instruction: not Instruction.Accumulated } made)
        {
            return true;
        }

        if (IsReadOnce(made, at))
        {
            return false;
        }

        var freed = 0;
        foreach (var read in step.Reads)
        {
            if (IsLast(read, at) && live.Contains(read))
            {
                freed += read.Cost;
                values.LastRead.Add((read.Value, read.Iteration));
            }
        }

        MakeRoom(at, made.Cost - freed);
        Add(made);
        return true;
    }

    /// <summary>Gives back what no later step needs.</summary>
    public void After(int at)
    {
        values.LastRead.Clear();
        foreach (var read in steps[at].Reads)
        {
            if (IsLast(read, at))
            {
                Remove(read);
                values.Places.Release(read.Value, read.Iteration);
            }
        }
    }

    private void Add(RunValue value)
    {
        live.Add(value);
        taken += value.Cost;
    }

    private void Remove(RunValue value) => taken -= live.Remove(value) ? value.Cost : 0;

    private void Write(ProgramArray array, int at)
    {
        if (!writes.TryGetValue(array.Shares ?? array, out var all))
        {
            writes.Add(array.Shares ?? array, all = []);
        }

        all.Add(at);
    }

    private bool IsLast(RunValue read, int at) => read.Next(at + 1, steps.Count) == int.MaxValue;

    private bool IsOwn(RunValue value) => ReferenceEquals(value.Value.Home, block);

    /// <summary>Whether a number is an operand of one step only, which can read it from memory.</summary>
    private bool IsReadOnce(RunValue made, int at) => !made.IsKept && made.Uses.Count == 1 && made.Cost == width && IsInMemory(made.Value) && !IsWritten(made.Value, at, made.Uses[0]);

    /// <summary>Whether a number can be read again wherever it is needed.</summary>
    private bool IsReadAgain(RunValue value) => IsInMemory(value.Value)
        && (value.Value.Array is not { Memory: Memory.State } || (value is { Maker: not null, IsKept: false } && !IsWritten(value.Value, 0, value.Uses[^1])));

    private static bool IsInMemory(Value value) => value.Instruction == Instruction.Parameter || value is { Instruction: Instruction.Load, Index.VariesByRestart: false };

    private bool IsWritten(Value value, int from, int to) => value.Array is { } array && writes.TryGetValue(array.Shares ?? array, out var all) && all.Exists(at => at >= from && at < to);

    private void MakeRoom(int at, int need)
    {
        while (taken + need > room && Victim(at) is { } victim)
        {
            values.Places.Evict(victim.Value, victim.Iteration, IsReadAgain(victim));
            Remove(victim);
        }
    }

    /// <summary>The value that is needed last, and of those one that is in memory already; masks stay.</summary>
    private RunValue? Victim(int at)
    {
        RunValue? victim = null;
        var (latest, isInMemory) = (-1, false);
        foreach (var value in live)
        {
            var next = value.Next(at, steps.Count);
            if (next >= latest && IsOwn(value) && value.Value.Instruction < Instruction.Less && !steps[at].Reads.Contains(value) && (next > latest || (!isInMemory && IsReadAgain(value))))
            {
                (victim, latest, isInMemory) = (value, next, IsReadAgain(value));
            }
        }

        return victim;
    }

    /// <summary>The constants that are used most stay in the registers that are left.</summary>
    private void KeepConstants(int most)
    {
        var counts = new Dictionary<Value, int>();
        foreach (var step in steps)
        {
            foreach (var read in UseCounts.Read(step.Statement))
            {
                if (read.Instruction == Instruction.Constant && !ValueEmitter.IsZero(read.Number))
                {
                    counts[read] = counts.GetValueOrDefault(read) + width;
                }
            }
        }

        foreach (var constant in counts.Keys.Where(c => counts[c] > FewUses).OrderByDescending(c => counts[c]).Take(Math.Max(0, most)))
        {
            values.Constants.Keep(constant);
            room--;
        }
    }

    /// <summary>How many registers the steps take, if nothing gives way.</summary>
    private int Peak()
    {
        var (now, sum, peak) = (live.ToHashSet(), taken, taken);
        for (var at = 0; at < steps.Count; at++)
        {
            foreach (var read in steps[at].Reads)
            {
                sum -= IsLast(read, at) && now.Remove(read) ? read.Cost : 0;
            }

            if (steps[at].Makes is { Value.Instruction: not Instruction.Accumulated } made && !IsReadOnce(made, at) && now.Add(made))
            {
                sum += made.Cost;
            }

            peak = Math.Max(peak, sum);
        }

        return peak;
    }
}
