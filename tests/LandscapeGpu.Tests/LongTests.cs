namespace LandscapeGpu.Tests;

/// <summary>Matrices that take minutes run whole where LANDSCAPE_LONG_TESTS=1 asks for it (CONTRIBUTING.md); otherwise a slice of each.</summary>
internal static class LongTests
{
    /// <summary>Whether they are to run whole.</summary>
    public static bool AreAsked { get; } = Environment.GetEnvironmentVariable("LANDSCAPE_LONG_TESTS") is { Length: > 0 };

    /// <summary>What a row of a matrix is tested with: everything, or every n-th item, another from row to row, so that any n rows that follow one another meet all items.</summary>
    /// <param name="items">The matrix's columns.</param>
    /// <param name="row">The row's number.</param>
    /// <param name="n">One item of so many is taken.</param>
    public static IEnumerable<T> Slice<T>(IEnumerable<T> items, int row, int n) => items.Where((_, k) => AreAsked || (k + row) % n == 0);

    /// <summary>The catalogue's families: all, or every n-th. Tests of one kind take different ones of them, so that each family meets some of these.</summary>
    /// <param name="row">The test's number among those of its kind.</param>
    /// <param name="n">One family of so many is taken.</param>
    public static TheoryData<string> Families(int row, int n) => [.. Slice(Catalogue.Families.Select(f => f.Name), row, n)];
}
