using LandscapeGpu.Objectives;

namespace LandscapeGpu.Minima;

/// <summary>The Hessian on a product of spheres, as a matrix of the surrounding space.</summary>
/// <remarks>
/// H ↦ PHP − D P + κ N: D multiplies each block by xᵀ∇f of the block, N projects onto the blocks' normals, and κ, larger than
/// any eigenvalue, keeps the normals apart: they are the last eigenvalues, one for each sphere.
/// </remarks>
internal static class RiemannianHessian
{
    /// <param name="h">d × d, with a stride between entries; overwritten.</param>
    /// <param name="stride">Entry e is at e·stride + offset.</param>
    /// <param name="offset">See <paramref name="stride"/>.</param>
    /// <param name="x">The point.</param>
    /// <param name="gradient">∇f in the surrounding space.</param>
    /// <param name="length">The number of coordinates of a sphere's space.</param>
    /// <returns>κ.</returns>
    public static double Apply(Span<double> h, int stride, int offset, ReadOnlySpan<double> x, ReadOnlySpan<double> gradient, int length)
    {
        var d = x.Length;
        var blocks = d / length;
        var rows = new double[blocks * d];
        var corners = new double[blocks * blocks];
        var along = new double[blocks];
        double largest = 0;
        for (var i = 0; i < d; i++)
        {
            along[i / length] += x[i] * gradient[i];
            for (var j = 0; j < d; j++)
            {
                var e = h[(((i * d) + j) * stride) + offset];
                largest = Math.Max(largest, Math.Abs(e));
                rows[((i / length) * d) + j] += x[i] * e;
            }
        }

        for (var b = 0; b < blocks; b++)
        {
            for (var j = 0; j < d; j++)
            {
                corners[(b * blocks) + (j / length)] += rows[(b * d) + j] * x[j];
            }
        }

        // Gershgorin: no eigenvalue of the projected matrix exceeds d times its largest entry and the largest |xᵀ∇f|.
        var kappa = 1 + (2 * d * largest) + (2 * along.Max(Math.Abs));
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                var (b, c) = (i / length, j / length);
                ref var e = ref h[(((i * d) + j) * stride) + offset];
                e += (-x[i] * rows[(b * d) + j]) - (rows[(c * d) + i] * x[j]) + (x[i] * x[j] * corners[(b * blocks) + c]);
                if (b == c)
                {
                    e += (along[b] * x[i] * x[j]) + (kappa * x[i] * x[j]) - (i == j ? along[b] : 0);
                }
            }
        }

        return kappa;
    }

    /// <summary>P∇f, in place.</summary>
    public static void Project(Span<double> gradient, ReadOnlySpan<double> x, int length)
    {
        for (var begin = 0; begin < x.Length; begin += length)
        {
            var along = 0.0;
            for (var i = begin; i < begin + length; i++)
            {
                along += gradient[i] * x[i];
            }

            for (var i = begin; i < begin + length; i++)
            {
                gradient[i] -= along * x[i];
            }
        }
    }

    /// <summary>Divides each block by its length, in place.</summary>
    public static void Retract(Span<double> x, Manifold manifold)
    {
        for (var begin = 0; begin < x.Length; begin += manifold.BlockLength)
        {
            var block = x.Slice(begin, manifold.BlockLength);
            var square = 0.0;
            foreach (var e in block)
            {
                square += e * e;
            }

            foreach (ref var e in block)
            {
                e /= Math.Sqrt(square);
            }
        }
    }
}
