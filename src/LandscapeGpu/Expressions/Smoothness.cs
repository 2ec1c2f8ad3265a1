namespace LandscapeGpu.Expressions;

/// <summary>Whether a formula can have kinks or jumps at all.</summary>
/// <remarks>
/// Sums, products and compositions of analytic functions are analytic where they are defined, so that a formula has a kink or a jump only where an
/// operation has one: at a tie or a condition, at the end of a function's domain, or at a pole.
/// </remarks>
internal static class Smoothness
{
    /// <summary>False where every operation is analytic on all of ℝ.</summary>
    public static bool MayEnd(Real formula) => MayEnd(formula, MayEndAt);

    /// <summary>Whether derivatives of any operation can be infinite, as those of √|x| and |x|^1.3 are at 0.</summary>
    public static bool MayBeSteep(Real formula) => MayEnd(formula, node => node.Operation is Operation.Sqrt or Operation.Log or Operation.Power or Operation.Asin or Operation.Acos);

    /// <summary>Whether the value of any operation can be infinite at a number.</summary>
    public static bool MayHavePole(Real formula) => MayEnd(formula, node => node.Operation is Operation.Reciprocal or Operation.Log or Operation.Power or Operation.Tan || (node.Operation == Operation.WholePower && node.Exponent < 0));

    /// <summary>Whether the value can jump, or be lowest at a kink: at a condition, a tie, or from one whole number to the next, but where the pieces meet with one slope.</summary>
    public static bool MayBeSharp(Real formula) => MayTie(formula) && !MeetingSlopes.In(formula);

    /// <summary>Whether pieces meet and all of them do with one slope: curvatures jump and nothing else, as where a penalty max(0, g)² begins.</summary>
    public static bool MayBendAtOnce(Real formula) => MayTie(formula) && MeetingSlopes.In(formula);

    private static bool MayTie(Real formula) => MayEnd(formula, node => node.Operation is Operation.Select or Operation.Round or Operation.Min or Operation.Max or Operation.Abs);

    /// <summary>Whether the value can jump: at a condition, or from one whole number to the next.</summary>
    public static bool MayJump(Real formula) => MayEnd(formula, node => node.Operation is Operation.Select or Operation.Round);

    private static bool MayEnd(Real formula, Func<Real, bool> mayEndAt) => Moving(formula).Any(mayEndAt);

    /// <summary>The nodes whose value depends on the point: what is made of data and settings alone, as the divisor of a change of units, is a number whatever it is made by.</summary>
    public static IEnumerable<Real> Moving(Real formula)
    {
        var moving = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var node in Traversal.From(formula))
        {
            if (node is Point || Traversal.DependenciesOf(node).Any(moving.Contains))
            {
                moving.Add(node);
                if (node is Real real)
                {
                    yield return real;
                }
            }
        }
    }

    private static bool MayEndAt(Real node) => node.Operation switch
    {
        Operation.Min or Operation.Max or Operation.Abs or Operation.Select or Operation.Round => true,
        Operation.Sqrt or Operation.Log or Operation.Asin or Operation.Acos or Operation.Atan2 or Operation.Power => true,
        Operation.Reciprocal or Operation.Tan => true,
        Operation.WholePower => node.Exponent < 0,
        _ => false,
    };
}
