namespace LandscapeGpu.Compilation;

/// <summary>Turns expressions into work on whole matrices: sums of products become matrix products, the rest runs number by number.</summary>
/// <remarks>
/// A node is a tensor over the loops that it depends on. What lies between two that are kept is computed at once, element by element. Nothing here knows
/// a network: that Σⱼ w[k, j] x[s, j] for all s and k is a product of matrices is seen from the indices, in a derivative as well as in a formula.
/// </remarks>
internal sealed partial class MatrixPlanner
{
    private readonly Dictionary<Real, View> views = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Vector, View> vectors = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(View, string), View> copies = [];
    private readonly Dictionary<Vector, (Tensor Tensor, Index Start)> given = new(ReferenceEqualityComparer.Instance);

    private readonly Dictionary<object, bool> varies = new(ReferenceEqualityComparer.Instance);

    private MatrixPlanner(IReadOnlyDictionary<Vector, Storage> inputs, ProgramArray? varying)
    {
        var tensors = new Dictionary<ProgramArray, Tensor>(ReferenceEqualityComparer.Instance);
        foreach (var (vector, storage) in inputs)
        {
            if (!tensors.TryGetValue(storage.Array, out var tensor))
            {
                tensors.Add(storage.Array, tensor = new([], storage.Array.Length) { Given = storage.Array, Varies = ReferenceEquals(storage.Array, varying) });
            }

            varies.Add(vector, tensor.Varies);
            given.Add(vector, (tensor, storage.Start));
        }
    }

    /// <summary>What is to be done, each piece after what it reads.</summary>
    public List<Work> All { get; } = [];

    /// <summary>What is left where the caller looks for it, when all is done.</summary>
    public List<(View From, View To, Index? Loop)> Results { get; } = [];

    /// <summary>Data that are read, with the arrays they are kept in.</summary>
    public List<(ProgramArray Array, Data Values)> Data { get; } = [];

    /// <summary>The number that is not zero where the program's answer is yes; null where it has none.</summary>
    public View? Flag { get; private set; }

    /// <exception cref="NoMatricesException">The expressions are not of a form that this knows.</exception>
    public static MatrixPlanner Of(Formulas formulas)
    {
        var planner = new MatrixPlanner(formulas.Inputs, formulas.Varying);
        var targets = new Dictionary<ProgramArray, Tensor>(ReferenceEqualityComparer.Instance);
        foreach (var (tensor, _) in planner.given.Values)
        {
            targets[tensor.Given!] = tensor;
        }

        foreach (var output in formulas.Outputs)
        {
            switch (output)
            {
                case Output.OfVector { Vector: ComponentVector components } o:
                    for (var k = 0; k < components.Length; k++)
                    {
                        planner.Results.Add((planner.Of(components.Components[k]), To(o.To, k), null));
                    }

                    break;
                case Output.OfVector o:
                    var loop = o.Vector is LoopVector own ? own.Variable : Index.Loop(0, o.Vector.Length);
                    var to = To(o.To, 0);
                    planner.Results.Add((planner.Element(o.Vector, loop), to with { Strides = new Dictionary<Index, long> { [loop] = 1 } }, loop));
                    break;
                case Output.OfReal o:
                    planner.Results.Add((planner.Of(o.Real), To(o.To, 0), null));
                    break;
                case Output.Any o:
                    planner.Flag = planner.Of(Functions.Select(new Condition(o.Mask), 1, 0));
                    break;
            }
        }

        for (var k = 0; k < planner.Results.Count; k++)
        {
            // What the caller's arrays held before is read before any of it is overwritten.
            if (planner.Results[k] is { From.Tensor.Given.Memory: Memory.State } old)
            {
                planner.Results[k] = old with { From = planner.Copied(old.From, old.Loop is null ? [] : [old.Loop], old.Loop) };
            }
        }

        return planner;

        View To(Storage storage, int element)
        {
            if (!targets.TryGetValue(storage.Array, out var tensor))
            {
                targets.Add(storage.Array, tensor = new([], storage.Array.Length) { Given = storage.Array });
            }

            var at = AffineIndex.Of(storage.Start);
            return new(tensor, at.Constant + element, new Dictionary<Index, long>()) { Moving = at.Moving };
        }
    }

    private View Of(Real node)
    {
        if (!views.TryGetValue(node, out var view))
        {
            views.Add(node, view = DeepStack.Call(Made, node));
        }

        return view;
    }

    private View Made(Real node) => node.Operation switch
    {
        Operation.Element => Element(node.Vector, node.Index),
        Operation.Sum => Summed(node),
        Operation.FromIndex or Operation.IndexLess or Operation.IndexEqual => throw new NoMatricesException(),
        _ => Elementwise(node, node.Free.Variables),
    };

    private View Summed(Real sum)
    {
        var tensor = Tensor.Over(sum.Free.Variables, Varies(sum));
        Collect(tensor, () => Accumulate(tensor.All(), [sum.Index], sum.A));
        return tensor.All();
    }

