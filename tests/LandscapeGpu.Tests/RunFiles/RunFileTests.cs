using System.Buffers.Binary;
using LandscapeGpu.Tests.Cli;

namespace LandscapeGpu.Tests.RunFiles;

public sealed class RunFileTests : IDisposable
{
    private readonly Folder folder = new();

    [Theory]
    [InlineData("rastrigin", "--dimension", "3", "--restarts", "4000")]
    [InlineData("himmelblau", "--precision", "double", "--restarts", "300")]
    [InlineData("--formula", "x[0]*x[1] + 2*x[1]*x[2] + 3*x[0]*x[2]", "--domain", "simplex", "--restarts", "300")]
    [InlineData("--formula", "1e-9*(Square(Square(1e6*x[0])-1) + 0.3*1e6*x[0])", "--domain", "-3e-6,3e-6", "--restarts", "300")]
    [InlineData("perceptron", "--batch", "8", "--iterations", "200", "--restarts", "50")]
    [InlineData("himmelblau", "--rule", "gradient-descent:0.01", "--iterations", "30", "--restarts", "200", "--starts", "normal:2")]
    [InlineData("six-hump-camel", "--until-coverage", "0.99", "--restarts", "20")]
    public void A_run_that_is_kept_is_the_run_that_is_not(params string[] what)
    {
        folder.Run(["explore", .. what, "--csv", "@plain.csv"]);
        folder.Run(["explore", .. what, "--csv", "@kept.csv", "--out", "@run.db"]);
        folder.Run("resume", "@run.db", "--csv", "@again.csv");
        folder.Run("identify", "@run.db", "--csv", "@identified.csv");
        Assert.Equal(folder.Bytes("plain.csv"), folder.Bytes("kept.csv"));
        Assert.Equal(folder.Bytes("plain.csv"), folder.Bytes("again.csv"));
        Assert.Equal(folder.Bytes("plain.csv"), folder.Bytes("identified.csv"));
    }

    [Fact]
    public void A_run_that_no_disk_holds_is_refused_before_a_file_is_made()
    {
        // 13 bytes and 100 numbers of four: 413 TB.
        string[] huge = ["explore", "rastrigin", "--dimension", "100", "--restarts", "1e12"];
        var refused = folder.Try([.. huge, "--out", "@huge.db"]);
        Assert.Equal(2, refused.Status);
        Assert.Contains("1,000,000,000,000 restarts take at least 413,000 GB of the disk of ", refused.Error, StringComparison.Ordinal);
        var objective = Catalogue.Find("rastrigin").Create(100);
        Assert.Throws<ArgumentException>(() => RunFile.Explore(folder["huge.db"], objective, new() { Restarts = 1_000_000_000_000 }));
        Assert.False(File.Exists(folder["huge.db"]));
    }

