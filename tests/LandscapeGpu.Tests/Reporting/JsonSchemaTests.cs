using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using LandscapeGpu.Tests.Cli;

namespace LandscapeGpu.Tests.Reporting;

/// <summary>What commands write as JSON is what docs/landscape.schema.json says, no more and no less.</summary>
/// <remarks>The part about points follows the list of statistics; with LANDSCAPE_WRITE_DOCS=1 it is written from it.</remarks>
public class JsonSchemaTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromText(File.ReadAllText(SchemaFile())));

    [Theory]
    [InlineData("explore himmelblau --restarts 50 --set-names --json -")]
    [InlineData("explore glm --restarts 20 --batch 16 --iterations 50 --rule momentum --schedule cosine:40 --clip 1 --weight-decay 0.1 --json -")]
    [InlineData("explore lennard-jones --set atoms=4 --restarts 20 --first 7 --starts normal:1 --json -")]
    [InlineData("explore --formula a*Abs(x[0])+Square(x[1])-x[2] --set a=2 --domain -1,1 --names p,q,r --restarts 20 --json -")]
    [InlineData("explore --formula Exp(x[0]) --restarts 20 --json -")]
    [InlineData("explore --formula Square(x[0]-1) --restarts 20 --evidence --json -")]
    [InlineData("explore perceptron --set loss=softmax --set inputs=40 --set width=6 --set decay=0.1 --set n=60 --set test=10 --restarts 1 --json -")]
    [InlineData("verify himmelblau --restarts 50 --saddle-starts 50 --samples 50 --json -")]
    [InlineData("verify least-squares --restarts 20 --saddle-starts 0 --samples 50 --json -")]
    [InlineData("compare glm --rules lbfgs,momentum:0.1 --batch none,16 --starts own,scaled:2 --restarts 10 --json -")]
    [InlineData("sweep double-well --over dimension=1,2 --restarts 50 --paths 2 --json -")]
    [InlineData("connect six-hump-camel --restarts 200 --rates-at 1 --epsilon 1 --json -")]
    [InlineData("hop himmelblau --chains 4 --hops 5 --json -")]
    [InlineData("connect double-well --climbs 20 --hops 3 --json -")]
    [InlineData("list --json")]
    [InlineData("bench rastrigin --restarts 10 --iterations 10 --reps 1 --device lanes")]
    [InlineData("bench glm --batch 16 --restarts 10 --iterations 10 --reps 1 --device reference")]
    public void Every_command_writes_what_the_schema_says(string line)
    {
        var ran = CommandLine.Run(line.Replace("--set-names", "--names a,b", StringComparison.Ordinal).Split(' '));
        Assert.Equal(line.Split(' ')[0], RequireValid(ran));
    }

    [Fact]
    public void What_run_files_are_asked_again_is_what_the_schema_says()
    {
        using var folder = new RunFiles.Folder();
        Assert.Equal("explore", RequireValid(folder.Run("explore", "himmelblau", "--restarts", "40", "--evidence", "--out", "@run.db", "--json", "-")));
        Assert.Equal("resume", RequireValid(folder.Run("resume", "@run.db", "--restarts", "60", "--json", "-")));
        Assert.Equal("identify", RequireValid(folder.Run("identify", "@run.db", "--identity", "fingerprint", "--json", "-")));
        Assert.Equal("merge", RequireValid(folder.Run("merge", "@all.db", "@run.db", "--json", "-")));
        Assert.Equal("resume", RequireValid(folder.Run("show", "@run.db", "--json")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_lowest_endpoint_says_whether_it_was_on_its_way_to_infinity(bool isEndless)
    {
        var found = Survey.Run(Objective.Define("tail", 1, x => isEndless ? Exp(-x[0]) : Exp(x[0]) + Exp(-x[0])), new() { Restarts = 20 });
        using var json = JsonDocument.Parse(SurveyJson.Write(found));
        Assert.Equal(isEndless, json.RootElement.GetProperty("lowest_endpoint").GetProperty("runs_to_infinity").GetBoolean());
        Assert.Equal(isEndless, SurveyText.Notes(found).Any(n => n.Contains("was on its way to infinity", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_stopped_is_what_the_schema_says()
    {
        using var stopped = new CancellationTokenSource();
        var found = LandscapeGpu.Evidence.Verification.Of(Catalogue.Find("himmelblau").Create(), new() { Survey = new() { Restarts = 40 }, SaddleStarts = 40, Samples = 35 }, stage =>
        {
            if (stage.Stage == "stationary points")
            {
                stopped.Cancel();
            }
        }, stopped.Token);
        Assert.Contains("constants", found.NotDone);
        Assert.Equal("verify", RequireValid(new(0, EvidenceJson.Write(found), "")));
    }

    /// <returns>The command whose record it is.</returns>
    private static string RequireValid(CommandLine ran)
    {
        Assert.True(ran.Out.StartsWith('{'), ran.Error);
        using var json = JsonDocument.Parse(ran.Out);
        var command = json.RootElement.GetProperty("command").GetString()!;
        // Against the command's own part: its faults are then said, and not that none of six parts fits.
        var own = JsonSchema.FromText($$"""{ "$ref": "#/$defs/{{(command is "resume" or "identify" or "merge" ? "explore" : command)}}", "$defs": {{JsonNode.Parse(File.ReadAllText(SchemaFile()))!["$defs"]!.ToJsonString()}} }""");
        var result = own.Evaluate(json.RootElement, new() { OutputFormat = OutputFormat.List });
        Assert.True(result.IsValid, string.Join("\n", (result.Details ?? []).Where(d => d.Errors is not null).SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation}: {e.Value}"))));
        Assert.True(Schema.Value.Evaluate(json.RootElement).IsValid);
        return command;
    }

    [Fact]
    public void A_record_with_a_name_too_many_or_too_few_is_refused()
    {
        var record = JsonNode.Parse(CommandLine.Run("explore", "himmelblau", "--restarts", "20", "--json", "-").Out)!.AsObject();
        record["minima"]![0]!.AsObject().Remove("value");
        Assert.False(Schema.Value.Evaluate(JsonDocument.Parse(record.ToJsonString()).RootElement).IsValid);
    }

    [Fact]
    public void The_schema_of_a_point_is_the_list_of_statistics()
    {
        var whole = JsonNode.Parse(File.ReadAllText(SchemaFile()))!;
        var point = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray([.. PointStatistic.All.Select(s => (JsonNode)s.Key)]),
            ["properties"] = new JsonObject(PointStatistic.All.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)TypeOf(s)))),
            ["description"] = "a stationary point",
        };
        if (Documentation.ProblemPagesTests.IsWriting)
        {
            whole["$defs"]!["point"] = point;
            File.WriteAllText(SchemaFile(), whole.ToJsonString(Indented) + "\n");
        }
        else
        {
            Assert.True(JsonNode.DeepEquals(point, whole["$defs"]!["point"]));
        }
    }

    private static JsonObject TypeOf(PointStatistic statistic)
    {
        static JsonArray OrNull(string type) => new(type, "null");
        var schema = statistic.Type switch
        {
            StatisticType.Number => new JsonObject { ["type"] = OrNull("number") },
            StatisticType.Integer => new JsonObject { ["type"] = OrNull("integer") },
            StatisticType.Text => new JsonObject { ["type"] = OrNull("string") },
            _ => new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = OrNull("number") } },
        };
        schema["description"] = statistic.Meaning;
        return schema;
    }

    private static string SchemaFile([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/landscape.schema.json"));
}
