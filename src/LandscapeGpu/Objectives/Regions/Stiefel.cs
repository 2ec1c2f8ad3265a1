namespace LandscapeGpu.Objectives.Regions;

/// <summary>The Stiefel manifold St(n, p): p orthonormal vectors of ℝⁿ, one after the other; for p = n the orthogonal group.</summary>
/// <remarks>
/// As n×p matrices, XᵀX = I. In the metric of the surrounding space PV = V − X sym(XᵀV), and the retraction is the orthogonal factor of
/// the QR decomposition with a positive diagonal. Edelman, Arias and Smith (1998), The geometry of algorithms with orthogonality
/// constraints, SIAM J. Matrix Anal. Appl. 20, 303; Absil, Mahony and Sepulchre (2008), §3.3.2, §3.6.1 and example 4.1.3.
/// </remarks>
internal sealed record Stiefel : Region
{
    public Stiefel(int n, int p)
    {
        if (p < 1 || p > n || n < 2)
        {
            throw new ArgumentException($"{p} orthonormal vectors of R^{n} were asked for; n must be at least 2, and p from 1 to n.");
        }

        (N, P) = (n, p);
    }

    /// <summary>The length of each vector.</summary>
    public int N { get; }

    /// <summary>The number of vectors.</summary>
    public int P { get; }

    public override string ToString() => P == N ? $"orthogonal {N}x{N} matrices" : $"{P} orthonormal vectors of R^{N}";

    public override Sampler Starts => new UniformStiefel(N, P);

    internal override bool HasGeneralSides => false;

    internal override (int First, int Count)? UnitVectorAt(int coordinate) => (coordinate / N * N, N);

    public override int Normals(int coordinates) => P * (P + 1) / 2;

    public override (int Value, string Of) EulerCharacteristic(int coordinates, double reach) => (
        // St(n, p) is made of spheres S^(n−1), …, S^(n−p), bundle upon bundle, and χ is the product: 0 as soon as one has odd dimension.
        P == 1 && N % 2 == 1 ? 2 : 0,
        P == N ? $"the orthogonal group O({N})" : $"the Stiefel manifold St({N}, {P})");

    public override void Require(int coordinates)
    {
        if (coordinates != N * P)
        {
            throw new ArgumentException($"{P} vectors of R^{N} have {N * P} coordinates and the objective has {coordinates}; give it n·p coordinates, vector after vector.");
        }
    }

    /// <summary>The largest entry of XᵀX − I.</summary>
    public override double Violation(ReadOnlySpan<double> point)
    {
        var worst = 0.0;
        for (var a = 0; a < P; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                var dot = a == b ? -1.0 : 0;
                for (var i = 0; i < N; i++)
                {
                    dot += point[(a * N) + i] * point[(b * N) + i];
                }

                worst = Math.Max(worst, Math.Abs(dot));
            }
        }

        return worst;
    }

    public override Vector Tangent(Vector v, Vector at, VectorForm form)
    {
        var (n, p) = (N, P);
        var symmetric = form.Each(p * p, e => 0.5 * form.Total(n, i =>
            (at[((e / p) * n) + i] * v[((e % p) * n) + i]) + (at[((e % p) * n) + i] * v[((e / p) * n) + i])));
        return form.Each(n * p, i => v[i] - form.Total(p, a => at[(a * n) + (i % n)] * symmetric[(a * p) + (i / n)]));
    }

    public override Vector Project(Vector point, VectorForm form)
    {
        // Once leaves the rounding of nearly parallel vectors; twice is enough (Parlett 1998, The Symmetric Eigenvalue Problem, §6.9).
        var once = Orthonormalised(point, form);
        return P == 1 ? once : Orthonormalised(once, form);
    }

    /// <summary>Gram and Schmidt's method in its modified form: each vector, once divided by its length, is taken out of those after it.</summary>
    private Vector Orthonormalised(Vector a, VectorForm form)
    {
        var (n, p) = (N, P);
        for (var k = 0; k < p; k++)
        {
            var (at, last) = (k, a);
            var square = form.Total(n, i => Square(last[(at * n) + i]));
            // A written-out vector of coefficients: the block that is done, the ones after it, and the ones before.
            var scale = form.Each(1, _ => 1 / Sqrt(square))[0];
            var keep = Vector([.. Enumerable.Range(0, p).Select(b => b == at ? scale : Real.Constant(1))]);
            var take = Vector([.. Enumerable.Range(0, p).Select(b => b <= at ? Real.Constant(0) : Square(scale) * form.Total(n, i => last[(at * n) + i] * last[(b * n) + i]))]);
            a = form.Each(n * p, i => (keep[i / n] * last[i]) - (take[i / n] * last[(at * n) + (i % n)]));
        }

        return a;
    }
}
