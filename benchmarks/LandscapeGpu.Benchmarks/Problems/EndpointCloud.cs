namespace LandscapeGpu.Benchmarks.Problems;

/// <summary>Endpoints as a survey leaves them: few minima found often, many found seldom, each with a little rounding.</summary>
internal static class EndpointCloud
{
    private const int Minima = 2000;
    private const double Noise = 1e-4;

    /// <summary>The distance within which two endpoints are one minimum.</summary>
    public const double Tolerance = 1e-2;

    /// <summary>The numbers of the peers' clustering.py: 2000 minima uniform in [−5, 5]ᵈ, visited with probability ∝ 1/(rank + 10).</summary>
    public static float[] Popular(int count, int dimension)
    {
        var cumulative = new double[Minima];
        var total = 0.0;
        for (var rank = 0; rank < Minima; rank++)
        {
            cumulative[rank] = total += 1 / (rank + 10.0);
        }

        for (var rank = 0; rank < Minima; rank++)
        {
            cumulative[rank] /= total;
        }

        var points = new float[count * dimension];
        for (var i = 0; i < count; i++)
        {
            var found = Array.BinarySearch(cumulative, PeerNumbers.Uniform(21, (ulong)i));
            var minimum = found < 0 ? ~found : found;
            for (var k = 0; k < dimension; k++)
            {
                var centre = (PeerNumbers.Uniform(20, (ulong)((minimum * dimension) + k)) - 0.5) * 10;
                points[(i * dimension) + k] = (float)(centre + (Noise * PeerNumbers.Normal(22, (ulong)((i * dimension) + k))));
            }
        }

        return points;
    }

    /// <summary>No two endpoints alike: the worst case for whatever expects few minima.</summary>
    public static float[] AllDistinct(int count, int dimension)
    {
        var points = new float[count * dimension];
        for (var k = 0; k < points.Length; k++)
        {
            points[k] = (float)((PeerNumbers.Uniform(20, (ulong)k) - 0.5) * 10);
        }

        return points;
    }
}
