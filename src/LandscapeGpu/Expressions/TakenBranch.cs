namespace LandscapeGpu.Expressions;

/// <summary>Where a derivative is passed on because a branch of the formula is taken; elsewhere it is zero, whatever it would be multiplied by.</summary>
/// <remarks>
/// The product of that zero and a slope that is infinite or no number, in the branch that is not taken, is no number. So the product is
/// written inside the branch. That is needed only where a slope may be so: the mask is made when it is asked for.
/// </remarks>
internal sealed class TakenBranch(Func<Real?> mask)
{
    private bool isMade;
    private Real? made;

    /// <summary>The mask; null where the branch is always taken.</summary>
    public Real? Mask
    {
        get
        {
            if (!isMade)
            {
                (isMade, made) = (true, mask());
            }

            return made;
        }
    }

    public static TakenBranch Of(Condition condition) => new(() => condition.Mask);

    /// <summary>Where both are taken.</summary>
    public static TakenBranch? Both(TakenBranch? a, TakenBranch? b) => a is null ? b : b is null ? a : new(() =>
    {
        var (p, q) = (Of(a), Of(b));
        return p is null ? q : q is null ? p : (new Condition(p) & new Condition(q)).Mask;
    });

    /// <summary>Where any is taken; null where one is always.</summary>
    public static TakenBranch? Any(IReadOnlyList<TakenBranch?> branches) => branches.Contains(null) ? null : branches.Count == 1 ? branches[0] : new(() =>
    {
        var masks = branches.Select(b => Of(b!)).Distinct().ToList();
        return masks.Contains(null) || masks.Exists(m => m!.Operation == Operation.Not && masks.Contains(m.A))
            ? null
            : masks.Aggregate((a, b) => (new Condition(a!) | new Condition(b!)).Mask);
    });

    /// <summary>Where it is taken in any iteration of a loop.</summary>
    public static TakenBranch? Anywhere(Index loop, TakenBranch? branch) => branch is null ? null : new(() =>
        Of(branch) is not { } mask ? null : mask.Free.Contains(loop) ? IsPositive(Algebra.Sum(loop, One(mask))) : mask);

    /// <summary>Where any of the contributions to a vector's element is made; null where one always is.</summary>
    public static TakenBranch? Any(int length, VariableSet free, List<Contribution> contributions, Index element) => contributions.Exists(c => c.Where is null) ? null : new(() =>
    {
        var counted = contributions.ConvertAll(c => Of(c.Where!) is { } mask ? c with { Value = One(mask), Where = null } : null);
        return counted.Contains(null) ? null : IsPositive(Collection.Of(length, free, counted!).Element(element));
    });

    /// <summary>A derivative, made from one that is passed on here, which is zero where the branch is not taken even if its other factors are no numbers.</summary>
    /// <param name="branch">Where what is passed on is not zero.</param>
    /// <param name="passed">What is passed on.</param>
    /// <param name="derivative">What is made of it.</param>
    public static Real Inside(TakenBranch? branch, Real passed, Func<Real, Real> derivative) => branch is not null && Of(branch) is { } mask
        ? Algebra.Select(mask, derivative(Taken(passed, mask)), Real.Constant(0))
        : derivative(passed);

    /// <summary>What is passed on, where the branch is taken.</summary>
    public static Real Taken(TakenBranch? branch, Real passed) => branch is not null && Of(branch) is { } mask ? Taken(passed, mask) : passed;

    /// <summary>What a case distinction is where a mask holds, and one inside it.</summary>
    private static Real Taken(Real value, Real mask)
    {
        Real[] holds = [.. Conjuncts(mask)];
        return Of(value);

        Real Of(Real value) => value.Operation switch
        {
            Operation.Negate => Algebra.Negate(Of(value.A)),
            Operation.Select when holds.Contains(value.A) => Of(value.B),
            Operation.Select when holds.Any(m => m.Operation == Operation.Not && ReferenceEquals(m.A, value.A)) => Of(value.C),
            _ => value,
        };
    }

    private static IEnumerable<Real> Conjuncts(Real mask) => mask.Operation == Operation.And ? [mask, .. Conjuncts(mask.A), .. Conjuncts(mask.B)] : [mask];

    // One branch asks for that around it, and so on, as deep as the formula is.
    private static Real? Of(TakenBranch branch) => DeepStack.Call(b => b.Mask, branch);

    private static Real One(Real mask) => Algebra.Select(mask, Real.Constant(1), Real.Constant(0));

    private static Real IsPositive(Real count) => Algebra.Apply(Operation.Less, Real.Constant(0), count);
}
