using LandscapeGpu.Objectives.Datasets;
using LandscapeGpu.Objectives.Symmetries;

namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>½ Σ wᵢⱼ⟨xᵢ, xⱼ⟩ over unit vectors of ℝᵏ, one for each node of a graph: the semidefinite bound of the largest cut, factored.</summary>
/// <remarks>
/// X with rows xᵢ stands for XXᵀ, positive semidefinite of rank k and with ones on its diagonal: the relaxation of Goemans and Williamson by the
/// factors of Burer and Monteiro. With k(k + 1)/2 &gt; n almost every graph has no spurious minimum, and where W − diag(Σⱼ wᵢⱼ⟨xᵢ, xⱼ⟩) is positive
/// semidefinite a point is a global minimum. Rotations of ℝᵏ change nothing. Weights are 1 on edges, each there with probability p.
/// </remarks>
internal sealed class MaxCut() : Family(
    "max-cut", "the semidefinite bound of the largest cut on a product of spheres: no spurious minima at rank √2n", 40,
    "Burer and Monteiro (2005), Local minima and convergence in low-rank semidefinite programming, Mathematical Programming 103, 427; " +
    "Boumal, Voroninski and Bandeira (2016), The non-convex Burer-Monteiro approach works on smooth semidefinite programs, NIPS")
{
    public override IReadOnlyList<Setting> Settings =>
    [
        new("nodes", 10, "the number n of nodes"),
        new("rank", 4, "the dimension k of the space that unit vectors are of"),
        new("p", 0.5, "the probability of each edge"),
        Setting.Seed("the graph"),
    ];

    protected override Objective Build(Choices choices)
    {
        var (n, k, p) = (choices.Whole("nodes", 2, 1_000), choices.Whole("rank", 2, 100), choices.Within("p", 0, 1));
        var draw = new GeneratedNumbers(choices.Seed, 0);
        var w = new Data("W", GeneratedNumbers.Matrix(n, n, (i, j) => i != j && draw.Uniform(Math.Max(i, j), Math.Min(i, j)) < p ? 1 : 0));
        return Objective.Define(Name, n * k, x => 0.5 * Sum(n, i => Sum(k, c => x[(i * k) + c] * Sum(n, j => w[i, j] * x[(j * k) + c])))) with
        {
            Region = Region.Spheres(k),
            Symmetry = new Rotations(k),
        };
    }
}
