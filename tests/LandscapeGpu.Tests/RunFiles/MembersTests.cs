using System.CommandLine;
using LandscapeGpu.Cli;
using LandscapeGpu.Cli.Commands;
using LandscapeGpu.Evidence;
using LandscapeGpu.RunFiles;

namespace LandscapeGpu.Tests.RunFiles;

/// <summary>Comparisons, sweeps and verifications that are kept.</summary>
public sealed class MembersTests : IDisposable
{
    private readonly Folder folder = new();

    [Theory]
    [InlineData("compare", "himmelblau", "--rules", "lbfgs,momentum:0.01", "--restarts", "150")]
    [InlineData("compare", "glm", "--rules", "adam", "--batch", "none,16", "--starts", "own,scaled:2", "--restarts", "20", "--iterations", "200", "--plateau-starts", "0")]
    [InlineData("sweep", "double-well", "--over", "dimension=1..3", "--restarts", "200", "--samples", "50")]
    [InlineData("sweep", "double-well", "--over", "dimension=1,2", "--restarts", "100", "--samples", "0", "--cost")]
    [InlineData("sweep", "glm", "--dimension", "3", "--set", "n=12", "--over", "norm=0.5,1", "--restarts", "5", "--samples", "14", "--iterations", "50", "--rule", "gradient-descent", "--step", "1", "--theory", "--kernel", "--cost", "--threshold", "noise=0.05..0.1")]
    [InlineData("sweep", "matrix-completion", "--set", "rows=4", "--over", "p=0.5,1", "--data-sets", "2", "--restarts", "20", "--samples", "0", "--theory")]
    [InlineData("sweep", "--formula", "a*Square(x[0])+Square(Square(x[1])-1)", "--over", "a=1,2", "--domain", "-2,2", "--restarts", "100", "--samples", "0")]
    public void A_comparison_or_sweep_that_is_kept_is_the_one_that_is_not_and_is_shown_and_gone_on_with(params string[] words)
    {
        folder.Run([.. words, "--csv", "@plain.csv"]);
        var printed = folder.Run([.. words, "--csv", "@kept.csv", "--out", "@run.db"]);
        var again = folder.Run("resume", "@run.db", "--csv", "@again.csv");
        Assert.Equal(WithoutTimes("plain.csv"), WithoutTimes("kept.csv"));
        Assert.Equal(WithoutTimes("plain.csv"), WithoutTimes("again.csv"));
        Assert.Equal(printed.Out, again.Out);
        Assert.Equal(printed.Out, folder.Run("show", "@run.db").Out);
        Assert.Equal(words[0], System.Text.Json.JsonDocument.Parse(folder.Run("show", "@run.db", "--json").Out).RootElement.GetProperty("command").GetString());
        Assert.Equal(File.ReadLines(folder["plain.csv"]).Count(), folder.Exported("run.db", "rows").TrimEnd().Split('\n').Length);
        using (var file = RunFile.Open(folder["run.db"]))
        {
            Assert.Equal(file.Restarts + 1, folder.Exported("run.db", "endpoints").TrimEnd().Split('\n').Length);
        }

        foreach (var refused in new[] { new[] { "identify", "@run.db" }, ["merge", "@all.db", "@run.db"], ["export", "@run.db", "--to", "@minima.csv"], ["resume", "@run.db", "--restarts", "1000"], ["connect", "--run", "@run.db"] })
        {
            Assert.Equal(2, folder.Try(refused).Status);
        }

        Assert.Contains("another run", folder.Try([.. words, "--out", "@run.db", "--seed", "9"]).Error, StringComparison.Ordinal);
    }

    /// <summary>The rows of a CSV file but for how long things took.</summary>
    private List<string> WithoutTimes(string name)
    {
        var rows = File.ReadLines(folder[name]).Select(line => line.Split(',')).ToList();
        // From the right: names have commas.
        var times = rows[0].Length - Array.IndexOf(rows[0], "seconds");
        return [.. rows.Select(row => string.Join(',', row.Where((_, k) => k != row.Length - times)))];
    }

    [Fact]
    public void Every_option_is_kept_or_known_to_change_no_number()
    {
        string[] others =
        [
            "--json", "--csv", "--xyz", "--report", "--losses", "--out", "--shard", "--top", "--evidence", "--device", "--threads", "--vector-bits", "--picture", "--pictures", "--help", "-?", "-h", "/?", "/h",
        ];
        foreach (var create in new[] { ExploreCommand.Create, VerifyCommand.Create, CompareCommand.Create, (Func<Session, Command>)SweepCommand.Create })
        {
            var command = create(new(TextWriter.Null, TextWriter.Null, default));
            var forgotten = command.Options.Select(o => o.Name).Except([.. RecordedCommand.Kept, .. RecordedCommand.OfMembers, .. RecordedCommand.OfEvidence, .. others]);
            Assert.True(!forgotten.Any(), $"{command.Name}: {string.Join(' ', forgotten)}");
        }
    }

