namespace LandscapeGpu.Tests.Expressions;

/// <summary>Formulas that differ only in the numbers of their data and parameters run by the same programs.</summary>
public class SameFormulaTests
{
    [Fact]
    public void Other_numbers_in_data_and_parameters_are_the_same_formula()
    {
        var first = Fit([1, 2, 3], 0.1);
        Assert.NotNull(Fit([4, 5, 7], 0.2).WithProgramsOf(first));
        Assert.NotNull(first.WithProgramsOf(first));
    }

    [Fact]
    public void Anything_else_is_another_formula()
    {
        var first = Fit([1, 2, 3], 0.1);
        Assert.Null(Fit([1, 2, 3, 4], 0.1).WithProgramsOf(first));
        Assert.Null(Objective.Define("other", 2, x => Square(x[0]) + Square(x[1])).WithProgramsOf(first));
        // Constants are part of the formula, and so is which element an index names.
        Objective Scaled(double c) => Objective.Define("scaled", 1, x => c * Square(x[0]));
        Objective Gathered(params int[] places) => Objective.Define("gathered", 3, x => Sum(3, k => Square(x[new IndexData("p", places)[k]]) * k));
        Assert.Null(Scaled(2).WithProgramsOf(Scaled(3)));
        Assert.Null(Gathered(0, 1, 2).WithProgramsOf(Gathered(0, 2, 1)));
        Assert.NotNull(Gathered(0, 1, 2).WithProgramsOf(Gathered(0, 1, 2)));
        // Of a symmetric matrix only half is read.
        Objective Quadratic(double[,] m) => Objective.Define("quadratic", 2, x => Sum(2, i => Sum(2, j => new Data("M", m)[i, j] * x[i] * x[j])));
        Assert.Null(Quadratic(new double[,] { { 1, 2 }, { 3, 4 } }).WithProgramsOf(Quadratic(new double[,] { { 1, 2 }, { 2, 4 } })));
    }

    [Fact]
    public void Two_data_in_the_place_of_one_are_another_formula()
    {
        var (a, b) = (new Data("a", [1, 2]), new Data("b", [1, 2]));
        Objective Product(Data u, Data v) => Objective.Define("product", 1, x => Sum(2, k => u[k] * v[k] * x[0]) + Square(x[0]));
        Assert.Null(Product(a, b).WithProgramsOf(Product(a, a)));
        Assert.Null(Product(a, a).WithProgramsOf(Product(a, b)));
    }

    [Theory]
    // Written out, with data that would be constants; and too long to be.
    [InlineData(3)]
    [InlineData(400)]
    public void What_runs_on_shared_programs_has_its_own_data_and_parameters(int n)
    {
        double[] one = [.. Enumerable.Range(0, n).Select(k => Math.Sin(k))];
        double[] two = [.. Enumerable.Range(0, n).Select(k => 2 + Math.Cos(3 * k))];
        var first = Fit(one, 0.1);
        var shared = Fit(two, 0.7).WithProgramsOf(first.WithProgramsOf(first)!)!;
        using var slopes = new PointDerivatives(shared);
        double[] at = [0.3, -0.4];
        // Rounding of the sum, and of the elementary functions.
        Assert.Equal(Fit(two, 0.7).Evaluate(at), slopes.At(at).Value, 1e-12 * n);

        var options = new SurveyOptions { Restarts = 64, Descent = new() { IsDouble = true } };
        var (alone, together) = (Survey.Run(Fit(two, 0.7), options), Survey.Run(shared, options));
        Assert.Equal(alone.Minima.Select(m => m.Count), together.Minima.Select(m => m.Count));
        Assert.All(alone.Minima.Zip(together.Minima), p => Assert.Equal(p.First.Value, p.Second.Value, 1e-12));
        Assert.Equal(0, CompiledOnce.CountOf(shared.Value));
    }

    [Fact]
    public void Equal_boxes_are_the_same_domain_and_other_boxes_are_kept_apart()
    {
        Assert.Equal(Region.Box(2, -1, 1), Region.Box(2, -1, 1));
        Assert.NotEqual(Region.Box(2, -1, 1), Region.Box(2, -1, 2));
        // A slope down to the bound, wherever the bound is.
        var first = Objective.Define("slope", 1, x => new Data("a", [1.0])[0] * x[0]) with { Region = Region.Box(1, -1, 1) };
        var wider = (first with { Region = Region.Box(1, -2, 2) }).WithProgramsOf(first)!;
        Assert.Equal(-2, Assert.Single(Survey.Run(wider, new() { Restarts = 8 }).BoundaryMinima).Point[0]);
        Assert.Equal(-1, Assert.Single(Survey.Run(first, new() { Restarts = 8 }).BoundaryMinima).Point[0]);
    }

    private static Objective Fit(double[] targets, double weight)
    {
        var (y, decay) = (new Data("y", targets), new Parameter("decay", weight));
        return Objective.Define("fit", 2, x => Mean(targets.Length, s => Square(Tanh(x[0] * s * 0.01) + x[1] - y[s])) + (decay * Sum(2, i => Square(x[i]))));
    }
}