    /// <summary>A tensor with a row of numbers for every iteration of loops.</summary>
    private (Tensor Tensor, Dictionary<Index, long> Strides) Rows(IReadOnlyList<Index> loops, Vector numbers)
    {
        var all = Tensor.Over(loops, Varies(numbers)).All();
        return (new(loops, numbers.Length * all.Tensor.Length) { Varies = all.Tensor.Varies }, all.Strides.ToDictionary(s => s.Key, s => s.Value * numbers.Length));
    }

    /// <summary>What is added up, from zero.</summary>
    private void Collect(Tensor tensor, Action accumulate)
    {
        var at = All.Count;
        var zero = new ZeroWork(tensor) { Root = RootOf(tensor.Loops), Position = at };
        All.Add(zero);
        accumulate();
        // Made tile by tile where all that is added to it is, in one stage.
        var writers = All.Skip(at + 1).Where(w => w.Writes.Contains(tensor)).ToList();
        if (zero.Root is not null && writers.All(w => ReferenceEquals(w.Root, zero.Root) && w.Level == tensor.Level))
        {
            zero.Level = tensor.Level;
            return;
        }

        All[at] = new ZeroWork(tensor) { Position = at };
        tensor.IsCollected = writers.Any(w => w.Root is not null);
    }

    /// <summary>A formula's numbers for all values of loops.</summary>
    private View Elementwise(Real root, Index[] loops)
    {
        var (to, leaves) = (Tensor.Over(loops, Varies(root)), new List<(Real Node, View From)>());
        foreach (var node in Traversal.From((object n) => n is Vector || (n is Real r && IsLeaf(r)), new[] { root }).OfType<Real>().Where(IsLeaf))
        {
            var from = Of(node);
            leaves.Add((node, from.Strides.All(s => s.Value == 0) || from.IsFlat(loops) ? from : Copied(from, loops, RootOf(loops))));
        }

        var level = LevelOf(RootOf(loops), leaves.Select(l => l.From), to.Varies);
        var work = All.OfType<ElementwiseWork>().FirstOrDefault(w => w.Level == level && w.Varies == to.Varies && w.Loops.SequenceEqual(loops) && leaves.All(l => l.From.Tensor.Position < w.Position));
        if (work is null)
        {
            Add(work = new ElementwiseWork(loops) { Root = RootOf(loops) }, level);
        }

        foreach (var leaf in leaves.Where(l => !work.Leaves.Any(own => ReferenceEquals(own.Node, l.Node))))
        {
            work.Leaves.Add(leaf);
        }

        work.Roots.Add((root, to));
        (to.Root, to.Level, to.Position) = (work.Root, level, work.Position);
        return to.All();

        bool IsLeaf(Real r) => !ReferenceEquals(r, root)
            && r.Operation is not (Operation.Constant or Operation.Parameter or Operation.Less or Operation.LessOrEqual or Operation.Equal or Operation.And or Operation.Or or Operation.Not)
            && (r.Operation is Operation.Element or Operation.Sum or Operation.FromIndex or Operation.IndexLess or Operation.IndexEqual
                || r.Free.Variables.Length < loops.Length || views.ContainsKey(r) || (to.Varies && !Varies(r)));
    }

    private View Copied(View from, Index[] loops, Index? root)
    {
        var key = (from, string.Join(",", loops.Select(v => $"{v.Value}:{v.Extent}")));
        if (!copies.TryGetValue(key, out var copy))
        {
            var to = Tensor.Over(loops, from.Tensor.Varies);
            // All at once where the loop that is cut into tiles is not the outermost.
            Add(new TotalWork(from, to.All(), loops, [], adds: false) { Root = loops.Length > 0 && ReferenceEquals(loops[0], root) ? root : null });
            copies.Add(key, copy = to.All());
        }

        return copy;
    }

    private void Add(Work work, int? level = null)
    {
        work.Level = level ?? LevelOf(work.Root, work.Reads, work.Varies);
        work.Position = All.Count;
        All.Add(work);
        foreach (var tensor in work.Writes)
        {
            // What several add to is whole after the last of them.
            tensor.Level = Math.Max(tensor.Level, work.Level);
            tensor.Root ??= work.Root;
            tensor.Position = work.Position;
        }
    }

    /// <summary>The first stage in which all that is read is there; what does not vary is, for what does. In a stage, what runs at once comes before what runs in tiles.</summary>
    private static int LevelOf(Index? root, IEnumerable<View> reads, bool varies) => reads.Where(v => v.Tensor.Given is null && v.Tensor.Varies == varies).Select(v =>
        v.Tensor.Root is not { } made ? v.Tensor.Level
        : ReferenceEquals(made, root) && !v.Tensor.IsCollected && !v.IsShifted && v.Stride(made) != 0 ? v.Tensor.Level
        : v.Tensor.Level + 1).DefaultIfEmpty(0).Max();

    /// <summary>Whether a node depends on what changes from one run to the next.</summary>
    private bool Varies(object node)
    {
        if (!varies.ContainsKey(node))
        {
            foreach (var n in Traversal.From(varies.ContainsKey, [node]).Where(n => !varies.ContainsKey(n)))
            {
                varies.Add(n, Traversal.DependenciesOf(n).Any(d => varies[d]));
            }
        }

        return varies[node];
    }

    private static Index? RootOf(IEnumerable<Index> loops) => loops.FirstOrDefault(v => v.Value == 0);
}
