namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>−Σ ⟨aₖ, x⟩⁴ on the unit sphere, aₖ random unit vectors, more of them than dimensions: decomposing an overcomplete tensor of order four.</summary>
/// <remarks>
/// Components are normal vectors divided by their lengths. Within a set where −f is a little above its mean, all local minima are within
/// Õ((n/d³)^½) of some ±aₖ for n ≪ d², and each has one; outside it, where random starts are, nothing is known. The bound is one for large d:
/// with d = 100 and n = 110 there is a minimum within 15 degrees of every component, with d = 8 and n = 12 of some only. Minima come in pairs ±x,
/// which are counted once.
/// </remarks>
internal sealed class OvercompleteTensor() : Family(
    "overcomplete-tensor", "a random tensor of order four with more components than dimensions", 8, (2, 200),
    "Ge and Ma (2017), On the optimization landscape of tensor decompositions, NIPS")
{
    public override IReadOnlyList<Setting> Settings =>
    [
        new("components", 12, "the number n of components; above d, and far below d² for the theory"),
        Setting.Seed("the components"),
    ];

    protected override Objective Build(Choices choices)
    {
        var (d, n) = (choices.Dimension, choices.Whole("components", 1, 100_000));
        double[][] unit = [.. Enumerable.Range(0, n).Select(k => Unit(choices.Seed, k, d))];
        var a = new Data("A", GeneratedNumbers.Matrix(n, d, (k, j) => unit[k][j]));
        return Objective.Define(Name, d, x => -Sum(n, k => Pow(Sum(d, j => a[k, j] * x[j]), 4))) with
        {
            Region = Region.Sphere(d),
            Symmetry = new GlobalSign(),
        };
    }

    internal static double[] Unit(ulong seed, int k, int d)
    {
        var numbers = new GeneratedNumbers(seed, 0);
        double[] row = [.. Enumerable.Range(0, d).Select(j => numbers.Normal(k, j))];
        var length = Math.Sqrt(row.Sum(c => c * c));
        return [.. row.Select(c => c / length)];
    }
}
