namespace LandscapeGpu.Pathways;

/// <summary>Whether every two of the best minima are joined by a path on which f stays within ε of the worse one.</summary>
/// <remarks>
/// Modulo the symmetry, such as exchanges and signs of hidden units. Paths over saddles and paths that bands drew both count, and chains of them. T. Garipov and others (2018),
/// Loss surfaces, mode connectivity, and fast ensembling of DNNs; F. Draxler and others (2018), Essentially no barriers in neural network energy landscapes, ICML.
/// </remarks>
public sealed record ModeConnectivity
{
    /// <summary>How many minima are looked at.</summary>
    public required int Count { get; init; }

    /// <summary>ε, in the units of f.</summary>
    public required double Epsilon { get; init; }

    /// <summary>For each two of them, lower number first, how far the lowest path known rises above the worse; infinite where none is known.</summary>
    public required IReadOnlyList<(int A, int B, double Rise)> Pairs { get; init; }

    /// <summary>Whether they are the lowest ends of descents, where too few came to a minimum.</summary>
    public bool AreEndsOfDescents { get; init; }

    /// <summary>How many pairs are joined within ε.</summary>
    public int Joined => Pairs.Count(p => p.Rise <= Epsilon);

    /// <summary>The finding in words.</summary>
    public string Sentence
    {
        get
        {
            if (Pairs.Count == 0)
            {
                return "Mode connectivity: there are not two minima to be joined.";
            }

            var what = AreEndsOfDescents ? "ends of descents" : "minima";
            var worst = Pairs.MaxBy(p => p.Rise);
            var rise = double.IsInfinity(worst.Rise)
                ? $"no path is known between {what} {worst.A + 1} and {worst.B + 1}"
                : FormattableString.Invariant($"the highest of the lowest paths known, between {what} {worst.A + 1} and {worst.B + 1}, rises {worst.Rise:G5} above the worse of the two");
            return FormattableString.Invariant($"Mode connectivity: of the {Pairs.Count} pairs of the {Count} lowest {what}, {Joined} {(Joined == 1 ? "is" : "are")} joined by a path on which f stays within ε = {Epsilon:G4} of the worse one; {rise}. ")
                + (Joined == Pairs.Count ? "They are connected at this ε." : "That a lower path exists is not ruled out: a barrier found is an upper bound.");
        }
    }

    /// <summary>Looks at the lowest minima of a graph.</summary>
    /// <param name="network">The graph.</param>
    /// <param name="count">How many minima.</param>
    /// <param name="epsilon">ε ≥ 0.</param>
    /// <exception cref="ArgumentException">ε is negative or not finite.</exception>
    public static ModeConnectivity Of(TransitionNetwork network, int count, double epsilon)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (!(epsilon >= 0 && double.IsFinite(epsilon)))
        {
            throw new ArgumentException(FormattableString.Invariant($"Mode connectivity was asked for within ε = {epsilon}; it must be finite and at least 0."));
        }

        count = Math.Min(count, network.Minima.Count);
        var heights = BarrierMatrix.Of(network, count, withBands: true);
        return new()
        {
            Count = count,
            Epsilon = epsilon,
            AreEndsOfDescents = network.AreEndsOfDescents,
            Pairs = [.. Enumerable.Range(0, count).SelectMany(a => Enumerable.Range(a + 1, count - a - 1).Select(b =>
                (a, b, Math.Max(0, heights[a, b] - Math.Max(network.Minima[a].Value, network.Minima[b].Value)))))],
        };
    }
}
