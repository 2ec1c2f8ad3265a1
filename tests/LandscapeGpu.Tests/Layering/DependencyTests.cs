using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

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
        ["Descent"] = ["Expressions", "Compilation", "Execution", "Objectives"],
        ["Spectra"] = ["Kernels", "LinearAlgebra"],
        ["Statistics"] = [],
        ["Differentiation"] = ["Expressions", "Compilation", "Execution", "Objectives", "Kernels"],
        ["Polish"] = ["Execution", "Objectives", "Spectra", "LinearAlgebra", "Kernels", "Differentiation", "Compilation", "Expressions"],
        ["Devices"] = ["Expressions", "Compilation", "Execution", "Objectives", "Descent", "Starts", "Kernels", "Differentiation", "Polish", "Spectra"],
        ["Identity"] = ["Objectives", "Spectra", "Polish"],
        ["Valleys"] = ["Kernels", "Execution", "Objectives", "Spectra", "Differentiation", "Polish", "Identity", "Statistics", "Compilation", "Devices"],
    };

    // These stand on top, in this order, and see everything below themselves.
    private static readonly string[] Above = ["Surveys", "Evidence", "Pathways", "Reporting"];

    [Fact]
    public void Namespaces_see_only_what_they_are_built_on()
    {
        var seen = 0;
        var wrong = new List<string>();
        foreach (var (from, to, file) in Dependencies())
        {
            seen++;
            if (from != to && !(Above.Contains(from) && Array.IndexOf(Above, to) < Array.IndexOf(Above, from)) && !(Allowed.TryGetValue(from, out var below) && below.Contains(to)))
            {
                wrong.Add($"{file}: {from} sees {to}");
            }
        }

        Assert.True(seen > 50, $"Only {seen} references were found: the search is broken.");
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.Distinct()));
    }

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

    /// <summary>By what files say: `using` lines, and names written in full.</summary>
    private static IEnumerable<(string From, string To, string File)> Dependencies()
    {
        foreach (var file in Sources(Root(), "src/LandscapeGpu", "kernels"))
        {
            var text = Code(file);
            var from = Regex.Match(text, @"^namespace LandscapeGpu\.(\w+)", RegexOptions.Multiline).Groups[1].Value;
            foreach (Match m in Regex.Matches(text, @"(?<!namespace )\bLandscapeGpu\.(\w+)"))
            {
                yield return (from, m.Groups[1].Value, Path.GetFileName(file));
            }

            // Within LandscapeGpu a sibling namespace can be named without its parent.
            foreach (var other in Allowed.Keys.Concat(Above).Where(n => Regex.IsMatch(text, $@"(?<![.\w]){n}\.[A-Z]\w+") && n != from && n is not ("Kernels" or "Descent" or "Polish" or "Identity" or "Spectra" or "Valleys")))
            {
                yield return (from, other, Path.GetFileName(file));
            }
        }
    }

    private static IEnumerable<string> Sources(string root, params string[] folders) => folders
        .SelectMany(f => Directory.EnumerateFiles(Path.Combine(root, f), "*.cs", SearchOption.AllDirectories))
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    /// <summary>A file without its comments and texts: an assembly that is loaded by name, if it is there, is no dependency.</summary>
    private static string Code(string file) => Regex.Replace(Regex.Replace(File.ReadAllText(file), "//.*", ""), "\"[^\"\n]*\"", "\"\"");

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
