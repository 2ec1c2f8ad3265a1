namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>½xᵀAx − Σxᵢ on the positive orthant, A symmetric with ones on its diagonal: abundances of n species that compete.</summary>
/// <remarks>
/// It falls along the solutions of the Lotka–Volterra equations ẋᵢ = xᵢ(1 − (Ax)ᵢ), so its local minima are the stable communities. A set S
/// of survivors is one where x_S = A_SS⁻¹1 &gt; 0, A_SS is positive definite and no absent species can invade, (Ax)ᵢ &gt; 1 for i outside S.
/// Competition coefficients are uniform on [0, 2·strength].
/// </remarks>
internal sealed class SpeciesCompetition() : Family(
    "species-competition", "a quadratic on the positive orthant: communities of species that no other can invade", 8, (1, 200),
    "MacArthur (1970), Species packing and competitive equilibrium for many species, Theoretical Population Biology 1, 1; " +
    "Biroli, Bunin and Cammarota (2018), Marginally stable equilibria in critical ecosystems, New Journal of Physics 20, 083051")
{
    public override IReadOnlyList<Setting> Settings => [new("strength", 0.8, "the mean competition of two species"), Setting.Seed("the coefficients")];

    protected override Objective Build(Choices choices)
    {
        var (n, strength) = (choices.Dimension, choices.Within("strength", 0, 100));
        var numbers = new GeneratedNumbers(choices.Seed, 0);
        var a = new Data("A", GeneratedNumbers.Matrix(n, n, (i, j) => i == j ? 1 : 2 * strength * numbers.Uniform(Math.Max(i, j), Math.Min(i, j))));
        return Objective.Define(Name, n, x => Sum(n, i => x[i] * ((0.5 * Sum(n, j => a[i, j] * x[j])) - 1))) with { Region = Region.Orthant(n) };
    }
}
