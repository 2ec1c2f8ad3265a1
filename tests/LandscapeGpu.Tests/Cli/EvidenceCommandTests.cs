using System.Text.Json.Nodes;
using LandscapeGpu.Cli.Commands;

namespace LandscapeGpu.Tests.Cli;

public class EvidenceCommandTests
{
    [Fact]
    public void Verify_says_each_finding_with_how_it_was_sampled()
    {
        var ran = CommandLine.Succeed("verify", "himmelblau", "--restarts", "500", "--saddle-starts", "400", "--samples", "350");
        Assert.Contains("local versus global [500 restarts that converged, 0 restarts that did not]", ran.Out, StringComparison.Ordinal);
        Assert.Contains("No spurious minimum found: all 4 minima have the value 0, the known global minimum", ran.Out, StringComparison.Ordinal);
        Assert.Contains("9 stationary points: 4 of index 0, 4 of index 1, 1 of index 2.", ran.Out, StringComparison.Ordinal);
        Assert.Contains("necessary for a complete list, not sufficient", ran.Out, StringComparison.Ordinal);
        Assert.Contains("Polyak–Łojasiewicz fails", ran.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Square(x[0])", "came to f* in one step, on 10 of 10 paths; 1 − μ/β = 0 is promised: kept")]
    [InlineData("Abs(x[0])", "No rate was measured: no curvature was seen")]
    [InlineData("Abs(x[0])", "not applicable, since minima were found at kinks")]
    [InlineData("x[0]", "No rate was measured: no curvature was seen")]
    [InlineData("x[0]", "no point looked at has ‖∇f‖ < 1")]
    [InlineData("1+0*x[0]", "no point looked at has a slope")]
    public void Verify_says_of_the_plainest_landscapes_what_is_so(string formula, string words)
    {
        var ran = CommandLine.Run("verify", "--formula", formula, "--domain", "-1,1", "--restarts", "5", "--saddle-starts", "5", "--samples", "5");
        Assert.Contains(words, ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("began at f*", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("infinity", ran.Out, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("NaN", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_minima_lie_at_kinks_JSON_holds_the_verdict_that_is_told()
    {
        var ran = CommandLine.Run("verify", "--formula", "Abs(x[0])", "--domain", "-1,1", "--restarts", "5", "--saddle-starts", "5", "--samples", "5", "--json", "-");
        var search = JsonNode.Parse(ran.Out)!["stationary_search"]!;
        Assert.Equal("not_applicable", search["euler_verdict"]!.GetValue<string>());
        Assert.Null(search["euler_characteristic"]);
    }

    [Theory]
    [InlineData("step=0.1,0.2", "gradient-descent:0.1", "--over was given step, and --step gives it one value; leave one out.")]
    [InlineData("batch=2.5", "gradient-descent:0.1", "a batch is a whole number of samples, 1 or more.")]
    [InlineData("step=-1", "gradient-descent", "The step size was given -1; it must be finite and above 0.")]
    public void A_sweep_over_what_descent_is_made_with_refuses_what_it_cannot_have(string over, string rule, string words) =>
        Assert.Contains(words, CommandLine.Run("sweep", "least-squares", "--over", over, "--rule", rule, "--restarts", "2", "--samples", "0").Error, StringComparison.Ordinal);

    [Fact]
    public void A_sweep_over_the_step_has_a_row_for_each()
    {
        var ran = CommandLine.Succeed("sweep", "least-squares", "--over", "step=0.1,1", "--rule", "gradient-descent", "--restarts", "4", "--samples", "0", "--cost");
        Assert.Contains("rule gradient-descent, its step that of the row", ran.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Square(Square(x[0])-1)+h*x[0]+k*0", "k=1,2", "h", 1.5396, 1.5396)]
    [InlineData("Square(Square(x[0])-k)+h*x[0]", "k=0.5,1", "h", 0.54433, 1.5396)]
    [InlineData("d*(Square(Square(x[0])-1)+h*x[0])", "dimension=1", "h", 1.5396)]
    public void The_least_value_of_a_name_in_a_formula_is_found(string formula, string over, string name, params double[] truth)
    {
        // Of (x² − k)² + hx the second well goes where h = 8(k/3)^(3/2).
        var ran = CommandLine.Succeed("sweep", "--formula", formula, "--domain=-3,3", "--over", over, "--threshold", $"{name}=0.01..4", "--restarts", "50", "--samples", "0", "--json", "-");
        var found = JsonNode.Parse(ran.Out)!["rows"]!.AsArray().Select(r => r!["threshold"]!.GetValue<double>()).ToList();
        Assert.Equal(truth.Length, found.Count);
        // To 2 %, as the search says.
        Assert.All(found.Zip(truth), f => Assert.InRange(f.First, f.Second, 1.025 * f.Second));
    }

    [Fact]
    public void Rows_beside_the_least_value_of_a_name_in_a_formula_say_where_they_are()
    {
        var ran = CommandLine.Succeed("sweep", "--formula", "Square(Square(x[0])-k)+h*x[0]", "--domain=-3,3", "--over", "k=1,2", "--threshold", "h=1..9", "--restarts", "50", "--samples", "0");
        Assert.Contains("Everything beside the least h is at h = 9.", ran.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hop", "--restarts", " of hop, but of explore, ")]
    [InlineData("explore", "--nonsense", ";")]
    public void An_option_that_a_command_does_not_have_is_what_is_named(string command, string option, string where) =>
        Assert.Contains($"{option} is no option{where}", CommandLine.Run(command, "--formula", "Square(x[0])", option, "2").Error, StringComparison.Ordinal);

    [Fact]
    public void A_sweep_refuses_what_its_family_refuses_before_the_first_survey()
    {
        var ran = CommandLine.Run("sweep", "glm", "--over", "n=50,60.5", "--restarts", "5", "--samples", "0");
        Assert.Equal(2, ran.Status);
        Assert.DoesNotContain("n = 50", ran.Error, StringComparison.Ordinal);
        Assert.Contains("stand for words", CommandLine.Run("sweep", "glm", "--over", "norm=1", "--threshold", "link=1..2").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Explore_says_the_same_with_evidence()
    {
        var ran = CommandLine.Succeed("explore", "himmelblau", "--restarts", "200", "--evidence");
        Assert.Contains("No spurious minimum found", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_prints_a_row_for_each_combination()
    {
        var ran = CommandLine.Succeed("compare", "himmelblau", "--rules", "lbfgs,gradient-descent:0.005", "--schedules", "constant,exponential:0.999", "--restarts", "50", "--iterations", "2000");
        // L-BFGS finds its steps itself: a schedule makes no second row of it.
        Assert.Equal(3, ran.Out.Split('\n').Count(l => l.TrimStart().StartsWith("lbfgs", StringComparison.Ordinal) || l.TrimStart().StartsWith("gradient-descent", StringComparison.Ordinal)) - ran.Out.Split('\n').Count(l => l.Contains("most often", StringComparison.Ordinal)));
        Assert.Contains("50 starts", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_rule_finds_a_minimum_the_comparison_says_how_all_restarts_ended()
    {
        // A saddle with a way down for ever: what was run is shown and written, and not only that there was nothing to reach.
        var ran = CommandLine.Run("compare", "--formula", "x[0]*x[1]", "--rules", "gradient-descent:0.1,lbfgs", "--restarts", "40", "--plateau-starts", "0", "--json", "-");
        Assert.Equal(ExitCode.NothingFound, ran.Status);
        using var json = System.Text.Json.JsonDocument.Parse(ran.Out);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, json.RootElement.GetProperty("global_value").ValueKind);
        Assert.Equal(40, json.RootElement.GetProperty("results")[0].GetProperty("outcomes").GetProperty("runs_to_infinity").GetInt64());
        Assert.Contains("diverged", ran.Error, StringComparison.Ordinal);
        Assert.Contains("--domain", ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("reached", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_landscape_without_slopes_has_no_table_of_headings_alone()
    {
        var ran = CommandLine.Run("verify", "--formula", "3+0*x[0]", "--restarts", "10", "--saddle-starts", "5", "--samples", "5");
        Assert.DoesNotContain("for each α", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_a_verification_prints_is_in_its_record()
    {
        string[] words = ["verify", "himmelblau", "--restarts", "50", "--saddle-starts", "40", "--samples", "40"];
        using var json = System.Text.Json.JsonDocument.Parse(CommandLine.Run([.. words, "--json", "-"]).Out);
        var printed = CommandLine.Run(words).Out.Split('\n').Where(l => l.StartsWith("  ", StringComparison.Ordinal)).Select(l => l.Trim()).Where(l => l.EndsWith('.')).ToList();
        var kept = json.RootElement.GetProperty("findings").EnumerateArray().SelectMany(f => f.GetProperty("sentences").EnumerateArray().Select(s => s.GetString()!)).ToHashSet();
        Assert.NotEmpty(printed);
        Assert.Subset(kept, printed.ToHashSet());
        var search = json.RootElement.GetProperty("stationary_search");
        Assert.Equal(1, search.GetProperty("euler_characteristic").GetInt32());
        Assert.InRange(search.GetProperty("coverage").GetProperty("good_turing").GetDouble(), 0.5, 1);
    }

    [Fact]
    public void Evidence_of_a_survey_is_in_its_record()
    {
        string[] words = ["explore", "--formula", "Square(x[0]-1)", "--restarts", "20", "--json", "-"];
        using var plain = System.Text.Json.JsonDocument.Parse(CommandLine.Run(words).Out);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, plain.RootElement.GetProperty("evidence").ValueKind);
        using var json = System.Text.Json.JsonDocument.Parse(CommandLine.Run([.. words, "--evidence"]).Out);
        Assert.Contains(json.RootElement.GetProperty("evidence").EnumerateArray(), f => f.GetProperty("subject").GetString() == "growth conditions" && f.GetProperty("sentences").GetArrayLength() > 3);
    }

    [Fact]
    public void Connect_says_where_the_restarts_begin_that_found_its_minima() =>
        Assert.Contains("starts uniform on the ball of radius 2", CommandLine.Run("connect", "himmelblau", "--starts", "ball:2", "--restarts", "50").Out, StringComparison.Ordinal);

    [Fact]
    public void Compare_takes_batches_momenta_and_starts_and_writes_JSON()
    {
        var ran = CommandLine.Succeed(
            "compare", "glm", "--rules", "lbfgs,momentum:0.1", "--momenta", "0.5,0.9", "--batch", "none,20,5:with-replacement", "--starts", "own,scaled:2",
            "--restarts", "20", "--iterations", "300", "--plateau-starts", "0", "--json", "-");
        var results = System.Text.Json.JsonDocument.Parse(ran.Out).RootElement.GetProperty("results").EnumerateArray().ToList();
        // Two momenta × three batches and L-BFGS, from two places.
        Assert.Equal(14, results.Count);
        Assert.Equal(4, results.Count(r => r.GetProperty("batch").ValueKind != System.Text.Json.JsonValueKind.Null && r.GetProperty("with_replacement").GetBoolean()));
        Assert.All(results, r => Assert.Equal(20, r.GetProperty("restarts").GetInt32()));
        Assert.Contains("batches of 5 with replacement, from scaled:2", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Explore_descends_by_batches_and_says_what_converged_means_then()
    {
        var ran = CommandLine.Succeed("explore", "glm", "--batch", "20", "--restarts", "50", "--iterations", "200");
        Assert.Contains("adam (step 0.01), batches of 20", ran.Out, StringComparison.Ordinal);
        Assert.Contains("With batches of 20 of 200 samples", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Sweep_goes_over_a_setting_a_formulas_name_or_the_dimension_and_writes_CSV()
    {
        var formula = CommandLine.Succeed("sweep", "--formula", "Pow(x[0],4) - 2*Square(x[0]) + h*x[0]", "--domain=-2,2", "--over", "h=0..2:0.5", "--restarts", "100", "--csv", "-");
        Assert.Equal(6, formula.Out.TrimEnd().Split('\n').Length);
        var wells = CommandLine.Succeed("sweep", "double-well", "--over", "dimension=1,2,3", "--restarts", "200", "--samples", "0");
        Assert.Contains("Over dimension:", wells.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("width")]
    [InlineData("width=")]
    [InlineData("width=3..1")]
    [InlineData("width=1..2:0")]
    [InlineData("width=1..x")]
    [InlineData("width=1..1e9")]
    public void A_sweep_over_what_is_no_range_is_refused_in_the_users_words(string over)
    {
        var ran = CommandLine.Run("sweep", "himmelblau", "--over", over);
        Assert.Equal(ExitCode.Mistake, ran.Status);
        Assert.Contains($"--over was given {over}", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_ends_where_it_says_in_spite_of_rounding()
    {
        Assert.Equal(11, SweepCommand.Values("p=0..1:0.1").Values.Count);
        Assert.Equal([1.0, 2.0, 3.0], SweepCommand.Values("n=1..3").Values);
        Assert.Equal([4.0, 5.5], SweepCommand.Values("n=4,5.5").Values);
    }

    // Wherever the others end, and however far off the one that does not move is held.
    [Theory]
    [InlineData("-2,2;3,3")]
    [InlineData("-inf,inf;-7,-7")]
    [InlineData("5,inf;-1,-1")]
    public void A_coordinate_that_is_held_fixed_is_no_mistake_and_no_stationary_point_is_said_to_be_missing(string domain)
    {
        var run = CommandLine.Run(["verify", "--formula", "Square(x[0]-6)+Square(x[1]-2)", "--dimension", "2", $"--domain={domain}", "--restarts", "20", "--saddle-starts", "10", "--samples", "14"]);
        Assert.True(run.Status == 0, run.Error);
        Assert.Contains("No spurious minimum found", run.Out, StringComparison.Ordinal);
        Assert.Contains("x[1] is held at", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("violated", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("stationary point", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_stopped_before_it_found_anything_says_that_it_was_stopped()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        foreach (var command in new[] { "explore", "verify", "connect", "hop", "compare", "bench" })
        {
            var error = new StringWriter();
            Assert.Equal(ExitCode.Interrupted, LandscapeCommand.Run([command, "himmelblau"], new(new StringWriter(), error, stopped.Token)));
        }
    }
}
