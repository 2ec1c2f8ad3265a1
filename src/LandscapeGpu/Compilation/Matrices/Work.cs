namespace LandscapeGpu.Compilation;

/// <summary>A piece of a matrix program's work: what it reads and writes, and in which stage it runs.</summary>
internal abstract class Work
{
    /// <summary>The loop that it runs tile by tile; null for all at once.</summary>
    public Index? Root { get; init; }

    public int Level { get; set; }

    public int Position { get; set; }

    public abstract IEnumerable<View> Reads { get; }

    public abstract IEnumerable<Tensor> Writes { get; }

    /// <summary>Whether it has to be done again when nothing has changed but what varies.</summary>
    public bool Varies => Writes.Any(t => t.Varies);
}

/// <summary>Sets a tensor to zero.</summary>
internal sealed class ZeroWork(Tensor tensor) : Work
{
    public Tensor Tensor { get; } = tensor;

    /// <summary>As much of it as there is for each iteration of the loop, of which a tensor may have more than one number.</summary>
    public View Rows => new(Tensor, 0, Root is null ? new Dictionary<Index, long>() : new Dictionary<Index, long> { [Root] = Tensor.Length / Tensor.Extent(Root) });

    public override IEnumerable<View> Reads => [];

    public override IEnumerable<Tensor> Writes => [Tensor];
}

/// <summary>To += Σ From: over loops that To does not have; with none, a copy that is added or, where To is new, written.</summary>
internal sealed class TotalWork(View from, View to, IReadOnlyList<Index> loops, IReadOnlyList<Index> over, bool adds) : Work
{
    public View From { get; } = from;

    public View To { get; } = to;

    /// <summary>The loops of To.</summary>
    public IReadOnlyList<Index> Loops { get; } = loops;

    public IReadOnlyList<Index> Over { get; } = over;

    public bool Adds { get; } = adds;

    public override IEnumerable<View> Reads => [From];

    public override IEnumerable<Tensor> Writes => [To.Tensor];
}

/// <summary>C[i, j] += Σₖ A[i, k]·B[k, j] for every iteration of outer loops; the numbers B[k, ·] and C[i, ·] lie one after the other.</summary>
internal sealed class ProductWork(View a, View b, View c, Index row, Index column, Index? inner, IReadOnlyList<Index> outer) : Work
{
    public View A { get; } = a;

    public View B { get; } = b;

    public View C { get; } = c;

    /// <summary>i.</summary>
    public Index Row { get; } = row;

    /// <summary>j.</summary>
    public Index Column { get; } = column;

    /// <summary>k; null where there is one term.</summary>
    public Index? Inner { get; } = inner;

    public IReadOnlyList<Index> Outer { get; } = outer;

    public double Flops => 2.0 * Tensor.Extent(Row) * Tensor.Extent(Column) * (Inner is null ? 1 : Tensor.Extent(Inner)) * Outer.Aggregate(1.0, (n, v) => n * Tensor.Extent(v));

    public override IEnumerable<View> Reads => [A, B];

    public override IEnumerable<Tensor> Writes => [C.Tensor];
}

/// <summary>Formulas of numbers at the same place of several tensors, for every place.</summary>
internal sealed class ElementwiseWork(IReadOnlyList<Index> loops) : Work
{
    public IReadOnlyList<Index> Loops { get; } = loops;

    /// <summary>What is read: flat in the order of the loops, or one number.</summary>
    public List<(Real Node, View From)> Leaves { get; } = [];

    public List<(Real Root, Tensor To)> Roots { get; } = [];

    public override IEnumerable<View> Reads => Leaves.Select(l => l.From);

    public override IEnumerable<Tensor> Writes => Roots.Select(r => r.To);
}

/// <summary>Rows of data by the numbers of samples that were drawn: To[b, …] = From[factor·drawn(b) + …].</summary>
internal sealed class GatherWork(View from, long factor, Tensor to) : Work
{
    public View From { get; } = from;

    public long Factor { get; } = factor;

    public Tensor To { get; } = to;

    public override IEnumerable<View> Reads => [From];

    public override IEnumerable<Tensor> Writes => [To];
}
