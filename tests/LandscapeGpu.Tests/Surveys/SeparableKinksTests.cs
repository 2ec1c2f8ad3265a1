namespace LandscapeGpu.Tests.Surveys;

/// <summary>In more coordinates than hulls of gradients are asked in, minima at kinks that lie along a coordinate each are found and told by slopes along the coordinates.</summary>
public sealed class SeparableKinksTests
{
    public static TheoryData<int, double, double> Sizes => new()
    {
        { 80, 1, 1 },
        { 300, 1, 1 },
        { 100, 1e-6, 1e9 },
        { 100, 1e8, 1e-12 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_penalty_of_absolute_values_holds_the_coordinates_that_the_rest_does_not_pull_far_enough(int d, double unit, double factor)
    {
        // Soft thresholds: xᵢ = aᵢ − ½λ where aᵢ is more than that, else 0.
        const double Penalty = 0.2;
        double Pull(int i) => 0.4 * i / d;
        var lasso = Objective.Define("lasso", d, x => factor * Sum(d, i => Square((x[i] / unit) - (0.4 * (Real)i / d)) + (Penalty * Abs(x[i] / unit)))) with { Region = Region.Box(d, -2 * unit, 2 * unit) };

        var found = Survey.Run(lasso, new() { Restarts = 10 });

        var minimum = Assert.Single(found.AllMinima);
        Assert.Equal((StationaryKind.MinimumAtKink, 10L, 0), (minimum.Kind, minimum.Count, minimum.FlatDirections));
        // BFGS leaves what the value does not show: the root of its rounding.
        Assert.All(minimum.Point.Select((x, i) => (X: x / unit, Right: Math.Max(0, Pull(i) - (0.5 * Penalty)))), p => Assert.Equal(p.Right, p.X, 1e-6));
        Assert.Equal(Enumerable.Range(0, d).Sum(i => Pull(i) <= 0.5 * Penalty ? Pull(i) * Pull(i) : (0.25 * Penalty * Penalty) + (Penalty * (Pull(i) - (0.5 * Penalty)))), minimum.Value / factor, 1e-9);
    }

    [Fact]
    public void A_penalty_beside_coupled_squares_fulfils_the_conditions_of_the_lasso()
    {
        const int D = 100, Samples = 60;
        const double Penalty = 5;
        static double Data(int k, int i) => Math.Sin((1.7 * i * k) + k);
        var lasso = Objective.Define("lasso", D, x => Sum(Samples, k => Square(Sum(D, i => Sin((1.7 * (Real)i * (Real)k) + (Real)k) * x[i]) - Cos((Real)k))) + (Penalty * Sum(D, i => Abs(x[i])))) with { Region = Region.Box(D, -2, 2) };

        var minimum = Assert.Single(Survey.Run(lasso, new() { Restarts = 10 }).AllMinima);

        double[] residuals = [.. Enumerable.Range(0, Samples).Select(k => Enumerable.Range(0, D).Sum(i => Data(k, i) * minimum.Point[i]) - Math.Cos(k))];
        for (var i = 0; i < D; i++)
        {
            var slope = Enumerable.Range(0, Samples).Sum(k => 2 * Data(k, i) * residuals[k]);
            // A millionth is what BFGS leaves of slopes of some hundreds, at kinks and elsewhere.
            Assert.True(Math.Abs(minimum.Point[i]) < 1e-9 ? Math.Abs(slope) <= Penalty : Math.Abs(slope + (Penalty * Math.Sign(minimum.Point[i]))) < 1e-4, $"{i}: {minimum.Point[i]}, {slope}");
        }
    }

    [Fact]
    public void Of_wells_with_kinks_each_place_is_a_minimum_of_its_own_value()
    {
        const int D = 70;
        var wells = Objective.Define("wells", D, x => Sum(D, i => Abs(Abs(x[i]) - 1) + (0.1 * x[i]))) with { Region = Region.Box(D, -2, 2) };

        var found = Survey.Run(wells, new() { Restarts = 10 });

        Assert.NotEmpty(found.KinkMinima);
        Assert.All(found.KinkMinima, m => Assert.Equal(0.1 * m.Point.Sum(x => Math.Round(x)), m.Value, 1e-9));
        Assert.All(found.KinkMinima, m => Assert.All(m.Point, x => Assert.Equal(1, Math.Abs(x), 1e-9)));
    }

    [Fact]
    public void Kinks_of_conditions_with_a_curved_branch_along_differences_of_coordinates_are_said_not_to_have_been_looked_at_and_nothing_is_listed()
    {
        const int D = 100;
        var variation = Objective.Define("variation", D, x => Sum(D, i => Square(x[i] - Sin(7 * (Real)i))) + (0.5 * Sum(D - 1, i => Select(x[i + 1] > x[i], Exp(x[i + 1] - x[i]) - 1, x[i] - x[i + 1])))) with { Region = Region.Box(D, -2, 2) };

        var found = Survey.Run(variation, new() { Restarts = 10 });

        Assert.Empty(found.AllMinima);
        Assert.Contains(found.Warnings, w => w.Code == Warning.Kinks);
    }

    [Fact]
    public void A_ridge_along_a_coordinate_is_no_minimum()
    {
        const int D = 70;
        var ridge = Objective.Define("ridge", D, x => Sum(D, i => Abs(x[i])) - (1.5 * Abs(Sum(D, i => x[i])))) with { Region = Region.Box(D, -1, 1) };

        Assert.DoesNotContain(Survey.Run(ridge, new() { Restarts = 10 }).AllMinima, m => m.Point.All(x => Math.Abs(x) < 1e-3));
    }
}
