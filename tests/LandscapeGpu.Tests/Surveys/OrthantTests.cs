using MathNet.Numerics.LinearAlgebra;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>Minima on the positive orthant.</summary>
public sealed class OrthantTests
{
    [Theory]
    [InlineData(6, 0.8, 1)]
    [InlineData(8, 0.8, 2)]
    [InlineData(10, 0.6, 3)]
    public void The_minima_of_competing_species_are_the_communities_that_no_other_can_invade(int n, double strength, int seed)
    {
        var objective = Catalogue.Find("species-competition").Create(n, new Dictionary<string, double> { ["strength"] = strength, ["seed"] = seed });
        var communities = Communities(objective);
        Assert.True(communities.Count > 1, "A single community would be a poor test.");

        var found = Survey.Run(objective, new() { Restarts = 3_000 });

        var seen = found.Minima.Concat(found.BoundaryMinima).OrderBy(m => m.Value).ToList();
        Assert.Equal(communities.Count, seen.Count);
        foreach (var (expected, point) in communities.Zip(seen))
        {
            // Absent species are absent exactly; a linear system is solved to a few roundings.
            Assert.All(expected.Zip(point.Point), x => Assert.True(x.First == 0 ? x.Second == 0 : Math.Abs(x.First - x.Second) < 1e-12));
            Assert.Equal(Enumerable.Range(0, n).Where(i => expected[i] == 0), point.AtBound);
        }
    }

    [Fact]
    public void Nonnegative_least_squares_has_the_planted_solution_with_its_multipliers()
    {
        // Squares that vanish at x*, plus sᵀx with s∘x* = 0: the conditions of Karush, Kuhn and Tucker hold at x* by construction.
        double[] planted = [0, 1.5, 0, 0.25];
        var squares = Objective.Define("planted", 4, x =>
            (0.5 * Square((2 * x[0]) + (x[1] - 1.5) - x[2])) + (0.5 * Square(x[1] - 1.5 + x[3] - 0.25)) + Square(x[2] - (x[3] - 0.25)) + Square(x[0]) + (0.3 * x[0]) + (0.7 * x[2]));
        var objective = squares with { Region = Region.Orthant(4) };
        var only = Assert.Single(Survey.Run(objective, new() { Restarts = 100 }).BoundaryMinima);
        Assert.All(planted.Zip(only.Point), p => Assert.Equal(p.First, p.Second, 1e-12));
        Assert.Equal([0, 2], only.AtBound);
    }

    [Fact]
    public void What_falls_forever_leaves_the_orthant_and_is_no_minimum()
    {
        var objective = Objective.Define("downhill", 2, x => x[0] - x[1]) with { Region = Region.Orthant(2) };
        var found = Survey.Run(objective, new() { Restarts = 20, Descent = new() { Rule = Rules.Named("gradient-descent", 1), Stop = new() { Escape = 1e3, Iterations = 10_000 } } });
        Assert.Equal(20, found.Outcomes.LeftDomain);
        Assert.Empty(found.Minima.Concat(found.BoundaryMinima));
    }

    [Fact]
    public void Starts_are_the_absolute_values_of_normal_ones_unless_given()
    {
        var objective = Objective.Define("any", 3, x => x[0]) with { Region = Region.Orthant(3) };
        Assert.Equal(new HalfNormal(), objective.DefaultStarts);
        Assert.Equal("x >= 0 in R^3", objective.Region.ToString());
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => Region.Orthant(0)).Message, StringComparison.Ordinal);
    }

    /// <summary>All supports S with A_SS positive definite, x_S = A_SS⁻¹1 &gt; 0 and (Ax)ᵢ &gt; 1 outside, by looking at every one; by value.</summary>
    private static List<double[]> Communities(Objective objective)
    {
        var n = objective.Dimension;
        // f is quadratic: Aᵢⱼ = f(eᵢ + eⱼ) − f(eᵢ) − f(eⱼ) for i ≠ j, with f(0) = 0.
        double At(params int[] ones) => objective.Evaluate([.. Enumerable.Range(0, n).Select(k => ones.Contains(k) ? 1.0 : 0)]);
        var a = Matrix<double>.Build.Dense(n, n, (i, j) => i == j ? 1 : At(i, j) - At(i) - At(j));
        var found = new List<double[]>();
        for (var set = 1; set < 1 << n; set++)
        {
            int[] inside = [.. Enumerable.Range(0, n).Where(i => ((set >> i) & 1) == 1)];
            var block = Matrix<double>.Build.Dense(inside.Length, inside.Length, (i, j) => a[inside[i], inside[j]]);
            if (block.Evd(Symmetricity.Symmetric).EigenValues[0].Real <= 0)
            {
                continue;
            }

            var survivors = block.Solve(Vector<double>.Build.Dense(inside.Length, 1));
            var x = Vector<double>.Build.Dense(n);
            for (var i = 0; i < inside.Length; i++)
            {
                x[inside[i]] = survivors[i];
            }

            var pressure = a * x;
            if (survivors.All(s => s > 0) && Enumerable.Range(0, n).Except(inside).All(i => pressure[i] > 1))
            {
                found.Add([.. x]);
            }
        }

        return [.. found.OrderBy(x => objective.Evaluate(x))];
    }
}
