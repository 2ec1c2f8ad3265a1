namespace LandscapeGpu.Compilation;

/// <summary>Turns expressions into a program: decides in which loop each node is computed, and which loops run as one.</summary>
/// <remarks>
/// A node is computed in the innermost loop whose index it depends on. Within a block, a node's stage is the number of
/// loops that must have finished before it; loops of one stage over one index run as one loop.
/// </remarks>
internal sealed class Lowering
{
    private readonly ProgramWriter writer;
    private readonly VectorStorage storage;
    private readonly NodeLowering nodes;
    private readonly OutputPlacement placement;

    private Lowering(Program program, IReadOnlyDictionary<Vector, Storage> inputs, IReadOnlyList<Output> outputs)
    {
        writer = new ProgramWriter(program);
        storage = new VectorStorage(program, inputs);
        nodes = new NodeLowering(program, writer, storage);
        placement = new OutputPlacement(storage, outputs);
    }

    /// <summary>Writes a program that computes the outputs.</summary>
    /// <param name="isDouble">Double or single precision.</param>
    /// <param name="state">The arrays of state the caller knows, first in memory in this order.</param>
    /// <param name="inputs">Where the vectors that are read from state are kept.</param>
    /// <param name="outputs">What to compute.</param>
    /// <param name="varying">The array of state that changes from one run to the next while all others stay; null for none.</param>
    public static Program Lower(bool isDouble, IEnumerable<ProgramArray> state, IReadOnlyDictionary<Vector, Storage> inputs, IReadOnlyList<Output> outputs, ProgramArray? varying = null)
    {
        var program = new Program(isDouble) { KeepsData = Trace.Current is { KeepsData: true }, Formulas = new([.. state], inputs, outputs, varying) };
        program.State.AddRange(state);
        var lowering = new Lowering(program, inputs, HoistedValues.Of(outputs));
        lowering.nodes.Enter([]);
        lowering.Build([], lowering.placement.Members, lowering.placement.Last);
        // First, because a load that nothing uses is no reason to keep an array; then what only those arrays were made of.
        DeadWork.Drop(program);
        var known = state.ToHashSet();
        UnreadArrays.Drop(program, program.State.Except(known));
        DeadWork.Drop(program);
        CopyElimination.Apply(program, known);
        CutOffs.Apply(program);
        UseCounts.Set(program);
        SharedFactors.Apply(program);
        Contraction.Apply(program);
        SharedMemory.Assign(program, known);
        LateLoads.Apply(program);
        Sections.Cut(program);
        return program;
    }

    private void Build(IReadOnlyList<Index> path, List<Member> members, List<Member> last)
    {
        var surroundings = new Surroundings(nodes.IsKnown, nodes.IsOpen);
        var plan = Plan.Of(path, members, last, surroundings);
        var loops = Enumerable.Range(0, plan.Last + 1).SelectMany(plan.LoopsAt).ToList();
        var keep = KeptValues.Of(loops, new Scope(path, surroundings));
        var next = 0;
        for (var stage = 0; stage <= plan.Last; stage++)
        {
            foreach (var vector in plan.FillsAt(stage))
            {
                Fill(vector);
            }

            foreach (var group in plan.LoopsAt(stage))
            {
                WriteLoop(path, group, keep.GetValueOrDefault(next++) ?? []);
            }

            foreach (var member in plan.EffectsAt(stage))
            {
                Do(member);
            }

            foreach (var node in plan.ScalarsAt(stage))
            {
                nodes.Lower(node);
            }
        }

        foreach (var node in keep.Values.SelectMany(k => k))
        {
            nodes.Forget(node);
        }
    }

    private void WriteLoop(IReadOnlyList<Index> path, IGrouping<Index, Member> group, List<Real> keep)
    {
        var variable = group.Key;
        nodes.Require(variable.Extent);
        var inner = new List<Member>();
        var sums = new List<(Real Sum, Accumulator Accumulator)>();
        foreach (var member in group)
        {
            switch (member)
            {
                case SumMember m:
                    var accumulator = new Accumulator { Variable = variable };
                    sums.Add((m.Sum, accumulator));
                    inner.Add(new AddUpMember(m.Sum.A, accumulator));
                    break;
                case VectorMember { Vector: LoopVector v }:
                    inner.Add(Made(v.Body, storage.Of(v), variable));
                    break;
                case LoopMember m:
                    inner.Add(m.Inner);
                    break;
            }
        }

        var made = group.Select(m => m.Root).OfType<LoopVector>().ToList();
        var places = new List<(Real Node, Storage At)>();
        foreach (var node in keep)
        {
            var own = made.Find(v => ReferenceEquals(v.Body, node));
            var at = own is null ? storage.New((int)variable.Extent.Greatest, node.Free.Without(variable)) : storage.Of(own);
            places.Add((node, at));
            if (own is null)
            {
                inner.Add(Made(node, at, variable));
            }
        }

        var outer = writer.Block;
        var block = new Block(outer, variable);
        outer.Statements.Add(new Loop(variable, block));
        writer.Block = block;
        nodes.Enter(made);
        Build([.. path, variable], inner, []);
        nodes.Leave(made);
        writer.Block = outer;
        foreach (var (sum, accumulator) in sums)
        {
            nodes.Set(sum, writer.Accumulated(accumulator));
        }

        foreach (var (node, at) in places)
        {
            nodes.Keep(node, new(at.Array, at.Start + variable));
        }
    }

    private static StoreMember Made(Real value, Storage to, Index variable) => new(value, to.Array, to.Start + variable);

    /// <summary>Writes a vector that is not made by one loop of its own: components one by one, and the zeros a scattered sum begins with.</summary>
    private void Fill(Vector vector)
    {
        var to = storage.Of(vector);
        if (vector is ComponentVector components)
        {
            for (var k = 0; k < components.Length; k++)
            {
                writer.Do(new Store(to.Array, to.Start + k, nodes.Lower(components.Components[k])));
            }

            return;
        }

        var variable = Index.Loop(Math.Max(0, vector.Free.Depth + 1), vector.Length);
        var outer = writer.Block;
        var block = new Block(outer, variable);
        outer.Statements.Add(new Loop(variable, block));
        writer.Block = block;
        writer.Do(new Store(to.Array, to.Start + variable, writer.Constant(0)));
        writer.Block = outer;
    }

    private void Do(Member member)
    {
        switch (member)
        {
            case StoreMember m:
                var value = nodes.Lower(m.Value);
                nodes.Require(m.Index);
                if (m.Index.IsConstant && placement.Overwritten.TryGetValue((m.Array, (int)m.Index.Value), out var old))
                {
                    // What was there is read before it is gone.
                    nodes.Lower(old);
                }

                writer.Do(new Store(m.Array, m.Index, value));
                break;
            case AddUpMember m:
                writer.Do(new AddUp(m.Accumulator, nodes.Lower(m.Value)));
                break;
            case ContributionMember m:
                var to = storage.Of(m.Vector);
                nodes.Require(m.Index);
                writer.Do(new Accumulate(to.Array, to.Start + m.Index, nodes.Lower(m.Value)));
                break;
            case FlagMember m:
                writer.Do(new Flag(nodes.Lower(m.Value)));
                break;
        }
    }
}
