using System.Text.RegularExpressions;

namespace LandscapeGpu.Tests.Layering;

/// <summary>Files name the namespaces that they use in one order: the system's first, then by their names.</summary>
public sealed partial class UsingTests
{
    [Fact]
    public void Namespaces_are_in_order_in_every_file()
    {
        var files = new[] { "src", "kernels", "tests", "benchmarks" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Packaging.Outside.Root(), folder), "*.cs", SearchOption.AllDirectories))
            .Where(f => f.Split('/', '\\') is var parts && !parts.Contains("obj") && !parts.Contains("bin")).ToList();
        Assert.True(files.Count > 1000);
        Assert.All(files, file =>
        {
            List<string> used = [.. Using().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value)];
            Assert.Equal(used.OrderBy(u => u.Split('.')[0] != "System").ThenBy(u => u.Replace('.', '\0'), StringComparer.OrdinalIgnoreCase), used);
        });
    }

    [GeneratedRegex(@"^using ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
