using Microsoft.Data.Sqlite;

namespace LandscapeGpu.Tests.RunFiles;

/// <summary>Which stationary point each restart came to, as run files keep it.</summary>
public sealed class ArrivalTests : IDisposable
{
    private static readonly string[] Lists = ["minima", "boundary", "kink", "stationary"];
    private readonly Folder folder = new();

    [Theory]
    [InlineData("himmelblau", "--restarts", "300")]
    [InlineData("rastrigin", "--dimension", "3", "--restarts", "3000", "--most-points", "40")]
    [InlineData("lennard-jones", "--set", "atoms=6", "--restarts", "300")]
    [InlineData("lennard-jones", "--set", "atoms=7", "--restarts", "400", "--most-points", "2")]
    [InlineData("--formula", "Square(Square(x[0]) + Square(x[1]) - 1)", "--dimension", "2", "--domain", "-2,2", "--restarts", "300")]
    [InlineData("--formula", "Abs(x[0]) + 0.5*Abs(x[1] - 1) + Square(x[1])", "--dimension", "2", "--domain", "-2,2", "--restarts", "200")]
    [InlineData("--formula", "x[0]*x[0]*x[0] - x[0]", "--dimension", "1", "--domain", "-2,2", "--restarts", "200")]
    [InlineData("--formula", "Log(x[0]) + 1/x[0]", "--dimension", "1", "--domain", "-2,2", "--restarts", "200")]
    [InlineData("--formula", "x[0]*x[1] + 2*x[1]*x[2] + 3*x[0]*x[2]", "--domain", "simplex", "--restarts", "300")]
    [InlineData("six-hump-camel", "--until-coverage", "0.99", "--restarts", "20", "--identity", "fingerprint")]
    public void Every_point_has_as_many_restarts_as_are_said_to_have_come_to_it(params string[] what)
    {
        folder.Run(["explore", .. what, "--out", "@run.db"]);
        RequireTallies("run.db");
    }

    [Fact]
    public void A_restart_is_said_to_have_come_to_the_minimum_nearest_to_where_it_ended()
    {
        folder.Run("explore", "himmelblau", "--restarts", "500", "--out", "@run.db");
        using var file = RunFile.Open(folder["run.db"]);
        var minima = file.Points("minima");
        foreach (var batch in file.Endpoints())
        {
            for (var k = 0; k < batch.Count; k++)
            {
                var (end, arrival) = (batch.Points.Skip(2 * k).Take(2).ToArray(), batch.Arrivals[k]);
                var nearest = minima.MinBy(m => double.Hypot(m.Point[0] - end[0], m.Point[1] - end[1]))!;
                Assert.Equal(nearest, arrival.List == "minima" ? minima[arrival.Number - 1] : null);
            }
        }
    }

    [Fact]
    public void Going_on_and_merging_keep_it_as_in_one_run_also_where_most_points_are_left_out()
    {
        string[] cut = ["rastrigin", "--dimension", "2", "--most-points", "30", "--domain", "-3,4"];
        folder.Run(["explore", .. cut, "--restarts", "2000", "--out", "@one.db"]);
        folder.Run(["explore", .. cut, "--restarts", "700", "--out", "@run.db"]);
        folder.Run("resume", "@run.db", "--restarts", "2000");
        folder.Run(["explore", .. cut, "--restarts", "2000", "--shard", "1/2", "--out", "@a.db"]);
        folder.Run(["explore", .. cut, "--restarts", "2000", "--shard", "2/2", "--out", "@b.db"]);
        folder.Run("merge", "@all.db", "@b.db", "@a.db");
        var one = folder.Exported("one.db", "endpoints");
        Assert.Contains("unlisted", one, StringComparison.Ordinal);
        Assert.Equal(one, folder.Exported("run.db", "endpoints"));
        Assert.Equal(one, folder.Exported("all.db", "endpoints"));
        RequireTallies("b.db");
    }

