namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>
/// A point is a matrix U of d rows and r columns, row by row; U ~ UQ for every orthogonal r×r matrix Q, as the factor of
/// UUᵀ may be rotated. With one column that is the sign.
/// </summary>
/// <param name="Columns">r, at least 1.</param>
/// <remarks>
/// The invariants are the entries of (UUᵀ)^½/√2: |A| is √2-Lipschitz in the Frobenius norm (Araki and Yamagami, "An
/// inequality for Hilbert–Schmidt norm", Commun. Math. Phys. 81 (1981) 89), so they never lengthen a distance, and UUᵀ
/// determines U up to Q.
/// </remarks>
public sealed record Rotations(int Columns) : Symmetry
{
    /// <inheritdoc/>
    public override int LengthFor(int dimension) => RowsIn(dimension) * (RowsIn(dimension) + 1) / 2;

    /// <inheritdoc/>
    public override InvariantMap MapFor(int dimension)
    {
        int rows = RowsIn(dimension), columns = Columns;
        return (point, invariants) =>
        {
            var gram = new double[columns * columns];
            for (var i = 0; i < rows; i++)
            {
                for (var a = 0; a < columns; a++)
                {
                    for (var b = 0; b < columns; b++)
                    {
                        gram[a * columns + b] += point[i * columns + a] * point[i * columns + b];
                    }
                }
            }

            // (UUᵀ)^½ = Σ (Uv)(Uv)ᵀ/‖Uv‖ over eigenvectors v of UᵀU.
            var basis = SymmetricEigenvalues.Decompose(gram, columns);
            var image = new double[rows];
            invariants.Clear();
            for (var k = 0; k < columns; k++)
            {
                for (var i = 0; i < rows; i++)
                {
                    image[i] = Orthonormal.Dot(point.Slice(i * columns, columns), basis.Vector(k));
                }

                var norm = Math.Sqrt(Orthonormal.Dot(image, image));
                if (norm > 0)
                {
                    AddOuter(image, 1 / norm, invariants);
                }
            }
        };
    }

    /// <inheritdoc/>
    public override void Move(Span<double> point, Random random)
    {
        var rows = RowsIn(point.Length);

        // Two reflections through random planes are a rotation, one is not.
        for (var reflections = 1 + random.Next(2); reflections > 0; reflections--)
        {
            double[] normal = [.. Enumerable.Range(0, Columns).Select(_ => random.NextDouble() - 0.5)];
            var square = Orthonormal.Dot(normal, normal);
            for (var i = 0; i < rows; i++)
            {
                var row = point.Slice(i * Columns, Columns);
                var along = 2 * Orthonormal.Dot(row, normal) / square;
                for (var j = 0; j < Columns; j++)
                {
                    row[j] -= along * normal[j];
                }
            }
        }
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<double[]> Velocities(ReadOnlySpan<double> point)
    {
        var velocities = new List<double[]>();
        for (var a = 0; a < Columns; a++)
        {
            for (var b = 0; b < a; b++)
            {
                var turn = new double[point.Length];
                for (var i = 0; i < point.Length; i += Columns)
                {
                    (turn[i + a], turn[i + b]) = (-point[i + b], point[i + a]);
                }

                velocities.Add(turn);
            }
        }

        return velocities;
    }

    /// <inheritdoc/>
    /// <remarks>What rotates only directions that UUᵀ has none of leaves U: O(r − rank U).</remarks>
    public override Orbit OrbitOf(ReadOnlySpan<double> point, double tolerance)
    {
        var rows = RowsIn(point.Length);
        var columns = new double[Columns][];
        for (var j = 0; j < Columns; j++)
        {
            columns[j] = new double[rows];
            for (var i = 0; i < rows; i++)
            {
                columns[j][i] = point[i * Columns + j];
            }
        }

        int rank = OrbitTangent.Dimension(columns, tolerance), missing = Columns - rank;
        return new()
        {
            GroupOrder = 2,
            StabiliserOrder = missing > 0 ? 2 : 1,
            Stabiliser = missing > 0 ? $"rank {rank} of {Columns}" : "",
            Dimension = (Columns * (Columns - 1) - missing * (missing - 1)) / 2,
        };
    }

    /// <inheritdoc/>
    /// <remarks>‖U − VQ‖² is least ‖U‖² + ‖V‖² − 2Σσ(UᵀV) (Schönemann 1966, A generalized solution of the orthogonal Procrustes problem).</remarks>
    public override double? Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var r = Columns;
        double[] cross = new double[r * r], square = new double[r * r];
        for (var i = 0; i < a.Length; i += r)
        {
            for (var p = 0; p < r; p++)
            {
                for (var q = 0; q < r; q++)
                {
                    cross[p * r + q] += a[i + p] * b[i + q];
                }
            }
        }

        for (var p = 0; p < r; p++)
        {
            for (var q = 0; q < r; q++)
            {
                square[p * r + q] = Orthonormal.Dot(cross.AsSpan(p * r, r), cross.AsSpan(q * r, r));
            }
        }

        var nuclear = SymmetricEigenvalues.Of(square, r).Sum(s => Math.Sqrt(Math.Max(0, s)));
        return Math.Sqrt(Math.Max(0, Orthonormal.Dot(a, a) + Orthonormal.Dot(b, b) - 2 * nuclear));
    }

    /// <inheritdoc/>
    internal override double[] Aligned(ReadOnlySpan<double> to, ReadOnlySpan<double> point) => Procrustes.Apply(point, Procrustes.Turn(to, point, Columns));

    /// <summary>Adds the lower triangle of scale·vvᵀ/√2; entries off the diagonal stand for two.</summary>
    private static void AddOuter(double[] v, double scale, Span<double> triangle)
    {
        var diagonal = scale / Math.Sqrt(2);
        for (int i = 0, at = 0; i < v.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                triangle[at++] += scale * v[i] * v[j];
            }

            triangle[at++] += diagonal * v[i] * v[i];
        }
    }

    private int RowsIn(int dimension) => Columns >= 1 && dimension % Columns == 0
        ? dimension / Columns
        : throw new ArgumentException($"Points of length {dimension} are not matrices of {Columns} columns: Columns must be at least 1 and divide the length.");
}
