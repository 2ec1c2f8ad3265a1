using LandscapeGpu.Execution;

namespace LandscapeGpu.Devices;

/// <summary>Hessians on the processor's lanes, one point a lane.</summary>
internal sealed class LaneDifferentiator(Objective objective, LaneDevice lanes) : IDifferentiator
{
    public double[] Hessians(double[] points)
    {
        var d = objective.Dimension;
        var count = points.Length / d;
        using var hessians = new LaneHessians(Derivatives.Of(objective, lanes.Bits), objective);
        var matrices = new double[(long)count * d * d];
        for (var begin = 0; begin < count; begin += hessians.Count)
        {
            var filled = Math.Min(hessians.Count, count - begin);
            for (var l = 0; l < filled; l++)
            {
                hessians.Set(l, points.AsSpan((begin + l) * d, d));
            }

            hessians.ComputeApart();
            for (var l = 0; l < filled; l++)
            {
                hessians.CopyTo(matrices.AsSpan((begin + l) * d * d, d * d), l);
            }
        }

        return matrices;
    }

    public double[] Eigenvalues(double[] matrices, int n)
    {
        var count = matrices.Length / (n * n);
        var eigenvalues = new double[count * n];
        SymmetricEigenvalues.Batch(matrices, n, count, eigenvalues, lanes.Threads);
        return eigenvalues;
    }

    public T[] ForEach<T>(IReadOnlyList<double[]> points, Func<Func<double, SymmetricOperator>, int, T> compute, Action<long>? progress)
    {
        var (answers, next) = (new T[points.Count], -1);
        var workers = Math.Min(lanes.Threads, points.Count);
        Workers.Run(workers, stop =>
        {
            // Where there are fewer points than threads, several make one product.
            using var slopes = new PointDerivatives(objective, Derivatives.Of(objective, lanes.Bits), lanes.Threads / Math.Max(1, workers));
            for (var k = Interlocked.Increment(ref next); k < points.Count && !stop.IsCancellationRequested; k = Interlocked.Increment(ref next))
            {
                var point = points[k];
                answers[k] = compute(normal => (v, result) => slopes.Product(point, v, result, normal), k);
                progress?.Invoke(1);
            }
        });
        return answers;
    }

    public IReadOnlyList<SpectralDensity> Densities(IReadOnlyList<double[]> points, int probes, int steps, ulong seed)
    {
        // Vector by vector: one point keeps all threads busy.
        var each = ForEach([.. points.SelectMany(point => Enumerable.Repeat(point, probes))], (hessian, k) => SpectralDensity.Quadrature(hessian(0), objective.Dimension, k % probes, steps, seed), null);
        return [.. each.Chunk(probes).Select(SpectralDensity.OfQuadratures)];
    }
}
