namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>Classes that targets name by whole numbers, each with an output of its own in ascending order.</summary>
internal sealed class ClassLabels(double[] labels, IReadOnlyList<string>? names)
{
    /// <summary>More classes than this are numbers that were taken for classes.</summary>
    public const int Most = 1000;

    /// <summary>What the classes are called, in the order of their outputs: the words of a file, or the numbers.</summary>
    public IReadOnlyList<string> Names { get; } = [.. labels.Select(l => names is null ? l.ToString(CultureInfo.InvariantCulture) : names[(int)l])];

    /// <summary>K.</summary>
    public int Count => labels.Length;

    /// <summary>The classes that samples, and those that are held out, belong to.</summary>
    /// <exception cref="ArgumentException">A target is no whole number, or there are not from two to <see cref="Most"/> classes.</exception>
    public static ClassLabels Of(Samples samples)
    {
        double[] targets = [.. samples.Labels, .. samples.HeldOut?.Labels ?? []];
        var wrong = Array.FindIndex(targets, y => y != Math.Round(y));
        if (wrong >= 0)
        {
            throw new ArgumentException($"Targets are to be classes, and one is {targets[wrong].ToString(CultureInfo.InvariantCulture)}; classes are whole numbers, such as 0 to 9.");
        }

        double[] labels = [.. samples.Labels.Distinct().Order()];
        return labels.Length is < 2 or > Most ? throw new ArgumentException($"Targets are to be classes, and the samples have {labels.Length} of them; from 2 to {Most} can be told apart.")
            : targets.Except(labels).ToArray() is [var unknown, ..] ? throw new ArgumentException($"A held-out sample is of class {samples.ClassNames?[(int)unknown] ?? unknown.ToString(CultureInfo.InvariantCulture)}, and no other sample is; hold out others.")
            : new(labels, samples.ClassNames);
    }

    /// <summary>n × K: 1 where the sample is of the class, else 0.</summary>
    public double[,] Indicators(Samples samples) => GeneratedNumbers.Matrix(samples.Count, Count, (s, k) => samples.Labels[s] == labels[k] ? 1 : 0);
}
