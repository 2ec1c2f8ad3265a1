namespace LandscapeGpu.Tests.Expressions;

/// <summary>A mistake in a formula is reported when the objective is defined, in the words of the formula.</summary>
public class LanguageErrorTests
{
    [Fact]
    public void CSharp_if_on_a_condition_names_Select() =>
        Refused<InvalidOperationException>(2, x =>
        {
            if (x[0] > 1)
            {
                return x[0];
            }

            return x[1];
        }, "cannot branch", "1 < x[0]", "Select");

    [Fact]
    public void CSharp_and_on_conditions_names_the_single_ampersand() =>
        Refused<InvalidOperationException>(2, x => Select(x[0] > 1 && x[1] > 1, 1, 0), "combine conditions with & and |");

    [Fact]
    public void An_index_past_the_end_says_how_many_there_are() =>
        Refused<ArgumentException>(2, x => x[2], "x has 2 elements", "indexed with 2", "0 to 1");

    [Fact]
    public void A_negative_index_is_out_of_range() =>
        Refused<ArgumentException>(2, x => x[-1], "indexed with -1");

    [Fact]
    public void An_index_that_leaves_the_vector_in_some_iteration_says_which_value_it_took() =>
        Refused<ArgumentException>(4, x => Sum(4, i => x[i + 1]), "indexed with i + 1 = 4", "0 to 3");

    [Fact]
    public void A_triangular_loop_is_checked_by_the_values_it_takes()
    {
        _ = Objective.Define("fits", 3, x => Sum(3, i => Sum(i, j => x[i - j - 1])));
        Refused<ArgumentException>(3, x => Sum(3, i => Sum(i + 1, j => x[i - j - 1])), "= -1");
    }

    [Fact]
    public void A_column_past_the_end_of_a_matrix_is_not_the_next_rows_first()
    {
        var a = new Data("A", new double[3, 2]);
        Refused<ArgumentException>(2, x => Sum(2, i => Sum(2, j => a[i, j + 1] * x[j])), "A has 2 columns", "j + 1 = 2");
    }

    [Fact]
    public void Gathered_indices_are_checked()
    {
        var row = new IndexData("row", [0, 3]);
        Refused<ArgumentException>(3, x => Sum(2, k => x[row[k]]), "indexed with row[i] = 3");
        Refused<ArgumentException>(4, x => Sum(3, k => x[row[k]]), "Index data row holds 2 numbers", "indexed with 2");
    }

    [Fact]
    public void A_loop_longer_than_its_data_is_refused()
    {
        var y = new Data("y", [1, 2, 3]);
        Refused<ArgumentException>(5, x => Sum(5, i => Square(x[i] - y[i])), "y has 3 elements");
        Refused<ArgumentException>(5, x => Dot(x, y), "5 and 3 elements");
    }

    [Fact]
    public void A_plain_array_has_no_columns()
    {
        var y = new Data("y", [1, 2, 3]);
        Refused<ArgumentException>(3, x => y[0, 1] * x[0], "y is a plain array of 3 numbers");
    }

    [Fact]
    public void Constants_and_data_must_be_finite()
    {
        Refused<ArgumentException>(1, x => x[0] * double.NaN, "NaN is not finite");
        Refused<ArgumentException>(1, x => x[0] + Log(-1), "Log(-1) is NaN");
        Refused<ArgumentException>(1, x => x[0] / 0, "divides by the constant 0");
        Assert.Contains("holds Infinity at [1, 0]", Assert.Throws<ArgumentException>(
            () => new Data("A", new[,] { { 1.0, 2 }, { double.PositiveInfinity, 4 } })).Message, StringComparison.Ordinal);
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => new Parameter("rate", double.NaN)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_used_outside_its_loop_is_refused() =>
        Refused<ArgumentException>(3, x =>
        {
            Real? inside = null;
            _ = Sum(3, i => inside = x[i]);
            return inside!;
        }, "index i is used outside");

    [Fact]
    public void A_loop_needs_an_objective_around_it() =>
        Assert.Contains("only inside Objective.Define", Assert.Throws<InvalidOperationException>(() => Sum(3, i => i)).Message, StringComparison.Ordinal);

    [Fact]
    public void Loops_of_no_or_a_negative_number_of_terms_are_refused()
    {
        Refused<ArgumentException>(1, x => Sum(-1, i => x[0]), "over -1 terms");
        Refused<ArgumentException>(1, x => Mean(0, i => x[0]), "over 0 terms");
        Refused<ArgumentException>(1, x => Sum(Vector(0, i => x[0])), "vector of 0 elements");
    }

    [Fact]
    public void Two_parameters_of_one_name_are_refused() =>
        Refused<ArgumentException>(1, x => (new Parameter("a", 1) * x[0]) + (new Parameter("a", 2) * Square(x[0])), "Two parameters are called a");

    [Fact]
    public void An_objective_needs_a_coordinate() =>
        Refused<ArgumentException>(0, x => 1, "dimension 0");

    [Fact]
    public void A_parameter_that_does_not_exist_is_named_with_those_that_do() =>
        Assert.Contains("has no parameter b; it has a", Assert.Throws<ArgumentException>(
            () => Objective.Define("f", 1, x => new Parameter("a", 1) * x[0]).With("b", 2)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_domain_of_another_dimension_is_refused() =>
        Assert.Contains("box of 3 coordinates and the objective has 2", Assert.Throws<ArgumentException>(
            () => Objective.Define("f", 2, x => x[0]) with { Region = Region.Box(3, 0, 1) }).Message, StringComparison.Ordinal);

    private static void Refused<TException>(int dimension, Func<Point, Real> formula, params string[] parts)
        where TException : Exception
    {
        var message = Assert.Throws<TException>(() => Objective.Define("wrong", dimension, formula)).Message;
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}
