namespace LandscapeGpu.Tests.Surveys;

/// <summary>What docs/write-an-optimiser.md says about the basins of the gradient flow.</summary>
public class BasinTests
{
    // Vincent's function −sin(10 ln x) on [0.25, 10] has a basin between each two of its maxima, 10 ln x = −π/2 + 2πk.
    private static readonly double[] Edges = [0.25, .. Enumerable.Range(-1, 5).Select(k => Math.Exp(((2 * Math.PI * k) - (Math.PI / 2)) / 10)), 10];

    [Fact]
    public void Armijo_has_the_basins_of_the_flow()
    {
        // The 99.9% quantile of χ² with 5 degrees of freedom.
        Assert.InRange(ChiSquare("armijo"), 0, 20.5);
    }

    [Fact]
    public void The_adaptive_step_has_not()
    {
        // The 99.9999% quantile: what is beyond is no accident of 4,000 starts.
        Assert.InRange(ChiSquare("adaptive"), 36, double.PositiveInfinity);
    }

    private static double ChiSquare(string rule)
    {
        var found = Survey.Run(Catalogue.Find("vincent").Create(1), new() { Restarts = 4_000, Descent = new() { Rule = Rules.Named(rule) } });
        double sum = 0;
        for (var k = 0; k < 6; k++)
        {
            var expected = found.AtMinima * (Edges[k + 1] - Edges[k]) / 9.75;
            var count = found.Minima.Where(m => m.Point[0] > Edges[k] && m.Point[0] < Edges[k + 1]).Sum(m => m.Count);
            sum += (count - expected) * (count - expected) / expected;
        }

        return sum;
    }
}