    [Fact]
    public void What_a_stopped_comparison_has_is_not_run_again()
    {
        var objective = Objective.Define("bowl", 2, x => Square(x[0]) + Square(x[1])) with { Region = Region.Box(2, -1, 1) };
        ComparisonOptions options = new() { Contenders = [new() { Descent = new() { Rule = Rules.Named("lbfgs", null) } }, new() { Descent = new() { Rule = Rules.Named("adam", null) } }], Restarts = 300, PlateauStarts = 0 };
        var whole = Comparison.Run(objective, options);
        RunFile.Compare(folder["run.db"], objective, options);
        // As if it had been killed in the middle: what is lost is run again, and nothing else.
        Assert.NotEqual(0, folder.Change("run.db", "DELETE FROM batch WHERE member = 2 AND first > 0"));

        using (var file = RunFile.Open(folder["run.db"]))
        {
            Assert.InRange(file.Restarts, 301, 599);
        }

        var resumed = RunFile.Compare(folder["run.db"], objective, options);
        Assert.Equal(whole.Results.Select(r => (r.Outcomes, r.Reached, r.GradientsPerSuccess)), resumed.Results.Select(r => (r.Outcomes, r.Reached, r.GradientsPerSuccess)));
        Assert.All(whole.Results.Zip(resumed.Results), r => Assert.Equal(r.First.FinalValues, r.Second.FinalValues));
        using var after = RunFile.Open(folder["run.db"]);
        Assert.Equal(600, after.Restarts);
        Assert.Equal([0, 1, 2], after.Endpoints().Select(b => b.Member).Prepend(0).Distinct().Order());
    }

