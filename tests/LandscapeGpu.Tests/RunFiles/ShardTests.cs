namespace LandscapeGpu.Tests.RunFiles;

public sealed class ShardTests : IDisposable
{
    private static readonly string[] Problem = ["rastrigin", "--dimension", "2", "--restarts", "3001"];
    private readonly Folder folder = new();

    [Fact]
    public void Sixteen_shards_are_one_run_byte_for_byte_whatever_their_order_and_however_often_they_are_given()
    {
        folder.Run(["explore", .. Problem, "--out", "@one.db", "--csv", "@one.csv"]);
        var shards = Enumerable.Range(1, 16).Select(k => $"@s{k}.db").ToArray();
        for (var k = 1; k <= 16; k++)
        {
            folder.Run(["explore", .. Problem, "--shard", $"{k}/16", "--out", shards[k - 1]]);
        }

        // A shard that is run again changes nothing.
        folder.Run(["explore", .. Problem, "--shard", "3/16", "--out", "@s3.db"]);
        // Neither do shards that overlap these.
        folder.Run(["explore", .. Problem, "--shard", "2/5", "--out", "@overlap.db"]);
        folder.Run(["merge", "@all.db", .. shards.Reverse(), shards[4], "@overlap.db", "--csv", "@all.csv"]);
        Assert.Equal(folder.Bytes("one.csv"), folder.Bytes("all.csv"));
        foreach (var what in new[] { "minima", "endpoints", "saddles", "spectra" })
        {
            Assert.Equal(folder.Exported("one.db", what), folder.Exported("all.db", what));
        }
    }

    [Fact]
    public void Shards_of_more_restarts_than_32_bits_count_are_numbered_and_counted_as_others()
    {
        // Of 600 restarts each, one across 2³¹ and one across 2³².
        string[] many = ["explore", "six-hump-camel", "--restarts", "6e9"];
        folder.Run([.. many, "--shard", "3579140/10000000", "--out", "@a.db"]);
        folder.Run([.. many, "--shard", "7158279/10000000", "--out", "@b.db"]);
        var merged = folder.Run("merge", "@all.db", "@b.db", "@a.db", "--json", "@all.json");
        Assert.Contains("5,999,998,800 of 6,000,000,000 restarts are in none of the files", merged.Error, StringComparison.Ordinal);
        using var json = System.Text.Json.JsonDocument.Parse(folder.Bytes("all.json"));
        Assert.Equal(1200, json.RootElement.GetProperty("minima").EnumerateArray().Concat(json.RootElement.GetProperty("stationary").EnumerateArray()).Sum(m => m.GetProperty("count").GetInt64()));
        // The same restarts by their numbers.
        foreach (var (shard, first) in new[] { ("a.db", 2_147_483_400L), ("b.db", 4_294_966_800L) })
        {
            folder.Run("explore", "six-hump-camel", "--first", $"{first}", "--restarts", "600", "--out", $"@{first}.db");
            Assert.Equal(folder.Exported($"{first}.db", "endpoints"), folder.Exported(shard, "endpoints"));
        }
    }

    [Fact]
    public void A_list_that_is_cut_is_the_lowest_of_the_whole_one_and_shards_of_it_are_one_run()
    {
        // No two minima of one value, of which the border would take some and leave others.
        string[] tilted = ["--formula", "Square(x[0])+Square(x[1])-10*Cos(2*PI*x[0])-10*Cos(2*PI*x[1])+0.01*x[0]+0.023*x[1]", "--domain", "-5,5", "--restarts", "3001"];
        string[] cut = [.. tilted, "--most-points", "40"];
        folder.Run(["explore", .. tilted, "--csv", "@whole.csv"]);
        var run = folder.Run(["explore", .. cut, "--csv", "@one.csv"]);
        Assert.Contains("Only the 40 lowest stationary points are told apart", run.Out, StringComparison.Ordinal);
        Assert.Contains("with probability at least", run.Out, StringComparison.Ordinal);
        // Shares and counts are those of all restarts.
        Assert.Equal(File.ReadLines(folder["whole.csv"]).Take(41), File.ReadLines(folder["one.csv"]));
        folder.Run(["explore", .. cut, "--shard", "1/2", "--out", "@a.db"]);
        folder.Run(["explore", .. cut, "--shard", "2/2", "--out", "@b.db"]);
        folder.Run("merge", "@all.db", "@b.db", "@a.db", "--csv", "@all.csv");
        Assert.Equal(folder.Bytes("one.csv"), folder.Bytes("all.csv"));
    }

