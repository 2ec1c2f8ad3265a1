namespace LandscapeGpu.Compilation;

// Sums of products, as products of matrices.
internal sealed partial class MatrixPlanner
{
    /// <summary>Adds Σ body over loops into a place.</summary>
    private void Accumulate(View to, List<Index> over, Real body)
    {
        foreach (var idle in over.Where(v => !body.Free.Contains(v)).ToList())
        {
            over.Remove(idle);
            body = Algebra.Multiply(Real.Constant(Tensor.Extent(idle)), body);
        }

        if (body.Operation is Operation.Add or Operation.Subtract && !IsSpanned(body))
        {
            Accumulate(to, [.. over], body.A);
            Accumulate(to, [.. over], body.Operation == Operation.Add ? body.B : Algebra.Negate(body.B));
        }
        else if (IsSpanned(body) || !IsProduct(to, over, body))
        {
            Index[] loops = [.. to.Strides.Keys.OrderBy(v => v.Value)];
            Add(new TotalWork(Of(body), to, loops, over, adds: true) { Root = RootOf([.. loops, .. over]) });
        }
    }

    /// <summary>Whether one of the numbers that it is computed from depends on all of its loops: then to compute it for all of them is no more work than to read them.</summary>
    private static bool IsSpanned(Real node) =>
        Traversal.From((object n) => n is Vector || n is Real { Operation: Operation.Element or Operation.Sum }, new[] { node })
            .OfType<Real>().Any(r => r.Operation is Operation.Element or Operation.Sum && r.Free.Variables.Length == node.Free.Variables.Length);

    private bool IsProduct(View to, List<Index> over, Real body)
    {
        if (Factors(body) is not var (left, right) || !to.Strides.Keys.All(body.Free.Contains))
        {
            return false;
        }

        foreach (var loop in over.ToList())
        {
            if (!left.Free.Contains(loop) || !right.Free.Contains(loop))
            {
                (left, right) = left.Free.Contains(loop) ? (Algebra.Sum(loop, left), right) : (left, Algebra.Sum(loop, right));
                over.Remove(loop);
            }
        }

        if (left.Free.ContainsAll(right.Free) || right.Free.ContainsAll(left.Free))
        {
            return false;
        }

        if (!to.IsOneToOne || !to.Strides.Any(s => s.Value == 1 && left.Free.Contains(s.Key) != right.Free.Contains(s.Key)))
        {
            // By way of a tensor of its own.
            Index[] loops = [.. to.Strides.Keys.OrderBy(v => v.Value)];
            var own = Tensor.Over(loops, Varies(left) || Varies(right));
            own.IsCollected = true;
            Add(new ZeroWork(own));
            Multiply(left, right, own.All(), over);
            Add(new TotalWork(own.All(), to, loops, [], adds: true));
            return true;
        }

        Multiply(left, right, to, over);
        return true;
    }

    private void Multiply(Real left, Real right, View to, List<Index> over)
    {
        var column = to.Strides.Where(s => s.Value == 1 && left.Free.Contains(s.Key) != right.Free.Contains(s.Key)).Select(s => s.Key).MaxBy(v => Tensor.Extent(v))
            ?? throw new NoMatricesException();
        var (a, b) = right.Free.Contains(column) ? (left, right) : (right, left);
        var row = a.Free.Variables.Where(v => !b.Free.Contains(v)).MaxBy(v => Tensor.Extent(v)) ?? throw new NoMatricesException();
        var inner = over.MaxBy(v => Tensor.Extent(v));
        var root = RootOf([.. a.Free.Variables, .. b.Free.Variables]);
        // The columns of a product are made together, whatever the loop.
        root = ReferenceEquals(root, column) ? null : root;
        Index[] outer = [.. a.Free.Variables.Union(b.Free.Variables).Where(v => !ReferenceEquals(v, column) && !ReferenceEquals(v, row) && !ReferenceEquals(v, inner))];
        var (from, rows) = (Of(b), Of(a));
        if (from.Stride(column) != 1)
        {
            Index[] loops = [.. b.Free.Variables.Where(v => !ReferenceEquals(v, column)), column];
            from = Copied(from, loops, root);
        }

        Add(new ProductWork(rows, from, to, row, column, inner, outer) { Root = root });
    }

    /// <summary>What is multiplied; the magnitude of a product is the product of magnitudes, in every digit.</summary>
    private static IEnumerable<Real> FactorsOf(Real product) => Expressions.Product.Factors(product).SelectMany(f =>
        f is { Operation: Operation.Abs, A.Operation: Operation.Multiply } ? FactorsOf(f.A).Select(Functions.Abs) : [f]);

    /// <summary>A product as two, so that what both depend on together is all; null where no such two are to be had.</summary>
    private static (Real, Real)? Factors(Real body)
    {
        var isNegative = body.Operation == Operation.Negate;
        Real[] factors = [.. FactorsOf(isNegative ? body.A : body)];
        var groups = factors.Where(f => !f.Free.IsEmpty).GroupBy(f => string.Join(",", f.Free.Variables.Select(v => $"{v.Value}:{v.Extent}")))
            .Select(g => Expressions.Product.Of(g)).OrderByDescending(g => g.Free.Variables.Length).ToList();
        var scalar = Expressions.Product.Of(factors.Where(f => f.Free.IsEmpty).Append(Real.Constant(isNegative ? -1 : 1)));
        for (var k = groups.Count - 1; k > 0; k--)
        {
            if (groups.Take(k).Where(g => g.Free.ContainsAll(groups[k].Free)).MinBy(Volume) is { } within)
            {
                groups[groups.IndexOf(within)] = Algebra.Multiply(within, groups[k]);
                groups.RemoveAt(k);
            }
        }

        while (groups.Count > 2)
        {
            var (i, j) = (from p in Enumerable.Range(0, groups.Count) from q in Enumerable.Range(0, p) orderby Union(groups[p], groups[q]) select (p, q)).First();
            groups[j] = Algebra.Multiply(groups[j], groups[i]);
            groups.RemoveAt(i);
        }

        if (groups.Count != 2)
        {
            return null;
        }

        var small = Volume(groups[0]) < Volume(groups[1]) ? 0 : 1;
        groups[small] = Algebra.Multiply(scalar, groups[small]);
        return (groups[0], groups[1]);

        static double Volume(Real r) => r.Free.Variables.Aggregate(1.0, (n, v) => n * Tensor.Extent(v));
        static double Union(Real a, Real b) => a.Free.Variables.Union(b.Free.Variables).Aggregate(1.0, (n, v) => n * Tensor.Extent(v));
    }
}