    [Fact]
    public void A_run_that_was_cancelled_before_it_began_leaves_no_file()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        var objective = Catalogue.Find("himmelblau").Create();
        Assert.Throws<OperationCanceledException>(() => RunFile.Explore(folder["none.db"], objective, new() { Restarts = 10 }, cancellation: stopped.Token));
        Assert.Throws<OperationCanceledException>(() => RunFile.Compare(folder["none.db"], objective, cancellation: stopped.Token));
        Assert.False(File.Exists(folder["none.db"]));
    }

    [Fact]
    public void A_program_goes_on_with_more_restarts_as_the_console_does()
    {
        var objective = Catalogue.Find("himmelblau").Create();
        RunFile.Explore(folder["run.db"], objective, new() { Restarts = 300 });
        var more = RunFile.Explore(folder["run.db"], objective, new() { Restarts = 700 });
        var whole = Survey.Run(objective, new() { Restarts = 700 });
        Assert.Equal(CsvText.Of(whole), CsvText.Of(more));
        Assert.Equal(700, RunFile.Verify(folder["run.db"], objective, new() { Survey = new() { Restarts = 700 }, SaddleStarts = 20, Samples = 20 }).Survey.Restarts);
        Assert.Contains("700 are kept", Assert.Throws<RunFileException>(() => RunFile.Explore(folder["run.db"], objective, new() { Restarts = 200 })).Message, StringComparison.Ordinal);
        Assert.Contains("its seed is", Assert.Throws<RunFileException>(() => RunFile.Explore(folder["run.db"], objective, new() { Restarts = 900, Seed = 2 })).Message, StringComparison.Ordinal);
        using var file = RunFile.Open(folder["run.db"]);
        Assert.Equal(700, file.Restarts);
    }

    [Fact]
    public void Going_on_with_more_restarts_is_one_run_of_all_of_them()
    {
        folder.Run("explore", "rastrigin", "--dimension", "2", "--restarts", "700", "--out", "@run.db");
        folder.Run("resume", "@run.db", "--restarts", "2000", "--csv", "@more.csv");
        folder.Run("explore", "rastrigin", "--dimension", "2", "--restarts", "2000", "--csv", "@plain.csv", "--out", "@plain.db");
        Assert.Equal(folder.Bytes("plain.csv"), folder.Bytes("more.csv"));
        Assert.Equal(folder.Exported("plain.db", "endpoints"), folder.Exported("run.db", "endpoints"));
        Assert.Contains("ask for as many or more", folder.Try("resume", "@run.db", "--restarts", "10").Error, StringComparison.Ordinal);
        folder.Run("resume", "@run.db", "--until-coverage", "0.999", "--csv", "@covered.csv");
        folder.Run("explore", "rastrigin", "--dimension", "2", "--restarts", "2000", "--until-coverage", "0.999", "--csv", "@plain.csv");
        Assert.Equal(folder.Bytes("plain.csv"), folder.Bytes("covered.csv"));
    }

    [Fact]
    public void The_report_is_shown_as_it_was_printed_and_endpoints_are_told_apart_anew()
    {
        var report = folder.Run("explore", "six-hump-camel", "--restarts", "2000", "--out", "@run.db").Out;
        Assert.Equal(report, folder.Run("show", "@run.db").Out);
        var identified = folder.Run("identify", "@run.db", "--identity", "fingerprint", "--tolerance", "1e-4").Out;
        var asked = folder.Run("explore", "six-hump-camel", "--restarts", "2000", "--identity", "fingerprint", "--tolerance", "1e-4").Out;
        // All but what it took.
        Assert.Equal(asked.TrimEnd().Split('\n')[..^1], identified.TrimEnd().Split('\n')[..^1]);
        Assert.Equal(report, folder.Run("show", "@run.db").Out);
    }

    [Fact]
    public void What_was_warned_of_is_said_again_when_the_report_is_shown()
    {
        var warned = folder.Try("explore", "--formula", "1/(1-Square(x[0]))", "--domain", "0,5", "--restarts", "100", "--out", "@run.db").Error;
        Assert.Contains("falls without bound", warned, StringComparison.Ordinal);
        Assert.EndsWith(folder.Try("show", "@run.db").Error, warned, StringComparison.Ordinal);
        Assert.Contains("falls without bound", folder.Try("show", "@run.db").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_written_is_refused_to_others_and_read_by_them()
    {
        folder.Run("explore", "himmelblau", "--restarts", "100", "--out", "@run.db");
        var objective = Objective.Define("bowl", 1, x => Square(x[0]));
        using (RunFile.Begin(folder["busy.db"], RunFacts.Of("explore", objective, new(), null), [], []))
        {
            var other = Assert.Throws<RunFileException>(() => RunFile.Explore(folder["busy.db"], objective));
            Assert.Contains("written by another process", other.Message, StringComparison.Ordinal);
            using var reader = RunFile.Open(folder["busy.db"]);
            Assert.Equal(0, reader.Restarts);
        }

        // What a process that died leaves behind locks nothing.
        File.WriteAllText(folder["busy.db-lock"], "");
        Assert.Equal(10_000, RunFile.Explore(folder["busy.db"], objective).Restarts);
        Assert.False(File.Exists(folder["busy.db-lock"]));
    }

    [Theory]
    [InlineData("seed", "himmelblau", "--restarts", "100", "--seed", "2")]
    [InlineData("restarts", "himmelblau", "--restarts", "101")]
    [InlineData("descent", "himmelblau", "--restarts", "100", "--precision", "double")]
    [InlineData("objective", "six-hump-camel", "--restarts", "100")]
    [InlineData("region", "himmelblau", "--restarts", "100", "--domain", "-4,4")]
    [InlineData("shard", "himmelblau", "--restarts", "100", "--shard", "1/2")]
    public void A_file_of_another_run_is_refused_with_what_differs(string what, params string[] other)
    {
        folder.Run("explore", "himmelblau", "--restarts", "100", "--out", "@run.db");
        var before = folder.Exported("run.db", "endpoints");
        var refused = folder.Try(["explore", .. other, "--out", "@run.db"]);
        Assert.Equal(2, refused.Status);
        Assert.Contains($"its {what} is", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, folder.Exported("run.db", "endpoints"));
    }

    [Fact]
    public void Another_formula_of_one_name_is_another_problem()
    {
        folder.Run("explore", "--formula", "a*Square(x[0])", "--set", "a=1", "--restarts", "100", "--out", "@run.db");
        Assert.Contains("another problem", folder.Try("explore", "--formula", "a*Square(x[0])", "--set", "a=2", "--restarts", "100", "--out", "@run.db").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_in_a_file_runs_only_when_the_user_says_so()
    {
        File.WriteAllText(folder["mine.csx"], "Define(2, x => Square(x[0]) + Square(x[1] - 1))");
        File.WriteAllText(folder["other.csx"], "Define(2, x => Square(x[0]) + Square(x[1] - 2))");
        folder.Run("explore", "--script", "@mine.csx", "--restarts", "50", "--out", "@run.db");
        var script = File.ReadAllText(folder["mine.csx"]);
        File.Delete(folder["mine.csx"]);
        var refused = folder.Try("resume", "@run.db");
        Assert.Equal(2, refused.Status);
        Assert.Contains("which is a program", refused.Error, StringComparison.Ordinal);
        Assert.Contains("not the script", folder.Try("resume", "@run.db", "--script", "@other.csx").Error, StringComparison.Ordinal);
        Assert.Contains("which is a program", folder.Try("merge", "@all.db", "@run.db").Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["all.db"]));
        folder.Run("resume", "@run.db", "--trust-script");
        File.WriteAllText(folder["elsewhere.csx"], script);
        folder.Run("resume", "@run.db", "--script", "@elsewhere.csx");
    }

    [Fact]
    public void Data_are_in_the_file_and_need_not_be_there_any_more()
    {
        File.WriteAllText(folder["data.csv"], "a,y\n" + string.Join("\n", Enumerable.Range(0, 30).Select(k => FormattableString.Invariant($"{Math.Sin(k)},{Math.Sin(k) + (0.1 * Math.Cos(7 * k))}"))));
        string[] what = ["least-squares", "--data", folder["data.csv"], "--restarts", "40"];
        var plain = folder.Try(["explore", .. what, "--csv", "@plain.csv"]);
        Assert.Equal(plain.Status, folder.Try(["explore", .. what, "--out", "@run.db"]).Status);
        File.Delete(folder["data.csv"]);
        folder.Try("resume", "@run.db", "--csv", "@again.csv");
        Assert.Equal(folder.Bytes("plain.csv"), folder.Bytes("again.csv"));
    }

    [Fact]
    public void A_file_made_by_a_program_has_its_result_and_endpoints_in_the_precision_they_were_found_in()
    {
        var objective = Objective.Define("two wells", 1, x => Square(Square(x[0]) - 1)) with { Region = Region.Box(1, -2, 2) };
        var result = RunFile.Explore(folder["run.db"], objective, new() { Restarts = 500 });
        using var file = RunFile.Open(folder["run.db"]);
        Assert.Equal(result.Minima.Select(m => (m.Value, m.Count, m.Point[0])), file.Points("minima").Select(m => (m.Value, m.Count, m.Point[0])));
        var batches = file.Endpoints().ToList();
        Assert.Equal(500, batches.Sum(b => b.Count));
        Assert.All(batches, b => Assert.All(b.Points.Zip(b.Values), p => Assert.Equal(objective.Evaluate([p.First]), p.Second, 1e-14)));
        Assert.All(batches, b => Assert.False(b.IsDouble));
        Assert.Contains("made by a program", folder.Try("resume", "@run.db").Error, StringComparison.Ordinal);
        Assert.Contains("another problem", Assert.Throws<RunFileException>(() => RunFile.Explore(
            folder["run.db"], Objective.Define("two wells", 1, x => Square(Square(x[0]) - 2)) with { Region = Region.Box(1, -2, 2) }, new() { Restarts = 500 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Endpoints_take_at_most_a_fifth_more_than_their_numbers()
    {
        const long Restarts = 200_000;
        folder.Run("explore", "styblinski-tang", "--dimension", "8", "--restarts", "200000", "--out", "@run.db");
        var bare = new Folder();
        bare.Run("explore", "styblinski-tang", "--dimension", "8", "--restarts", "1", "--out", "@run.db");
        // Start index, outcome, steps, value and eight coordinates in single precision; the list of minima, a row each, comes on top.
        const long Raw = Restarts * (8 + 1 + 4 + 8 + (8 * 4));
        using var file = RunFile.Open(folder["run.db"]);
        var minima = file.Points("minima").Count + file.Points("stationary").Count + file.Points("boundary").Count;
        var results = (minima * (160L + 160)) + (file.Report("json")?.Length ?? 0) + file.Report("report")!.Length + file.Report("layout")!.Length;
        Assert.InRange(new FileInfo(folder["run.db"]).Length - bare.Bytes("run.db").Length, Raw / 2, (1.2 * Raw) + (1.2 * results));
        bare.Dispose();
    }

    [Theory]
    [InlineData("minima")]
    [InlineData("endpoints")]
    [InlineData("spectra")]
    public async Task A_table_is_the_same_in_every_format(string what)
    {
        folder.Run("explore", "himmelblau", "--restarts", "300", "--out", "@run.db");
        foreach (var format in new[] { "csv", "json", "npy", "parquet" })
        {
            folder.Run("export", "@run.db", "--what", what, "--to", $"@table.{format}");
        }

        var lines = File.ReadAllLines(folder["table.csv"]);
        var json = System.Text.Json.JsonDocument.Parse(folder.Bytes("table.json")).RootElement.EnumerateArray().Select(r => string.Join(",", r.EnumerateObject().Select(p => p.Value.ToString())));
        // JSON writes 1e-5 as 1E-05 does CSV: both are .NET's shortest.
        Assert.Equal(lines[1..], json);
        var npy = folder.Bytes("table.npy");
        var header = System.Text.Encoding.ASCII.GetString(npy, 12, BinaryPrimitives.ReadInt32LittleEndian(npy.AsSpan(8)));
        Assert.Contains($"'shape': ({lines.Length - 1},)", header, StringComparison.Ordinal);
        Assert.Equal(0, (12 + header.Length) % 64);
        Assert.Equal(0, (npy.Length - 12 - header.Length) % (lines.Length - 1));
        using var stream = File.OpenRead(folder["table.parquet"]);
        await using var parquet = await Parquet.ParquetReader.CreateAsync(stream);
        Assert.Equal(lines[0].Split(','), parquet.Schema.GetDataFields().Select(f => f.Name));
        Assert.Equal(lines.Length - 1, Enumerable.Range(0, parquet.RowGroupCount).Sum(g => parquet.OpenRowGroupReader(g).RowCount));
    }

    [Fact]
    public void What_cannot_be_exported_is_refused()
    {
        folder.Run("explore", "himmelblau", "--restarts", "100", "--out", "@run.db");
        Assert.Contains("must be .csv, .npy, .parquet, .json", folder.Try("export", "@run.db", "--to", "@table.xlsx").Error, StringComparison.Ordinal);
        Assert.Contains("no evidence", folder.Try("export", "@run.db", "--what", "evidence", "--to", "@table.csv").Error, StringComparison.Ordinal);
        Assert.Contains("cannot be written", folder.Try("export", "@run.db", "--to", "@no/such/folder.csv").Error, StringComparison.Ordinal);
        Assert.Contains("no such file", folder.Try("show", "@none.db").Error, StringComparison.Ordinal);
        File.WriteAllText(folder["text.db"], new string('x', 1000));
        Assert.Contains("is no run file", folder.Try("show", "@text.db").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Coordinates_have_their_names_in_tables_that_are_exported_unless_a_column_has_that_name()
    {
        string[] words = ["explore", "--formula", "Square(x[0]-1)+Square(x[1])", "--dimension", "2", "--restarts", "20", "--out"];
        folder.Run([.. words, "@named.db", "--names", "K,Vmax"]);
        Assert.EndsWith(",K,Vmax", folder.Exported("named.db", "minima").Split('\n')[0], StringComparison.Ordinal);
        Assert.EndsWith(",K,Vmax", folder.Exported("named.db", "endpoints").Split('\n')[0], StringComparison.Ordinal);
        folder.Run([.. words, "@taken.db", "--names", "value,Vmax"]);
        Assert.EndsWith(",x0,x1", folder.Exported("taken.db", "minima").Split('\n')[0], StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
