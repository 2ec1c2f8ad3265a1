using LandscapeGpu.Expressions;
using Index = LandscapeGpu.Expressions.Index;

namespace LandscapeGpu.Compilation;

/// <summary>Turns expressions into a program: decides in which loop each node is computed, and which loops run as one.</summary>
/// <remarks>
/// A node is computed in the innermost loop whose index it depends on. Within a block, a node's stage is the number of
/// loops that must have finished before it; loops of one stage over one index run as one loop.
/// </remarks>
internal sealed class Lowering
{
    private readonly Program program;
    private readonly ProgramWriter writer;
    private readonly Dictionary<Vector, Storage> storage;
    private readonly Dictionary<Data, ProgramArray> data = [];
    private readonly Stack<Dictionary<Real, Value>> lowered = new();
    private readonly Dictionary<(ProgramArray Array, int Index), Real> overwritten = [];
    private readonly HashSet<Vector> open = new(ReferenceEqualityComparer.Instance);

    private Lowering(Program program, Dictionary<Vector, Storage> storage)
    {
        this.program = program;
        this.storage = storage;
        writer = new ProgramWriter(program);
    }

    /// <summary>Writes a program that computes the outputs.</summary>
    /// <param name="isDouble">Double or single precision.</param>
    /// <param name="state">The arrays of state the caller knows, first in memory in this order.</param>
    /// <param name="inputs">Where the vectors that are read from state are kept.</param>
    /// <param name="outputs">What to compute.</param>
    public static Program Lower(bool isDouble, IEnumerable<ProgramArray> state, IReadOnlyDictionary<Vector, Storage> inputs, IReadOnlyList<Output> outputs)
    {
        var program = new Program(isDouble);
        program.State.AddRange(state);
        var lowering = new Lowering(program, new(inputs));
        lowering.Write(outputs);
        // First, because a load that nothing uses is no reason to keep an array; then what only those arrays were made of.
        DeadWork.Drop(program);
        var known = state.ToHashSet();
        UnreadArrays.Drop(program, program.State.Except(known));
        DeadWork.Drop(program);
        InPlace.Apply(program, known);
        UseCounts.Set(program);
        Contraction.Apply(program);
        SharedMemory.Assign(program, known);
        return program;
    }

    private void Write(IReadOnlyList<Output> outputs)
    {
        var members = new List<Member>();
        var copies = new List<(Vector, Storage)>();
        outputs = [.. outputs.Select(ReadFirst)];
        foreach (var output in outputs)
        {
            switch (output)
            {
                case Output.OfReal o:
                    members.Add(new StoreMember(o.Real, o.To.Array, o.To.Start));
                    break;
                case Output.Any o:
                    members.Add(new FlagMember(o.Mask));
                    break;
                case Output.OfVector { Vector: ComponentVector v } o when ReadsInOrder(o.To, outputs):
                    members.AddRange(v.Components.Select((c, k) => new StoreMember(c, o.To.Array, o.To.Start + k)));
                    break;
                case Output.OfVector { Vector: LoopVector or ScatterVector } o when !storage.ContainsKey(o.Vector) && IsFree(o.To, outputs):
                    storage[o.Vector] = o.To;
                    members.Add(new VectorMember(o.Vector));
                    break;
                case Output.OfVector o:
                    copies.Add((o.Vector, o.To));
                    break;
            }
        }

        // Arrays that are still read while their new contents are made are overwritten last.
        var last = new List<Member>();
        foreach (var (vector, to) in copies)
        {
            var k = Index.Loop(0, vector.Length);
            last.Add(new LoopMember(k, new StoreMember(vector.Element(k), to.Array, to.Start + k)));
        }

        // A scattered sum begins in the memory of the vector it begins with.
        foreach (var scatter in Walk.From(outputs.Select(o => o.Root)).OfType<ScatterVector>())
        {
            if (scatter.Initial is LoopVector initial)
            {
                storage.TryAdd(initial, StorageOf(scatter));
            }
        }

        lowered.Push([]);
        Build([], members, last);
    }

    /// <summary>
    /// What was kept and is to be kept elsewhere is read like any other number of the program: before the other outputs,
    /// one of which may take its place.
    /// </summary>
    private Output ReadFirst(Output output)
    {
        if (output is not Output.OfVector { Vector: Point point } o || !storage.ContainsKey(point))
        {
            return output;
        }

        var k = Index.Loop(0, point.Length);
        return o with { Vector = Trace.Node(k, point.Element(k)) };
    }

