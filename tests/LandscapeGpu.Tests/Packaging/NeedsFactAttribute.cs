namespace LandscapeGpu.Tests.Packaging;

/// <summary>A test with other people's programs: skipped, and seen to be, where one is not there.</summary>
public sealed class NeedsFactAttribute : FactAttribute
{
    /// <param name="programs">Their names; a module of Python's is written python3:module.</param>
    public NeedsFactAttribute(params string[] programs)
    {
        if (programs.FirstOrDefault(p => !IsThere(p)) is { } missing)
        {
            Skip = $"There is no {missing.Replace(":", " with ", StringComparison.Ordinal)} here.";
        }
    }

    private static bool IsThere(string name)
    {
        var parts = name.Split(':');
        var isOnPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, parts[0])) || File.Exists(Path.Combine(folder, parts[0] + ".exe")));
        return isOnPath && (parts.Length == 1 || Outside.Run(Path.GetTempPath(), parts[0], "-c", $"import {parts[1]}").Status == 0);
    }
}
