namespace LandscapeGpu.Descent;

/// <summary>Samples one after another: step k sees the mean over the first n(k + 1)/<paramref name="Steps"/> of n samples, in the order of the data, and from then on all of them.</summary>
/// <remarks>
/// Data are to be ordered from easy to hard. Bengio, Louradour, Collobert and Weston (2009), Curriculum learning, ICML. While samples are missing the gradient is another
/// function's: no restart ends by it.
/// </remarks>
/// <param name="Steps">After how many steps all samples are taken in, at least 1.</param>
public sealed record Curriculum(int Steps)
{
    /// <summary>The number of <see cref="Steps"/>, as a program reads it.</summary>
    internal const string Number = "curriculum.steps";

    /// <summary>A curriculum by its number of steps.</summary>
    /// <exception cref="ArgumentException">It is no whole number from 1 up.</exception>
    public static Curriculum Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var steps) && steps >= 1
            ? new(steps)
            : throw new ArgumentException($"A curriculum was given as {text}; it must be the number of steps after which all samples are taken in, from 1 up.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"curriculum of {Steps.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The mean over the samples that are taken in after so many steps.</summary>
    /// <exception cref="ArgumentException">The objective is no sum over samples.</exception>
    internal static Real ValueOf(Objective objective, Real steps, Real length)
    {
        var sum = objective.RequireSamples();
        var order = new Data("order", [.. Enumerable.Range(0, sum.Count).Select(s => (double)s)]);
        // The first is always in; a sample is where its whole is.
        var taken = Max(1, sum.Count * Min(1, (steps + 1) / length));
        Real IsIn(Index s) => Select(order[s] + 1 <= taken, 1, 0);
        return sum.Weighted(IsIn, sum.Count / Sum(sum.Count, IsIn));
    }
}
