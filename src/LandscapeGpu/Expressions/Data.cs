namespace LandscapeGpu.Expressions;

/// <summary>An array of known numbers that an objective reads; the same for all restarts.</summary>
public sealed class Data : Vector
{
    /// <param name="name">How it is printed.</param>
    /// <param name="values">The numbers; all finite. The array is copied.</param>
    /// <exception cref="ArgumentException">A number is NaN or infinite.</exception>
    public Data(string name, IReadOnlyList<double> values)
        : this(name, [.. values ?? throw new ArgumentNullException(nameof(values))], null)
    {
    }

    /// <param name="name">How it is printed.</param>
    /// <param name="values">A matrix, indexed [row, column].</param>
    public Data(string name, double[,] values)
        : this(name, [.. (values ?? throw new ArgumentNullException(nameof(values))).Cast<double>()], values.GetLength(1))
    {
    }

    /// <param name="name">How it is printed.</param>
    /// <param name="rows">A matrix, by its rows.</param>
    internal Data(string name, IReadOnlyList<double[]> rows)
        : this(name, [.. rows.SelectMany(row => row)], rows[0].Length)
    {
    }

    private Data(string name, double[] values, int? columns)
        : base(values.Length, VariableSet.Empty)
    {
        Name = name;
        Values = values;
        Columns = columns;
        var wrong = Array.FindIndex(values, v => !double.IsFinite(v));
        if (wrong >= 0)
        {
            throw new ArgumentException(
                $"Data {name} holds {values[wrong].ToString(CultureInfo.InvariantCulture)} at {Position(wrong)}; data must be finite: drop or fill such entries first.");
        }

        IsSymmetric = columns is { } n && n * n == values.Length && Enumerable.Range(0, n).All(i => Enumerable.Range(0, i).All(j => values[(i * n) + j] == values[(j * n) + i]));
    }

    /// <summary>How it is printed.</summary>
    public string Name { get; }

    /// <summary>The number of columns of a matrix; null for a plain array.</summary>
    public int? Columns { get; }

    /// <summary>The number of rows of a matrix, or the length of a plain array.</summary>
    public int Rows => Columns is { } c ? (c == 0 ? 0 : Length / c) : Length;

    internal double[] Values { get; }

    /// <summary>True where [i, j] and [j, i] hold the same bits: then only one of them is read.</summary>
    internal bool IsSymmetric { get; }

    /// <summary>The entry of a matrix.</summary>
    public Real this[Index row, Index column]
    {
        get
        {
            var columns = Columns ?? throw new ArgumentException($"Data {Name} is a plain array of {Length} numbers: index it as {Name}[i], or make it from a double[,].");
            RequireWithin(row, Rows, "rows");
            RequireWithin(column, columns, "columns");
            return this[(row * columns) + column];
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Of a symmetric matrix, [i, j] and [j, i] are read as the same entry, so that sums over both are one sum.</summary>
    internal override Real Element(Index index)
    {
        if (index.IsConstant && index.Value >= 0 && index.Value < Length && Trace.Current is not { KeepsData: true })
        {
            return Real.Constant(Values[(int)index.Value]);
        }

        if (IsSymmetric && index is { Operation: IndexOperation.Add, A: { Operation: IndexOperation.Multiply, B.IsConstant: true } rows, B: { Operation: IndexOperation.Loop } column }
            && rows.B.Value == Columns && rows.A is { Operation: IndexOperation.Loop } row && row.Value > column.Value)
        {
            return base.Element((column * Columns.Value) + row);
        }

        return base.Element(index);
    }

    private void RequireWithin(Index index, int extent, string what)
    {
        ArgumentNullException.ThrowIfNull(index);
        // The matrix is read as one array, where a column too far would silently be the next row's.
        IndexBounds.Require(index, extent, value => new ArgumentException(
            $"Data {Name} has {extent} {what} and was indexed with {index}{(index.ToString() == value ? "" : $" = {value}")}; allowed are 0 to {extent - 1}."));
    }

    private string Position(int at) => Columns is { } c ? $"[{at / c}, {at % c}]" : $"[{at}]";
}

/// <summary>An array of known whole numbers, to gather through: <c>x[row[k]]</c>.</summary>
public sealed class IndexData
{
    /// <param name="name">How it is printed.</param>
    /// <param name="values">The numbers; copied.</param>
    public IndexData(string name, IReadOnlyList<int> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Name = name;
        Values = [.. values];
        (Least, Greatest) = Values.Length == 0 ? (0, 0) : (Values.Min(), Values.Max());
    }

    /// <summary>How it is printed.</summary>
    public string Name { get; }

    /// <summary>How many numbers it holds.</summary>
    public int Length => Values.Length;

    internal int[] Values { get; }

    internal int Least { get; }

    internal int Greatest { get; }

    /// <summary>The k-th whole number, as an index.</summary>
    public Index this[Index k] => Index.Gather(this, k);

    internal int Checked(long k) => k >= 0 && k < Length
        ? (int)k
        : throw new ArgumentException($"Index data {Name} holds {Length} numbers and was indexed with {k.ToString(CultureInfo.InvariantCulture)}; allowed are 0 to {Length - 1}.");
}
