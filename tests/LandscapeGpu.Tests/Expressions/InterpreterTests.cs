using System.Reflection;
using LandscapeGpu.Tests.Arithmetic;

namespace LandscapeGpu.Tests.Expressions;

public class InterpreterTests
{
    private static readonly double[] Point = [0.3, -1.2, 2.5];

    // Sums in another order, or composed functions, differ by a few roundings of numbers of order 10.
    private const double Rounding = 1e-14;

    [Fact]
    public void A_formula_evaluates_as_the_same_formula_in_CSharp()
    {
        var f = Objective.Define("f", 3, x => Sin(x[0]) + (0.2 * Exp(x[1]) / Sqrt(x[2])) - Pow(x[1], 3));
        var expected = Math.Sin(0.3) + (0.2 * Math.Exp(-1.2) / Math.Sqrt(2.5)) + (1.2 * 1.2 * 1.2);
        Assert.Equal(expected, f.Evaluate(Point), Rounding);
    }

    [Fact]
    public void Loops_run_over_every_index_also_where_their_extent_depends_on_an_outer_one()
    {
        var f = Objective.Define("pairs", 3, x => Sum(3, i => Sum(i, j => x[i] * x[j] * (i + (2 * j)))));
        var expected = 0.0;
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < i; j++)
            {
                expected += Point[i] * Point[j] * (i + (2 * j));
            }
        }

        Assert.Equal(expected, f.Evaluate(Point), Rounding);
    }

    [Fact]
    public void A_vector_can_be_used_inside_a_loop_over_the_index_it_was_made_with()
    {
        // Both loops have depth 0 and extent 3, so they share their index; the vector must not disturb the sum's.
        var f = Objective.Define("v", 3, x =>
        {
            var v = Vector(3, i => x[i] * x[2]);
            return Sum(3, i => v[i] * v[(i + 1) % 3] * i);
        });
        double[] v = [.. Point.Select(p => p * 2.5)];
        Assert.Equal((v[1] * v[2]) + (2 * v[2] * v[0]), f.Evaluate(Point), Rounding);
    }

    [Fact]
    public void A_vector_made_inside_a_loop_is_made_anew_in_each_iteration()
    {
        var f = Objective.Define("v", 3, x => Sum(3, k =>
        {
            var v = Vector(3, i => x[i] + k);
            return Sum(3, i => v[i] * v[2 - i]);
        }));
        var expected = Enumerable.Range(0, 3).Sum(k => Enumerable.Range(0, 3).Sum(i => (Point[i] + k) * (Point[2 - i] + k)));
        Assert.Equal(expected, f.Evaluate(Point), 10 * Rounding);
    }

    [Fact]
    public void Data_is_gathered_through_index_data()
    {
        var value = new Data("value", [1.5, -2, 4]);
        var row = new IndexData("row", [2, 0, 1]);
        var f = Objective.Define("gather", 3, x => Sum(3, k => value[k] * x[row[k]]));
        Assert.Equal((1.5 * 2.5) + (-2 * 0.3) + (4 * -1.2), f.Evaluate(Point), Rounding);
    }

    [Fact]
    public void Selections_and_comparisons_of_reals_and_of_indices_take_the_branch_that_holds()
    {
        var f = Objective.Define("select", 3, x => Sum(3, i =>
            Select(((x[i] > 0) & !Equal(i, 2)) | (x[i] <= -1), 10, x[i]) + Select(i < 1, 100, 0)));
        Assert.Equal(10 + 10 + 2.5 + 100, f.Evaluate(Point), Rounding);
    }

    [Fact]
    public void A_parameter_has_the_value_the_objective_was_given()
    {
        var weight = new Parameter("weight", 2);
        var f = Objective.Define("ridge", 3, x => weight * Sum(3, i => Square(x[i])));
        var square = Point.Sum(p => p * p);
        Assert.Equal(2 * square, f.Evaluate(Point), Rounding);
        Assert.Equal(5 * square, f.With("weight", 5).Evaluate(Point), Rounding);
    }

    [Fact]
    public void Single_precision_rounds_every_operation()
    {
        var f = Objective.Define("thirds", 1, x => (x[0] + 0.1) * (1.0 / 3));
        Assert.Equal((0.7f + 0.1f) * (float)(1.0 / 3), f.Evaluate<float>(SingleArithmetic.Instance, [0.7f]));
    }

    [Fact]
    public void A_scattered_vector_adds_every_contribution_of_every_iteration()
    {
        var f = Objective.Define("any", 3, x => Sum(3, i => x[i]));
        var scattered = f.Trace.Run(() =>
        {
            var (i, square) = Trace.Loop<Real>(3, i => f.Point[i] * f.Point[i]);
            var (j, triple) = Trace.Loop<Real>(2, j => 3 * f.Point[j]);
            var contributions = new Contribution[] { new([], 1, 7), new([i], i, square), new([j], j + 1, triple), new([i], 0, square), new([i, j], j, triple) };
            return new ScatterVector(3, contributions, VariableSet.Empty);
        });
        // The last contribution nests a loop in another: its own index has depth 0 as well, and it runs three times.
        double[] squares = [.. Point.Select(p => p * p)];
        double[] expected =
        [
            squares[0] + squares.Sum() + (9 * Point[0]),
            7 + squares[1] + (3 * Point[0]) + (9 * Point[1]),
            squares[2] + (3 * Point[1]),
        ];
        var actual = f.Evaluate(DoubleArithmetic.Instance, Point, scattered);
        for (var k = 0; k < 3; k++)
        {
            Assert.Equal(expected[k], actual[k], Rounding);
        }
    }

    [Fact]
    public void A_subexpression_is_computed_once_per_value_of_the_indices_it_depends_on()
    {
        var arithmetic = DispatchProxy.Create<IArithmetic<double>, CountingArithmetic>();
        var f = Objective.Define("shared", 3, x => Sum(3, i => Sum(3, j => Exp(x[0]) * Exp(x[i]) * x[j])) + Exp(x[0]));
        _ = f.Evaluate(arithmetic, new double[] { 1, 2, 3 });
        Assert.Equal(1 + 3, ((CountingArithmetic)(object)arithmetic).Exponentials);
    }

    [Fact]
    public void A_formula_of_many_terms_does_not_exhaust_the_stack()
    {
        var f = Objective.Define("long", 1, x => Enumerable.Range(0, 100_000).Aggregate((Real)0, (sum, k) => sum + (x[0] * Sin(x[0] + k))));
        Assert.True(double.IsFinite(f.Evaluate([0.5])));
    }

    [Fact]
    public void A_point_of_another_length_is_refused() =>
        Assert.Contains("2 coordinates; it has 3", Assert.Throws<ArgumentException>(
            () => Objective.Define("f", 3, x => x[0]).Evaluate([1, 2])).Message, StringComparison.Ordinal);

    [Fact]
    public void The_point_of_another_objective_is_refused()
    {
        Real? other = null;
        _ = Objective.Define("other", 2, x => other = x[0]);
        var error = Assert.Throws<ArgumentException>(() => Objective.Define("f", 2, x => x[1] + other!).Evaluate([1, 2]));
        Assert.Contains("may use only the point it is given", error.Message, StringComparison.Ordinal);
    }
}
