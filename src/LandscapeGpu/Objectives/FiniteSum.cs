namespace LandscapeGpu.Objectives;

/// <summary>An objective as a sum over samples: f(x) = Σₖ fₖ(x) + r(x), k = 0 … n−1, with r the terms that no sample is part of.</summary>
/// <remarks>
/// Found in the formula: sums that the value is linear in and whose terms read data by the sum's own index, directly or
/// through vectors made for all samples. A regulariser, which reads no data, is part of r.
/// </remarks>
internal sealed class FiniteSum
{
    private readonly List<(Real Factor, Real Sum)> sums;
    private readonly Real rest;

    private FiniteSum(int count, List<(Real Factor, Real Sum)> sums, Real rest) => (Count, this.sums, this.rest) = (count, sums, rest);

    /// <summary>n.</summary>
    public int Count { get; }

    /// <summary>The finite sum that a value is; null if there is none, or several of different lengths and none is chosen.</summary>
    /// <param name="value">The formula.</param>
    /// <param name="chosen">The number of terms of the sum that is meant; null for the one that reads data.</param>
    public static FiniteSum? Of(Real value, int? chosen)
    {
        var (all, rest) = Split(value);
        var samples = all.Where(t => chosen is { } n ? t.Sum.Index.Count == n : ReadsDataBy(t.Sum)).ToList();
        if (samples.Select(t => t.Sum.Index.Count).Distinct().Count() != 1)
        {
            return null;
        }

        var others = all.Except(samples).Aggregate(rest, (r, t) => Algebra.Add(r, Algebra.Multiply(t.Factor, t.Sum)));
        return new(samples[0].Sum.Index.Count, samples, others);
    }

    /// <summary>How many terms each sum has that reads data; more than one number is for the user to choose from.</summary>
    public static IReadOnlyList<int> Lengths(Real value) => [.. Split(value).Sums.Where(t => ReadsDataBy(t.Sum)).Select(t => t.Sum.Index.Count).Distinct()];

    /// <summary>(n/size) Σ fₖ(x) over the samples k of a batch, + r(x): an unbiased estimate of f(x) if every sample is equally likely.</summary>
    /// <param name="size">How many samples the batch has.</param>
    /// <param name="sample">The sample at a position of the batch.</param>
    /// <exception cref="ArgumentException">A loop is as long as the sample says, which restarts side by side cannot follow.</exception>
    public Real Over(int size, Func<Index, Index> sample)
    {
        var value = rest;
        foreach (var (factor, sum) in sums)
        {
            var position = Index.Loop(sum.Index.Value, size);
            var body = new SampledTerm(new() { [sum.Index] = sample(position) }).Apply(sum.A);
            RequireEqualWork(body);
            value = Algebra.Add(value, Algebra.Multiply(Algebra.Multiply(Real.Constant((double)Count / size), factor), Algebra.Sum(position, body)));
        }

        return value;
    }

    /// <summary>factor Σ weight(k) fₖ(x) + r(x) over all samples.</summary>
    /// <param name="weight">Of the sample of an index.</param>
    /// <param name="factor">Of the sum.</param>
    public Real Weighted(Func<Index, Real> weight, Real factor)
    {
        var value = rest;
        foreach (var (own, sum) in sums)
        {
            var position = Index.Loop(sum.Index.Value, Count);
            var body = new SampledTerm(new() { [sum.Index] = position }).Apply(sum.A);
            value = Algebra.Add(value, Algebra.Multiply(Algebra.Multiply(factor, own), Algebra.Sum(position, Algebra.Multiply(weight(position), body))));
        }

        return value;
    }

    /// <summary>The sums that a value is linear in, with what multiplies them, and the rest.</summary>
    private static (List<(Real Factor, Real Sum)> Sums, Real Others) Split(Real value)
    {
        var holders = new HashSet<Real>();
        foreach (var node in Traversal.From(value).OfType<Real>())
        {
            var holds = node.Operation switch
            {
                Operation.Sum => node.Free.IsEmpty && node.Index.Extent.IsConstant,
                Operation.Add or Operation.Subtract or Operation.Negate => node.Operands.Any(holders.Contains),
                // A product of two such sums is not linear in either.
                Operation.Multiply => holders.Contains(node.A) != holders.Contains(node.B),
                _ => false,
            };
            if (holds)
            {
                holders.Add(node);
            }
        }

        var (sums, rest) = (new List<(Real, Real)>(), Real.Constant(0));
        // An explicit stack: terms written out one by one are a deep expression.
        var pending = new Stack<(Real Factor, Real Term)>([(Real.Constant(1), value)]);
        while (pending.TryPop(out var next))
        {
            var (factor, term) = next;
            if (!holders.Contains(term))
            {
                rest = Algebra.Add(rest, Algebra.Multiply(factor, term));
                continue;
            }

            switch (term.Operation)
            {
                case Operation.Sum:
                    sums.Add((factor, term));
                    break;
                case Operation.Multiply:
                    pending.Push(holders.Contains(term.A) ? (Algebra.Multiply(factor, term.B), term.A) : (Algebra.Multiply(factor, term.A), term.B));
                    break;
                case Operation.Negate:
                    pending.Push((Algebra.Negate(factor), term.A));
                    break;
                default:
                    pending.Push((term.Operation == Operation.Subtract ? Algebra.Negate(factor) : factor, term.B));
                    pending.Push((factor, term.A));
                    break;
            }
        }

        return (sums, rest);
    }

    private static bool ReadsDataBy(Real sum)
    {
        var elements = Traversal.From(sum.A).OfType<Real>().Where(r => r.Operation == Operation.Element).ToList();
        // Vectors made for all samples are read by the sum's index and read data by their own.
        var loops = new HashSet<Index> { sum.Index };
        int before;
        do
        {
            before = loops.Count;
            loops.UnionWith(elements.Where(Follows).Select(r => r.Vector).OfType<LoopVector>().Select(v => v.Variable));
        }
        while (loops.Count > before);

        return elements.Any(r => Follows(r) && (r.Vector is Data || Gathers(r.Index)));

        bool Follows(Real element) => element.Index.Free.Variables.Any(loops.Contains);
    }

    private static bool Gathers(Index index) =>
        index.Operation == IndexOperation.Gather || (index.A is { } a && Gathers(a)) || (index.B is { } b && Gathers(b));

    private static void RequireEqualWork(Real body)
    {
        foreach (var node in Traversal.From(body))
        {
            var extent = node switch
            {
                Real { Operation: Operation.Sum } sum => sum.Index.Extent,
                LoopVector vector => vector.Variable.Extent,
                _ => null,
            };
            if (extent is { VariesByRestart: true })
            {
                throw new ArgumentException(
                    "Mini-batches were asked for, and a sum inside a sample's term is longer for some samples than for others; write it over the greatest length, with Select for what is left out.");
            }
        }
    }

    /// <summary>A sample's term with its index replaced: of vectors made for all samples, only the elements of that sample are made.</summary>
    private sealed class SampledTerm(Dictionary<Index, Index> replaced) : Rewriting(replaced)
    {
        protected override Rewriting Extended(Dictionary<Index, Index> indices) => new SampledTerm(indices);

        protected override Real RebuildElement(Real element)
        {
            var index = Apply(element.Index);
            return element.Vector switch
            {
                var v when v.Free.Variables.Any(Indices.ContainsKey) => Apply(v).Element(index),
                LoopVector v => new SampledTerm(new() { [v.Variable] = index }).Apply(v.Body),
                var v => v.Element(index),
            };
        }
    }
}
