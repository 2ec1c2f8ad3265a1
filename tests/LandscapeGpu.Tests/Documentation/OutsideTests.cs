using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LandscapeGpu.Tests.Documentation;

/// <summary>What the documentation promises to people outside can be done outside: with the package alone, a rule, a schedule, a sampler, a symmetry, a region, a device and a family of one's own.</summary>
public sealed class OutsideTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("landscape-outside-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_project_that_sees_only_the_package_adds_its_own_of_everything_and_runs()
    {
        // A version of its own: packages of a version are kept by the machine, and would be taken for this one.
        var version = $"0.1.0-test.{Guid.NewGuid():N}";
        var library = Path.Combine(Root(), "src/LandscapeGpu/LandscapeGpu.csproj");
        Run(Root(), "pack", library, "-c", "Release", "--no-build", "-o", folder, $"-p:Version={version}", "-nodeReuse:false");
        var project = Path.Combine(folder, "project");
        Directory.CreateDirectory(project);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root(), "docs/examples/outside")))
        {
            File.Copy(file, Path.Combine(project, Path.GetFileName(file)));
        }

        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Run(
            project, "build", "-c", "Release", $"-p:LandscapeGpuVersion={version}", $"-p:RestoreAdditionalProjectSources={folder}",
            $"-p:RestorePackagesPath={Path.Combine(folder, "packages")}", $"-p:RestoreFallbackFolders={packages}", "-nodeReuse:false");
        var output = Run(project, Path.Combine(project, "bin/Release/net10.0/outside.dll"));
        // (x² − 1)² + (y² − 1)² + xy/10 has four wells, of which exchanging x and y makes (1, −1) and (−1, 1) one.
        Assert.Contains("lanes: 3 minima by sign-descent (step 0.05), 400 of 400 restarts", output, StringComparison.Ordinal);
        Assert.Contains("reference: 3 minima by sign-descent (step 0.05), 400 of 400 restarts", output, StringComparison.Ordinal);
        // The foot of (2, 0) on x + y = √2 is (1/√2 + 1, 1/√2 − 1), at the distance √2 − 1.
        Assert.Contains("half plane: (1.707107, -0.292893), value 0.171573, 100 of 100 restarts", output, StringComparison.Ordinal);
    }

    private static string Run(string at, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = at, RedirectStandardOutput = true, RedirectStandardError = true };
        // What runs these tests tells the programs that it starts things which are meant for itself.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || k.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}:\n{output}\n{errors.Result}");
        return output;
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
