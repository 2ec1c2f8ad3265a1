namespace LandscapeGpu.Compilation;

/// <summary>An index as constant + Σ factor·loop + Σ factor·moving, where what moves is known when a program runs and depends on no loop.</summary>
internal sealed class AffineIndex
{
    private AffineIndex()
    {
    }

    public long Constant { get; private set; }

    public Dictionary<Index, long> Loops { get; } = [];

    public List<(Index Index, long Factor)> Moving { get; } = [];

    /// <summary>A sample that was drawn, and what its number is multiplied with; null where there is none.</summary>
    public (Index Drawn, long Factor)? Sample { get; private set; }

    /// <exception cref="NoMatricesException">It is not of that form.</exception>
    public static AffineIndex Of(Index index)
    {
        var affine = new AffineIndex();
        affine.Add(index, 1);
        return affine;
    }

    private void Add(Index index, long factor)
    {
        switch (index.Operation)
        {
            case IndexOperation.Constant:
                Constant += factor * index.Value;
                break;
            case IndexOperation.Loop:
                Loops[index] = Loops.GetValueOrDefault(index) + factor;
                break;
            case IndexOperation.Add:
                Add(index.A!, factor);
                Add(index.B!, factor);
                break;
            case IndexOperation.Subtract:
                Add(index.A!, factor);
                Add(index.B!, -factor);
                break;
            case IndexOperation.Multiply when index.B!.IsConstant:
                Add(index.A!, factor * index.B.Value);
                break;
            case IndexOperation.Drawn when Sample is null:
                Sample = (index, factor);
                break;
            default:
                Moving.Add(index.Free.IsEmpty && !index.VariesByRestart ? (index, factor) : throw new NoMatricesException());
                break;
        }
    }
}
