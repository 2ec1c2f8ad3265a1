namespace LandscapeGpu.Objectives.Datasets;

/// <summary>Some entries of a symmetric d×d matrix; (i, j) stands for (j, i) as well.</summary>
internal sealed class MatrixEntries : Dataset
{
    // A matrix is kept whole, with a mask.
    private const int MostRows = 1000;

    private readonly Dictionary<(int Row, int Column), double> entries = [];

    /// <param name="observed">Row and column, from 0, and the entry there.</param>
    /// <exception cref="ArgumentException">There are none, an index is no row of a matrix, a number is not finite, or an entry is given twice and differently.</exception>
    public MatrixEntries(IEnumerable<(int Row, int Column, double Value)> observed)
    {
        foreach (var (row, column, value) in observed)
        {
            if (row < 0 || column < 0 || row >= MostRows || column >= MostRows)
            {
                throw new ArgumentException($"Matrix entries were given one at row {row}, column {column}; rows and columns are counted from 0 and below {MostRows}.");
            }

            var place = (Math.Max(row, column), Math.Min(row, column));
            if (!entries.TryAdd(place, value) && entries[place] != value)
            {
                throw new ArgumentException(FormattableString.Invariant($"Matrix entries were given {entries[place]:R} and {value:R} at row {row}, column {column}; the matrix is symmetric, so an entry and its mirror image are one number."));
            }
        }

        if (entries.Count == 0)
        {
            throw new ArgumentException("Matrix entries were given none; give at least one row, column and value.");
        }

        RequireFinite("Matrix entries", entries.Values);
        Size = entries.Keys.Max(p => p.Row) + 1;
    }

    public override DataForm Form => DataForm.Entries;

    /// <summary>d: one more than the greatest row or column.</summary>
    public int Size { get; }

    /// <summary>The largest size of an entry.</summary>
    internal double Largest => entries.Values.Max(Math.Abs);

    /// <summary>The entry at (i, j), or null where it was not observed.</summary>
    internal double? At(int i, int j) => entries.TryGetValue((Math.Max(i, j), Math.Min(i, j)), out var value) ? value : null;
}
