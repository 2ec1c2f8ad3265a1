using MathNet.Numerics.LinearAlgebra.Double;

namespace LandscapeGpu.Tests.Devices;

/// <summary>What a device says of Hessians, against dense matrices.</summary>
internal static class SpectralParity
{
    /// <summary>Data, loops, written-out code, a manifold.</summary>
    private static readonly Objective[] Objectives =
    [
        Catalogue.Find("rosenbrock").Create(7), Catalogue.Find("pca").Create(9), Catalogue.Find("glm").Create(6),
        Catalogue.Find("orthogonal-tensor").Create(5), Catalogue.Find("phi4-chain").Create(80),
    ];

    public static void RequireProducts(KernelDevice device)
    {
        foreach (var objective in Objectives)
        {
            var (d, count) = (objective.Dimension, 5);
            var pairs = Pairs(objective, count);
            using var kernels = new KernelProducts(objective, device);
            using var slopes = new PointDerivatives(objective);
            // Twice: the second time in memory that was in use before.
            _ = kernels.Run(new double[pairs.Length]);
            var products = kernels.Run(pairs);
            var expected = new double[d];
            for (var k = 0; k < count; k++)
            {
                slopes.Product(pairs.AsSpan(2 * k * d, d), pairs.AsSpan(((2 * k) + 1) * d, d), expected);
                for (var i = 0; i < d; i++)
                {
                    // Sums in another order: some roundings of the largest term.
                    Assert.Equal(expected[i], products[(k * d) + i], 1e-11 * Math.Max(1, expected.Max(Math.Abs)));
                }
            }
        }
    }

    /// <summary>Written out at once, row by row by products, and with the normals of a manifold apart.</summary>
    public static void RequireHessians(KernelDevice device)
    {
        foreach (var objective in Objectives.Append(Catalogue.Find("brockett").Create()).Append(Catalogue.Find("himmelblau").Create()))
        {
            var (d, count) = (objective.Dimension, 5);
            double[] points = [.. Enumerable.Range(0, count).SelectMany(k => Pairs(objective, count).Skip(2 * k * d).Take(d))];
            var found = new KernelHessians(objective, device).Run(points);
            var expected = new LaneDifferentiator(objective, new LaneDevice(1)).Hessians(points);
            for (var k = 0; k < count; k++)
            {
                var matrix = expected.AsSpan(k * d * d, d * d).ToArray();
                var size = matrix.Max(Math.Abs);
                // Sums in another order: some roundings of the largest term.
                Assert.All(matrix.Zip(found.Skip(k * d * d)), p => Assert.Equal(p.First, p.Second, 1e-11 * Math.Max(1, size)));
            }
        }
    }

    public static void RequireLanczos(KernelDevice device)
    {
        foreach (var objective in Objectives)
        {
            var (d, count) = (objective.Dimension, 3);
            var pairs = Pairs(objective, count);
            var found = new KernelLanczos(objective, device, d).Run(pairs);
            for (var k = 0; k < count; k++)
            {
                var dense = DenseHessian(objective, pairs.AsSpan(2 * k * d, d)).Evd().EigenValues.Select(e => e.Real).Order().ToArray();
                var size = dense.Max(Math.Abs);
                var ritz = found[k];
                // All of the space, or an invariant part of it: every Ritz value is an eigenvalue, and both ends are there.
                Assert.Equal(dense[0], ritz.Values[0], 1e-10 * size);
                Assert.Equal(dense[^1], ritz.Values[^1], 1e-10 * size);
                Assert.All(ritz.Values, v => Assert.True(dense.Min(e => Math.Abs(e - v)) <= 1e-9 * size, $"{objective.Name}: {v} is no eigenvalue."));
                Assert.Equal(1, ritz.Weights.Sum(), 1e-12);
                Assert.All(ritz.Residuals, r => Assert.InRange(r, 0, 1e-9 * size));
                Assert.InRange(ritz.Size, 0, size * (1 + 1e-12));
                Quadrature(objective, pairs.AsSpan(2 * k * d, 2 * d).ToArray(), ritz);
            }
        }
    }

    /// <summary>Few steps: Ritz values lie between the extremes, and within its residual of each is an eigenvalue.</summary>
    public static void RequireBounds(KernelDevice device)
    {
        var objective = Objectives[^1];
        var (d, pairs) = (objective.Dimension, Pairs(objective, 2));
        foreach (var (ritz, k) in new KernelLanczos(objective, device, 12).Run(pairs).Select((r, k) => (r, k)))
        {
            var dense = DenseHessian(objective, pairs.AsSpan(2 * k * d, d)).Evd().EigenValues.Select(e => e.Real).ToArray();
            Assert.Equal(12, ritz.Values.Length);
            Assert.Contains(ritz.Residuals, r => r > 1e-6);
            foreach (var (value, residual) in ritz.Values.Zip(ritz.Residuals))
            {
                Assert.InRange(dense.Min(e => Math.Abs(e - value)), 0, residual + 1e-11);
            }
        }
    }

