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
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={folder["run.db"]};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM batch WHERE member = 2 AND first > 0";
            Assert.NotEqual(0, command.ExecuteNonQuery());
        }

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
            using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={folder["damaged.db"]};Pooling=False"))
            {
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = change;
                command.ExecuteNonQuery();
            }

            Assert.Contains("is damaged", Assert.Throws<RunFileException>(() =>
            {
                using var file = RunFile.Open(folder["damaged.db"]);
                return file.Endpoints().ToList();
            }).Message, StringComparison.Ordinal);
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
        var kept = RunFile.Verify(folder["library.db"], Catalogue.Find("himmelblau").Create(), new() { Survey = new() { Restarts = 100 }, SaddleStarts = 50, Samples = 50 });
        using var file = RunFile.Open(folder["library.db"]);
        Assert.Equal(kept.Survey.Minima.Count, file.Points("minima").Count);
        Assert.Contains(kept.LocalVersusGlobal.Sentence, file.Report("evidence")!, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
