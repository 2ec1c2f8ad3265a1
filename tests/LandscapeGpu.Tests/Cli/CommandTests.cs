using System.Text.Json;

namespace LandscapeGpu.Tests.Cli;

public class CommandTests
{
    [Theory]
    [InlineData("60", 8)]
    [InlineData("8", 8)]
    [InlineData("7", 7)]
    [InlineData("2", 2)]
    [InlineData(null, 5)]
    public void Every_table_shows_as_many_points_as_were_asked_for_and_a_few_at_bounds_where_nobody_asked(string? top, int shown)
    {
        string[] command = ["explore", "--formula", "Sum(3, i => -Square(x[i]))", "--dimension", "3", "--domain", "-1,2", "--restarts", "300"];
        var run = CommandLine.Succeed(top is null ? command : [.. command, "--top", top]);
        Assert.Equal(shown, run.Out.Split('\n').Count(line => line.Contains("at 3 bounds", StringComparison.Ordinal)));
        Assert.Contains($"Minima on the boundary: 8{(shown < 8 ? $", of which the first {shown}" : "")}\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Exploring_himmelblau_shows_its_four_minima_and_outcomes_that_add_up()
    {
        var run = CommandLine.Succeed("explore", "himmelblau", "--restarts", "500", "--threads", "1");
        Assert.Contains("Minima: 4\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("(3, 2)", run.Out, StringComparison.Ordinal);
        Assert.Matches(@"all restarts +500 +100%", run.Out);
        Assert.Contains("Chao1's estimate of a lower bound", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_on_standard_output_is_nothing_but_json()
    {
        var run = CommandLine.Run("explore", "himmelblau", "--restarts", "200", "--json", "-");
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal(4, json.RootElement.GetProperty("minima").GetArrayLength());
        Assert.Equal(200, json.RootElement.GetProperty("outcomes").EnumerateObject().Sum(o => o.Value.GetInt64()));
        Assert.Contains("Minima: 4", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_json_file_is_replaced_as_a_whole()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, new string('x', 100_000));
            Assert.Equal(0, CommandLine.Run("explore", "himmelblau", "--restarts", "100", "--json", path).Status);
            using var json = JsonDocument.Parse(File.ReadAllText(path));
            Assert.Equal("himmelblau", json.RootElement.GetProperty("objective").GetProperty("name").GetString());
            Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + ".?*.tmp"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_disk_that_is_full_costs_nothing_that_was_computed()
    {
        if (!File.Exists("/dev/full"))
        {
            // The device that is always full is Linux's.
            return;
        }

        var run = CommandLine.Run("explore", "himmelblau", "--restarts", "100", "--json", "/dev/full");
        Assert.Equal(1, run.Status);
        Assert.Contains("goes to standard output", run.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(run.Out[run.Out.IndexOf("{\n", StringComparison.Ordinal)..]);
        Assert.Equal(4, json.RootElement.GetProperty("minima").GetArrayLength());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1e-8*")]
    [InlineData("1e8*")]
    public void Tails_alone_are_nothing_found(string factor)
    {
        // All starts lie where the well has underflowed.
        var run = CommandLine.Run("explore", "--formula", $"{factor}(2-Exp(-Square(x[0]-25)))", "--domain=-20,2", "--starts", "uniform:-20:-8", "--restarts", "10");
        Assert.Contains("tail, no minimum", run.Out, StringComparison.Ordinal);
        Assert.Equal(3, run.Status);
    }

    [Fact]
    public void Nothing_converged_is_status_3_with_advice()
    {
        var run = CommandLine.Run("explore", "himmelblau", "--restarts", "10", "--iterations", "1");
        Assert.Equal(3, run.Status);
        Assert.Contains("No restart converged", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_survey_shows_what_it_has_and_is_status_130()
    {
        using var interrupt = new CancellationTokenSource();
        interrupt.CancelAfter(TimeSpan.FromSeconds(2));
        // Hours of work, stopped while compiling or descending.
        var run = CommandLine.Run(interrupt.Token, "explore", "himmelblau", "--restarts", "1e11", "--device", "lanes");
        Assert.Equal(130, run.Status);
        Assert.Contains("Stopped early", run.Out, StringComparison.Ordinal);
        // Who stops before it begins is told so.
        Assert.Equal(130, CommandLine.Run(interrupt.Token, "explore", "himmelblau").Status);
    }

    [Fact]
    public void A_survey_that_is_stopped_before_any_restart_has_ended_says_so()
    {
        using var interrupt = new CancellationTokenSource();
        interrupt.CancelAfter(TimeSpan.FromSeconds(1.5));
        var run = CommandLine.Run(interrupt.Token, "explore", "rosenbrock", "--rule", "gradient-descent", "--step", "1e-7", "--precision", "double", "--iterations", "16000000", "--plateau", "0", "--restarts", "1000", "--device", "lanes");
        Assert.Equal(130, run.Status);
        Assert.Contains("most had not ended when the run was stopped", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reference_device_finds_what_the_lanes_find()
    {
        var run = CommandLine.Run("explore", "himmelblau", "--restarts", "200", "--device", "reference", "--threads", "1");
        Assert.Contains("Minima: 4\n", run.Out, StringComparison.Ordinal);
        // By kernels, as the same word does in a survey's options; polish and spectra as well, else the line would name where.
        Assert.Contains("; reference (kernels in managed code), 1 thread\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_names_every_family_as_text_and_as_json()
    {
        var text = CommandLine.Run("list").Out;
        using var json = JsonDocument.Parse(CommandLine.Run("list", "--json").Out);
        Assert.All(Catalogue.Families, f => Assert.Contains(f.Name, text, StringComparison.Ordinal));
        Assert.Equal(Catalogue.Families.Select(f => f.Name), json.RootElement.GetProperty("families").EnumerateArray().Select(f => f.GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(80, false)]
    [InlineData(80, true)]
    [InlineData(120, true)]
    public void The_list_has_a_line_for_each_family_whatever_the_width(int width, bool isTerminal)
    {
        using var output = new StringWriter();
        Assert.Equal(0, LandscapeCommand.Run(["list"], new Session(output, TextWriter.Null, CancellationToken.None) { Width = width, OutIsTerminal = isTerminal }));
        var lines = output.ToString().Split('\n').Select(line => line.TrimStart(' ', '│')).ToList();
        var first = lines.FindIndex(line => line.StartsWith(Catalogue.Families[0].Name + " ", StringComparison.Ordinal));
        Assert.Equal(Catalogue.Families.Select(f => f.Name), lines.Skip(first).Take(Catalogue.Families.Count).Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public void The_list_tells_all_about_one_family_as_text_and_as_json()
    {
        var family = Catalogue.Find("perceptron");
        var text = CommandLine.Run("list", "perceptron").Out;
        Assert.Contains(family.Summary, text, StringComparison.Ordinal);
        Assert.Contains(family.Source, text, StringComparison.Ordinal);
        Assert.All(family.Settings, s => Assert.Contains($"{s.Name}={s.Text(s.Default)}: {s.Meaning}", text, StringComparison.Ordinal));
        using var json = JsonDocument.Parse(CommandLine.Run("list", "perceptron", "--json").Out);
        Assert.Equal("perceptron", Assert.Single(json.RootElement.GetProperty("families").EnumerateArray()).GetProperty("name").GetString());
        Assert.Contains("did you mean perceptron?", CommandLine.Run("list", "perceptrn").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a bowl: two minima, or none", 40, "a bowl: two minima, or none")]
    [InlineData("a bowl: two minima, or none", 20, "a bowl")]
    [InlineData("two minima, or none", 18, "two minima")]
    [InlineData("very many ripples of equal depth", 20, "very many ripples …")]
    public void What_has_no_room_in_a_line_is_shortened_to_a_phrase(string text, int width, string phrase) => Assert.Equal(phrase, TextLines.Shortened(text, width));

    [Theory]
    [InlineData("explore himmelblau --restarts 50 --json -")]
    [InlineData("bench himmelblau --restarts 50 --iterations 5 --reps 1")]
    public void A_step_behind_the_name_of_its_rule_is_a_step(string command)
    {
        var (behind, beside) = (CommandLine.Run([.. command.Split(' '), "--rule", "momentum:0.003"]).Out, CommandLine.Run([.. command.Split(' '), "--rule", "momentum", "--step", "0.003"]).Out);
        Assert.Contains("\"rule\":\"momentum (step 0.003", behind.Replace(": ", ":", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(Rule(beside), Rule(behind));

        static string Rule(string json) => System.Text.RegularExpressions.Regex.Match(json, "\"rule\": ?(\"[^\"]*\"|{[^}]*})").Value;
    }

    [Fact]
    public void A_bench_is_one_line_of_json_that_counts_every_gradient()
    {
        var run = CommandLine.Run("bench", "rastrigin", "--dimension", "3", "--restarts", "100", "--iterations", "50", "--reps", "2", "--threads", "1");
        Assert.Single(run.Out.TrimEnd('\n').Split('\n'));
        using var json = JsonDocument.Parse(run.Out);
        var root = json.RootElement;
        // The rate is the count over the median; the product is the count again, to rounding.
        Assert.Equal(5_000, root.GetProperty("grad_evals_per_s").GetDouble() * root.GetProperty("seconds").GetDouble(), 1e-6);
        Assert.True(root.GetProperty("seconds_best").GetDouble() <= root.GetProperty("seconds").GetDouble());
        Assert.True(root.GetProperty("gflops").GetDouble() > 0);
    }

    [Fact]
    public void Devices_says_what_there_is_and_what_is_not()
    {
        var run = CommandLine.Succeed("devices");
        Assert.Contains("GFLOP/s", run.Out, StringComparison.Ordinal);
        Assert.Contains("\ncuda ", run.Out, StringComparison.Ordinal);
        Assert.Contains("\nopencl ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_shows_formula_domain_and_source()
    {
        var run = CommandLine.Run("explain", "himmelblau");
        Assert.Contains("[-6, 6]^2", run.Out, StringComparison.Ordinal);
        Assert.Contains("Himmelblau (1972)", run.Out, StringComparison.Ordinal);
        Assert.Contains("himmelblau(x) = ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_help_documents_the_exit_status() => Assert.Contains("no restart came to a minimum", CommandLine.Run("--help").Out, StringComparison.Ordinal);
}
