namespace LandscapeGpu.Tests.Expressions;

public class SmoothnessTests
{
    [Fact]
    public void A_formula_of_analytic_functions_has_no_kinks()
    {
        Assert.False(Smoothness.MayEnd(Objective.Define("smooth", 2, x => Sin(x[0]) + (Exp(x[1]) * Tanh(x[0])) + Sum(3, i => Pow(x[0], 4))).Value));
        Assert.False(Smoothness.MayEnd(Catalogue.Find("perceptron").Create().Value));

        // What is made of data alone is a number.
        var units = new Data("units", [1e-3, 1e3]);
        Assert.False(Smoothness.MayEnd(Objective.Define("in other units", 2, x => Sum(2, i => Square(x[i] / units[i]) + Abs(units[i]))).Value));
    }

    [Fact]
    public void An_operation_with_a_tie_a_pole_or_an_end_of_its_domain_may_make_one()
    {
        foreach (var formula in new Func<Point, Real>[] { x => Abs(x[0]), x => Max(x[0], x[1]), x => Square(x[0]) + Sum(2, i => Sqrt(x[i])), x => 1 / x[0], x => Pow(x[0], -2), x => Select(x[0] > 0, x[1], 0) })
        {
            Assert.True(Smoothness.MayEnd(Objective.Define("rough", 2, formula).Value));
        }
    }
}
