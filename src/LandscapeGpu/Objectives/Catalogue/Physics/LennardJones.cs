namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>4 Σ r⁻¹² − r⁻⁶ over all pairs of n atoms: clusters of a rare gas, in reduced units (ε = σ = 1).</summary>
/// <remarks>
/// Coordinates are x, y, z of the first atom, then of the second, … Minima are counted modulo translation, rotation,
/// inversion and permutation of the atoms; their number grows exponentially with n.
/// </remarks>
internal sealed class LennardJones() : Family(
    "lennard-jones", "clusters of atoms: the standard landscape of physics", 21,
    "Jones (1924), On the determination of molecular fields, Proceedings of the Royal Society A 106, 463; " +
    "global minima: Wales and Doye (1997), Journal of Physical Chemistry A 101, 5111, and the Cambridge Cluster Database; " +
    "counts: Hoare and McInnes (1976), Faraday Discussions 61, 12; Tsai and Jordan (1993), Journal of Physical Chemistry 97, 11227")
{
    // At r² = 0.04 the energy of a pair is 10⁹: no minimum is near, and from there up r⁻¹² and its derivative stay well inside
    // the range of float, which they leave at r = 0.0006. Nearer pairs go on with the slope in r² they have there: a flat
    // inside would be a landscape of its own, with minima of merged atoms.
    private const double LeastSquaredDistance = 0.04;
    private static readonly double SlopeInside = (-6 * Math.Pow(LeastSquaredDistance, -7)) + (3 * Math.Pow(LeastSquaredDistance, -4));

    // Cambridge Cluster Database, from two atoms up.
    private static readonly double[] GlobalValues =
    [
        -1, -3, -6, -9.103852, -12.712062, -16.505384, -19.821489, -24.113360, -28.422532, -32.765970, -37.967600, -44.326801,
    ];

    private static readonly long[] Counts = [1, 1, 1, 1, 2, 4, 8, 21, 64];

    public override IReadOnlyList<Setting> Settings => [new("atoms", 7, "the number of atoms; each has three coordinates")];

    protected override Objective Build(Choices choices)
    {
        var n = choices.Whole("atoms", 2, 1000);
        return Objective.Define(Name, 3 * n, x => 4 * Sum(n, i => Sum(i, j =>
        {
            var r2 = Square(x[3 * i] - x[3 * j]) + Square(x[(3 * i) + 1] - x[(3 * j) + 1]) + Square(x[(3 * i) + 2] - x[(3 * j) + 2]);
            // One division a pair and no root: r⁻⁶, then r⁻¹² − r⁻⁶ = r⁻⁶(r⁻⁶ − 1).
            var near = r2 <= LeastSquaredDistance;
            var r6 = 1 / Pow(Select(near, LeastSquaredDistance, r2), 3);
            return (r6 * (r6 - 1)) + (SlopeInside * Select(near, r2 - LeastSquaredDistance, 0));
        }))) with
        {
            Symmetry = new RigidMotions(3),
            StandsIn = x => Enumerable.Range(0, n).Any(i => Enumerable.Range(0, i).Any(j =>
                Enumerable.Range(0, 3).Sum(c => (x[(3 * i) + c] - x[(3 * j) + c]) * (x[(3 * i) + c] - x[(3 * j) + c])) <= LeastSquaredDistance)),
            // A cube that holds the cluster loosely: tighter ones miss open minima, wider ones let atoms fly apart.
            Starts = new UniformBox(-0.62 * Math.Cbrt(n), 0.62 * Math.Cbrt(n)),
            Known = new()
            {
                Count = n - 2 < Counts.Length ? Counts[n - 2] : null,
                GlobalValue = n - 2 < GlobalValues.Length ? GlobalValues[n - 2] : null,
                Points = n <= 4 ? [[.. Simplex.Take(n).SelectMany(atom => atom)]] : [],
            },
        };
    }

    /// <summary>The corners of a regular tetrahedron with every edge at the pair's best distance, 2^(1/6).</summary>
    private static IEnumerable<double[]> Simplex
    {
        get
        {
            // Alternate corners of a cube are √2 of its side apart.
            var half = Math.Pow(2, 1.0 / 6) / Math.Sqrt(8);
            yield return [half, half, half];
            yield return [half, -half, -half];
            yield return [-half, half, -half];
            yield return [-half, -half, half];
        }
    }
}