    /// <summary>A result can be made where it is kept if nothing of the program reads what was there, at another index, while it is made.</summary>
    private bool IsFree(Storage to, IReadOnlyList<Output> outputs)
    {
        var old = storage.Where(p => ReferenceEquals(p.Value.Array, to.Array)).Select(p => p.Key).ToHashSet<object>(ReferenceEqualityComparer.Instance);
        return old.Count == 0 || !Walk.From(outputs.Select(o => o.Root)).OfType<Real>().Any(r => r.Operation == Operation.Element && old.Contains(r.Vector));
    }

    /// <summary>Components can be written one by one if what was there is only ever read one by one: it is then read first.</summary>
    private bool ReadsInOrder(Storage to, IReadOnlyList<Output> outputs)
    {
        var old = storage.Where(p => ReferenceEquals(p.Value.Array, to.Array) && p.Key is Point).Select(p => p.Key).ToHashSet<object>(ReferenceEqualityComparer.Instance);
        var reads = Walk.From(outputs.Select(o => o.Root)).OfType<Real>().Where(r => r.Operation == Operation.Element && old.Contains(r.Vector)).ToList();
        if (reads.Any(r => !r.Index.IsConstant))
        {
            return false;
        }

        foreach (var read in reads)
        {
            var place = storage[read.Vector].Start + read.Index;
            overwritten[(to.Array, place.Value)] = read;
        }

        return true;
    }

    private void Build(IReadOnlyList<Index> path, List<Member> members, List<Member>? last = null)
    {
        var plan = new Plan(path, members, last ?? [], IsLowered, open.Contains);
        for (var stage = 0; stage <= plan.Last; stage++)
        {
            foreach (var vector in plan.FillsAt(stage))
            {
                Fill(vector);
            }

            foreach (var group in plan.LoopsAt(stage))
            {
                WriteLoop(path, group);
            }

            foreach (var member in plan.EffectsAt(stage))
            {
                Do(member);
            }

            foreach (var node in plan.ScalarsAt(stage))
            {
                Lower(node);
            }
        }
    }

    private bool IsLowered(Real node) => lowered.Any(values => values.ContainsKey(node));

