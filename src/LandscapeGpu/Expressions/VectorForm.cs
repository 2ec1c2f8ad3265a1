namespace LandscapeGpu.Expressions;

/// <summary>How vectors are written: coordinate by coordinate where a formula is small, as loops elsewhere.</summary>
/// <param name="IsWrittenOut">Whether each coordinate has a formula of its own.</param>
public readonly record struct VectorForm(bool IsWrittenOut)
{
    /// <summary>The form of a vector that is at hand.</summary>
    public static VectorForm Of(Vector vector) => new(vector is ComponentVector);

    /// <summary>A vector of n ≥ 1 numbers.</summary>
    public Vector Each(int n, Func<Index, Real> number) => IsWrittenOut || n == 1
        ? new ComponentVector([.. Enumerable.Range(0, n).Select(k => number(k))])
        : Vector(n, number);

    /// <summary>Σ of n terms.</summary>
    public Real Total(int n, Func<Index, Real> term) => IsWrittenOut
        ? Enumerable.Range(0, n).Select(k => term(k)).Aggregate(Real.Constant(0), Algebra.Add)
        : Sum(n, term);
}
