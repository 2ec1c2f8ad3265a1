namespace LandscapeGpu.Kernels;

/// <summary>What a random number is for. Numbers of different streams are independent for the same seed and restart.</summary>
/// <remarks>
/// The values are part of the counter (8 bits, see <see cref="CounterRandom"/>): a new purpose takes a new number, and
/// a number never changes its meaning, because that would change every run made with it.
/// </remarks>
public enum StreamId
{
    /// <summary>Where a restart begins.</summary>
    Starts = 0,

    /// <summary>How a low-discrepancy sequence is scrambled; the same for all restarts of a seed.</summary>
    Scramble = 1,

    /// <summary>Noise that an update rule adds along the way.</summary>
    Noise = 2,

    /// <summary>Which samples a stochastic gradient sees.</summary>
    MiniBatch = 3,

    /// <summary>Random directions and vectors of spectral estimates.</summary>
    Probes = 4,

    /// <summary>Resampling in statistics of the finished run.</summary>
    Resampling = 5,

    /// <summary>Generated data: the restart is the row, the iteration says which table.</summary>
    Data = 6,
}
