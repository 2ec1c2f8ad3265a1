namespace LandscapeGpu.Tests.Expressions;

/// <summary>A formula of few coordinates is little work in however many dimensions.</summary>
public class SparseGradientTests
{
    [Theory]
    [InlineData("one coordinate")]
    [InlineData("two far apart")]
    [InlineData("a sum and one more")]
    public void Coordinates_that_a_formula_does_not_read_are_not_written_out(string name)
    {
        Func<Point, Real> formula = name switch
        {
            "one coordinate" => x => Square(x[0]),
            "two far apart" => x => Square(x[3]) * Exp(x[900]),
            _ => x => Sum(1_000, i => Square(x[i])) + (0.3 * x[0]),
        };
        var small = Nodes(Objective.Define(name, 1_000, formula));
        Assert.InRange(small, 1, 200);
        // A sum over fewer coordinates than there are is added element by element: a handful of nodes either way.
        Assert.InRange(Nodes(Objective.Define(name, 100_000, formula)), 1, 200);
    }

    [Fact]
    public void A_sparse_gradient_has_its_numbers_in_their_places()
    {
        var f = Objective.Define("sparse", 500, x => Square(x[3]) * x[400]);
        var x = new double[500];
        (x[3], x[400]) = (2, 5);
        using var derivatives = new PointDerivatives(f);
        var gradient = new double[500];
        Assert.Equal(20, derivatives.Gradient(x, gradient));
        Assert.Equal(20, gradient[3]);
        Assert.Equal(4, gradient[400]);
        Assert.Equal(24, gradient.Sum());
    }

    private static int Nodes(Objective f) => f.Trace.Run(() => Traversal.From(ReverseMode.Gradient(f.Value, f.Point)).Count);
}