    [Fact]
    public void A_member_that_is_damaged_or_of_another_problem_is_refused()
    {
        Objective Family(double a, int set) => Objective.Define("wells", 1, x => Square(Square(x[0]) - a)) with { Region = Region.Box(1, -3, 3) };
        RunFile.Sweep(folder["run.db"], "a", [1, 2], Family, new() { Samples = 0 });
        Assert.Contains("another problem", Assert.Throws<RunFileException>(() => RunFile.Sweep(folder["run.db"], "a", [1, 2], (a, set) => Family(a == 2 ? 2.5 : a, set), new() { Samples = 0 })).Message, StringComparison.Ordinal);
        foreach (var change in new[] { "UPDATE member SET dimension = 2 WHERE number = 2", "DELETE FROM member WHERE number = 2", "UPDATE batch SET member = 7 WHERE member = 2" })
        {
            File.Copy(folder["run.db"], folder["damaged.db"], overwrite: true);
            folder.Change("damaged.db", change);

            Assert.Contains("is damaged", Assert.Throws<RunFileException>(() =>
            {
                using var file = RunFile.Open(folder["damaged.db"]);
                return file.Endpoints().ToList();
            }).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Theory_kernels_costs_and_thresholds_are_a_programs_as_they_are_the_consoles()
    {
        folder.Run("sweep", "glm", "--dimension", "3", "--set", "n=12", "--over", "norm=0.5,1", "--restarts", "5", "--samples", "14", "--theory", "--kernel", "--cost", "--threshold", "noise=0.05..0.1", "--precision", "double", "--csv", "@console.csv");
        static Objective At(double norm, double noise) => Catalogue.Find("glm").Create(3, new Dictionary<string, double> { ["n"] = 12, ["norm"] = norm, ["noise"] = noise });
        SweepOptions options = new()
        {
            Survey = new() { Restarts = 5, Descent = new() { IsDouble = true } },
            Samples = 14,
            WithTheory = true,
            WithKernel = true,
            WithCost = true,
            Threshold = new("noise", 0.05, 0.1, (norm, _, noise) => At(norm, noise)),
        };
        var found = RunFile.Sweep(folder["run.db"], "norm", [0.5, 1], (norm, _) => At(norm, Catalogue.Find("glm").Settings.Single(s => s.Name == "noise").Default), options);
        Assert.Equal(File.ReadAllText(folder["console.csv"]).TrimEnd(), found.Csv().TrimEnd());
        Assert.All(found.Rows, r => Assert.True(r is { Theory: not null, Kernel: not null, Steps: not null, NotDone: [] } && !double.IsNaN(r.Threshold)));
        // Columns are what a run is: a file of others is of another run.
        Assert.Contains("columns", Assert.Throws<RunFileException>(() => RunFile.Sweep(folder["run.db"], "norm", [0.5, 1], (norm, _) => At(norm, 0.1), options with { WithCost = false })).Message, StringComparison.Ordinal);
        Assert.Contains("Theory over norm", folder.Run("show", "@run.db").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_program_keeps_is_shown_as_what_a_command_keeps()
    {
        var wells = Objective.Define("wells", 2, x => Square(Square(x[0]) - 1) + Square(x[1])) with { Region = Region.Box(2, -2, 2) };
        RunFile.Explore(folder["explored.db"], wells, new() { Restarts = 50 });
        RunFile.Verify(folder["verified.db"], wells, new() { Survey = new() { Restarts = 50 }, SaddleStarts = 20, Samples = 14 });
        RunFile.Compare(folder["compared.db"], wells, new() { Contenders = [new() { Descent = new() { Rule = Rules.Named("lbfgs", null) } }], Restarts = 50, PlateauStarts = 0 });
        RunFile.Sweep(folder["swept.db"], "a", [1, 2], (a, _) => wells with { Name = $"wells {a}" }, new() { Samples = 0, Survey = new() { Restarts = 50 } });
        foreach (var (name, words) in new[] { ("explored", "Minima: 2"), ("verified", "local versus global"), ("compared", "rule"), ("swept", "Over a:") })
        {
            Assert.Contains(words, folder.Run("show", $"@{name}.db").Out, StringComparison.Ordinal);
            Assert.StartsWith("{", folder.Run("show", $"@{name}.db", "--json").Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_was_explored_can_be_verified_and_is_then_gone_on_with_as_that()
    {
        folder.Run("explore", "himmelblau", "--restarts", "100", "--out", "@run.db");
        var verified = folder.Run("verify", "himmelblau", "--restarts", "100", "--saddle-starts", "20", "--samples", "14", "--out", "@run.db");
        Assert.Equal(verified.Out, folder.Run("show", "@run.db").Out);
        Assert.Equal(verified.Out, folder.Run("resume", "@run.db").Out);
        var explored = folder.Run("explore", "himmelblau", "--restarts", "100", "--out", "@run.db");
        Assert.StartsWith(explored.Out.Split('\n')[0], folder.Run("resume", "@run.db").Out, StringComparison.Ordinal);
        Assert.Contains("Minima: 4", folder.Run("resume", "@run.db").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Minima_of_a_run_that_a_script_made_are_connected_with_that_script_alone()
    {
        File.WriteAllText(folder["mine.csx"], "Define(\"mine\", 2, x => Square(Square(x[0]) - 1) + Square(x[1])) with { Region = Region.Box(2, -2, 2) }");
        File.WriteAllText(folder["other.csx"], File.ReadAllText(folder["mine.csx"]) + " // another");
        folder.Run("explore", "--script", "@mine.csx", "--restarts", "50", "--out", "@run.db");
        string[] few = ["--climbs", "20"];
        var plain = folder.Run(["connect", "--script", "@mine.csx", "--restarts", "50", .. few]);
        foreach (var words in new[] { new[] { "connect", "@run.db", "--script", "@mine.csx" }, ["connect", "--run", "@run.db", "--script", "@mine.csx"], ["connect", "@run.db", "--trust-script"] })
        {
            Assert.Equal(Untimed(plain.Out), Untimed(folder.Run([.. words, .. few]).Out));
        }

        Assert.Contains("not the script that", folder.Try("connect", "@run.db", "--script", "@other.csx").Error, StringComparison.Ordinal);
        Assert.Contains("--trust-script", folder.Try("connect", "@run.db").Error, StringComparison.Ordinal);
        Assert.Contains("--restarts was given with the run file", folder.Try("connect", "@run.db", "--trust-script", "--restarts", "60").Error, StringComparison.Ordinal);
        static IEnumerable<string> Untimed(string text) => text.Split('\n').Skip(2).Where(l => !l.Contains("gradient evaluations in", StringComparison.Ordinal));
        // And it is one option of the command.
        Assert.Single(ConnectCommand.Create(new(TextWriter.Null, TextWriter.Null, default)).Options, o => o.Name == "--script");
    }

    [Fact]
    public void Texts_of_any_length_and_names_of_any_letters_are_exported_whole()
    {
        folder.Run("sweep", "matrix-completion", "--set", "rows=4", "--over", "p=0.30000000000000004,1", "--data-sets", "2", "--restarts", "20", "--samples", "0", "--theory", "--out", "@run.db");
        Assert.Contains("\"Claim 1p, ‖x‖⁴ − ⟨x, z⟩²\"", folder.Exported("run.db", "rows"), StringComparison.Ordinal);
        foreach (var what in new[] { "rows", "endpoints" })
        {
            folder.Run("export", "@run.db", "--what", what, "--to", "@table.npy");
            var bytes = folder.Bytes("table.npy");
            var header = System.Text.Encoding.UTF8.GetString(bytes, 12, BitConverter.ToInt32(bytes, 8));
            Assert.Equal(0, (12 + BitConverter.ToInt32(bytes, 8)) % 64);
            Assert.Equal(what == "rows", header.Contains("⟨x, z⟩²", StringComparison.Ordinal));
            Assert.Equal(what == "rows" ? 3 : 2, bytes[6]);
            Assert.Contains(what == "rows" ? "not_done" : $"<U{"p = 0.30000000000000004, data set 1".Length}", header, StringComparison.Ordinal);
            folder.Run("export", "@run.db", "--what", what, "--to", "@table.parquet");
        }
    }

    [Fact]
    public void A_verification_is_kept_with_its_evidence_and_gone_on_with()
    {
        string[] words = ["verify", "himmelblau", "--restarts", "100", "--saddle-starts", "50", "--samples", "50"];
        folder.Run([.. words, "--out", "@run.db"]);
        Assert.Contains("local_versus_global.sentence", folder.Exported("run.db", "evidence"), StringComparison.Ordinal);
        Assert.Contains("No spurious minimum", folder.Run("show", "@run.db").Out, StringComparison.Ordinal);
        Assert.Equal(folder.Run("show", "@run.db").Out.Split('\n')[0], folder.Run("resume", "@run.db").Out.Split('\n')[0]);
        Assert.Contains("150 restarts", folder.Run("resume", "@run.db", "--restarts", "150").Out, StringComparison.Ordinal);
        Assert.Contains("leave it out", folder.Try("resume", "@run.db", "--top", "3").Error, StringComparison.Ordinal);
        // With other evidence asked for, the file is of that from then on.
        var wanted = folder.Run([.. words[..2], "--restarts", "150", .. words[4..], "--induced-minima", "1", "--rate-step", "0.5", "--out", "@run.db", "--json", "@verified.json"]);
        Assert.Equal(wanted.Out, folder.Run("show", "@run.db").Out);
        Assert.Equal(File.ReadAllText(folder["verified.json"]), folder.Run("show", "@run.db", "--json").Out);
        Assert.Equal(wanted.Out, folder.Run("resume", "@run.db").Out);
        Assert.Contains("0.5/β", wanted.Out, StringComparison.Ordinal);
        var kept = RunFile.Verify(folder["library.db"], Catalogue.Find("himmelblau").Create(), new() { Survey = new() { Restarts = 100 }, SaddleStarts = 50, Samples = 50 });
        using var file = RunFile.Open(folder["library.db"]);
        Assert.Equal(kept.Survey.Minima.Count, file.Points("minima").Count);
        Assert.Contains(kept.LocalVersusGlobal.Sentence, file.Report("evidence")!, StringComparison.Ordinal);
    }

    [Fact]
    public void Combinations_that_contradict_themselves_are_refused_before_anything_runs_or_is_kept()
    {
        var refused = folder.Try("compare", "perceptron", "--rules", "momentum:0.05", "--batch", "8", "--curricula", "none,50", "--out", "@never.db");
        Assert.Equal(2, refused.Status);
        Assert.Contains("together with mini-batches", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["never.db"]));
    }

    [Fact]
    public void Of_two_runs_with_long_options_only_what_differs_is_said()
    {
        folder.Run("explore", "himmelblau", "--restarts", "8", "--iterations", "300", "--out", "@once.db");
        var refused = folder.Try("explore", "himmelblau", "--restarts", "8", "--iterations", "301", "--out", "@once.db");
        Assert.Contains("its descent is … Iterations = 300 …, and that of what is asked for is … Iterations = 301 ….", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_without_rows_has_the_columns_of_one_with_rows()
    {
        folder.Run("explore", "himmelblau", "--restarts", "8", "--out", "@few.db");
        Assert.Equal(folder.Exported("few.db", "minima").Split('\n')[0], folder.Exported("few.db", "saddles").TrimEnd('\n'));
    }

    public void Dispose() => folder.Dispose();
}
