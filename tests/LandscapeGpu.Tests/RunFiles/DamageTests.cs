using System.Text;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace LandscapeGpu.Tests.RunFiles;

/// <summary>Files that are not as they were written: refused, or, where nothing that is read has changed, read as they were.</summary>
public sealed class DamageTests(ITestOutputHelper output) : IDisposable
{
    private readonly Folder folder = new();

    /// <summary>Other files each time that others are asked for.</summary>
    public static TheoryData<int> Seeds() => Environment.GetEnvironmentVariable("LANDSCAPE_LONG_TESTS") is { Length: > 0 } ? [1, 2, 3, 4, Environment.TickCount] : [1];

    [Fact]
    public void A_batch_that_was_taken_out_is_said_to_be_missing_and_made_again()
    {
        folder.Run("explore", "himmelblau", "--restarts", "3000", "--out", "@run.db");
        var whole = folder.Exported("run.db", "endpoints");
        folder.Change("run.db", "DELETE FROM batch WHERE first = (SELECT min(first) FROM batch)");

        foreach (var words in new[] { ["show", "@run.db"], new[] { "export", "@run.db", "--what", "endpoints", "--to", "@fewer.csv" } })
        {
            Assert.Contains("has lost batches that its result was made of", folder.Try(words).Error, StringComparison.Ordinal);
        }

        var again = folder.Run("resume", "@run.db");
        Assert.DoesNotContain("lost", again.Error, StringComparison.Ordinal);
        Assert.Equal(whole, folder.Exported("run.db", "endpoints"));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Of_two_hundred_damaged_files_none_is_read_as_anything_else(int seed)
    {
        folder.Run("explore", "himmelblau", "--restarts", "1500", "--seed", "18446744073709551615", "--evidence", "--out", "@run.db");
        var (bytes, whole) = (folder.Bytes("run.db"), Contents(folder["run.db"]));
        var random = new Random(seed);
        var (refused, same) = (0, 0);
        for (var k = 0; k < 200; k++)
        {
            byte[] damaged = [.. bytes];
            if (k % 4 == 0)
            {
                damaged = damaged[..random.Next(damaged.Length)];
            }
            else
            {
                for (var flips = 1 << (k % 4 * 2); flips > 0; flips--)
                {
                    damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                }
            }

            Judge(damaged);
        }

        output.WriteLine($"seed {seed}: {refused} were refused, {same} had nothing changed that is read.");
        Assert.True(refused > 100);

        void Judge(byte[] damaged)
        {
            File.WriteAllBytes(folder["damaged.db"], damaged);
            try
            {
                Assert.Equal(whole, Contents(folder["damaged.db"]));
                same++;
            }
            catch (RunFileException e)
            {
                Assert.Contains("damaged.db", e.Message, StringComparison.Ordinal);
                refused++;
            }
        }
    }

    [Theory]
    [InlineData("PRAGMA user_version = 4", "of version 4, and this program knows versions up to 3")]
    [InlineData("PRAGMA user_version = 1", "does not have the tables")]
    [InlineData("PRAGMA user_version = 2", "the batch of restarts")]
    [InlineData("PRAGMA user_version = 0", "there is no such version")]
    [InlineData("PRAGMA application_id = 5", "no run file")]
    [InlineData("DROP TABLE report", "does not have the tables")]
    [InlineData("CREATE TABLE more(a)", "does not have the tables")]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON batch BEGIN DELETE FROM batch; END", "does not have the tables")]
    [InlineData("CREATE VIEW v AS SELECT 1", "does not have the tables")]
    [InlineData("UPDATE run SET value = '7' WHERE name = 'seed'", "what the run is of")]
    [InlineData("UPDATE run SET value = 'many' WHERE name = 'dimension'", "what the run is of")]
    [InlineData("DELETE FROM run WHERE name = 'check'", "what the run is of")]
    [InlineData("DELETE FROM option", "what the run is of")]
    [InlineData("INSERT INTO option VALUES (99, '--json', '/tmp/elsewhere')", "what the run is of")]
    [InlineData("UPDATE batch SET points = substr(points, 1, length(points) - 1)", "the batch of restarts")]
    [InlineData("UPDATE batch SET points = points || x'00'", "the batch of restarts")]
    [InlineData("UPDATE batch SET bits = 64", "the batch of restarts")]
    [InlineData("UPDATE batch SET bits = 16", "the batch of restarts")]
    [InlineData("UPDATE batch SET outcomes = 'text'", "the batch of restarts")]
    [InlineData("UPDATE batch SET count = 0", "overlap, or have no size")]
    [InlineData("UPDATE batch SET count = 9000000000", "overlap, or have no size")]
    [InlineData("UPDATE batch SET count = count + 1", "damaged")]
    [InlineData("UPDATE batch SET first = -1 WHERE first = 0", "overlap, or have no size")]
    [InlineData("UPDATE batch SET first = first + 1000000", "the batch of restarts")]
    [InlineData("UPDATE batch SET steps = zeroblob(length(steps))", "the batch of restarts")]
    [InlineData("UPDATE batch SET hash = x''", "the batch of restarts")]
    [InlineData("UPDATE point SET value = value + 1e-9", "a point of its minima")]
    [InlineData("UPDATE point SET count = 'few'", "damaged")]
    [InlineData("UPDATE point SET point = x'01'", "a point of its minima")]
    [InlineData("DELETE FROM point WHERE number = 2", "points of its minima")]
    [InlineData("UPDATE report SET content = content || '.'", "is not as it was written")]
    [InlineData("DELETE FROM report", "its report is gone")]
    [InlineData("UPDATE report SET content = x'00'", "damaged")]
    public void What_was_changed_is_refused_by_name_and_no_command_takes_it(string change, string expected)
    {
        folder.Run("explore", "himmelblau", "--restarts", "600", "--out", "@run.db");
        folder.Change("run.db", change);

        Assert.Contains(expected, Assert.Throws<RunFileException>(() => Contents(folder["run.db"])).Message, StringComparison.Ordinal);
        string[][] commands = [["show", "@run.db"], ["export", "@run.db", "--what", "endpoints", "--to", "@e.csv"], ["export", "@run.db", "--to", "@e.csv"], ["identify", "@run.db"], ["merge", "@all.db", "@run.db"]];
        Assert.Contains(commands, c => folder.Try(c) is { Status: 2 } run && run.Error.Contains("run.db", StringComparison.Ordinal));
        Assert.DoesNotContain(commands, c => folder.Try(c).Error.Contains("fault of this program", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_written_with_a_right_checksum_is_refused_as_well_where_it_means_nothing()
    {
        folder.Run("explore", "himmelblau", "--restarts", "60", "--evidence", "--out", "@survey.db");
        folder.Run("sweep", "double-well", "--over", "dimension=1,2", "--restarts", "8", "--samples", "0", "--out", "@sweep.db");
        (string Name, string? Value)[] facts =
        [
            ("dimension", "3"), ("dimension", "999999999"), ("dimension", "0"), ("restarts", "-1"), ("arrivals", "many"), ("points of minima", "many"), ("points of minima", "9999999999"), ("command", "nonsense"),
            ("command", null), ("shard", null), ("objective", null), ("fingerprint", null),
        ];
        (string Name, string? Value)[] reports = [("layout", "null"), ("layout", "{"), ("layout", """{"Heading":"a","Tables":[null],"Notes":[]}"""), ("layout", """{"Heading":"a","Tables":null,"Notes":[]}"""), ("evidence", "{"), ("rows", ""), ("rows", "a,b\n1\n")];
        Assert.All(facts, f => Refused("survey.db", (connection, path) => Rewritten(connection, path, f)));
        Assert.All([("data sets", null), ("data sets", "x"), ("values", null), ("setting", (string?)null)], f => Refused("sweep.db", (connection, path) => Rewritten(connection, path, f)));
        Assert.All(reports, r => Refused(r.Name == "rows" ? "sweep.db" : "survey.db", (connection, path) => ReportTable.Write(connection, RowSeed.OfResult(FactTable.Read(connection, path).Facts), r.Name, r.Value!)));

        static void Rewritten(SqliteConnection connection, string path, (string Name, string? Value) fact)
        {
            var (all, options, files) = FactTable.Read(connection, path);
            _ = fact.Value is { } value ? (object)(all[fact.Name] = value) : all.Remove(fact.Name);
            FactTable.Write(connection, all, options, files);
        }
    }

    /// <summary>A file that is written otherwise is refused by a command at least, and no command stumbles.</summary>
    private void Refused(string file, Action<SqliteConnection, string> change)
    {
        File.Copy(folder[file], folder["changed.db"], overwrite: true);
        using (var connection = Database.Connect(folder["changed.db"], SqliteOpenMode.ReadWrite))
        {
            change(connection, folder["changed.db"]);
        }

        string[][] commands = [["show", "@changed.db"], .. new[] { "minima", "endpoints", "evidence", "rows" }.Select(what => new[] { "export", "@changed.db", "--what", what, "--to", "@e.csv" })];
        var runs = commands.Select(c => folder.Try(c)).ToList();
        Assert.Contains(runs, r => r.Status == 2 && r.Error.Contains("changed.db is damaged", StringComparison.Ordinal));
        Assert.DoesNotContain(runs, r => r.Error.Contains("fault of this program", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(100)]
    [InlineData(4096)]
    public void What_is_no_database_is_no_run_file(int length)
    {
        File.WriteAllBytes(folder["run.db"], [.. Encoding.ASCII.GetBytes("SQLite format 3\0").Concat(Enumerable.Repeat((byte)'x', length)).Take(length)]);
        foreach (var command in new[] { "show", "resume", "identify" })
        {
            var run = folder.Try(command, "@run.db");
            Assert.Equal(2, run.Status);
            Assert.Contains("run.db", run.Error, StringComparison.Ordinal);
        }
    }

    /// <summary>Everything that can be read of a file.</summary>
    private static string Contents(string path)
    {
        var text = new StringBuilder();
        using var file = RunFile.Open(path);
        text.AppendJoin('\n', file.Facts.OrderBy(f => f.Key, StringComparer.Ordinal)).AppendJoin('\n', file.Options);
        foreach (var batch in file.Endpoints())
        {
            text.Append(batch.First).AppendJoin(',', batch.Outcomes).AppendJoin(',', batch.Steps).AppendJoin(',', batch.Values).AppendJoin(',', batch.Points).AppendJoin(',', batch.Arrivals);
        }

        foreach (var list in new[] { "minima", "boundary", "kink", "stationary" })
        {
            text.AppendJoin('\n', file.Points(list).Select(p => $"{p} {string.Join(',', p.Point)} {string.Join(',', p.Eigenvalues)}"));
        }

        return text.AppendJoin('\n', new[] { "report", "layout", "json", "warnings", "evidence" }.Select(file.Report)).ToString();
    }

    public void Dispose() => folder.Dispose();
}
