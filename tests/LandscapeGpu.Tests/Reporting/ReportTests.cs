using System.Text.Json;

namespace LandscapeGpu.Tests.Reporting;

/// <summary>Reports of a survey that was made by hand.</summary>
public class ReportTests
{
    private static readonly StationaryPoint Saddle = new()
    {
        Kind = StationaryKind.StrictSaddle,
        Value = 1.25,
        Point = [.. Enumerable.Range(0, 9).Select(k => (double)k)],
        Count = 3,
        Share = 0.3,
        ShareLow = 0.1,
        ShareHigh = 0.6,
        GradientNorm = double.NaN,
        Eigenvalues = [-2, double.PositiveInfinity],
        Index = 1,
        FlatDirections = 0,
        Trace = 0,
        ConditionNumber = 1,
        Sharpness = 3,
    };

    private static readonly SurveyResult Result = new()
    {
        Objective = Objective.Define("nine", 9, x => x[0]),
        Options = new() { Seed = ulong.MaxValue },
        Restarts = 12,
        Device = "paper",
        Rule = "hand",
        Outcomes = new(10, 1, 0, 0, 1, 0),
        Minima = [Saddle with { Kind = StationaryKind.Minimum, Index = 0 }, Saddle with { Kind = StationaryKind.DegenerateMinimum, Index = 0, FlatDirections = 2 }],
        BoundaryMinima = [Saddle with { Kind = StationaryKind.BoundaryMinimum, AtBound = [4] }],
        Stationary = [Saddle],
        Unpolished = 2,
        Coverage = new() { GoodTuring = 1, GoodTuringLow = 0.5, GoodTuringHigh = 1, Chao1 = 2, Chao1Low = 2, Chao1High = double.PositiveInfinity },
        IdentityMargin = double.PositiveInfinity,
        GradientEvaluations = 1234,
        Seconds = new(0, 0.5, 0, 0, 0, 1),
        Stopped = true,
    };

