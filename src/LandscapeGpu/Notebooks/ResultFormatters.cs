using System.Reflection;

namespace LandscapeGpu.Notebooks;

/// <summary>How notebooks show results: as tables and pictures where the package of pictures is there, as tables elsewhere, and as text to who asks for text.</summary>
internal sealed class ResultFormatters
{
    // What makes the pages stands above what they are made of, and pictures in a package of their own: both are looked up by name.
    private const string Pictures = "LandscapeGpu.Pictures";

    private static readonly Lazy<Func<object, string>> Html = new(() => Writer("Html"));
    private static readonly Lazy<Func<object, string>> Text = new(() => Writer("Text"));

    /// <summary>What notebooks ask for, by the name of this method.</summary>
    public static IEnumerable<object> CreateTypeFormatters() =>
        [new NotebookFormatter("text/html", o => Html.Value(o)), new NotebookFormatter("text/plain", o => Text.Value(o))];

    /// <summary>A result as text.</summary>
    public static string TextOf(object result) => Text.Value(result);

    private static Func<object, string> Writer(string method)
    {
        var source = Drawn()?.GetMethod(method) ?? typeof(ResultFormatters).Assembly.GetType("LandscapeGpu.Reporting.NotebookResults", throwOnError: true)!.GetMethod(method)!;
        return source.CreateDelegate<Func<object, string>>();
    }

    private static Type? Drawn()
    {
        try
        {
            return Assembly.Load(Pictures).GetType($"{Pictures}.NotebookResults");
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            return null;
        }
    }
}
