namespace LandscapeGpu.Spectra;

/// <summary>The Gauss quadrature of an operator's spectrum as a vector sees it: Lanczos' three-term recurrence, made orthogonal again where rounding asks for it.</summary>
/// <remarks>
/// The recurrence loses orthogonality only as Ritz values converge, and how far can be followed without the vectors: ω estimates ⟨q, qₖ⟩ of a new vector q with all before it. Where ω
/// passes √ε, two vectors in a row are made orthogonal to all others; then T is VᵀAV of an orthonormal V to rounding, at a fraction of the cost of doing so at every step.
/// <see cref="KrylovSpace"/> makes every vector orthogonal to all others, since its Ritz vectors are wanted as well; here only nodes and weights are. H. D. Simon (1984), The Lanczos algorithm with partial reorthogonalization, Math. Comp. 42, 115.
/// </remarks>
internal sealed class LanczosQuadrature(int steps)
{
    private readonly List<double[]> basis = [];
    private readonly List<double> diagonal = [];
    private readonly List<double> beside = [];

    // ω of the vector made last, and of the one before it.
    private readonly double[] last = new double[steps + 1];
    private readonly double[] before = new double[steps + 1];

    /// <param name="apply">The operator.</param>
    /// <param name="start">A vector; it is scaled.</param>
    /// <param name="steps">m, the products to be made, at most d.</param>
    /// <returns>Nodes, ascending, and their weights, of sum 1; fewer than m where the vector lies in a smaller invariant subspace.</returns>
    public static (double[] Nodes, double[] Weights) Of(SymmetricOperator apply, double[] start, int steps)
    {
        var quadrature = new LanczosQuadrature(steps);
        quadrature.Run(apply, start, steps);
        return quadrature.Solved();
    }

    private void Run(SymmetricOperator apply, double[] start, int steps)
    {
        var (next, size, isOwed) = (new double[start.Length], 0.0, false);
        Inner.Scale(1 / Inner.Norm(start), start);
        basis.Add(start);
        while (true)
        {
            var (j, q) = (basis.Count - 1, basis[^1]);
            apply(q, next);
            size = Math.Max(size, Inner.Norm(next));
            if (j > 0)
            {
                Inner.Add(-beside[j - 1], basis[j - 1], next);
            }

            diagonal.Add(Inner.Product(q, next));
            Inner.Add(-diagonal[j], q, next);
            var length = Inner.Norm(next);
            if (basis.Count == steps || !double.IsFinite(length))
            {
                return;
            }

            if (Drifts(j, length, Stationarity.UnitRoundoff * Math.Sqrt(start.Length) * size / length) || isOwed)
            {
                isOwed = !isOwed;
                foreach (var v in basis)
                {
                    Inner.Add(-Inner.Product(v, next), v, next);
                }

                length = Inner.Norm(next);
                Array.Fill(last, Stationarity.UnitRoundoff, 0, basis.Count);
            }

            if (length <= Stationarity.SumOfRoundings * size)
            {
                return;
            }

            beside.Add(length);
            Inner.Scale(1 / length, next);
            basis.Add([.. next]);
        }
    }

    /// <summary>Follows ω to the vector that is being made; whether it passes √ε.</summary>
    /// <param name="j">The number of the vector that the operator was applied to.</param>
    /// <param name="length">Of what is left of the product.</param>
    /// <param name="neighbours">What rounding leaves between that and the vector itself.</param>
    private bool Drifts(int j, double length, double neighbours)
    {
        var greatest = neighbours;
        for (var k = 0; k < j; k++)
        {
            var next = ((diagonal[k] - diagonal[j]) * last[k]) - (beside[j - 1] * before[k]) + (beside[k] * (k == j - 1 ? 1 : last[k + 1])) + (k > 0 ? beside[k - 1] * before[k - 1] : 0);
            // before[k − 1] is by now what last[k − 1] was. What the step itself rounds comes on top, with the sign that makes it worse.
            next = (next + Math.CopySign(Stationarity.UnitRoundoff * (beside[k] + length), next)) / length;
            (before[k], last[k]) = (last[k], next);
            greatest = Math.Max(greatest, Math.Abs(next));
        }

        (before[j], last[j]) = (1, neighbours);
        return greatest > Stationarity.HalfTheDigits;
    }

    private (double[] Nodes, double[] Weights) Solved()
    {
        var n = diagonal.Count;
        var tridiagonal = new double[n * n];
        for (var k = 0; k < n; k++)
        {
            tridiagonal[(k * n) + k] = diagonal[k];
            if (k > 0)
            {
                tridiagonal[(k * n) + k - 1] = tridiagonal[((k - 1) * n) + k] = beside[k - 1];
            }
        }

        var ritz = SymmetricEigenvalues.Decompose(tridiagonal, n);
        return (ritz.Values, [.. Enumerable.Range(0, n).Select(k => ritz.Vector(k)[0] * ritz.Vector(k)[0])]);
    }
}
