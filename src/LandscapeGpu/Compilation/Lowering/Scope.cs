namespace LandscapeGpu.Compilation;

/// <summary>Which nodes are computed in a block, which in blocks around it, and which in loops inside it.</summary>
/// <param name="path">The indices of the loops around the block, outermost first.</param>
/// <param name="surroundings">What is there already.</param>
internal sealed class Scope(IReadOnlyList<Index> path, Surroundings surroundings)
{
    /// <summary>Whether a node is computed once an iteration of the block's loop.</summary>
    public bool IsHere(object node) => Home(FreeOf(node)).Here;

    /// <summary>Whether a node needs no work in this block or inside it.</summary>
    public bool IsThere(object node) => node switch
    {
        Point or Data => true,
        Real r => Home(r.Free).Outside || surroundings.IsKnown(r),
        _ => Home(FreeOf(node)).Outside,
    };

    /// <summary>What is computed around this block is there already, and so are the elements of vectors that are made there.</summary>
    public bool IsLeaf(object node) => node switch
    {
        Real r => Home(r.Free).Outside || surroundings.IsKnown(r)
            || (r.Operation == Operation.Element && !IsForwarded(r) && Home(r.Vector.Free).Outside),
        Vector v => Home(v.Free).Outside && !surroundings.IsOpen(v),
        _ => false,
    };

    /// <summary>What a node is made of; an element that this very iteration makes is made of the vector's body.</summary>
    public IReadOnlyList<object> DependenciesOf(object node) =>
        node is Real r && IsForwarded(r) ? [((LoopVector)r.Vector).Body] : [.. Traversal.DependenciesOf(node)];

    /// <summary>The vector of this block that a node reads at the index of the loop that makes it.</summary>
    public LoopVector? ReadsInStep(Real r) =>
        r is { Operation: Operation.Element, Vector: LoopVector v } && ReferenceEquals(r.Index, v.Variable) && Home(v.Free).Here ? v : null;

    /// <summary>Whether a node is computed once an iteration of a loop of this block.</summary>
    public bool IsOncePer(Real r, Index variable) => r.Free.Contains(variable) && r.Free.Variables.All(v => ReferenceEquals(v, variable) || path.Contains(v));

    private static VariableSet FreeOf(object node) => node is Real r ? r.Free : ((Vector)node).Free;

    private bool IsForwarded(Real r) =>
        r is { Operation: Operation.Element, Vector: LoopVector v } && ReferenceEquals(r.Index, v.Variable) && surroundings.IsOpen(v);

    private (bool Here, bool Outside) Home(VariableSet free)
    {
        var inside = free.Variables.Any(v => !path.Contains(v));
        var here = !inside && (path.Count == 0 || free.Contains(path[^1]));
        return (here, !inside && !here);
    }
}
