namespace LandscapeGpu.Expressions;

/// <summary>A sum whose equal terms are counted, not repeated: s·x − p + s·x − p is 2s·x − 2p.</summary>
internal sealed class Terms
{
    private readonly List<Real> order = [];
    private readonly Dictionary<Real, double> factors = [];

    public void Add(Real term, double factor = 1)
    {
        switch (term.Operation)
        {
            case Operation.Negate:
                Add(term.A, -factor);
                return;
            case Operation.Add:
                Add(term.A, factor);
                Add(term.B, factor);
                return;
            case Operation.Subtract:
                Add(term.A, factor);
                Add(term.B, -factor);
                return;
            case Operation.Multiply when term.A.IsConstant:
                Add(term.B, factor * term.A.Value);
                return;
        }

        if (!factors.TryGetValue(term, out var before))
        {
            order.Add(term);
        }

        factors[term] = before + factor;
    }

    /// <summary>The sum; terms of one factor are added before they are multiplied.</summary>
    public Real Sum()
    {
        var sum = Real.Constant(0);
        foreach (var group in order.GroupBy(t => Math.Abs(factors[t])).Where(g => g.Key != 0))
        {
            var inner = group.OrderBy(t => factors[t] < 0).Aggregate(Real.Constant(0), (s, t) => factors[t] < 0 ? Algebra.Subtract(s, t) : Algebra.Add(s, t));
            sum = Algebra.Add(sum, Algebra.Multiply(Real.Constant(group.Key), inner));
        }

        return sum;
    }
}
