namespace LandscapeGpu.Tests;

/// <summary>What theories are tried with, row by row.</summary>
internal static class Rows
{
    public static TheoryData<A, B> Of<A, B>(IEnumerable<(A, B)> rows) => Filled<TheoryData<A, B>, (A, B)>(rows, (data, row) => data.Add(row.Item1, row.Item2));

    public static TheoryData<A, B, C> Of<A, B, C>(IEnumerable<(A, B, C)> rows) => Filled<TheoryData<A, B, C>, (A, B, C)>(rows, (data, row) => data.Add(row.Item1, row.Item2, row.Item3));

    public static TheoryData<A, B, C, D> Of<A, B, C, D>(IEnumerable<(A, B, C, D)> rows) =>
        Filled<TheoryData<A, B, C, D>, (A, B, C, D)>(rows, (data, row) => data.Add(row.Item1, row.Item2, row.Item3, row.Item4));

    /// <summary>Each of some names with each of some cases.</summary>
    public static TheoryData<A, B> Each<A, B>(IEnumerable<A> names, params IEnumerable<B> cases) => Of(names.SelectMany(_ => cases, (a, b) => (a, b)));

    /// <summary>Each of some names with each of some cases.</summary>
    public static TheoryData<A, B, C> Each<A, B, C>(IEnumerable<A> names, params IEnumerable<(B, C)> cases) => Of(names.SelectMany(_ => cases, (a, c) => (a, c.Item1, c.Item2)));

    /// <summary>Each of some names with each of some cases.</summary>
    public static TheoryData<A, B, C, D> Each<A, B, C, D>(IEnumerable<A> names, params IEnumerable<(B, C, D)> cases) => Of(names.SelectMany(_ => cases, (a, c) => (a, c.Item1, c.Item2, c.Item3)));

    /// <summary>Each of some names with its slice of some cases, of which <see cref="LongTests.Slice"/> takes one in n.</summary>
    public static TheoryData<A, B> Slices<A, B>(IEnumerable<A> names, int n, params IEnumerable<B> cases) => Of(names.SelectMany((_, row) => LongTests.Slice(cases, row, n), (a, b) => (a, b)));

    /// <summary>Each of some names with its slice of some cases.</summary>
    public static TheoryData<A, B, C> Slices<A, B, C>(IEnumerable<A> names, int n, params IEnumerable<(B, C)> cases) =>
        Of(names.SelectMany((_, row) => LongTests.Slice(cases, row, n), (a, c) => (a, c.Item1, c.Item2)));

    /// <summary>Each of some names with its slice of some cases.</summary>
    public static TheoryData<A, B, C, D> Slices<A, B, C, D>(IEnumerable<A> names, int n, params IEnumerable<(B, C, D)> cases) =>
        Of(names.SelectMany((_, row) => LongTests.Slice(cases, row, n), (a, c) => (a, c.Item1, c.Item2, c.Item3)));

    private static TData Filled<TData, TRow>(IEnumerable<TRow> rows, Action<TData, TRow> add)
        where TData : new()
    {
        var data = new TData();
        foreach (var row in rows)
        {
            add(data, row);
        }

        return data;
    }
}
