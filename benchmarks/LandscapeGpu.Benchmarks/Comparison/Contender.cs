using LandscapeGpu.Benchmarks.Problems;

namespace LandscapeGpu.Benchmarks.Comparison;

/// <summary>What one program reported about one run.</summary>
/// <param name="Seconds">Descent alone: starts were made, code was compiled and warmed up before.</param>
/// <param name="Gradients">Gradients per restart, the mean.</param>
/// <param name="Converged">The share of restarts that reached the tolerance.</param>
/// <param name="BestValue">The least value, evaluated in double precision by ours and the C++.</param>
internal sealed record Measurement(double Seconds, double Gradients, double Converged, double BestValue);

/// <summary>A program that is compared.</summary>
internal abstract class Contender
{
    public abstract string Name { get; }

    /// <summary>What it is called in a ratio.</summary>
    public abstract string Short { get; }

    /// <summary>Whether it is this engine.</summary>
    public virtual bool IsOurs => false;

    /// <summary>Whether it uses sixteen vector registers where the machine has more: it is compared with those that do so as well.</summary>
    public virtual bool IsSixteen => false;

    /// <summary>How many times it steps through the problem per round; its time is the median of them.</summary>
    protected virtual int Repetitions => 3;

    /// <summary>Descends from the peers' starts on all cores in single precision.</summary>
    /// <param name="problem">What is solved.</param>
    /// <param name="restarts">How many restarts.</param>
    /// <param name="iterations">Exactly so many gradients; 0 to stop at the tolerance.</param>
    /// <param name="isTimed">False where only the answers are wanted.</param>
    public abstract Measurement Run(PeerProblem problem, int restarts, int iterations, bool isTimed);
}
