namespace LandscapeGpu.Objectives.Datasets;

/// <summary>n samples: inputs xₛ of d numbers each, and a target yₛ.</summary>
public sealed class Samples : Dataset
{
    /// <param name="inputs">[sample, coordinate]; copied.</param>
    /// <param name="targets">One for each sample; copied.</param>
    /// <exception cref="ArgumentException">There are no samples or no coordinates, not as many targets, or a number is not finite.</exception>
    public Samples(double[,] inputs, IReadOnlyList<double> targets)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (inputs.Length == 0)
        {
            throw new ArgumentException($"Samples were given inputs of {inputs.GetLength(0)} rows and {inputs.GetLength(1)} columns; both must be at least 1.");
        }

        if (inputs.GetLength(0) != targets.Count)
        {
            throw new ArgumentException($"Samples were given {inputs.GetLength(0)} inputs and {targets.Count} targets; they need one target for each input.");
        }

        RequireFinite("Samples", inputs.Cast<double>().Concat(targets));
        Inputs = (double[,])inputs.Clone();
        Targets = [.. targets];
    }

    /// <inheritdoc/>
    public override DataForm Form => DataForm.Samples;

    /// <summary>The number of samples, n.</summary>
    public int Count => Inputs.GetLength(0);

    /// <summary>The number of coordinates of an input, d.</summary>
    public int Dimension => Inputs.GetLength(1);

    internal double[,] Inputs { get; }

    internal double[] Targets { get; }

    /// <summary>Reads samples from a table whose columns are the coordinates and the target.</summary>
    /// <param name="path">A CSV file.</param>
    /// <param name="target">The name of the target's column; null for the last.</param>
    /// <exception cref="DataFileException">The file cannot be used, or has no such column.</exception>
    public static Samples FromCsv(string path, string? target = null)
    {
        return DataFile.Samples(path, new() { Target = target });
    }

    /// <summary>Reads samples from two arrays: inputs of shape (n, d) and targets of shape (n,).</summary>
    /// <exception cref="DataFileException">A file cannot be used, or the shapes do not fit.</exception>
    public static Samples FromNpy(string inputs, string targets)
    {
        var (x, y) = (NpyFile.ReadMatrix(inputs), NpyFile.ReadVector(targets));
        return x.GetLength(0) == y.Length
            ? new(x, y)
            : throw new DataFileException($"{inputs} holds {x.GetLength(0)} rows and {targets} {y.Length} numbers; they need to be as many.");
    }

    /// <summary>Generates samples: inputs entry by entry, targets from them.</summary>
    internal static Samples Generate(int count, int dimension, Func<int, int, double> input, Func<int, double[], double> target)
    {
        var inputs = GeneratedNumbers.Matrix(count, dimension, input);
        return new(inputs, [.. Enumerable.Range(0, count).Select(s => target(s, [.. Enumerable.Range(0, dimension).Select(j => inputs[s, j])]))]);
    }
}
