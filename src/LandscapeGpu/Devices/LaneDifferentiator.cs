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
        using var slopes = new PointDerivatives(objective, Derivatives.Of(objective, lanes.Bits));
        return [.. points.Select((point, k) =>
        {
            var answer = compute(normal => (v, result) => slopes.Product(point, v, result, normal), k);
            progress?.Invoke(1);
            return answer;
        })];
    }

    public IReadOnlyList<SpectralDensity> Densities(IReadOnlyList<double[]> points, int probes, int steps, ulong seed) =>
        ForEach(points, (hessian, _) => SpectralDensity.Estimate(hessian(0), objective.Dimension, probes, steps, seed), null);
}
