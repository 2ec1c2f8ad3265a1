namespace LandscapeGpu.Statistics;

/// <summary>The share of restarts that ended in one minimum: an estimate of its basin's probability under the starts.</summary>
public readonly record struct Proportion
{
    /// <summary><paramref name="count"/> of <paramref name="total"/> restarts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 ≤ count ≤ total, or the total is 0.</exception>
    public Proportion(long count, long total)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(total, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, total);
        (Count, Total) = (count, total);
    }

    /// <summary>Restarts that ended in the minimum.</summary>
    public long Count { get; }

    /// <summary>All restarts.</summary>
    public long Total { get; }

    /// <summary>Count / total.</summary>
    public double Share => (double)Count / Total;

    /// <summary>
    /// The 95% score interval: all p with |share − p| ≤ z·√(p(1−p)/n). Unlike share ± z·√(share(1−share)/n) it holds its
    /// level for rare minima, and never leaves [0, 1] (Wilson, J. Amer. Statist. Assoc. 22 (1927) 209; Newcombe, Statist.
    /// Med. 17 (1998) 857, method 3).
    /// </summary>
    public ConfidenceInterval Interval
    {
        get
        {
            double n = Total, zz = ConfidenceInterval.Z * ConfidenceInterval.Z, widened = n + zz;
            var centre = (Count + zz / 2) / widened;
            var half = ConfidenceInterval.Z / widened * Math.Sqrt(Count * (1 - Share) + zz / 4);
            return new ConfidenceInterval(Count == 0 ? 0 : centre - half, Count == Total ? 1 : centre + half);
        }
    }

    /// <summary>
    /// The largest share, at 95%, of a minimum named beforehand that <paramref name="total"/> restarts never found:
    /// 1 − 0.05^(1/n), about 3/n, the rule of three (Hanley and Lippman-Hand, J. Amer. Med. Assoc. 249 (1983) 1743).
    /// </summary>
    public static double LargestUnseen(long total)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(total, 1);
        return -double.ExpM1(Math.Log(0.05) / total);
    }
}
