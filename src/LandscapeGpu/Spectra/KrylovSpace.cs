namespace LandscapeGpu.Spectra;

/// <summary>
/// An orthonormal basis V of a growing subspace and the operator on it, H = VᵀAV, with A V = V H + w eᵀ: what leaves the
/// subspace is the one vector w, from the last basis vector.
/// </summary>
/// <remarks>
/// Every new vector is made orthogonal to all others, twice: G. Golub, C. Van Loan, Matrix Computations (4th edition, 2013), §10.3.
/// H is kept whole rather than as a tridiagonal matrix, so that a basis may begin with Ritz vectors (a thick restart). <see cref="LanczosItem{TDerivatives, TMemory}"/> has the
/// same recurrence on devices: one product a launch, in memory that is asked for before, so with neither restarts nor a basis that grows, and T is tridiagonal.
/// </remarks>
internal sealed class KrylovSpace(SymmetricOperator apply, int dimension, int limit)
{
    private readonly double[] _projected = new double[limit * limit];
    private readonly double[] _outside = new double[dimension];
    private readonly List<double[]> _basis = new(limit);

    internal int Count => _basis.Count;

    internal int Products { get; private set; }

    /// <summary>‖w‖; zero where the subspace is invariant.</summary>
    internal double Outside { get; private set; }

    /// <summary>A lower bound of ‖A‖: the largest ‖A v‖ seen.</summary>
    internal double Size { get; private set; }

    internal bool Full => Count == limit;

    internal bool Invariant => Outside <= Stationarity.SumOfRoundings * Size || Count == dimension;

    /// <summary>Adds a direction, less its part inside; it must not be wholly inside.</summary>
    internal void Add(ReadOnlySpan<double> direction)
    {
        var v = direction.ToArray();
        Inner.Scale(1 / Inner.Norm(v), v);
        Orthogonalise(v);
        Inner.Scale(1 / Inner.Norm(v), v);
        Multiply(v);
    }

    /// <summary>Adds w.</summary>
    internal void Extend()
    {
        var v = (double[])_outside.Clone();
        Inner.Scale(1 / Outside, v);
        Multiply(v);
    }

    /// <summary>The eigenvalues and eigenvectors of H.</summary>
    internal SymmetricEigenvectors Ritz()
    {
        var leading = new double[Count * Count];
        for (var i = 0; i < Count; i++)
        {
            _projected.AsSpan(i * limit, Count).CopyTo(leading.AsSpan(i * Count));
        }

        return SymmetricEigenvalues.Decompose(leading, Count);
    }

    /// <summary>‖A y − θ y‖ of a Ritz vector y = V s, by the last entry of s.</summary>
    internal double Residual(SymmetricEigenvectors ritz, int k) => Invariant ? 0 : Outside * Math.Abs(ritz.Vector(k)[^1]);

    /// <summary>y = V s.</summary>
    internal double[] Vector(ReadOnlySpan<double> s)
    {
        var y = new double[dimension];
        for (var i = 0; i < s.Length; i++)
        {
            Inner.Add(s[i], _basis[i], y);
        }

        return y;
    }

    /// <summary>‖A y − θ y‖ by a product made for the purpose.</summary>
    internal double TrueResidual(double[] y, double value)
    {
        var product = new double[dimension];
        apply(y, product);
        Products++;
        Inner.Add(-value, y, product);
        return Inner.Norm(product);
    }

    /// <summary>Begins again with some Ritz vectors as the basis; w stays what it is.</summary>
    internal void Keep(SymmetricEigenvectors ritz, IReadOnlyList<int> kept)
    {
        double[][] vectors = [.. kept.Select(k => Vector(ritz.Vector(k)))];
        _basis.Clear();
        _basis.AddRange(vectors);
        Array.Clear(_projected);
        for (var i = 0; i < kept.Count; i++)
        {
            _projected[i * limit + i] = ritz.Values[kept[i]];
        }
    }

    private void Multiply(double[] v)
    {
        _basis.Add(v);
        apply(v, _outside);
        Products++;
        Size = Math.Max(Size, Inner.Norm(_outside));
        var last = Count - 1;
        var column = Orthogonalise(_outside);
        for (var i = 0; i <= last; i++)
        {
            _projected[i * limit + last] = _projected[last * limit + i] = column[i];
        }

        Outside = Inner.Norm(_outside);
    }

    /// <summary>Takes from a vector its part inside the subspace, twice over, and returns that part's coordinates.</summary>
    private double[] Orthogonalise(Span<double> vector)
    {
        var inside = new double[Count];
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < Count; i++)
            {
                var along = Inner.Product(_basis[i], vector);
                Inner.Add(-along, _basis[i], vector);
                inside[i] += along;
            }
        }

        return inside;
    }
}
