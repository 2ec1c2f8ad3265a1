namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>−Σ ⟨aₖ, x⟩⁴ on the unit sphere, aₖ an orthonormal basis: decomposing an orthogonal tensor of order four.</summary>
/// <remarks>
/// With n &lt; d components the global minima are still ±a₁ … ±aₙ; vectors orthogonal to all of these are degenerate saddles, flat to third order: footnote 8 of Ma (2021), by
/// which the tensor is strict saddle, needs n = d. In the basis it is −‖x‖₄⁴. Stationary points have s equal coordinates ±1/√s: C(d, s)·2ˢ of them, of index s−1; the minima, s = 1, are ±aₖ.
/// </remarks>
internal sealed class OrthogonalTensor() : Family(
    "orthogonal-tensor", "a tensor of order four on the sphere: 2d minima among 3^d - 1 stationary points", 5, (2, 200),
    "Ge, Huang, Jin and Yuan (2015), Escaping from saddle points: online stochastic gradient for tensor decomposition, COLT; " +
    "Anandkumar et al. (2014), Journal of Machine Learning Research 15, 2773")
{
    private const ulong BasisSeed = 102;

    public override IReadOnlyList<Setting> Settings => [new("components", 0, "the number n of components, at most d; 0 for d")];

    protected override Objective Build(Choices choices)
    {
        var d = choices.Dimension;
        var n = choices.Whole("components", 0, d) is > 0 and var given ? given : d;
        var basis = SeededMatrices.Orthonormal(BasisSeed, d).Take(n).ToList();
        var a = new Data("A", basis);
        return Objective.Define(Name, d, x => -Sum(n, k => Pow(Sum(d, j => a[k, j] * x[j]), 4))) with
        {
            Region = Region.Sphere(d),
            Known = new() { Count = 2 * n, GlobalValue = -1, Points = [.. basis.Select(row => (IReadOnlyList<double>)row)] },
        };
    }
}
