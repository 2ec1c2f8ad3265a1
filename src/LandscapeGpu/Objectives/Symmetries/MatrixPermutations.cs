using System.Runtime.CompilerServices;

namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>A point is a matrix, row by row, whose rows may be exchanged and, independently, whose columns may.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Columns">The number of columns.</param>
/// <remarks>
/// A row is the set of its entries, each together with its column's signature (the sum of its squares, and of its cubes),
/// and a matrix is the set of its rows and the set of its columns; sets are seen along fixed random directions, sorted.
/// Generic matrices are told apart; like graphs that one round of colour refinement confuses, some special ones are not.
/// Entries of order one are assumed: signatures scale with their powers.
/// </remarks>
public sealed record MatrixPermutations(int Rows, int Columns) : Symmetry
{
    private const int Directions = 4;

    /// <inheritdoc/>
    public override int LengthFor(int dimension) => Rows >= 1 && Columns >= 1 && dimension == Rows * Columns
        ? Directions * (Rows + Columns)
        : throw new ArgumentException($"Points of length {dimension} are not matrices of {Rows} rows and {Columns} columns.");

    /// <inheritdoc/>
    public override InvariantMap MapFor(int dimension)
    {
        _ = LengthFor(dimension);
        int rows = Rows, columns = Columns;
        return (point, invariants) =>
        {
            double[] matrix = point.ToArray(), transposed = new double[matrix.Length];
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < columns; j++)
                {
                    transposed[j * rows + i] = matrix[i * columns + j];
                }
            }

