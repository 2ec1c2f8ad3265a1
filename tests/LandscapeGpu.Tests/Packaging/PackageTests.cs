using System.IO.Compression;

namespace LandscapeGpu.Tests.Packaging;

/// <summary>The packages work from a folder feed, in an empty directory.</summary>
[Collection(nameof(Feed))]
public sealed class PackageTests(Feed feed)
{
    [Fact]
    public void A_project_that_sees_only_the_package_adds_its_own_of_everything_and_runs()
    {
        feed.Pack();
        var project = feed.Empty("project");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Outside.Root(), "docs/examples/outside")))
        {
            File.Copy(file, Path.Combine(project, Path.GetFileName(file)));
        }

        Outside.Dotnet(project, ["build", "-c", "Release", $"-p:LandscapeGpuVersion={feed.Version}", .. feed.Sources]);
        var output = Outside.Dotnet(project, Path.Combine(project, "bin/Release/net10.0/outside.dll"));
        // (x² − 1)² + (y² − 1)² + xy/10 has four wells, of which exchanging x and y makes (1, −1) and (−1, 1) one.
        Assert.Contains("lanes: 3 minima by sign-descent (step 0.05), 400 of 400 restarts", output, StringComparison.Ordinal);
        Assert.Contains("reference: 3 minima by sign-descent (step 0.05), 400 of 400 restarts", output, StringComparison.Ordinal);
        // The foot of (2, 0) on x + y = √2 is (1/√2 + 1, 1/√2 − 1), at the distance √2 − 1.
        Assert.Contains("half plane: (1.707107, -0.292893), value 0.171573, 100 of 100 restarts", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_that_refers_to_the_GPU_package_alone_has_the_library_and_its_devices()
    {
        feed.Pack();
        var at = feed.Empty("gpu");
        File.WriteAllText(Path.Combine(at, "gpu.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup><PackageReference Include="LandscapeGpu.Ilgpu" Version="{feed.Version}" /></ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(at, "Program.cs"), """
            using LandscapeGpu.Objectives.Catalogue;
            using LandscapeGpu.Surveys;
            var result = Survey.Run(Catalogue.Find("himmelblau").Create(), new() { Restarts = 64, Device = "ilgpu-cpu" });
            Console.WriteLine($"{result.Minima.Count} minima on {result.Device} {string.Join(" ", result.Warnings)}");
            """);
        Outside.Dotnet(at, ["build", "-c", "Release", .. feed.Sources]);
        Assert.Matches("^4 minima on .*(ILGPU|CPU)", Outside.Dotnet(at, Path.Combine(at, "bin/Release/net10.0/gpu.dll")));
    }

    [Fact]
    public void The_library_alone_says_which_reference_a_GPU_needs_and_a_file_based_app_what_to_write()
    {
        feed.Pack();
        var at = feed.Empty("alone");
        const string Code = """
            using LandscapeGpu.Objectives.Catalogue;
            using LandscapeGpu.Surveys;
            try
            {
                Survey.Run(Catalogue.Find("himmelblau").Create(), new() { Restarts = 8, Device = "cuda" });
            }
            catch (ArgumentException e)
            {
                Console.WriteLine(e.Message);
            }
            """;
        var properties = string.Concat(feed.Sources.Where(s => s.StartsWith("-p:", StringComparison.Ordinal)).Select(s => $"#:property {s[3..]}\n"));
        File.WriteAllText(Path.Combine(at, "aot.cs"), $"#:package LandscapeGpu@{feed.Version}\n{properties}{Code}");
        var refused = Outside.Run(at, "dotnet", "run", "aot.cs");
        Assert.NotEqual(0, refused.Status);
        Assert.Contains("write #:property PublishAot=false at the top of a file-based app", refused.Out + refused.Error, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(at, "alone.cs"), $"#:package LandscapeGpu@{feed.Version}\n#:property PublishAot=false\n{properties}{Code}");
        Assert.Contains("add a reference to LandscapeGpu.Ilgpu", Outside.Dotnet(at, "run", "alone.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_packages_say_what_they_are()
    {
        feed.Pack();
        foreach (var name in new[] { "LandscapeGpu", "LandscapeGpu.Ilgpu", "LandscapeGpu.Pictures" })
        {
            using var package = ZipFile.OpenRead(Path.Combine(feed.Folder, $"{name}.{feed.Version}.nupkg"));
            using var reader = new StreamReader(package.GetEntry($"{name}.nuspec")!.Open());
            var about = reader.ReadToEnd();
            Assert.All(new[] { "<description>", "<readme>README.md", "<icon>icon.png", "<license type=\"expression\">MIT", "<tags>" }, part => Assert.Contains(part, about, StringComparison.Ordinal));
            Assert.NotNull(package.GetEntry($"lib/net10.0/{name}.xml"));
            Assert.NotNull(package.GetEntry("README.md"));
            Assert.NotNull(package.GetEntry("icon.png"));
            // The kernels lie inside, and no package has to be found for them.
            Assert.DoesNotContain("LandscapeGpu.Kernels", about, StringComparison.Ordinal);
            using var symbols = ZipFile.OpenRead(Path.Combine(feed.Folder, $"{name}.{feed.Version}.snupkg"));
            Assert.NotNull(symbols.GetEntry($"lib/net10.0/{name}.pdb"));
        }
    }
}