    [Fact]
    public void Missing_shards_are_said_and_made_by_going_on()
    {
        folder.Run(["explore", .. Problem, "--csv", "@one.csv"]);
        folder.Run(["explore", .. Problem, "--shard", "1/3", "--out", "@a.db"]);
        folder.Run(["explore", .. Problem, "--shard", "3/3", "--out", "@c.db"]);
        var merged = folder.Run("merge", "@all.db", "@c.db", "@a.db");
        Assert.Contains("1,000 of 3,001 restarts are in none of the files", merged.Error, StringComparison.Ordinal);
        Assert.Contains("2,001", merged.Out, StringComparison.Ordinal);
        folder.Run("resume", "@all.db", "--csv", "@all.csv");
        Assert.Equal(folder.Bytes("one.csv"), folder.Bytes("all.csv"));
    }

    [Theory]
    [InlineData("seed", "--seed", "2")]
    [InlineData("restarts", "--restarts", "3002")]
    [InlineData("identity", "--identity", "fingerprint")]
    [InlineData("descent", "--step", "0.3")]
    public void A_shard_of_another_run_is_refused_and_nothing_is_made(string what, params string[] other)
    {
        folder.Run(["explore", .. Problem, "--shard", "1/3", "--out", "@a.db"]);
        string[] changed = [.. other[0] == "--restarts" ? Problem[..^2] : Problem, .. other];
        folder.Run(["explore", .. changed, "--shard", "2/3", "--out", "@b.db"]);
        var (a, b) = (folder.Bytes("a.db"), folder.Bytes("b.db"));
        var refused = folder.Try("merge", "@all.db", "@a.db", "@b.db");
        Assert.Equal(2, refused.Status);
        Assert.Contains($"b.db is another run: its {what} is", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["all.db"]));
        Assert.Equal(a, folder.Bytes("a.db"));
        Assert.Equal(b, folder.Bytes("b.db"));
    }

    [Fact]
    public void A_shard_with_one_flipped_byte_is_refused_by_name_and_inputs_stay_as_they_are()
    {
        folder.Run(["explore", .. Problem, "--shard", "1/2", "--out", "@a.db"]);
        folder.Run(["explore", .. Problem, "--shard", "2/2", "--out", "@b.db"]);
        var bytes = folder.Bytes("b.db");
        // In the last page of the endpoints of the largest batch, where SQLite itself sees nothing.
        var at = Find(bytes);
        bytes[at] ^= 1;
        File.WriteAllBytes(folder["b.db"], bytes);
        var a = folder.Bytes("a.db");
        var refused = folder.Try("merge", "@all.db", "@a.db", "@b.db");
        Assert.Equal(2, refused.Status);
        Assert.Contains("b.db is damaged: the batch of restarts", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["all.db"]));
        Assert.Equal(a, folder.Bytes("a.db"));
        Assert.Equal(bytes, folder.Bytes("b.db"));
    }

    [Theory]
    [InlineData("0/3")]
    [InlineData("4/3")]
    [InlineData("1")]
    [InlineData("-1/3")]
    [InlineData("1/0")]
    [InlineData("a/b")]
    [InlineData("1/5000")]
    public void A_shard_that_is_none_is_refused(string shard)
    {
        var refused = folder.Try(["explore", .. Problem, "--shard=" + shard, "--out", "@a.db"]);
        Assert.Equal(2, refused.Status);
        Assert.Contains("--shard was given", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["a.db"]));
    }

    [Fact]
    public void Shards_are_disjoint_and_together_all_restarts()
    {
        foreach (var (restarts, n) in new[] { (1L, 1), (10L, 3), (1_000_000_000_000L, 4096), (17L, 16) })
        {
            var shards = Enumerable.Range(1, n).Select(k => RestartSpan.Shard(restarts, k, n)).ToList();
            Assert.Equal([new RestartSpan(0, restarts)], RestartSpan.United(shards));
            Assert.Equal(restarts, shards.Sum(s => s.Count));
        }
    }

    /// <summary>A byte of the points of a batch.</summary>
    private int Find(byte[] bytes)
    {
        using var file = RunFile.Open(folder["b.db"]);
        var row = file.Read(file.Kept.MaxBy(k => k.Count).First);
        var at = bytes.AsSpan().IndexOf(row.Points.AsSpan(row.Points.Length / 2, 64));
        Assert.True(at > 0);
        return at + 20;
    }

    public void Dispose() => folder.Dispose();
}