    /// <param name="device">What computes.</param>
    /// <param name="roundsAsLanes">Whether it rounds every product, as lanes do; compilers of GPUs may fuse it with a sum.</param>
    public static void RequireEigenvalues(KernelDevice device, bool roundsAsLanes = true)
    {
        foreach (var n in new[] { 1, 2, 3, 8, 21 })
        {
            var random = new Random(n);
            var matrices = Enumerable.Range(0, 6).SelectMany(k => Symmetric(random, n, k)).ToArray();
            var found = new KernelEigenvalues(device, n).Run(matrices);
            var lanes = new double[6 * n];
            SymmetricEigenvalues.Batch(matrices, n, 6, lanes, 1);
            if (roundsAsLanes)
            {
                // The same operations in the same order, each rounded once.
                Assert.Equal(lanes, found);
            }

            for (var k = 0; k < 6; k++)
            {
                var dense = SymmetricEigenvalues.Of(matrices.AsSpan(k * n * n, n * n), n);
                var size = dense.Max(Math.Abs);
                // n roundings of the largest eigenvalue, by either method.
                Assert.All(dense.Zip(found.Skip(k * n)), p => Assert.Equal(p.First, p.Second, 1e-14 * n * size));
            }
        }

        Assert.All(new KernelEigenvalues(device, 2).Run((double[])[1, double.NaN, double.NaN, 1]), v => Assert.True(double.IsNaN(v)));
        Assert.Equal([0, 0], new KernelEigenvalues(device, 2).Run((double[])[0, 0, 0, 0]));
    }

    /// <summary>Random, diagonal, of rank one, tiny, huge, and with a multiple eigenvalue.</summary>
    private static double[] Symmetric(Random random, int n, int kind)
    {
        var v = Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5).ToArray();
        var r = Enumerable.Range(0, n * n).Select(_ => random.NextDouble() - 0.5).ToArray();
        return [.. Enumerable.Range(0, n * n).Select(e => (e / n, e % n)).Select(p => kind switch
        {
            1 => p.Item1 == p.Item2 ? v[p.Item1] : 0,
            2 => v[p.Item1] * v[p.Item2],
            3 => 1e-200 * (r[(p.Item1 * n) + p.Item2] + r[(p.Item2 * n) + p.Item1]),
            4 => 1e200 * (r[(p.Item1 * n) + p.Item2] + r[(p.Item2 * n) + p.Item1]),
            5 => (p.Item1 == p.Item2 ? 3 : 0) + (v[p.Item1] * v[p.Item2]),
            _ => r[(p.Item1 * n) + p.Item2] + r[(p.Item2 * n) + p.Item1],
        })];
    }

    /// <summary>Gauss' quadrature: the first moments of the start vector are those of the Ritz values.</summary>
    private static void Quadrature(Objective objective, double[] pair, RitzValues ritz)
    {
        var d = objective.Dimension;
        var v = new DenseVector(pair[d..]).Normalize(2);
        var image = DenseHessian(objective, pair.AsSpan(0, d)) * v;
        Assert.Equal(v * image, ritz.Values.Zip(ritz.Weights, (t, w) => t * w).Sum(), 1e-10 * Math.Max(1, ritz.Size));
        Assert.Equal(image * image, ritz.Values.Zip(ritz.Weights, (t, w) => t * t * w).Sum(), 1e-10 * Math.Max(1, ritz.Size * ritz.Size));
    }

    private static MathNet.Numerics.LinearAlgebra.Matrix<double> DenseHessian(Objective objective, ReadOnlySpan<double> point)
    {
        var d = objective.Dimension;
        using var slopes = new PointDerivatives(objective);
        var h = new DenseMatrix(d, d);
        var (unit, column) = (new double[d], new double[d]);
        for (var j = 0; j < d; j++)
        {
            Array.Clear(unit);
            unit[j] = 1;
            slopes.Product(point, unit, column);
            h.SetColumn(j, column);
        }

        return (h + h.Transpose()) / 2;
    }

    private static double[] Pairs(Objective objective, int count)
    {
        var (d, random) = (objective.Dimension, new Random(7));
        var pairs = new double[2 * count * d];
        for (var k = 0; k < count; k++)
        {
            objective.DefaultStarts.Draw(5, k, pairs.AsSpan(2 * k * d, d));
            for (var i = 0; i < d; i++)
            {
                pairs[(((2 * k) + 1) * d) + i] = random.NextDouble() - 0.5;
            }
        }

        return pairs;
    }
}
