namespace LandscapeGpu.Statistics;

/// <summary>
/// How much of the landscape has been seen: the probability that one more restart ends in a minimum already known.
/// </summary>
/// <remarks>
/// The estimate is Good–Turing's 1 − f₁/n, with f₁ the minima found exactly once in n restarts (Good, Biometrika 40
/// (1953) 237). Coverage speaks of probability, not of numbers: with coverage 0.999 there may be any number of unseen
/// minima, of total share about 0.001.
/// </remarks>
internal sealed record Coverage
{
    private readonly long unlisted;

    private Coverage(long restarts, long once, long twice, long unlisted) => (Restarts, Once, Twice, this.unlisted) = (restarts, once, twice, unlisted);

    /// <summary>n, the restarts that ended in a minimum.</summary>
    public long Restarts { get; }

    /// <summary>f₁, the minima found exactly once; the most that they may be where some are not listed.</summary>
    public long Once { get; }

    /// <summary>f₂, the minima found exactly twice.</summary>
    public long Twice { get; }

    /// <summary>1 − f₁/n; 0 before the first restart.</summary>
    public double Estimate => Restarts == 0 ? 0 : 1 - (double)Once / Restarts;

    /// <summary>The 95% interval.</summary>
    /// <remarks>
    /// Unseen share f₁/n ± z·√(f₁(1 − f₁/n) + 2f₂)/n (Esty, Ann. Statist. 11 (1983) 905; Zhang and Huang, J. Multivariate
    /// Anal. 99 (2008) 1253). That is a limit for many minima found once; with few it is too narrow, and with none it
    /// would claim certainty after five restarts. So its ends are at least as wide as the exact Poisson interval of f₁
    /// (Garwood, Biometrika 28 (1936) 437), whose upper end is 3.69/n where f₁ = 0.
    /// </remarks>
    public ConfidenceInterval Interval => Restarts == 0 ? new(0, 1)
        : IntervalFor(Once, Twice, Restarts) is var least && unlisted == 0 ? least
        : new(least.Lower, IntervalFor(Once - unlisted, Twice, Restarts).Upper);

    /// <summary>Counts how often each distinct minimum was found; minima never found (0) are ignored.</summary>
    /// <param name="basinCounts">How often each was found.</param>
    /// <param name="unlisted">Restarts that ended at minima that nobody told apart: each may have been one that was found once, or none of them, so that the estimate and
    /// the lower end become lower bounds, and the upper end takes none of them for such.</param>
    public static Coverage Of(IEnumerable<long> basinCounts, long unlisted = 0)
    {
        long restarts = 0, once = 0, twice = 0;
        foreach (var count in basinCounts)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(basinCounts));
            restarts += count;
            if (count == 1)
            {
                once++;
            }

            if (count == 2)
            {
                twice++;
            }
        }

        return new Coverage(restarts + unlisted, once + unlisted, twice, unlisted);
    }

    /// <summary>Whether a survey that runs until this coverage may stop: whether the interval's lower end has reached it.</summary>
    /// <remarks>
    /// The lower end, not the estimate: the estimate is 1 as soon as no minimum has been found once only, which a few
    /// restarts into one wide basin already do, and a rule that looks again and again stops at the first lucky moment.
    /// The lower end asks for at least 3.69/(1 − target) restarts: 3,689 for 0.999.
    /// </remarks>
    public bool Reached(double target) => Interval.Lower >= Checked(target);

    /// <summary>About how many more restarts it takes until <see cref="Reached"/>; at most 2^53.</summary>
    /// <remarks>
    /// Extrapolates the unseen share to n + m restarts, (f₁/n)·A^m with A = (n−1)f₁ / ((n−1)f₁ + 2f₂) (Chao and Jost,
    /// Ecology 93 (2012) 2533), and the interval with it. Good for m up to about n; beyond, rare minima make it too hopeful.
    /// </remarks>
    public long RestartsUntil(double target)
    {
        if (Reached(target))
        {
            return 0;
        }

        long low = 0, high = 1;
        while (high < 1L << 53 && PredictedLower(high) < target)
        {
            high *= 2;
        }

        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            if (PredictedLower(middle) < target)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high;
    }

    private double PredictedLower(long more)
    {
        double n = Math.Max(1, Restarts), total = n + more;
        double f1 = Once, f2 = Twice;
        var ratio = f2 > 0 ? (n - 1) * f1 / ((n - 1) * f1 + 2 * f2) : (n - 1) * (f1 - 1) / ((n - 1) * (f1 - 1) + 2);
        var unseen = f1 == 0 ? 0 : f1 / n * Math.Pow(Math.Max(0, ratio), more);
        double once = unseen * total, twice = f1 == 0 ? 0 : f2 * once / f1;
        return IntervalFor(once, twice, total).Lower;
    }

    private static ConfidenceInterval IntervalFor(double once, double twice, double restarts)
    {
        var half = ConfidenceInterval.Z * Math.Sqrt(once * (1 - once / restarts) + 2 * twice);
        var most = Math.Max(once + half, PoissonLimits.Upper(once));
        var least = Math.Min(once - half, PoissonLimits.Lower(once));
        return new ConfidenceInterval(Math.Max(0, 1 - most / restarts), Math.Min(1, 1 - least / restarts));
    }

    private static double Checked(double target) => target > 0 && target < 1
        ? target
        : throw new ArgumentOutOfRangeException(nameof(target), target, "A coverage to reach lies strictly between 0 and 1, such as 0.999.");
}