    [Fact]
    public void The_text_names_every_kind_and_shortens_long_points()
    {
        var text = SurveyText.Report(Result);
        foreach (var expected in new[] { "Minima: 1 isolated, and 1 flat family", "2 flat directions", "at 1 bound", "saddle, index 1", "(0, 1, 2, 3, … 9 in all)", "Stopped early", "2 restarts converged but", "1,234 gradient" })
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_polishing_leaves_of_zero_is_shown_as_zero_and_what_is_small_is_not()
    {
        var minimum = Saddle with { Kind = StationaryKind.DegenerateMinimum, Index = 0, FlatDirections = 1, Point = [-1e-25, 1, 2e-11], Eigenvalues = [-1.7e-14, 4] };
        var row = Shown(minimum);
        Assert.Equal("(0, 1, 2e-11)", row[^1]);
        Assert.Equal("0", row[4]);
        // Not counted as flat: shown as it is. A point that is small as a whole keeps its digits where the tolerance tells such points apart.
        Assert.Equal("-1.7e-14", Shown(minimum with { FlatDirections = 0 })[4]);
        Assert.Equal("(3e-20, 1e-20, 0)", Shown(minimum with { Point = [3e-20, 1e-20, 0] }, tolerance: 1e-24)[^1]);

        static IReadOnlyList<string> Shown(StationaryPoint point, double? tolerance = null) =>
            SurveyTables.Minima(Result with { Minima = [point], Options = Result.Options with { Tolerance = tolerance } }, 1).Rows[0];
    }

    [Fact]
    public void A_value_that_is_all_rounding_is_shown_as_zero_and_kept_as_it_is()
    {
        var minimum = Saddle with { Value = 7.9e-31, Rounding = 3.5e-30 };
        var result = Result with { Minima = [minimum, minimum with { Rounding = 7e-31 }, minimum with { Rounding = 0 }, minimum with { Value = double.NaN }] };
        Assert.Equal(["0", "7.9e-31", "7.9e-31", "NaN"], SurveyTables.Minima(result, 4).Rows.Select(r => r[0]));
        Assert.Contains("\"value\": 7.9E-31", SurveyJson.Write(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, 3, 0, "give a domain inside which it has")]
    [InlineData(0, 3, 0, 0, "beyond all bounds")]
    [InlineData(3, 0, 0, 0, "raise the iteration limit")]
    [InlineData(3, 0, 0, 3, "more steps lead no nearer")]
    public void Where_nothing_converged_the_advice_is_about_what_happened(int limit, int left, int notFinite, int endless, string advice) => Assert.Contains(
        advice, SurveyText.Report(Result with { Minima = [], BoundaryMinima = [], Outcomes = new(0, limit, 0, left, notFinite, 0), Endless = endless }), StringComparison.Ordinal);

    [Fact]
    public void Where_points_were_left_undecided_it_is_not_said_that_no_restart_ended_at_a_minimum()
    {
        var stopped = Result with { Minima = [], BoundaryMinima = [], KinkMinima = [], Stationary = [Saddle with { Kind = StationaryKind.Undecided }], Stopped = true };
        Assert.Contains("No minimum is listed, and 1 point is undecided: it may be one.", SurveyText.Notes(stopped));
        Assert.Contains("No restart ended at a minimum.", SurveyText.Notes(stopped with { Stationary = [Saddle] }));
    }

    [Fact]
    public void A_table_that_is_cut_says_so() =>
        Assert.Contains("Minima: 1 isolated, and 1 flat family, of which the first 1\n", SurveyText.Report(Result, rows: 1), StringComparison.Ordinal);

    [Fact]
    public void The_outcomes_add_up_to_the_last_row() => Assert.Equal(
        [["converged", "10", "83.33%"], ["iteration limit", "1", "8.33%"], ["not finite", "1", "8.33%"], ["all restarts", "12", "100%"]],
        SurveyTables.Outcomes(Result).Rows);

    [Fact]
    public void Runs_to_infinity_are_called_that_wherever_they_left() => Assert.Equal(
        [("stalled", 1), ("runs to infinity", 7)],
        OutcomeRows.Of(Result with { KinkMinima = [], Outcomes = new(0, 0, 3, 5, 0, 0), Endless = 2 }).Where(r => r.Count > 0));

    [Fact]
    public void Names_of_coordinates_head_the_column_of_places()
    {
        var named = Result with { Objective = Objective.Define("two", 2, x => x[0] + x[1]) with { Names = ["K", "Vmax"] }, Minima = [Saddle with { Point = [1, 2] }] };
        Assert.Equal("(K, Vmax)", SurveyTables.Minima(named, 1).Columns[^1].Heading);
        Assert.EndsWith(",K,Vmax", CsvText.Of(named).Split('\n')[0], StringComparison.Ordinal);
        Assert.Contains("\"names\": [", SurveyJson.Write(named), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => named.Objective with { Names = ["K"] });
    }

    [Fact]
    public void No_table_has_two_columns_of_one_name_whatever_coordinates_are_called()
    {
        // Readers find columns by their names: of two, a program takes the last, and a coordinate for the value.
        string[] columns = ["value", "count", "gradient_norm", "kind", "eigenvalue", "arc", "step", "restart"];
        foreach (var taken in columns)
        {
            var objective = Objective.Define("two", 2, x => x[0] + x[1]) with { Region = Region.Box(2, 0, 1), Names = [taken, "Vmax"] };
            Assert.Distinct(CsvText.Of(Result with { Objective = objective, Minima = [Saddle with { Point = [1, 2] }] }).Split('\n')[0].Split(','));
            Assert.Distinct(Trajectory.Csv(Trajectory.Record(objective, new() { Restarts = [0] })).Split('\n')[0].Split(','));
        }
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(120)]
    [InlineData(160)]
    public void A_table_fits_any_width_and_value_count_share_and_kind_stay(int width)
    {
        var orbit = new LandscapeGpu.Objectives.Symmetries.Orbit { GroupOrder = 5040, StabiliserOrder = 2, Stabiliser = "two equal units" };
        // A column that shows nothing would give way before all others.
        var shown = Result.Minima.Select(m => m with { GradientNorm = 1.5e-11 }).ToList();
        var result = Result with { Minima = [.. shown, shown[0] with { Orbit = orbit, Value = -1.23456789e-12, Kind = StationaryKind.SingularMinimum }] };
        foreach (var (gap, edge) in new[] { (2, 2), (3, 4) })
        {
            var table = SurveyTables.Minima(result, 3).Fitted(width, gap, edge);
            var headings = table.Columns.Select(c => c.Heading).ToList();
            Assert.Superset(new HashSet<string> { "value", "count", "share", "kind" }, headings.ToHashSet());
            Assert.All(table.ToString().Split('\n'), line => Assert.True(line.Length <= width, line));
            // What gave way is named, and the place went before λmax, and that before the gradient.
            string[] order = ["point", "λmax", "‖∇f‖"];
            var gone = order.Where(h => !headings.Contains(h)).ToList();
            Assert.Equal(order.Take(gone.Count), gone);
            Assert.All(gone, h => Assert.Contains(h, table.Note, StringComparison.Ordinal));
            Assert.True(width < 160 || SurveyTables.Minima(Result, 3).Fitted(width, gap, edge).Note.Length == 0);
        }
    }

    [Fact]
    public void Lines_break_between_words_and_keep_their_indent() =>
        Assert.Equal("  one\n  two\n  three", TextLines.Wrapped("  one two three", 7));

    [Fact]
    public void The_lowest_eigenvalue_is_not_one_of_the_groups()
    {
        var orbit = new LandscapeGpu.Objectives.Symmetries.Orbit { GroupOrder = 1, StabiliserOrder = 1, Dimension = 2 };
        Assert.Equal(0.5, (Saddle with { Orbit = orbit, Eigenvalues = [-1e-14, 1e-15, 0.5, 4] }).LowestEigenvalue);
        Assert.Equal(-3, (Saddle with { Orbit = orbit, Eigenvalues = [-3, -1e-14, 1e-15, 4] }).LowestEigenvalue);
    }

    [Fact]
    public void Columns_line_up()
    {
        var table = new Table("t", [new("a"), new("b", IsNumber: false)], [["100", "x"], ["2", "long"]]);
        Assert.Equal("t\n    a  b\n  100  x\n    2  long\n", table.ToString());
    }

    [Fact]
    public void Json_has_null_for_what_is_not_finite_and_outcomes_that_add_up()
    {
        using var json = JsonDocument.Parse(SurveyJson.Write(Result));
        var root = json.RootElement;
        Assert.Equal(12, root.GetProperty("outcomes").EnumerateObject().Sum(o => o.Value.GetInt64()));
        Assert.Equal(ulong.MaxValue, root.GetProperty("seed").GetUInt64());
        Assert.Equal("degenerate_minimum", root.GetProperty("minima")[1].GetProperty("kind").GetString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("identity").GetProperty("margin").ValueKind);
        Assert.Equal(JsonValueKind.Null, root.GetProperty("stationary")[0].GetProperty("gradient_norm").ValueKind);
        Assert.Equal(JsonValueKind.Null, root.GetProperty("stationary")[0].GetProperty("eigenvalues")[1].ValueKind);
    }

    [Fact]
    public void Points_far_from_the_origin_of_a_narrow_region_are_told_apart()
    {
        Assert.Equal("(1000003.5844, -1.84813)", NumberText.Point([1000003.5844283, -1.8481265], null, [10, 10]));
        Assert.Equal("(3.58443, -1.84813)", NumberText.Point([3.5844283, -1.8481265], null, [10, 10]));
        Assert.Equal("(123456.789)", NumberText.Point([123456.789]));
    }

    [Fact]
    public void Where_most_restarts_stand_still_on_the_whole_space_a_penalty_is_advised_and_in_a_box_it_is_not()
    {
        var still = Result with { Minima = [], BoundaryMinima = [], KinkMinima = [], Stationary = [], Outcomes = new(0, 0, 12, 0, 0, 0) };

        Assert.Contains("weight decay", SurveyText.Report(still), StringComparison.Ordinal);
        Assert.DoesNotContain("weight decay", SurveyText.Report(still with { Objective = still.Objective with { Region = Region.Box(9, 0, 1) } }), StringComparison.Ordinal);
    }
}
