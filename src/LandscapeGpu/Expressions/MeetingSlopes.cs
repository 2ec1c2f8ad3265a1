using System.Runtime.CompilerServices;

namespace LandscapeGpu.Expressions;

/// <summary>Whether pieces of a formula that tie meet with one slope, as those of max(0, g)², |g|g and of a penalty's sum do: it has a gradient everywhere, that has kinks and not jumps.</summary>
/// <remarks>
/// Where e = 0 a node such as |e| has a kink, and is 0 itself. By the product's rule (ab)′ = a′b + ab′ a kink of a is none of ab where b is 0 as well, and of aⁿ, n ≥ 2, it is none where a is 0. Pieces that meet otherwise are
/// compared beside where they do (<see cref="OneSlope"/>). What this does not find is taken for a kink, and so is |e|^p with p &lt; 2: its curvature is infinite, and its bottom looked for as a cusp's is.
/// </remarks>
internal sealed class MeetingSlopes
{
    private static readonly ConditionalWeakTable<Real, StrongBox<bool>> Known = [];

    // Each takes a thousand small evaluations: formulas whose terms are written out have as many ties as terms.
    private const int MostLooks = 200;

    // A tie that nothing smooths: a jump, or one within a sum, whose terms are not zero together.
    private static readonly object Sharp = new();
    private static readonly Facts None = new([], [], [], false);

    private readonly Dictionary<object, Facts> facts = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<object> ties;
    private readonly HashSet<Real> moving;
    private readonly Dictionary<object, Real> differences = [];
    private int looks;

    private MeetingSlopes(Real formula)
    {
        Real[] inOrder = [.. Smoothness.Moving(formula)];
        moving = [.. inOrder];
        ties = [.. inOrder.Select(TieOf).OfType<object>()];
        foreach (var node in inOrder)
        {
            if (node.Operation == Operation.Subtract)
            {
                differences.TryAdd(ZeroOf(node), node);
            }

            facts[node] = Compute(node);
        }
    }

    /// <summary>Whether all ties of a formula are such.</summary>
    public static bool In(Real formula) => Known.GetValue(formula, f => new(new MeetingSlopes(f).Of(f).Kinks.Count == 0)).Value;

    /// <summary>What is 0 where a node's pieces tie; null where it has none, or no such thing is known.</summary>
    private static object? TieOf(Real n) => n.Operation switch
    {
        Operation.Abs => ZeroOf(n.A),
        Operation.Min or Operation.Max => DifferenceOf(n.A, n.B),
        Operation.Select when n.A.Operation is Operation.Less or Operation.LessOrEqual => DifferenceOf(n.A.A, n.A.B),
        _ => null,
    };

    /// <summary>What stands for the set where a node is 0.</summary>
    private static object ZeroOf(Real n) => n.Operation switch
    {
        Operation.Negate => ZeroOf(n.A),
        Operation.Multiply when n.A.IsConstant && n.A.Value != 0 => ZeroOf(n.B),
        Operation.Subtract => DifferenceOf(n.A, n.B),
        Operation.Add when n.A.IsConstant => (n.B, -n.A.Value),
        _ => n,
    };

    private static object DifferenceOf(Real a, Real b) => (a.IsConstant, b.IsConstant) switch
    {
        (true, _) when a.Value == 0 => ZeroOf(b),
        (_, true) when b.Value == 0 => ZeroOf(a),
        (true, false) => (b, a.Value),
        (false, true) => (a, b.Value),
        _ => a.Number <= b.Number ? (a, b) : (b, a),
    };

    private Facts Of(object node) => facts.GetValueOrDefault(node, None);

    private bool IsZeroWhere(Real n, object tie) => (n.IsConstant && n.Value == 0) || Of(n).Zeros.Contains(tie);

    private bool IsLevelWhere(Real n, object tie) => (n.IsConstant && n.Value == 0) || Of(n).Levels.Contains(tie);

