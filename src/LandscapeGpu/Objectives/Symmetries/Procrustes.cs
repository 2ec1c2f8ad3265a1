using MathNet.Numerics.LinearAlgebra.Double;

namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>The orthogonal matrix that turns rows of one table onto those of another, as near as can be.</summary>
internal static class Procrustes
{
    /// <summary>The Q with ‖A − BQ‖ least; rows of A and B are n blocks of s coordinates. Reflections are allowed.</summary>
    /// <remarks>Q = UVᵀ for BᵀA = UΣVᵀ: P. H. Schönemann (1966), Psychometrika 31, 1; without reflections W. Kabsch (1976), Acta Crystallographica A 32, 922.</remarks>
    public static double[,] Turn(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int s)
    {
        var cross = new DenseMatrix(s, s);
        for (var i = 0; i < a.Length; i += s)
        {
            for (var p = 0; p < s; p++)
            {
                for (var q = 0; q < s; q++)
                {
                    cross[p, q] += b[i + p] * a[i + q];
                }
            }
        }

        var svd = cross.Svd();
        return (svd.U * svd.VT).ToArray();
    }

    /// <summary>BQ.</summary>
    public static double[] Apply(ReadOnlySpan<double> b, double[,] turn)
    {
        var (s, turned) = (turn.GetLength(0), new double[b.Length]);
        for (var i = 0; i < b.Length; i += s)
        {
            for (var q = 0; q < s; q++)
            {
                for (var p = 0; p < s; p++)
                {
                    turned[i + q] += b[i + p] * turn[p, q];
                }
            }
        }

        return turned;
    }
}
