namespace LandscapeGpu.Compilation;

/// <summary>Writes nodes into the block that is open, each once; what a loop around it or an earlier loop has made is used again.</summary>
internal sealed class NodeLowering(Program program, ProgramWriter writer, VectorStorage storage)
{
    private readonly Stack<Dictionary<Real, Value>> lowered = new();
    private readonly Dictionary<Real, Storage> kept = [];
    private readonly HashSet<Vector> open = new(ReferenceEqualityComparer.Instance);

    public bool IsKnown(Real node) => kept.ContainsKey(node) || Find(node) is not null;

    public bool IsOpen(Vector vector) => open.Contains(vector);

    /// <summary>Enters a block in whose iterations elements of these vectors are made.</summary>
    public void Enter(IEnumerable<LoopVector> made)
    {
        lowered.Push([]);
        open.UnionWith(made);
    }

    public void Leave(IEnumerable<LoopVector> made)
    {
        lowered.Pop();
        open.ExceptWith(made);
    }

    /// <summary>A sum has been made.</summary>
    public void Set(Real sum, Value value) => lowered.Peek().TryAdd(sum, value);

    /// <summary>From now on a node is read where a loop has written it, at the loop's index.</summary>
    public void Keep(Real node, Storage at) => kept[node] = at;

    public void Forget(Real node) => kept.Remove(node);

    public Value Lower(Real root)
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

            if (kept.TryGetValue(top.Node, out var at))
            {
                lowered.Peek().Add(top.Node, writer.Load(at.Array, at.Start));
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

    /// <summary>Makes sure that the whole numbers an index is read from are part of the program.</summary>
    public void Require(Index index)
    {
        if (index.Key.Data is { } values && program.Indices.All(p => !ReferenceEquals(p.Values, values)))
        {
            program.Indices.Add((new(values.Name, values.Length, Memory.IndexData), values));
        }

        if (index.Operation == IndexOperation.Slot)
        {
            program.Slots = Math.Max(program.Slots, (int)index.Value + 1);
        }

        if (index.A is { } a)
        {
            Require(a);
        }

        if (index.B is { } b)
        {
            Require(b);
        }
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
                var from = storage.Of(n.Vector);
                Require(n.Index);
                return writer.Load(from.Array, from.Start + n.Index);
            case Operation.FromIndex:
                Require(n.Index);
                return writer.FromIndex(n.Index);
            case Operation.IndexLess or Operation.IndexEqual:
                Require(n.Index);
                Require(n.Key.Index2!);
                return writer.Compare(n.Operation == Operation.IndexLess ? Instruction.IndexLess : Instruction.IndexEqual, n.Index, n.Key.Index2!);
            case Operation.Sum:
                throw new InvalidOperationException($"The sum {n} was needed before its loop.");
            case Operation.WholePower:
                return Expansion.Power(writer, Find(n.A)!, n.Exponent);
            default:
                return Expansion.Write(writer, n.Operation, [.. n.Operands.Select(o => Find(o)!)]);
        }
    }
}
