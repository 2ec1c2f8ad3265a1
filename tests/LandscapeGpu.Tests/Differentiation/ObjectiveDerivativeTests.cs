namespace LandscapeGpu.Tests.Differentiation;

public class ObjectiveDerivativeTests
{
    private static readonly Objective Cubic = Objective.Define("x²y + y³", 2, x => (Square(x[0]) * x[1]) + Pow(x[1], 3));

    [Fact]
    public void Users_call_gradient_Hessian_and_product_and_get_the_textbook_answers()
    {
        Assert.Equal([12, 31], Cubic.Gradient([2, 3]));
        Assert.Equal(new double[,] { { 6, 4 }, { 4, 18 } }, Cubic.Hessian([2, 3]));
        Assert.Equal([2, -14], Cubic.HessianProduct([2, 3], [1, -1]));
    }

    [Fact]
    public void They_are_those_of_the_formula_whatever_set_it_is_explored_on()
    {
        // On the simplex the coordinates that move are square roots; the formula is asked about its own.
        var onSimplex = Cubic with { Region = Region.Simplex(2) };
        Assert.Equal(Cubic.Gradient([0.25, 0.75]), onSimplex.Gradient([0.25, 0.75]));
    }

    [Fact]
    public void Many_coordinates_are_multiplied_without_the_matrix()
    {
        var chain = Catalogue.Find("phi4-chain").Create(300);
        var x = Enumerable.Range(0, 300).Select(i => 0.01 * i).ToArray();
        var v = Enumerable.Range(0, 300).Select(i => i % 7 - 3.0).ToArray();
        var (forward, back) = (chain.Gradient([.. x.Zip(v, (a, b) => a + (1e-5 * b))]), chain.Gradient([.. x.Zip(v, (a, b) => a - (1e-5 * b))]));
        var product = chain.HessianProduct(x, v);
        // Central differences of a quartic's gradient: h² of the third derivative, 1e-10 of a few hundred.
        Assert.All(Enumerable.Range(0, 300), i => Assert.Equal((forward[i] - back[i]) / 2e-5, product[i], 1e-6));
    }

    [Fact]
    public void A_point_of_another_length_is_refused() =>
        Assert.Contains("a point of 3 coordinates; it has 2", Assert.Throws<ArgumentException>(() => Cubic.Gradient([1, 2, 3])).Message, StringComparison.Ordinal);
}
