using System.Text.Json;
using LandscapeGpu.Descent;
using LandscapeGpu.Identity;
using LandscapeGpu.Objectives;
using LandscapeGpu.Reporting;
using LandscapeGpu.Spectra;
using LandscapeGpu.Statistics;
using LandscapeGpu.Surveys;

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

    [Theory]
    [InlineData(0, 0, 3, "give a domain inside which it has")]
    [InlineData(0, 3, 0, "beyond all bounds")]
    [InlineData(3, 0, 0, "raise the iteration limit")]
    public void Where_nothing_converged_the_advice_is_about_what_happened(int limit, int left, int notFinite, string advice) => Assert.Contains(
        advice, SurveyText.Report(Result with { Minima = [], BoundaryMinima = [], Outcomes = new(0, limit, 0, left, notFinite, 0) }), StringComparison.Ordinal);

    [Fact]
    public void A_table_that_is_cut_says_so() =>
        Assert.Contains("Minima: 1 isolated, and 1 flat family, of which the first 1\n", SurveyText.Report(Result, rows: 1), StringComparison.Ordinal);

    [Fact]
    public void The_outcomes_add_up_to_the_last_row() => Assert.Equal(
        [["converged", "10", "83.33%"], ["iteration limit", "1", "8.33%"], ["not finite", "1", "8.33%"], ["all restarts", "12", "100%"]],
        SurveyTables.Outcomes(Result).Rows);

    [Fact]
    public void Columns_line_up()
    {
        var table = new Table("t", [new("a"), new("b", IsNumber: false)], [["100", "x"], ["2", "long"]]);
        Assert.Equal("t\n    a  b\n  100  x\n    2  long\n", table.ToString());
    }

    [Fact]
    public void Json_has_exactly_these_names_and_null_for_what_is_not_finite()
    {
        using var json = JsonDocument.Parse(SurveyJson.Write(Result));
        var root = json.RootElement;
        Assert.Equal(
            "objective dimension restarts seed device device_reason polished_on spectra_on rule outcomes unpolished runs_to_infinity minima boundary_minima kink_minima stationary lowest_endpoint classes coverage gradient_evaluations seconds identity_margin stopped warnings",
            Names(root));
        Assert.Equal("converged iteration_limit stalled left_domain not_finite unfinished", Names(root.GetProperty("outcomes")));
        Assert.Equal("value point count share share_low share_high gradient_norm eigenvalues flat_directions places kind", Names(root.GetProperty("minima")[0]));
        Assert.Equal("value point count share share_low share_high gradient_norm eigenvalues flat_directions places kind index", Names(root.GetProperty("stationary")[0]));
        Assert.Equal("good_turing good_turing_low good_turing_high chao1 chao1_low chao1_high", Names(root.GetProperty("coverage")));
        Assert.Equal("compile descent polish identify spectra total", Names(root.GetProperty("seconds")));
        Assert.Equal(ulong.MaxValue, root.GetProperty("seed").GetUInt64());
        Assert.Equal("degenerate_minimum", root.GetProperty("minima")[1].GetProperty("kind").GetString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("identity_margin").ValueKind);
        Assert.Equal(JsonValueKind.Null, root.GetProperty("stationary")[0].GetProperty("gradient_norm").ValueKind);
        Assert.Equal(JsonValueKind.Null, root.GetProperty("stationary")[0].GetProperty("eigenvalues")[1].ValueKind);
    }

    private static string Names(JsonElement element) => string.Join(" ", element.EnumerateObject().Select(p => p.Name));

    [Fact]
    public void Points_far_from_the_origin_of_a_narrow_region_are_told_apart()
    {
        Assert.Equal("(1000003.5844, -1.84813)", NumberText.Point([1000003.5844283, -1.8481265], null, [10, 10]));
        Assert.Equal("(3.58443, -1.84813)", NumberText.Point([3.5844283, -1.8481265], null, [10, 10]));
        Assert.Equal("(123456.789)", NumberText.Point([123456.789]));
    }
}