            Describe(matrix, transposed, rows, columns, invariants[..(Directions * rows)]);
            Describe(transposed, matrix, columns, rows, invariants[(Directions * rows)..]);
        };
    }

    /// <inheritdoc/>
    public override void Move(Span<double> point, Random random)
    {
        _ = LengthFor(point.Length);
        var from = point.ToArray();
        int[] rows = [.. Enumerable.Range(0, Rows)], columns = [.. Enumerable.Range(0, Columns)];
        random.Shuffle(rows);
        random.Shuffle(columns);
        for (var e = 0; e < from.Length; e++)
        {
            point[e] = from[rows[e / Columns] * Columns + columns[e % Columns]];
        }
    }

    /// <inheritdoc/>
    /// <remarks>Rows and columns are assigned in turn, from rows that are alike as sets of entries and from where they are: the nearer of what both come to.</remarks>
    internal override double[] Aligned(ReadOnlySpan<double> to, ReadOnlySpan<double> point)
    {
        _ = LengthFor(point.Length);
        double[] target = to.ToArray(), from = point.ToArray();
        double[] first = Moved(from, InTurn(target, from, Alike(target, from))), second = Moved(from, InTurn(target, from, [.. Enumerable.Range(0, Rows)]));
        return Euclidean(to, first) <= Euclidean(to, second) ? first : second;
    }

    /// <inheritdoc/>
    internal override Isometry? Towards(ReadOnlySpan<double> to, ReadOnlySpan<double> point)
    {
        double[] target = to.ToArray(), from = point.ToArray();
        return new(InTurn(target, from, Alike(target, from)));
    }

    /// <summary>Rows that are alike as sets of entries.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int[] Alike(double[] to, double[] from)
    {
        double[] target = [.. to], sorted = [.. from];
        for (var i = 0; i < Rows; i++)
        {
            target.AsSpan(i * Columns, Columns).Sort();
            sorted.AsSpan(i * Columns, Columns).Sort();
        }

        return LinearAssignment.Solve(Costs(Rows, Columns, target, sorted));
    }

    /// <summary>Which entry of a matrix goes to each place of another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int[] InTurn(double[] to, double[] from, int[] rows)
    {
        var (least, nearest) = (double.PositiveInfinity, new int[from.Length]);
        double[] first = new double[from.Length], second = new double[from.Length];
        while (true)
        {
            var given = rows;
            for (var e = 0; e < from.Length; e++)
            {
                var (column, row) = (e / Rows, e % Rows);
                (first[e], second[e]) = (to[row * Columns + column], from[given[row] * Columns + column]);
            }

            var columns = LinearAssignment.Solve(Costs(Columns, Rows, first, second));
            for (var e = 0; e < from.Length; e++)
            {
                second[e] = from[e / Columns * Columns + columns[e % Columns]];
            }

            rows = LinearAssignment.Solve(Costs(Rows, Columns, to, second));
            var places = new int[from.Length];
            for (var e = 0; e < places.Length; e++)
            {
                places[e] = rows[e / Columns] * Columns + columns[e % Columns];
            }

            if (!(Euclidean(to, Moved(from, places)) is var distance && distance < least))
            {
                return nearest;
            }

            (least, nearest) = (distance, places);
            // The same rows lead to the same columns.
            if (rows.AsSpan().SequenceEqual(given))
            {
                return nearest;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] Moved(double[] from, int[] places)
    {
        var moved = new double[from.Length];
        for (var e = 0; e < moved.Length; e++)
        {
            moved[e] = from[places[e]];
        }

        return moved;
    }

    /// <summary>The squared distances of n vectors of some length from n others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[,] Costs(int n, int length, double[] first, double[] second)
    {
        var costs = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var sum = 0.0;
                for (var k = 0; k < length; k++)
                {
                    sum += Square(first[i * length + k] - second[j * length + k]);
                }

                costs[i, j] = sum;
            }
        }

        return costs;
    }

    private static double Square(double x) => x * x;

    /// <inheritdoc/>
    public override Orbit OrbitOf(ReadOnlySpan<double> point, double tolerance)
    {
        _ = LengthFor(point.Length);

        // Rows and columns in turn: a search sees where a row cannot go as soon as columns have gone.
        var n = Rows + Columns;
        int[] order = [.. Enumerable.Range(0, n).OrderBy(v => v < Rows ? 2 * v : 2 * (v - Rows) + 1)];
        var edges = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                if (order[i] < Rows && order[j] >= Rows)
                {
                    edges[i, j] = point[order[i] * Columns + order[j] - Rows];
                }
            }
        }

        // A row is not a column: labels of different lengths.
        var fixing = new Automorphisms([.. order.Select(v => new double[v < Rows ? 1 : 2])], [edges], tolerance).Count();
        return new()
        {
            GroupOrder = Orbit.Factorial(Rows) * Orbit.Factorial(Columns),
            StabiliserOrder = fixing,
            Stabiliser = fixing > 1 ? "exchanges of rows and columns that leave the matrix as it is" : "",
        };
    }

    private static void Describe(double[] matrix, double[] transposed, int rows, int columns, Span<double> invariants)
    {
        var frame = Orthonormal.Rows(Math.Min(Directions, columns), columns, seed: 0x6D6174726978);
        double[] squares = Powers(transposed, columns, rows, 2), cubes = Powers(transposed, columns, rows, 3);
        var row = new double[columns];
        for (var k = 0; k < Directions; k++)
        {
            // Every direction weighs the signatures differently.
            double a = 0.5 * Math.Cos(1 + 2 * k), b = 0.5 * Math.Sin(2 + 3 * k);
            var along = invariants.Slice(k * rows, rows);
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < columns; j++)
                {
                    row[j] = matrix[i * columns + j] + a * squares[j] + b * cubes[j];
                }

                Array.Sort(row);
                along[i] = Orthonormal.Dot(row, frame.AsSpan(k % (frame.Length / columns) * columns, columns)) / Math.Sqrt(2 * Directions);
            }

            along.Sort();
        }
    }

    private static double[] Powers(double[] matrix, int rows, int columns, int power)
    {
        var sums = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                sums[i] += power == 2 ? matrix[i * columns + j] * matrix[i * columns + j] : Math.Pow(matrix[i * columns + j], 3);
            }
        }

        return sums;
    }
}
