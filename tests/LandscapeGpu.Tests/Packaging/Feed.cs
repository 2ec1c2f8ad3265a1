namespace LandscapeGpu.Tests.Packaging;

/// <summary>A folder with the packages that were just built, and what is installed from it.</summary>
public sealed class Feed : IDisposable
{
    // A version of its own: packages of a version are kept by the machine, and would be taken for this one.
    public string Version { get; } = $"0.2.0-test.{Guid.NewGuid():N}";

    public string Folder { get; } = Directory.CreateTempSubdirectory("landscape-feed-").FullName;

    private readonly Lock turn = new();

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Packs all that is packed, as the README does, once: to start a build takes longer than to pack.</summary>
    public void Pack()
    {
        lock (turn)
        {
            if (Directory.GetFiles(Folder, "*.nupkg").Length == 0)
            {
                Outside.Dotnet(Outside.Root(), "pack", "-c", "Release", "--no-build", "-o", Folder, $"-p:Version={Version}", "-nodeReuse:false", "-m:1");
            }
        }
    }

    /// <summary>The folder of somebody who reads docs/first-steps.md.</summary>
    public string Reader => Empty("reader");

    /// <summary>The console in that folder.</summary>
    public string Tool => Path.Combine(Reader, "tools", OperatingSystem.IsWindows() ? "landscape.exe" : "landscape");

    /// <summary>Installs the console there as the page says.</summary>
    public void Install()
    {
        Pack();
        lock (turn)
        {
            if (!File.Exists(Tool))
            {
                Assert.Contains("Minima: 6\n", new Steps(this, Reader).Take("first-steps.md", "Install"), StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Where programs look for the console and keep packages.</summary>
    public IReadOnlyDictionary<string, string> Places => new Dictionary<string, string>
    {
        ["PATH"] = Path.GetDirectoryName(Tool) + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"),
        ["RestorePackagesPath"] = Path.Combine(Folder, "packages"),
        ["RestoreFallbackFolders"] = Kept,
    };

    /// <summary>A new empty folder.</summary>
    public string Empty(string name) => Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;

    /// <summary>What a build needs to take packages from here; others come from where the machine has them.</summary>
    public string[] Sources => [$"-p:RestoreAdditionalProjectSources={Folder}", $"-p:RestorePackagesPath={Path.Combine(Folder, "packages")}", $"-p:RestoreFallbackFolders={Kept}", "-nodeReuse:false"];

    private static string Kept => Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}

/// <summary>Tests of packages share what was packed.</summary>
[CollectionDefinition(nameof(Feed))]
public sealed class FeedTests : ICollectionFixture<Feed>;
