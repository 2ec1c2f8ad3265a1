using LandscapeGpu.Spectra;

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
            for (int i = 0; i < rows; i++)
                for (int a = 0; a < columns; a++)
                    for (int b = 0; b < columns; b++)
                        gram[a * columns + b] += point[i * columns + a] * point[i * columns + b];

            // (UUᵀ)^½ = Σ (Uv)(Uv)ᵀ/‖Uv‖ over eigenvectors v of UᵀU.
            var basis = SymmetricEigenvalues.Decompose(gram, columns);
            var image = new double[rows];
            invariants.Clear();
            for (int k = 0; k < columns; k++)
            {
                for (int i = 0; i < rows; i++)
                    image[i] = Orthonormal.Dot(point.Slice(i * columns, columns), basis.Vector(k));
                double norm = Math.Sqrt(Orthonormal.Dot(image, image));
                if (norm > 0) AddOuter(image, 1 / norm, invariants);
            }
        };
    }

    /// <summary>Adds the lower triangle of scale·vvᵀ/√2; entries off the diagonal stand for two.</summary>
    private static void AddOuter(double[] v, double scale, Span<double> triangle)
    {
        double diagonal = scale / Math.Sqrt(2);
        for (int i = 0, at = 0; i < v.Length; i++)
        {
            for (int j = 0; j < i; j++) triangle[at++] += scale * v[i] * v[j];
            triangle[at++] += diagonal * v[i] * v[i];
        }
    }

    private int RowsIn(int dimension) => Columns >= 1 && dimension % Columns == 0
        ? dimension / Columns
        : throw new ArgumentException($"Points of length {dimension} are not matrices of {Columns} columns: Columns must be at least 1 and divide the length.");
}
