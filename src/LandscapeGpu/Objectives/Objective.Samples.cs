namespace LandscapeGpu.Objectives;

// What is a sum over samples, and its part over some of them.
public sealed partial record Objective
{
    /// <summary>The length of the sum that was said to be over samples; null where nothing was said.</summary>
    internal int? SamplesMeant { get; private init; }

    /// <summary>
    /// The number n of samples, where f(x) = Σₖ fₖ(x) + r(x) is a sum or mean over samples k = 0 … n−1 and terms r without them; null
    /// where it is not. Found in the formula: the sum whose terms read data by its index. Where several of different lengths do,
    /// it is null until set to the length of the one that is meant.
    /// </summary>
    /// <exception cref="ArgumentException">No sum that the value is linear in has so many terms.</exception>
    public int? Samples
    {
        get => FiniteSum.Of(Value, SamplesMeant)?.Count;
        init => SamplesMeant = value is null || FiniteSum.Of(Value, value) is not null ? value : throw new ArgumentException(
            $"The objective {Name} was said to have {value} samples; it is not linear in a sum over so many terms.");
    }

    /// <summary>The mean over some of the samples in place of all of them: (n/m) Σ fₖ(x) over the m given k, + r(x).</summary>
    /// <param name="samples">Which, 0 ≤ k &lt; n; one that is given twice counts twice.</param>
    /// <exception cref="ArgumentException">The objective is no sum over samples, or none or wrong ones are given.</exception>
    public Objective Over(IReadOnlyList<int> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var trace = Trace;
        var value = trace.Run(() =>
        {
            // In the formula's own coordinates: a region's are put in when it is set.
            var sum = FiniteSum.Of(formula, SamplesMeant) ?? RequireSamples();
            var batch = new IndexData("batch", samples);
            return samples.Count > 0 && batch.Least >= 0 && batch.Greatest < sum.Count
                ? sum.Over(samples.Count, position => batch[position])
                : throw new ArgumentException(
                    $"The objective {Name} has samples 0 to {sum.Count - 1} and was asked for {(samples.Count == 0 ? "none" : $"{batch.Least} to {batch.Greatest}")}; give at least one, all of those.");
        });
        return new(Name, Point, value, trace) { Parameters = Parameters, Region = Region, Starts = Starts, Source = Source };
    }

    /// <exception cref="ArgumentException">The objective is no sum over samples.</exception>
    internal FiniteSum RequireSamples() => FiniteSum.Of(Value, SamplesMeant) ?? throw new ArgumentException(
        FiniteSum.Lengths(Value) is { Count: > 1 } lengths
            ? $"The objective {Name} has sums over {string.Join(" and ", lengths)} terms that read data; say which are the samples, as in `with {{ Samples = {lengths[0]} }}`."
            : $"The objective {Name} is no sum over samples: its value would have to be linear in a Sum or Mean whose terms read data by its index.");
}
