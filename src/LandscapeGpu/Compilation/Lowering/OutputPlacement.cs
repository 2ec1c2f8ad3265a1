namespace LandscapeGpu.Compilation;

/// <summary>Decides what of a program's results is written where it is kept as soon as it is made, and what is copied there at the end.</summary>
internal sealed class OutputPlacement
{
    private readonly VectorStorage storage;
    private readonly IReadOnlyList<Output> outputs;
    private readonly Dictionary<(ProgramArray Array, int Index), Real> overwritten = [];

    public OutputPlacement(VectorStorage storage, IReadOnlyList<Output> outputs)
    {
        this.storage = storage;
        this.outputs = [.. outputs.Select(ReadFirst)];
        foreach (var output in this.outputs)
        {
            Place(output);
        }
    }

    public List<Member> Members { get; } = [];

    /// <summary>Arrays that are still read while their new contents are made are overwritten last.</summary>
    public List<Member> Last { get; } = [];

    /// <summary>The numbers to read before the elements they are in are overwritten.</summary>
    public IReadOnlyDictionary<(ProgramArray Array, int Index), Real> Overwritten => overwritten;

    private void Place(Output output)
    {
        switch (output)
        {
            case Output.OfReal o:
                Members.Add(new StoreMember(o.Real, o.To.Array, o.To.Start));
                break;
            case Output.Any o:
                Members.Add(new FlagMember(o.Mask));
                break;
            case Output.OfVector { Vector: ComponentVector v } o when ReadsInOrder(o.To):
                Members.AddRange(v.Components.Select((c, k) => new StoreMember(c, o.To.Array, o.To.Start + k)));
                break;
            case Output.OfVector { Vector: LoopVector or ScatterVector } o when !storage.Contains(o.Vector) && IsFree(o.To):
                storage.Put(o.Vector, o.To);
                Members.Add(new VectorMember(o.Vector));
                break;
            case Output.OfVector o:
                var k = Index.Loop(0, o.Vector.Length);
                Last.Add(new LoopMember(k, new StoreMember(o.Vector.Element(k), o.To.Array, o.To.Start + k)));
                break;
        }
    }

    /// <summary>
    /// What was kept and is to be kept elsewhere is read like any other number of the program: before the other outputs,
    /// one of which may take its place.
    /// </summary>
    private Output ReadFirst(Output output)
    {
        if (output is not Output.OfVector { Vector: Point point } o || !storage.Contains(point))
        {
            return output;
        }

        var k = Index.Loop(0, point.Length);
        return o with { Vector = Trace.Node(k, point.Element(k)) };
    }

    /// <summary>A result can be made where it is kept if nothing of the program reads what was there, at another index, while it is made.</summary>
    private bool IsFree(Storage to)
    {
        var old = storage.Placed.Where(p => ReferenceEquals(p.Value.Array, to.Array)).Select(p => p.Key).ToHashSet<object>(ReferenceEqualityComparer.Instance);
        return old.Count == 0 || !ReadsOf(old).Any();
    }

    /// <summary>Components can be written one by one if what was there is only ever read one by one: it is then read first.</summary>
    private bool ReadsInOrder(Storage to)
    {
        var old = storage.Placed.Where(p => ReferenceEquals(p.Value.Array, to.Array) && p.Key is Point).Select(p => p.Key).ToHashSet<object>(ReferenceEqualityComparer.Instance);
        var reads = ReadsOf(old).ToList();
        if (reads.Any(r => !r.Index.IsConstant))
        {
            return false;
        }

        foreach (var read in reads)
        {
            var place = storage.Of(read.Vector).Start + read.Index;
            overwritten[(to.Array, (int)place.Value)] = read;
        }

        return true;
    }

    private IEnumerable<Real> ReadsOf(HashSet<object> vectors) =>
        Traversal.From(outputs.Select(o => o.Root)).OfType<Real>().Where(r => r.Operation == Operation.Element && vectors.Contains(r.Vector));
}
