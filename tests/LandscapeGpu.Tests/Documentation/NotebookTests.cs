using System.Text.Json.Nodes;
using LandscapeGpu.Cli.Scripting;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace LandscapeGpu.Tests.Documentation;

/// <summary>The notebooks of the documentation are run, each from its one source.</summary>
public sealed class NotebookTests
{
    public static TheoryData<string> Names() => [.. NotebookSource.All().Select(n => n.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_cells_of_a_notebook_run_one_after_another(string name)
    {
        var options = ScriptOptions.Default
            .WithMetadataResolver(AssembliesReadOnce.Instance)
            .WithReferences(typeof(LandscapeGpu.Surveys.Survey).Assembly, typeof(LandscapeGpu.Pictures.Figure).Assembly, typeof(object).Assembly, typeof(Enumerable).Assembly, typeof(Console).Assembly)
            .WithImports("System", "System.Linq", "System.Collections.Generic", "System.IO");
        ScriptState<object>? state = null;
        foreach (var cell in NotebookSource.All().Single(n => n.Name == name).Code)
        {
            state = state is null ? await CSharpScript.RunAsync(cell, options) : await state.ContinueWithAsync(cell);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_notebook_has_the_cells_of_its_source(string name)
    {
        var stored = JsonNode.Parse(File.ReadAllText(Path.Combine(NotebookSource.Folder(), name + ".ipynb")))!;
        var expected = NotebookSource.All().Single(n => n.Name == name).Notebook();
        Assert.Equal(Sources(expected), Sources(stored));
        // Outputs are stored: whoever only looks sees results, tables and pictures.
        var outputs = stored["cells"]!.AsArray().Where(c => (string?)c!["cell_type"] == "code").SelectMany(c => c!["outputs"]!.AsArray()).ToList();
        Assert.NotEmpty(outputs);
        Assert.DoesNotContain(outputs, o => (string?)o!["output_type"] == "error");
        Assert.DoesNotContain("probeAddresses", stored.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("<svg", stored.ToJsonString().Replace("\\u003C", "<", StringComparison.Ordinal), StringComparison.Ordinal);

        static IEnumerable<string> Sources(JsonNode notebook) => notebook["cells"]!.AsArray().Select(c => string.Concat(c!["source"]!.AsArray().Select(l => (string?)l)));
    }

    [JupyterFact]
    public async Task Interrupting_a_cell_stops_its_survey_and_the_notebook_goes_on()
    {
        using var jupyter = await Jupyter.Start();
        const string Using = "using LandscapeGpu.Objectives.Catalogue;\nusing LandscapeGpu.Reporting;\nusing LandscapeGpu.Surveys;\n";
        var cells = await jupyter.Interrupt(
            // Hours, and progress while they pass.
            (Using + "var found = Survey.Run(Catalogue.Find(\"himmelblau\").Create(), new() { Restarts = 100_000_000_000 }, new ProgressLines(Console.Out).Report);\nConsole.WriteLine($\"stopped: {found.Stopped}, {found.Restarts > 0}\");", "descent:"),
            ("Console.WriteLine($\"still there: {found.Stopped}\");", null));
        Assert.All(cells, c => Assert.Equal("idle", c.State));
        Assert.True(cells[0].Interrupted);
        Assert.Contains("stopped: True, True", cells[0].Output, StringComparison.Ordinal);
        Assert.Contains("still there: True", cells[1].Output, StringComparison.Ordinal);
    }

    [JupyterTheory]
    [MemberData(nameof(Names))]
    public async Task A_notebook_runs_in_jupyter(string name)
    {
        using var jupyter = await Jupyter.Start();
        var executed = await jupyter.Run(NotebookSource.All().Single(n => n.Name == name));
        var outputs = executed["cells"]!.AsArray().Where(c => (string?)c!["cell_type"] == "code").SelectMany(c => c!["outputs"]!.AsArray()).ToList();
        Assert.DoesNotContain(outputs, o => (string?)o!["output_type"] == "error");
        Assert.Contains(outputs, o => o!["data"]?["text/html"] is { } html && html.ToJsonString().Contains("svg", StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("LANDSCAPE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(Path.Combine(NotebookSource.Folder(), name + ".ipynb"), NotebookSource.Text(executed));
        }
    }
}
