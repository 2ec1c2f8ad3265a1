namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>(Σ j cos((j+1)x + j)) (Σ j cos((j+1)y + j)), j = 1 … 5: 18 equal global minima among hundreds.</summary>
/// <remarks>
/// Each factor has 19 minima, all negative, and 19 maxima, all positive, inside; f is least where a minimum of one meets a
/// maximum of the other: 2·19² = 722. The 760 that is often quoted counts 38 on the edges x = 10 and y = 10 as well.
/// </remarks>
internal sealed class Shubert() : Family(
    "shubert", "18 global minima in nine pairs among 722", 2,
    "Shubert (1972), A sequential method seeking the global maximum of a function, SIAM Journal on Numerical Analysis 9, 379; " +
    "in two dimensions: Levy and Montalvo (1985), SIAM Journal on Scientific and Statistical Computing 6, 15")
{
    protected override Objective Build(Choices choices) =>
        Objective.Define(Name, 2, x => Product(2, i => Sum(5, j => (j + 1) * Cos(((j + 2) * x[i]) + j + 1)))) with
        {
            Region = Region.Box(2, -10, 10),
            Known = new()
            {
                Count = 722,
                GlobalValue = -186.7309,
                ValueError = 1e-4,
                Points = [[-1.42513, -0.80032], [-0.80032, -1.42513]],
                PointError = 1e-5,
            },
        };
}
