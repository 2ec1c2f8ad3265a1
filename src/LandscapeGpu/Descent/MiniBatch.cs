namespace LandscapeGpu.Descent;

/// <summary>Stochastic gradients: each step sees the mean over <paramref name="Size"/> samples in place of all of them.</summary>
/// <remarks>
/// <para>
/// Step k of a restart sees samples kB … kB + B−1 of an endless list of its own. The list is one permutation of all samples
/// after another, each a function of (seed, restart, epoch); with replacement, each entry is drawn uniformly, a function of (seed,
/// restart, step, position). So a restart is the same on every device, and B = n without replacement is the whole sum, in another order.
/// </para>
/// <para>
/// A batch's gradient says nothing about stationarity: restarts end at the iteration limit (or when they leave the domain or are not
/// finite), and what they came to is decided afterwards, on the whole objective.
/// </para>
/// </remarks>
/// <param name="Size">B, the number of samples in a batch: at least 1 and at most all of them.</param>
public sealed record MiniBatch(int Size)
{
    // Numbers of samples are kept in single precision, which knows every whole number up to here.
    private const int MostInSingle = 1 << 24;

    /// <summary>Draw every sample independently; otherwise none comes again until all have been seen.</summary>
    public bool WithReplacement { get; init; }

    /// <summary>A batch of that size, without replacement.</summary>
    public static implicit operator MiniBatch(int size) => FromInt32(size);

    /// <inheritdoc cref="op_Implicit(int)"/>
    public static MiniBatch FromInt32(int size) => new(size);

    /// <summary>SIZE or SIZE:with-replacement.</summary>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static MiniBatch Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(':');
        return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size >= 1 && parts is [_] or [_, "with-replacement"]
            ? new(size) { WithReplacement = parts.Length == 2 }
            : throw new ArgumentException($"A batch was given as {text}; it must be SIZE or SIZE:with-replacement, with a whole number from 1 up.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"batches of {Size.ToString(CultureInfo.InvariantCulture)}{(WithReplacement ? " with replacement" : "")}";

    /// <summary>B/n: what a gradient costs, of one of the whole objective.</summary>
    internal double ShareOf(Objective objective) => (double)Size / objective.RequireSamples().Count;

    /// <summary>The value on a batch that devices draw; and how many samples there are.</summary>
    /// <exception cref="ArgumentException">The objective has fewer samples, or none, or the options contradict batches.</exception>
    internal (Real Value, int Samples) Of(Objective objective, DescentOptions options)
    {
        if (!options.Rule.TakesEstimates)
        {
            throw new ArgumentException(
                $"Mini-batches were asked for, and {options.Rule.Name} compares steps with one another, each of which would see another function; use gradient-descent, momentum, nesterov, rmsprop, adam or adamw.");
        }

        var sum = objective.RequireSamples();
        if (Size < 1 || Size > sum.Count)
        {
            throw new ArgumentException($"A batch of {Size} was asked for, and {objective.Name} has {sum.Count} samples; give from 1 to {sum.Count}.");
        }

        if (!options.IsDouble && sum.Count > MostInSingle)
        {
            throw new ArgumentException($"{objective.Name} has {sum.Count} samples, and in single precision batches are drawn from at most {MostInSingle}; use double precision.");
        }

        return (sum.Over(Size, position => Index.Drawn(sum.Count, position)), sum.Count);
    }
}
