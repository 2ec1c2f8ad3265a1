using MathNet.Numerics.LinearAlgebra;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>In more than 64 coordinates minima at kinks in any direction are found where these are absolute values, ties, norms and conditions whose branches meet: the multipliers that theory asks for are computed here from the point alone.</summary>
public sealed class StructuredKinksTests
{
    // What the engine leaves of a kink's argument is rounding, and of data of size 1 all others are above this.
    private const double OnTheKink = 1e-10;

    public static TheoryData<int, int, double, double> Sizes => new()
    {
        { 65, 1, 1, 1 },
        { 100, 2, 1e-6, 1e9 },
        { 150, 3, 1e8, 1e-12 },
        { 250, 4, 1, 1 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Least_absolute_deviations_end_where_multipliers_within_one_hold_as_many_residuals_at_zero_as_there_are_coordinates(int d, int seed, double unit, double factor)
    {
        var samples = 2 * d;
        var (a, b) = (Numbers(samples * d, seed), Numbers(samples, -seed));
        var (slopes, targets) = (new Data("a", a), new Data("b", b));
        var deviations = Objective.Define("deviations", d, x => factor * Sum(samples, k => Abs(Sum(d, i => slopes[(k * d) + i] * x[i] / unit) - targets[k]))) with { Region = Region.Box(d, -2 * unit, 2 * unit) };

        var minimum = Whole(deviations);

        double[] residuals = [.. Enumerable.Range(0, samples).Select(k => Enumerable.Range(0, d).Sum(i => a[(k * d) + i] * minimum.Point[i] / unit) - b[k])];
        int[] zero = [.. Enumerable.Range(0, samples).Where(k => Math.Abs(residuals[k]) < OnTheKink)];
        Assert.Equal(d, zero.Length);
        Assert.Equal(0, minimum.FlatDirections);
        // Σ yₖaₖ over zeros is −Σ sign(rₖ)aₖ over the others.
        var rows = Matrix<double>.Build.Dense(d, d, (i, j) => a[(zero[j] * d) + i]);
        var pull = Vector<double>.Build.Dense(d, i => -Enumerable.Range(0, samples).Except(zero).Sum(k => Math.Sign(residuals[k]) * a[(k * d) + i]));
        Assert.All(rows.Solve(pull), y => Assert.InRange(y, -1, 1));
        // Sums of some hundred terms.
        Assert.Equal(1, minimum.Value / (factor * residuals.Sum(Math.Abs)), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Total_variation_beside_squares_ends_where_running_sums_of_residuals_stay_within_the_penalty(int d, int seed, double unit, double factor)
    {
        const double Penalty = 0.5;
        var b = Numbers(d, seed);
        var targets = new Data("b", b);
        var variation = Objective.Define("variation", d, x => factor * (Sum(d, i => Square((x[i] / unit) - targets[i])) + (Penalty * Sum(d - 1, i => Abs((x[i + 1] - x[i]) / unit))))) with { Region = Region.Box(d, -2 * unit, 2 * unit) };

        var minimum = Whole(variation);

        double[] x = [.. minimum.Point.Select(e => e / unit)];
        var multiplier = 0.0;
        for (var i = 0; i < d; i++)
        {
            multiplier += 2 * (x[i] - b[i]) / Penalty;
            var step = i < d - 1 ? x[i + 1] - x[i] : 0;
            // Beside what Newton's method leaves of a sum of some hundred slopes.
            Assert.InRange(multiplier, -1 - 1e-9, 1 + 1e-9);
            Assert.Equal(i == d - 1 ? 0 : Math.Abs(step) > OnTheKink ? Math.Sign(step) : multiplier, multiplier, 1e-9);
        }
    }

    [Theory]
    [InlineData(80, 1.0)]
    [InlineData(120, 1e-7)]
    public void The_largest_of_many_planes_is_least_where_a_mixture_of_those_that_tie_is_level(int d, double unit)
    {
        const int Planes = 30;
        var (a, b) = (Numbers(Planes * d, d), Numbers(Planes, -d));
        var (slopes, heights) = (new Data("a", a), new Data("b", b));
        var largest = Objective.Define("largest", d, x => Enumerable.Range(0, Planes).Select(k => Sum(d, i => slopes[(k * d) + i] * x[i] / unit) + heights[k]).Aggregate(Max) + Sum(d, i => Square(x[i] / unit))) with { Region = Region.Box(d, -2 * unit, 2 * unit) };

        var minimum = Whole(largest);

        double[] planes = [.. Enumerable.Range(0, Planes).Select(k => Enumerable.Range(0, d).Sum(i => a[(k * d) + i] * minimum.Point[i] / unit) + b[k])];
        int[] ties = [.. Enumerable.Range(0, Planes).Where(k => planes.Max() - planes[k] < OnTheKink)];
        var mixture = Matrix<double>.Build.Dense(d, ties.Length, (i, j) => a[(ties[j] * d) + i]).Solve(Vector<double>.Build.Dense(d, i => -2 * minimum.Point[i] / unit));
        // The least squares of a solvable system: its sum is one only if the slopes cancel.
        Assert.All(mixture, share => Assert.True(share >= 0));
        Assert.Equal(1, mixture.Sum(), 1e-8);
    }

    [Fact]
    public void Hinges_beside_a_penalty_are_held_by_multipliers_between_nothing_and_the_penalty()
    {
        const int D = 90, Samples = 120;
        var (a, sign) = (Numbers(Samples * D, 7), Numbers(Samples, 8).Select(v => v < 0 ? -1.0 : 1).ToArray());
        var (slopes, signs) = (new Data("a", a), new Data("y", sign));
        var hinges = Objective.Define("hinges", D, x => Sum(Samples, k => Max(0, 1 - (signs[k] * Sum(D, i => slopes[(k * D) + i] * x[i])))) + Sum(D, i => Square(x[i]))) with { Region = Region.Box(D, -2, 2) };

        var minimum = Whole(hinges);

        double[] margins = [.. Enumerable.Range(0, Samples).Select(k => 1 - (sign[k] * Enumerable.Range(0, D).Sum(i => a[(k * D) + i] * minimum.Point[i])))];
        int[] held = [.. Enumerable.Range(0, Samples).Where(k => Math.Abs(margins[k]) < OnTheKink)];
        var pull = Vector<double>.Build.Dense(D, i => (2 * minimum.Point[i]) - Enumerable.Range(0, Samples).Except(held).Sum(k => margins[k] > 0 ? sign[k] * a[(k * D) + i] : 0));
        var shares = Matrix<double>.Build.Dense(D, held.Length, (i, j) => sign[held[j]] * a[(held[j] * D) + i]).Solve(pull);
        Assert.All(shares, share => Assert.InRange(share, 0, 1));
    }

    [Fact]
    public void Of_fewer_deviations_than_coordinates_the_minimum_is_level_along_what_these_leave_free()
    {
        const int D = 70, Samples = 40;
        var slopes = new Data("a", Numbers(Samples * D, 3));
        var deviations = Objective.Define("few", D, x => Sum(Samples, k => Abs(Sum(D, i => slopes[(k * D) + i] * x[i]) - 0.3))) with { Region = Region.Box(D, -2, 2) };

        var minimum = Whole(deviations);

        Assert.Equal(D - Samples, minimum.FlatDirections);
        Assert.Equal(0, minimum.Value, 1e-12);
    }

    [Fact]
    public void A_ridge_across_coordinates_is_no_minimum()
    {
        const int D = 70;
        var a = new Data("a", Numbers(D * D, 9));
        var ridge = Objective.Define("ridge", D, x => Sum(D, k => Abs(Sum(D, i => a[(k * D) + i] * x[i]))) - (20 * Abs(Sum(D, i => a[i] * x[i]))) + Sum(D, i => Square(x[i]))) with { Region = Region.Box(D, -1, 1) };

        Assert.DoesNotContain(Survey.Run(ridge, new() { Restarts = 5 }).AllMinima, m => m.Point.All(x => Math.Abs(x) < 1e-3));
    }

    [Theory]
    [InlineData(6, 1, 1, 1)]
    [InlineData(30, 2, 1e-6, 1e9)]
    [InlineData(90, 3, 1e8, 1e-12)]
    public void Groups_that_a_penalty_on_their_norms_holds_at_0_have_slopes_shorter_than_the_penalty_and_others_slopes_as_long(int d, int seed, double unit, double factor)
    {
        const double Penalty = 3;
        var (samples, groups) = (d, d / 3);
        var (a, b) = (Numbers(samples * d, seed), Numbers(samples, -seed));
        var (slopes, targets) = (new Data("a", a), new Data("b", b));
        var lasso = Objective.Define("groups", d, x => factor * (Sum(samples, k => Square(Sum(d, i => slopes[(k * d) + i] * x[i] / unit) - targets[k])) + (Penalty * Sum(groups, g => Sqrt(Sum(3, j => Square(x[(3 * g) + j] / unit))))))) with { Region = Region.Box(d, -2 * unit, 2 * unit) };

        var minimum = Whole(lasso);

        double[] residuals = [.. Enumerable.Range(0, samples).Select(k => Enumerable.Range(0, d).Sum(i => a[(k * d) + i] * minimum.Point[i] / unit) - b[k])];
        var held = 0;
        foreach (var group in Enumerable.Range(0, d).Chunk(3))
        {
            double[] pull = [.. group.Select(i => Enumerable.Range(0, samples).Sum(k => 2 * a[(k * d) + i] * residuals[k]))];
            double[] at = [.. group.Select(i => minimum.Point[i] / unit)];
            var length = Math.Sqrt(at.Sum(v => v * v));
            held += length < OnTheKink ? 1 : 0;
            // What multipliers are solved for to half the digits, of slopes of size 10.
            Assert.True(length < OnTheKink ? Math.Sqrt(pull.Sum(v => v * v)) <= Penalty : pull.Zip(at, (p, v) => Math.Abs(p + (Penalty * v / length))).Max() < 1e-6, $"{length}");
        }

        Assert.InRange(held, 1, groups - 1);
    }

    [Theory]
    [InlineData("an absolute value")]
    [InlineData("a rectifier")]
    [InlineData("a pinball")]
    public void A_condition_whose_branches_meet_is_the_kink_that_it_is_however_it_is_written(string kind)
    {
        const int D = 70;
        Real Of(Real u) => kind switch
        {
            "an absolute value" => Select(u > 0, u, -u),
            "a rectifier" => Relu(u) + Relu(-u),
            _ => Select(u <= 0, (0.25 * u) - u, u - (0.25 * u)) + (0.25 * Abs(u)),
        };
        var (a, b) = (Numbers(2 * D * D, 11), Numbers(2 * D, 12));
        var (slopes, targets) = (new Data("a", a), new Data("b", b));
        Objective Deviations(Func<Real, Real> of) => Objective.Define("deviations", D, x => Sum(2 * D, k => of(Sum(D, i => slopes[(k * D) + i] * x[i]) - targets[k]))) with { Region = Region.Box(D, -2, 2) };

        Assert.Equal(Whole(Deviations(Abs)).Value, Whole(Deviations(Of)).Value, 1e-9);
    }

    private static StationaryPoint Whole(Objective objective)
    {
        var found = Survey.Run(objective, new() { Restarts = 10 });
        var minimum = Assert.Single(found.AllMinima);
        Assert.Equal((StationaryKind.MinimumAtKink, 10L), (minimum.Kind, minimum.Count));
        Assert.DoesNotContain(found.Warnings, w => w.Code == Warning.Kinks);
        return minimum;
    }

    private static double[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
    }
}
