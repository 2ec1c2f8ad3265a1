using LandscapeGpu.Expressions;
using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Catalogue;
using static LandscapeGpu.Expressions.Functions;

namespace LandscapeGpu.Benchmarks.Problems;

/// <summary>Objectives of the peers that are not in the catalogue.</summary>
internal static class PeerObjectives
{
    /// <summary>−Σ ⟨aₖ, x⟩⁴ on the unit sphere, with orthonormal aₖ.</summary>
    /// <remarks>
    /// Divided by ‖x‖⁴ its gradient on the sphere is the tangential one that the peers compute, and as no step along a
    /// tangent leads inside, projecting onto the ball is the peers' normalisation.
    /// </remarks>
    public static Objective Tensor(int d)
    {
        var rows = SeededMatrices.Orthonormal(102, d);
        var matrix = new double[d, d];
        for (var k = 0; k < d; k++)
        {
            for (var j = 0; j < d; j++)
            {
                matrix[k, j] = rows[k][j];
            }
        }

        var a = new Data("A", matrix);
        return Objective.Define($"tensor-{d}", d, x =>
            -Sum(d, k => Pow(Sum(d, j => a[k, j] * x[j]), 4)) / Square(Sum(d, i => Square(x[i])))) with
        {
            Region = Region.Ball(1),
        };
    }

    /// <summary>Half the mean squared error, over Gaussian inputs, of k ReLU units that learn k orthonormal ones.</summary>
    /// <remarks>
    /// E relu(u·z) relu(v·z) = ‖u‖‖v‖ (√(1 − c²) + (π − arccos c) c) / 2π, with c the cosine of the angle.
    /// Cho and Saul (2009), Kernel methods for deep learning, NIPS 22.
    /// </remarks>
    public static Objective Relu(int k)
    {
        // The teacher is the identity, but the peers multiply by it as by any matrix, and so do we.
        var identity = new double[k, k];
        for (var i = 0; i < k; i++)
        {
            identity[i, i] = 1;
        }

        var v = new Data("V", identity);
        return Objective.Define($"relu-{k}", k * k, w =>
        {
            var norm = Vector(k, i => Sqrt(Sum(k, c => Square(w[(i * k) + c]))));
            var own = Sum(k, i => Square(norm[i])) * 0.25;
            var pairs = Sum(k, i => Sum(i, j => Overlap(norm[i] * norm[j], Sum(k, c => w[(i * k) + c] * w[(j * k) + c]))));
            var teacher = Sum(k, i => Sum(k, j => Overlap(norm[i], Sum(k, c => w[(i * k) + c] * v[j, c]))));
            // ½ Σ of the teacher's own overlaps: k of a vector with itself, the others of orthogonal ones.
            var constant = 0.25 * k + (0.5 * k * (k - 1) / (2 * Math.PI));
            return ((pairs - teacher) / (2 * Math.PI)) + own + constant;
        });
    }

    private static Real Overlap(Real norms, Real product)
    {
        var cosine = Max(-1, Min(1, product / norms));
        return norms * (Sqrt(1 - Square(cosine)) + ((Math.PI - Acos(cosine)) * cosine));
    }
}