    private void WriteLoop(IReadOnlyList<Index> path, IGrouping<Index, Member> group)
    {
        var variable = group.Key;
        RequireIndexData(variable.Extent);
        var block = new Block(writer.Block, variable);
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
                    var to = StorageOf(v);
                    inner.Add(new StoreMember(v.Body, to.Array, to.Start + variable));
                    break;
                case LoopMember m:
                    inner.Add(m.Inner);
                    break;
            }
        }

        var outer = writer.Block;
        outer.Statements.Add(new Loop(variable, block));
        writer.Block = block;
        lowered.Push([]);
        var made = group.Select(m => m.Root).OfType<LoopVector>().ToList();
        open.UnionWith(made);
        Build([.. path, variable], inner);
        open.ExceptWith(made);
        lowered.Pop();
        writer.Block = outer;
        foreach (var (sum, accumulator) in sums)
        {
            lowered.Peek().TryAdd(sum, writer.Accumulated(accumulator));
        }
    }

    /// <summary>Writes a vector that is not made by one loop of its own: components one by one, and the beginning of a scattered sum.</summary>
    private void Fill(Vector vector)
    {
        var to = StorageOf(vector);
        switch (vector)
        {
            case ComponentVector v:
                for (var k = 0; k < v.Length; k++)
                {
                    writer.Do(new Store(to.Array, to.Start + k, Lower(v.Components[k])));
                }

                break;
            case ScatterVector { Initial: ComponentVector v }:
                for (var k = 0; k < v.Length; k++)
                {
                    writer.Do(new Store(to.Array, to.Start + k, Lower(v.Components[k])));
                }

                break;
            case ScatterVector { Initial: { } initial } when StorageOf(initial) == to:
                break;
            case ScatterVector v:
                var variable = Index.Loop(Math.Max(0, v.Free.Depth + 1), v.Length);
                var block = new Block(writer.Block, variable);
                writer.Block.Statements.Add(new Loop(variable, block));
                var outer = writer.Block;
                writer.Block = block;
                var zero = v.Initial is null ? writer.Constant(0) : writer.Load(StorageOf(v.Initial).Array, StorageOf(v.Initial).Start + variable);
                writer.Do(new Store(to.Array, to.Start + variable, zero));
                writer.Block = outer;
                break;
        }
    }

    private Storage StorageOf(Vector vector)
    {
        if (vector is Data d)
        {
            if (!data.TryGetValue(d, out var array))
            {
                data.Add(d, array = new(d.Name, d.Length, Memory.Data));
                program.Data.Add((array, d));
            }

            return new(array, 0);
        }

        if (!storage.TryGetValue(vector, out var place))
        {
            var array = new ProgramArray($"t{program.State.Count}", vector.Length, Memory.State) { Free = vector.Free };
            program.State.Add(array);
            storage.Add(vector, place = new(array, 0));
        }

        return place;
    }

    private void Do(Member member)
    {
        switch (member)
        {
            case StoreMember m:
                var value = Lower(m.Value);
                RequireIndexData(m.Index);
                if (m.Index.IsConstant && overwritten.TryGetValue((m.Array, m.Index.Value), out var old))
                {
                    // What was there is read before it is gone.
                    Lower(old);
                }

                writer.Do(new Store(m.Array, m.Index, value));
                break;
            case AddUpMember m:
                writer.Do(new AddUp(m.Accumulator, Lower(m.Value)));
                break;
            case ContributionMember m:
                var to = StorageOf(m.Vector);
                RequireIndexData(m.Index);
                writer.Do(new Accumulate(to.Array, to.Start + m.Index, Lower(m.Value)));
                break;
            case FlagMember m:
                writer.Do(new Flag(Lower(m.Value)));
                break;
        }
    }

    private Value Lower(Real root)
    {
        // Post-order with an explicit stack: formulas written out are deep.
        var stack = new Stack<(Real Node, bool Ready)>();
        stack.Push((root, false));
        while (stack.TryPop(out var top))
        {
            if (Find(top.Node) is not null)
            {
                continue;
            }

            if (Forwarded(top.Node) is { } body)
            {
                // The vector this is an element of is being made in this very iteration.
                if (Find(body) is { } value)
                {
                    lowered.Peek().Add(top.Node, value);
                }
                else
                {
                    stack.Push(top);
                    stack.Push((body, false));
                }

                continue;
            }

            if (top.Ready || top.Node.Operation is Operation.Element or Operation.Sum)
            {
                lowered.Peek().Add(top.Node, Compute(top.Node));
                continue;
            }

            stack.Push((top.Node, true));
            foreach (var operand in top.Node.Operands.Reverse())
            {
                stack.Push((operand, false));
            }
        }

        return Find(root)!;
    }

    private Real? Forwarded(Real r) =>
        r.Operation == Operation.Element && r.Vector is LoopVector v && ReferenceEquals(r.Index, v.Variable) && open.Contains(v) ? v.Body : null;

    private Value? Find(Real node)
    {
        foreach (var values in lowered)
        {
            if (values.TryGetValue(node, out var value))
            {
                return value;
            }
        }

        return null;
    }

    private Value Compute(Real n)
    {
        switch (n.Operation)
        {
            case Operation.Constant:
                return writer.Constant(n.Value);
            case Operation.Parameter:
                if (!program.Parameters.Contains(n.Parameter))
                {
                    program.Parameters.Add(n.Parameter);
                }

                return writer.Parameter(n.Parameter);
            case Operation.Element:
                var from = StorageOf(n.Vector);
                RequireIndexData(n.Index);
                return writer.Load(from.Array, from.Start + n.Index);
            case Operation.FromIndex:
                RequireIndexData(n.Index);
                return writer.FromIndex(n.Index);
            case Operation.IndexLess or Operation.IndexEqual:
                RequireIndexData(n.Index);
                RequireIndexData(n.Key.Index2!);
                return writer.Compare(n.Operation == Operation.IndexLess ? Instruction.IndexLess : Instruction.IndexEqual, n.Index, n.Key.Index2!);
            case Operation.Sum:
                throw new InvalidOperationException($"The sum {n} was needed before its loop.");
            case Operation.WholePower:
                return Expansion.Power(writer, Find(n.A)!, n.Exponent);
            default:
                return Expansion.Write(writer, n.Operation, [.. n.Operands.Select(o => Find(o)!)]);
        }
    }

    private void RequireIndexData(Index index)
    {
        if (index.Key.Data is { } values && program.Indices.All(p => !ReferenceEquals(p.Values, values)))
        {
            program.Indices.Add((new(values.Name, values.Length, Memory.IndexData), values));
        }

        if (index.Operation == IndexOperation.Slot)
        {
            program.Slots = Math.Max(program.Slots, index.Value + 1);
        }

        if (index.A is { } a)
        {
            RequireIndexData(a);
        }

        if (index.B is { } b)
        {
            RequireIndexData(b);
        }
    }
}
