namespace LandscapeGpu.Spectra;

/// <summary>Random vectors of spectral estimates: pure functions of (seed, number).</summary>
internal static class Probe
{
    /// <summary>Keeps starts apart from the probes of the same seed and number.</summary>
    private const uint StartPurpose = 1;

    /// <summary>Independent fair signs ±1 (Rademacher).</summary>
    internal static void Signs(ulong seed, int number, Span<double> vector)
    {
        for (var i = 0; i < vector.Length; i += 128)
        {
            var block = CounterRandom.Block(seed, StreamId.Probes, (ulong)number, 0, (uint)(i / 128));
            for (var j = i; j < Math.Min(i + 128, vector.Length); j++)
            {
                vector[j] = (((j & 64) == 0 ? block.Low : block.High) >> (j & 63) & 1) == 0 ? -1 : 1;
            }
        }
    }

    /// <summary>A uniformly distributed direction: independent standard normal numbers, not normalised.</summary>
    internal static void Direction(ulong seed, int number, Span<double> vector)
    {
        for (var i = 0; i < vector.Length; i += 2)
        {
            var pair = CounterRandom.NormalPair(seed, StreamId.Probes, (ulong)number, StartPurpose, (uint)(i / 2));
            vector[i] = pair.Even;
            if (i + 1 < vector.Length)
            {
                vector[i + 1] = pair.Odd;
            }
        }
    }
}
