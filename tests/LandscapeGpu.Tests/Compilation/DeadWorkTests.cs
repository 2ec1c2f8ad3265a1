namespace LandscapeGpu.Tests.Compilation;

public sealed class DeadWorkTests
{
    [Fact]
    public void A_matrix_product_is_only_made_in_loops_that_use_it()
    {
        const int D = 30;
        var entries = new double[D, D];
        for (var i = 0; i < D; i++)
        {
            entries[i, (i + 1) % D] = 1 + i;
        }

        var a = new Data("A", entries);
        var objective = Objective.Define("quartic", D, x =>
            -Sum(D, k => Pow(Sum(D, j => a[k, j] * x[j]), 4)) / Square(Sum(D, i => Square(x[i]))));

        var step = new LaneDevice().Compile(objective, new DescentOptions { Rule = new GradientDescent() });

        // One product with A and one with its transpose, 2d² each; the rest is linear in d. A further product would be 2d² = 60d more.
        Assert.InRange(step.FlopsPerStep, 4 * D * D, (4 * D * D) + (30 * D));
    }
}
