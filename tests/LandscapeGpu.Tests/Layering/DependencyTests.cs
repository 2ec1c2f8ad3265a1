using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using NetArchTest.Rules;

namespace LandscapeGpu.Tests.Layering;

/// <summary>Namespaces depend on one another in one direction only.</summary>
public class DependencyTests
{
    /// <summary>What each namespace may see besides itself; a new namespace says here what it is built on.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Kernels"] = [],
        ["Notebooks"] = [],
        ["Arithmetic"] = [],
        ["LinearAlgebra"] = ["Kernels"],
        ["Expressions"] = ["Arithmetic"],
        ["Starts"] = ["Kernels"],
        ["Objectives"] = ["Expressions", "Arithmetic", "Starts", "Kernels", "Spectra"],
        ["Compilation"] = ["Expressions", "Kernels"],
        ["Execution"] = ["Compilation", "Expressions"],
        ["Descent"] = ["Expressions", "Compilation", "Execution", "Objectives", "Kernels"],
        ["Spectra"] = ["Kernels", "LinearAlgebra"],
        ["Statistics"] = [],
        ["Differentiation"] = ["Expressions", "Compilation", "Execution", "Objectives", "Kernels", "LinearAlgebra"],
        ["Polish"] = ["Execution", "Objectives", "Spectra", "LinearAlgebra", "Kernels", "Differentiation", "Compilation", "Expressions"],
        ["Devices"] = ["Expressions", "Compilation", "Execution", "Objectives", "Descent", "Starts", "Kernels", "Differentiation", "Polish", "Spectra"],
        ["Identity"] = ["Objectives", "Spectra", "Polish", "Kernels"],
        ["Valleys"] = ["Kernels", "Execution", "Objectives", "Spectra", "Differentiation", "Polish", "Identity", "Statistics", "Compilation", "Devices", "LinearAlgebra"],
    };

    // These stand on top, in this order, and see everything below themselves.
    private static readonly string[] Above = ["Surveys", "Evidence", "Pathways", "Reporting"];

    /// <summary>By what the compiled code names, so that nothing hides behind a `using` of the whole project.</summary>
    [Fact]
    public void Namespaces_see_only_what_they_are_built_on()
    {
        string[] all = [.. Allowed.Keys, .. Above];
        var wrong = all.SelectMany(from => Seeing(from, [.. all.Where(to => to != from && !MaySee(from, to))])).ToList();
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
        Assert.NotEmpty(Seeing("Surveys", ["Objectives"]));
        Assert.All(
            typeof(Survey).Assembly.GetTypes().Select(t => t.Namespace?.Split('.') ?? []).Where(n => n is ["LandscapeGpu", _, ..]),
            n => Assert.Contains(n[1], all));
    }

    private static bool MaySee(string from, string to) =>
        Array.IndexOf(Above, from) is var floor and >= 0 ? Array.IndexOf(Above, to) < floor : Allowed[from].Contains(to);

    private static IEnumerable<string> Seeing(string from, string[] others) => Types.InAssembly(typeof(Survey).Assembly)
        .That().ResideInNamespace($"LandscapeGpu.{from}")
        .ShouldNot().HaveDependencyOnAny([.. others.Select(o => $"LandscapeGpu.{o}")])
        .GetResult().FailingTypes.Select(t => $"{t.FullName} of {from}: {t.Explanation}");

    [Fact]
    public void What_is_allowed_has_no_cycle()
    {
        var placed = new HashSet<string>();
        while (Allowed.FirstOrDefault(p => !placed.Contains(p.Key) && p.Value.All(placed.Contains)) is { Key: { } next })
        {
            placed.Add(next);
        }

        Assert.Equal(Allowed.Keys.Order(), placed.Order());
    }

    [Fact]
    public void Only_the_project_made_for_it_names_the_gpu_library()
    {
        var root = Root();
        Assert.DoesNotContain(Sources(root, "src/LandscapeGpu", "kernels"), f => Regex.IsMatch(Code(f), @"\bILGPU\b\s*[.;]"));
    }

    [Fact]
    public void Only_the_project_made_for_it_names_the_library_that_draws()
    {
        var root = Root();
        Assert.DoesNotContain(Sources(root, "src/LandscapeGpu", "src/LandscapeGpu.Cli", "kernels"), f => Regex.IsMatch(Code(f), @"\b(ScottPlot|SkiaSharp)\b"));
        // A picture is drawn from what every user of the library can see.
        Assert.DoesNotContain("LandscapeGpu.Pictures", File.ReadAllText(Path.Combine(root, "src/LandscapeGpu/LandscapeGpu.csproj")), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Sources(string root, params string[] folders) => folders
        .SelectMany(f => Directory.EnumerateFiles(Path.Combine(root, f), "*.cs", SearchOption.AllDirectories))
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    /// <summary>A file without its comments and texts: an assembly that is loaded by name, if it is there, is no dependency.</summary>
    private static string Code(string file) => Regex.Replace(Regex.Replace(File.ReadAllText(file), "//.*", ""), "\"[^\"\n]*\"", "\"\"");

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