    private Facts Compute(Real n)
    {
        Facts[] of = [.. n.Operands.Select(Of)];
        var hasTies = TieOf(n) is not null || n.Operation is Operation.Select or Operation.Round || of.Any(f => f.HasTies);
        HashSet<object> kinks = [.. of.SelectMany(f => f.Kinks)];
        var (zeros, levels) = (new HashSet<object>(), new HashSet<object>());
        if (ties.Contains(ZeroOf(n)))
        {
            zeros.Add(ZeroOf(n));
        }

        switch (n.Operation)
        {
            case Operation.Multiply:
                kinks = [.. of[0].Kinks.Except(of[1].Zeros), .. of[^1].Kinks.Except(of[0].Zeros)];
                kinks.RemoveWhere(t => moving.Contains(n.A) && moving.Contains(n.B) && HasOneSlope(n, t));
                zeros.UnionWith(of[0].Zeros.Concat(of[^1].Zeros));
                levels = [.. of[0].Zeros.Intersect(of[^1].Zeros), .. of[0].Levels, .. of[^1].Levels];
                break;
            case Operation.WholePower or Operation.Power when n.Operation == Operation.WholePower ? n.Exponent > 1 : n.B.IsConstant && n.B.Value >= 2:
                kinks.ExceptWith(of[0].Zeros);
                kinks.RemoveWhere(t => HasOneSlope(n, t));
                zeros.UnionWith(of[0].Zeros);
                levels = of[0].Zeros;
                break;
            case Operation.Negate:
                zeros.UnionWith(of[0].Zeros);
                levels = of[0].Levels;
                break;
            case Operation.Add or Operation.Subtract:
                kinks.RemoveWhere(t => of[0].Kinks.Contains(t) && of[^1].Kinks.Contains(t) && HasOneSlope(n, t));
                zeros.UnionWith(of[0].Zeros.Where(z => IsZeroWhere(n.B, z)));
                levels = [.. of[0].Levels.Where(z => IsLevelWhere(n.B, z))];
                break;
            case Operation.Abs or Operation.Min or Operation.Max or Operation.Select when TieOf(n) is { } tie:
                var pieces = n.Operation == Operation.Abs ? [n.A] : n.Operation == Operation.Select ? new[] { n.B, n.C } : [n.A, n.B];
                // A kink of one piece may lie where the other counts.
                kinks = [.. pieces.SelectMany(p => Of(p).Kinks).Where(t => n.Operation == Operation.Abs || !HasOneSlope(n, t))];
                var first = Of(pieces.FirstOrDefault(p => !(p.IsConstant && p.Value == 0)) ?? n);
                zeros.UnionWith(first.Zeros.Where(t => pieces.All(p => IsZeroWhere(p, t))));
                levels = [.. first.Levels.Where(t => pieces.All(p => IsLevelWhere(p, t)))];
                if (!levels.Contains(tie) && !(n.Operation == Operation.Select && HasOneSlope(n, tie)))
                {
                    // Beside a condition the value jumps, but where both pieces are 0.
                    kinks.Add(n.Operation != Operation.Select || zeros.Contains(tie) ? tie : Sharp);
                }

                break;
            case Operation.Select or Operation.Round:
                kinks.Add(Sharp);
                break;
            case Operation.Sum when kinks.Count > 0:
                kinks = [Sharp];
                break;
            case Operation.Element when Traversal.DependenciesOf(n.Vector).OfType<Real>().Select(Of).Where(f => f.HasTies).ToArray() is { Length: > 0 } within:
                kinks = within.Any(f => f.Kinks.Count > 0) ? [Sharp] : [];
                hasTies = true;
                break;
            case Operation.Sqrt or Operation.Power or Operation.Log or Operation.Asin or Operation.Acos or Operation.Atan2 when hasTies:
                // A root makes a kink again of what was smoothed.
                kinks = [Sharp];
                break;
        }

        return hasTies || zeros.Count > 0 ? new(kinks, zeros, levels, hasTies) : None;
    }

    /// <summary>Whether a node has one slope on both sides of a tie; false where nobody can tell.</summary>
    private bool HasOneSlope(Real n, object tie)
    {
        if (ReferenceEquals(tie, Sharp) || ++looks > MostLooks)
        {
            return false;
        }

        var (zero, core) = tie switch
        {
            (Real b, double c) => (b - c, CoreOf(b)),
            (Real a, Real b) when !moving.Contains(a) || !moving.Contains(b) => (a - b, CoreOf(moving.Contains(a) ? a : b)),
            (Real a, Real b) => differences.GetValueOrDefault(tie) is { } whole ? (whole, whole) : (a - b, a),
            _ => ((Real)tie, CoreOf((Real)tie)),
        };
        return OneSlope.At(n, zero, core, m => tie.Equals(TieOf(m)));
    }

    /// <summary>What a node is made of, as long as that is one number.</summary>
    private Real CoreOf(Real n)
    {
        while (n.Operation is not (Operation.Element or Operation.Sum or Operation.FromIndex) && n.Operands.Distinct().Where(moving.Contains).ToArray() is [var only])
        {
            n = only;
        }

        return n;
    }

    /// <summary>What is known of a node.</summary>
    /// <param name="Kinks">Ties at which it has a kink.</param>
    /// <param name="Zeros">Ties at which it is 0.</param>
    /// <param name="Levels">Ties at which its slope is 0 as well.</param>
    /// <param name="HasTies">Whether anything in it ties.</param>
    private sealed record Facts(HashSet<object> Kinks, HashSet<object> Zeros, HashSet<object> Levels, bool HasTies);
}
