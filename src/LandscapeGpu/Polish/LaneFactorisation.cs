using System.Numerics;
using System.Runtime.CompilerServices;
using LandscapeGpu.Kernels;

namespace LandscapeGpu.Polish;

/// <summary>Solves H p = −g for every lane of a block by LDLᵀ, with pivots raised so that p leads downhill.</summary>
/// <remarks>
/// A pivot that the columns before have left less than half of its digits, below √u·|Hᵢᵢ|, is replaced by the larger of its magnitude and that: directions
/// of negative curvature are followed downhill, flat ones hardly at all. Each is compared with its own diagonal entry, as if the matrix had been scaled to a
/// diagonal of ones: units of coordinates change nothing. Nocedal and Wright (2006), Numerical Optimization, §3.4.
/// </remarks>
internal static class LaneFactorisation
{
    /// <param name="h">d·d·L entries; overwritten by the factors.</param>
    /// <param name="g">d·L entries; overwritten by p.</param>
    /// <param name="d">The number of coordinates.</param>
    /// <param name="lanes">L, a multiple of the vector's length, or 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Solve(Span<double> h, Span<double> g, int d, int lanes)
    {
        var width = Vector<double>.Count;
        if (lanes % width != 0)
        {
            SolveSingle(h, g, d, lanes);
            return;
        }

        for (var c = 0; c < lanes; c += width)
        {
            var (largest, steepest) = (Vector<double>.Zero, Vector<double>.Zero);
            for (var i = 0; i < d; i++)
            {
                largest = Vector.Max(largest, Vector.Abs(At(h, ((i * d) + i) * lanes, c)));
                steepest = Vector.Max(steepest, Vector.Abs(At(g, i * lanes, c)));
            }

            // Of a Hessian of zeros the step is along the gradient, as long as the longest that is tried.
            largest = Vector.ConditionalSelect(Vector.Equals(largest, Vector<double>.Zero), steepest, largest);
            largest = Vector.ConditionalSelect(Vector.Equals(largest, Vector<double>.Zero), Vector<double>.One, largest);
            for (var j = 0; j < d; j++)
            {
                for (var i = j; i < d; i++)
                {
                    var own = At(h, ((i * d) + j) * lanes, c);
                    var sum = own;
                    for (var k = 0; k < j; k++)
                    {
                        // Row k of the upper triangle holds L·D of the columns before.
                        sum -= At(h, ((i * d) + k) * lanes, c) * At(h, ((k * d) + j) * lanes, c);
                    }

                    if (i == j)
                    {
                        var size = Vector.ConditionalSelect(Vector.Equals(own, Vector<double>.Zero), largest, Vector.Abs(own));
                        var floor = Stationarity.HalfTheDigits * size;
                        var raised = Vector.Max(Vector.Abs(sum), floor);
                        sum = Vector.ConditionalSelect(Vector.GreaterThanOrEqual(sum, floor), sum, raised);
                        sum.CopyTo(h[((((j * d) + j) * lanes) + c)..]);
                    }
                    else
                    {
                        sum.CopyTo(h[((((j * d) + i) * lanes) + c)..]);
                        (sum / At(h, ((j * d) + j) * lanes, c)).CopyTo(h[((((i * d) + j) * lanes) + c)..]);
                    }
                }
            }

            for (var i = 0; i < d; i++)
            {
                var sum = -At(g, i * lanes, c);
                for (var k = 0; k < i; k++)
                {
                    sum -= At(h, ((i * d) + k) * lanes, c) * At(g, k * lanes, c);
                }

                sum.CopyTo(g[((i * lanes) + c)..]);
            }

            for (var i = d - 1; i >= 0; i--)
            {
                var sum = At(g, i * lanes, c) / At(h, ((i * d) + i) * lanes, c);
                for (var k = i + 1; k < d; k++)
                {
                    sum -= At(h, ((k * d) + i) * lanes, c) * At(g, k * lanes, c);
                }

                sum.CopyTo(g[((i * lanes) + c)..]);
            }
        }
    }

    private static Vector<double> At(Span<double> values, int begin, int c) => new(values[(begin + c)..]);

    /// <summary>The same, where lanes do not fill vectors: each is copied to the width of one.</summary>
    private static void SolveSingle(Span<double> h, Span<double> g, int d, int lanes)
    {
        var width = Vector<double>.Count;
        var wideH = new double[d * d * width];
        var wideG = new double[d * width];
        for (var l = 0; l < lanes; l++)
        {
            for (var e = 0; e < d * d; e++)
            {
                wideH.AsSpan(e * width, width).Fill(h[(e * lanes) + l]);
            }

            for (var e = 0; e < d; e++)
            {
                wideG.AsSpan(e * width, width).Fill(g[(e * lanes) + l]);
            }

            Solve(wideH, wideG, d, width);
            for (var e = 0; e < d; e++)
            {
                g[(e * lanes) + l] = wideG[e * width];
            }
        }
    }
}