    [Fact]
    public void Before_there_is_a_result_it_is_unknown()
    {
        var objective = Objective.Define("bowl", 1, x => Square(x[0]));
        using (var begun = RunFile.Begin(folder["run.db"], RunFacts.Of("explore", objective, new() { Restarts = 100 }, null), [], []))
        {
            Survey.Run(objective, new() { Restarts = 100, Store = begun.Store });
        }

        using var file = RunFile.Open(folder["run.db"]);
        Assert.Equal(100, file.Restarts);
        Assert.All(file.Endpoints().SelectMany(b => b.Arrivals), a => Assert.Equal(new("unknown", 0), a));
        Assert.Equal(100, RunFile.Explore(folder["run.db"], objective, new() { Restarts = 100 }).Restarts);
        RequireTallies("run.db");
    }

    [Fact]
    public void A_file_of_version_1_is_read_as_it_is_and_gone_on_with()
    {
        folder.Run("explore", "himmelblau", "--restarts", "300", "--out", "@run.db");
        var whole = folder.Exported("run.db", "endpoints");
        using (var connection = new SqliteConnection($"Data Source={folder["run.db"]};Pooling=False"))
        {
            connection.Open();
            var facts = FactTable.Read(connection, "run.db");
            // The checksums of its endpoints began with nothing.
            Schema.Rebind(connection, RowSeed.OfRun(facts.Facts), RowSeed.None, facts.Facts, "run.db");
            facts.Facts.Remove("arrivals");
            FactTable.Write(connection, facts.Facts, facts.Options, facts.Files);
            using var command = connection.CreateCommand();
            command.CommandText = "DROP TABLE arrival; PRAGMA user_version = 1";
            command.ExecuteNonQuery();
        }

        var old = folder.Bytes("run.db");
        Assert.Contains(",unknown,0,", folder.Exported("run.db", "endpoints"), StringComparison.Ordinal);
        folder.Run("show", "@run.db");
        folder.Run("merge", "@all.db", "@run.db");
        Assert.Equal(old, folder.Bytes("run.db"));
        folder.Run("resume", "@run.db");
        Assert.Equal(whole, folder.Exported("run.db", "endpoints"));
        Assert.Equal(whole, folder.Exported("all.db", "endpoints"));
    }

    [Theory]
    [InlineData("UPDATE arrival SET points = zeroblob(length(points))")]
    [InlineData("UPDATE arrival SET first = first + 1")]
    [InlineData("UPDATE arrival SET count = count - 1")]
    [InlineData("UPDATE arrival SET points = substr(points, 5)")]
    [InlineData("DELETE FROM arrival")]
    public void What_was_changed_of_it_is_refused(string change)
    {
        folder.Run("explore", "himmelblau", "--restarts", "300", "--out", "@run.db");
        folder.Change("run.db", change);

        var refused = folder.Try("export", "@run.db", "--what", "endpoints", "--to", "@e.csv");
        Assert.Equal(2, refused.Status);
        Assert.Contains("which points its restarts came to is not as it was written", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["e.csv"]));
    }

    private void RequireTallies(string name)
    {
        using var file = RunFile.Open(folder[name]);
        var tallies = file.Endpoints().SelectMany(b => b.Arrivals).CountBy(a => a).ToDictionary();
        Assert.Equal(file.Restarts, tallies.Values.Sum());
        Assert.DoesNotContain(tallies.Keys, a => a.List == "unknown");
        foreach (var list in Lists)
        {
            Assert.Equal(file.Points(list).Select(p => p.Count), file.Points(list).Select((_, k) => (long)tallies.GetValueOrDefault(new(list, k + 1))));
        }

        var outcomes = Lists.Sum(l => file.Points(l).Sum(p => p.Count));
        Assert.Equal(file.Restarts - outcomes, tallies.Where(t => t.Key.List is "none" or "unlisted").Sum(t => t.Value));
    }

    public void Dispose() => folder.Dispose();
}
