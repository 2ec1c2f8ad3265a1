using MathNet.Numerics.LinearAlgebra;

namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>Changes the bases of the hidden layers of a linear network, so that its weights come near those of another.</summary>
/// <remarks>
/// Of a hidden layer the G with GV ≈ W below and WG ≈ V above, in the sense of least squares: AG + GB = C, solved in the eigenvectors of A and B (Golub and Van Loan 2013, Matrix
/// Computations, §7.6.3). What neither side says of G is as in the orthogonal G nearest to both (Schönemann 1966, Psychometrika 31, 1). Of what sweeps from below, from above, both and orthogonal ones come to the nearest is taken.
/// </remarks>
internal sealed class LayerAlignment(Matrix<double>[] target)
{
    // Orthogonal changes of neighbouring layers depend on each other.
    private const int Sweeps = 4;

    /// <summary>The weights of a network that computes the same as the given one, and lies near the target.</summary>
    public Matrix<double>[] Of(Matrix<double>[] layers) =>
        new[] { layers, Swept(layers, 1, 0), Swept(layers, 0, 1), Swept(layers, 1, 1), Swept(layers, 0, 0) }.MinBy(Distance)!;

    private double Distance(Matrix<double>[] layers)
    {
        var square = layers.Zip(target, (v, w) => (v - w).FrobeniusNorm()).Sum(n => n * n);
        return double.IsFinite(square) ? square : double.PositiveInfinity;
    }

    /// <summary>Sweeps in which layers below, above or both say what G is; neither for an orthogonal one.</summary>
    private Matrix<double>[] Swept(Matrix<double>[] layers, double below, double above)
    {
        Matrix<double>[] swept = [.. layers];
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            for (var k = 1; k < swept.Length; k++)
            {
                // What the layers above say is known from the outputs on.
                var l = below == 0 ? swept.Length - k : k;
                var g = Change(swept[l - 1], swept[l], target[l - 1], target[l], below, above);
                var inverse = g.Inverse();
                (swept[l - 1], swept[l]) = (g * swept[l - 1], swept[l] * inverse);
                // Of a hidden layer without weights, as at the origin, least squares may make a change that cannot be undone.
                if (!double.IsFinite(Distance(swept)))
                {
                    return layers;
                }
            }
        }

        return swept;
    }

    private static Matrix<double> Change(Matrix<double> v, Matrix<double> vAbove, Matrix<double> w, Matrix<double> wAbove, double below, double above)
    {
        var nearest = (w * v.Transpose()) + (wAbove.Transpose() * vAbove);
        var svd = nearest.Svd();
        var turn = svd.U * svd.VT;
        if (below == 0 && above == 0)
        {
            return turn;
        }

        var (a, b) = (above * wAbove.Transpose() * wAbove, below * v * v.Transpose());
        var (left, right) = (a.Evd(Symmetricity.Symmetric), b.Evd(Symmetricity.Symmetric));
        var rest = (below * w * v.Transpose()) + (above * wAbove.Transpose() * vAbove) - (a * turn) - (turn * b);
        var inside = left.EigenVectors.Transpose() * rest * right.EigenVectors;
        var floor = Stationarity.HalfTheDigits * (a.L2Norm() + b.L2Norm());
        inside.MapIndexedInplace((i, j, x) => left.EigenValues[i].Real + right.EigenValues[j].Real is var sum && sum > floor ? x / sum : 0);
        return turn + (left.EigenVectors * inside * right.EigenVectors.Transpose());
    }
}
