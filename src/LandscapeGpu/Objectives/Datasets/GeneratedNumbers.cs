namespace LandscapeGpu.Objectives.Datasets;

/// <summary>A table of random numbers: entry (row, column) is a pure function of the seed and the table's own number.</summary>
/// <param name="Seed">Names the data set.</param>
/// <param name="Table">Which of its tables; numbers of different tables are independent.</param>
/// <remarks>A larger table begins with the entries of a smaller one: more samples are the same samples and then some.</remarks>
internal readonly record struct GeneratedNumbers(ulong Seed, uint Table)
{
    /// <summary>A standard normal number.</summary>
    public double Normal(int row, int column) => CounterRandom.Normal(Seed, StreamId.Data, (ulong)row, Table, (uint)column);

    /// <summary>A number uniform on (0, 1).</summary>
    public double Uniform(int row, int column) => CounterRandom.Uniform(Seed, StreamId.Data, (ulong)row, Table, (uint)column);

    /// <summary>1 or −1 with equal probability.</summary>
    public double Sign(int row, int column) => Uniform(row, column) < 0.5 ? -1 : 1;

    /// <summary>A number uniform on (−√3 s, √3 s): bounded, with mean 0 and standard deviation s.</summary>
    public double Bounded(int row, int column, double deviation) => Math.Sqrt(3) * deviation * ((2 * Uniform(row, column)) - 1);

    /// <summary>A vector of standard normal numbers.</summary>
    public double[] NormalVector(int length)
    {
        var numbers = this;
        return [.. Enumerable.Range(0, length).Select(k => numbers.Normal(0, k))];
    }

    /// <summary>A vector uniform on the sphere ‖v‖ = radius.</summary>
    public double[] OnSphere(int length, double radius)
    {
        var v = NormalVector(length);
        var norm = Math.Sqrt(v.Sum(c => c * c));
        return [.. v.Select(c => radius * c / norm)];
    }

    /// <summary>A matrix, entry by entry.</summary>
    public static double[,] Matrix(int rows, int columns, Func<int, int, double> entry)
    {
        var matrix = new double[rows, columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                matrix[i, j] = entry(i, j);
            }
        }

        return matrix;
    }
}
