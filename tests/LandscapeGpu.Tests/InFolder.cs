namespace LandscapeGpu.Tests;

/// <summary>Tests with a folder of their own, which goes with them.</summary>
public abstract class InFolder : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("landscape-tests-").FullName;

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected string At(string name) => Path.Combine(folder, name);

    protected string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }
}
