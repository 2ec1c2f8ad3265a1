using System.Diagnostics.CodeAnalysis;

namespace LandscapeGpu.Expressions;

/// <summary>A sum whose equal terms are counted, not repeated: s·x − p + x·s − p is 2s·x − 2p.</summary>
/// <remarks>
/// Products of the same factors are equal terms in whatever order they were multiplied: the parts of a derivative that cancel
/// come about along different ways.
/// </remarks>
/// <param name="whole">Sums that are not taken apart: a term each; null for none.</param>
internal sealed class Terms(IReadOnlySet<Real>? whole = null)
{
    private readonly List<Real> order = [];
    private readonly Dictionary<Real[], (Real Term, double Factor)> terms = new(SameFactors.Instance);

    public void Add(Real term, double factor = 1)
    {
        // An explicit stack: terms written out one by one are a deep expression.
        var pending = new Stack<(Real Term, double Factor)>([(term, factor)]);
        while (pending.TryPop(out var next))
        {
            (term, factor) = next;
            switch (term.Operation)
            {
                case Operation.Add or Operation.Subtract when whole?.Contains(term) == true:
                    Count(term, factor);
                    break;
                case Operation.Negate:
                    pending.Push((term.A, -factor));
                    break;
                case Operation.Add:
                    pending.Push((term.B, factor));
                    pending.Push((term.A, factor));
                    break;
                case Operation.Subtract:
                    pending.Push((term.B, -factor));
                    pending.Push((term.A, factor));
                    break;
                case Operation.Multiply when term.A.IsConstant:
                    pending.Push((term.B, factor * term.A.Value));
                    break;
                default:
                    Count(term, factor);
                    break;
            }
        }
    }

    private void Count(Real term, double factor)
    {
        var key = Product.Factors(term);
        Array.Sort(key, (a, b) => a.Number.CompareTo(b.Number));
        if (terms.TryGetValue(key, out var before))
        {
            terms[key] = (before.Term, before.Factor + factor);
        }
        else
        {
            order.Add(term);
            terms.Add(key, (term, factor));
        }
    }

    /// <summary>The sum; terms of one factor are added before they are multiplied.</summary>
    public Real Sum()
    {
        CancelInBranches();
        var sum = Real.Constant(0);
        var factors = terms.Values.ToDictionary(t => t.Term, t => t.Factor);
        foreach (var group in order.GroupBy(t => Math.Abs(factors[t])).Where(g => g.Key != 0))
        {
            // −a − b is −(a + b).
            var sign = group.All(t => factors[t] < 0) ? -1 : 1;
            var inner = group.OrderBy(t => factors[t] < 0).Aggregate(Real.Constant(0), (s, t) => sign * factors[t] < 0 ? Algebra.Subtract(s, t) : Algebra.Add(s, t));
            sum = Algebra.Add(sum, Algebra.Multiply(Real.Constant(sign * group.Key), inner));
        }

        return sum;
    }

    /// <summary>What another sum is multiplied with to give this one; null where no number does, or either is 0.</summary>
    public double? Over(Terms other)
    {
        var (mine, theirs) = (Counted(), other.Counted());
        if (mine.Count == 0 || mine.Count != theirs.Count || !mine.Keys.All(theirs.ContainsKey))
        {
            return null;
        }

        var ratio = mine.First().Value / theirs[mine.First().Key];
        // Each factor is a difference of two: as many roundings.
        return mine.All(t => Math.Abs(t.Value - (ratio * theirs[t.Key])) <= 4 * RunningError.UnitRoundoff * Math.Abs(t.Value)) ? ratio : null;
    }

    /// <summary>f·z and a case distinction that is −f·z or 0 are one that is 0 or f·z; so in sums over the same loop.</summary>
    /// <remarks>What a clamped quotient's numerator and denominator pass back cancels, but for where the bound is what counts.</remarks>
    private void CancelInBranches()
    {
        foreach (var (key, (term, factor)) in terms.ToArray())
        {
            var loop = term.Operation == Operation.Sum ? term.Index : null;
            if (Alone(loop is null ? term : term.A) is not { } branch || !TryMeasure(branch.Value, factor, out var inside))
            {
                continue;
            }

            if (loop is null)
            {
                if (TryCancel(inside, branch))
                {
                    Remove(key);
                }

                continue;
            }

            foreach (var (otherKey, (other, otherFactor)) in terms.Where(t => t.Value.Term.Operation == Operation.Sum && ReferenceEquals(t.Value.Term.Index, loop) && !ReferenceEquals(t.Value.Term, term)).ToArray())
            {
                var body = new Terms(whole);
                body.Add(other.A, otherFactor);
                if (body.TryCancel(inside, branch))
                {
                    Remove(key);
                    Remove(otherKey);
                    Add(Algebra.Sum(loop, body.Sum()));
                    break;
                }
            }
        }
    }

    /// <summary>Takes a term out that cancels what is inside a branch, and leaves it where that branch is not taken.</summary>
    private bool TryCancel(Terms inside, (Real Mask, Real Value, bool IsThen) branch)
    {
        var (key, (_, factor)) = inside.terms.Single();
        if (!terms.TryGetValue(key, out var mine) || Math.Abs(mine.Factor + factor) > 4 * RunningError.UnitRoundoff * Math.Abs(factor))
        {
            return false;
        }

        Remove(key);
        var zero = Real.Constant(0);
        Add(branch.IsThen ? Algebra.Select(branch.Mask, zero, mine.Term) : Algebra.Select(branch.Mask, mine.Term, zero), mine.Factor);
        return true;
    }

    private bool TryMeasure(Real value, double factor, out Terms inside)
    {
        inside = new(whole);
        inside.Add(value, factor);
        return inside.terms.Count == 1;
    }

    /// <summary>A case distinction that is zero in one case.</summary>
    private static (Real Mask, Real Value, bool IsThen)? Alone(Real term) => term.Operation != Operation.Select ? null
        : term.B is { IsConstant: true, Value: 0 } ? (term.A, term.C, false)
        : term.C is { IsConstant: true, Value: 0 } ? (term.A, term.B, true)
        : null;

    private void Remove(Real[] key)
    {
        order.Remove(terms[key].Term);
        terms.Remove(key);
    }

    /// <summary>The factor of each product, and of 1.</summary>
    private Dictionary<Real[], double> Counted()
    {
        var counted = terms.Where(t => !t.Value.Term.IsConstant).ToDictionary(t => t.Key, t => t.Value.Factor, SameFactors.Instance);
        counted[[]] = terms.Values.Where(t => t.Term.IsConstant).Sum(t => t.Factor * t.Term.Value);
        return counted.Where(t => t.Value != 0).ToDictionary(t => t.Key, t => t.Value, SameFactors.Instance);
    }

    private sealed class SameFactors : IEqualityComparer<Real[]>
    {
        public static SameFactors Instance { get; } = new();

        public bool Equals(Real[]? a, Real[]? b) => a.AsSpan().SequenceEqual(b);

        public int GetHashCode([DisallowNull] Real[] factors) => factors.Aggregate(0, (hash, f) => HashCode.Combine(hash, f));
    }
}
