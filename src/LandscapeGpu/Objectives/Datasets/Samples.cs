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
        Labels = [.. targets];
    }

    /// <param name="inputs">[sample, coordinate]; copied.</param>
    /// <param name="classes">The name of the class that each belongs to.</param>
    /// <exception cref="ArgumentException">There are no samples or no coordinates, not as many classes, a number is not finite, or two names may stand for one class, or one for a missing value.</exception>
    public Samples(double[,] inputs, IReadOnlyList<string> classes)
        : this(inputs, classes, NamesOf(classes))
    {
    }

    private Samples(double[,] inputs, IReadOnlyList<string> classes, string[] names)
        : this(inputs, [.. classes.Select(c => (double)Array.IndexOf(names, c))]) => ClassNames = names;

    /// <summary>The names of the classes that samples belong to, in the order of their ordinals; null where targets are numbers.</summary>
    public IReadOnlyList<string>? ClassNames { get; private init; }

    /// <inheritdoc/>
    public override DataForm Form => DataForm.Samples;

    /// <summary>The number of samples, n.</summary>
    public int Count => Inputs.GetLength(0);

    /// <summary>The number of coordinates of an input, d.</summary>
    public int Dimension => Inputs.GetLength(1);

    /// <summary>Samples of the same kind that a model is judged by and not fitted to; null where none are held out.</summary>
    /// <exception cref="ArgumentException">Their inputs have another number of coordinates.</exception>
    public Samples? HeldOut
    {
        get;
        init => field = value is null ? null
            : value.Dimension == Dimension ? value.Named(this)
            : throw new ArgumentException($"Samples of {Dimension} inputs were given held-out ones of {value.Dimension}; both need as many.");
    }

    /// <summary>These without some that are held out, drawn at random.</summary>
    /// <param name="howMany">Below 1 a share of all, rounded; otherwise a number of samples. At least one is held out, and one left.</param>
    /// <param name="seed">Names the draw.</param>
    /// <exception cref="ArgumentException">It is no share and no such number, or some are held out already.</exception>
    public Samples HoldOut(double howMany, ulong seed = 1)
    {
        if (HeldOut is not null)
        {
            throw new ArgumentException("Samples are held out already; leave out one of the two ways to hold them out.");
        }

        var count = howMany is > 0 and < 1 ? Math.Clamp((int)Math.Round(howMany * Count), 1, Math.Max(1, Count - 1)) : howMany;
        if (!(count >= 1 && count < Count && count == Math.Round(count)))
        {
            throw new ArgumentException(FormattableString.Invariant($"{howMany} of {Count} samples were to be held out; give a share below 1, or a whole number from 1 to {Count - 1}."));
        }

        var draw = new GeneratedNumbers(seed, HoldOutTable);
        var order = Enumerable.Range(0, Count).OrderBy(s => draw.Uniform(s, 0)).ToArray();
        var held = (int)count;
        return Only([.. order.Skip(held).Order()], Only([.. order.Take(held).Order()], null));
    }

    /// <summary>These with a share of the targets changed to another of the values that targets have, drawn at random; what is held out stays as it is.</summary>
    /// <param name="share">The probability of each, at most 1.</param>
    /// <param name="seed">Names the draw.</param>
    internal Samples Relabelled(double share, ulong seed)
    {
        var draw = new GeneratedNumbers(seed, RelabelTable);
        double[] values = [.. Targets.Distinct().Order()];
        double Other(int s) => values[(Array.IndexOf(values, Targets[s]) + 1 + (int)(draw.Uniform(s, 1) * (values.Length - 1))) % values.Length];
        return new(Inputs, [.. Enumerable.Range(0, Count).Select(s => draw.Uniform(s, 0) < share ? Other(s) : Targets[s])]) { HeldOut = HeldOut };
    }

    /// <summary>These in order of how far their targets are from what linear least squares with a constant says; what is held out stays as it is.</summary>
    /// <remarks>Difficulty as a simpler model sees it: Hacohen and Weinshall (2019), On the power of curriculum learning in training deep networks, ICML.</remarks>
    /// <param name="easyFirst">Whether the nearest come first, or the farthest.</param>
    internal Samples ByDifficulty(bool easyFirst)
    {
        var columns = Enumerable.Range(0, Dimension).Select(j => Enumerable.Range(0, Count).Select(s => Inputs[s, j]).ToArray()).Append([.. Enumerable.Repeat(1.0, Count)]);
        var residuals = (double[])Targets.Clone();
        var basis = new List<double[]>();
        foreach (var column in columns)
        {
            var (rest, length) = (column, Math.Sqrt(column.Sum(x => x * x)));
            // Twice, so that rounding leaves nothing of the others.
            for (var pass = 0; pass < 2; pass++)
            {
                foreach (var unit in basis)
                {
                    var part = rest.Zip(unit, (a, b) => a * b).Sum();
                    rest = [.. rest.Zip(unit, (a, b) => a - (part * b))];
                }
            }

            var left = Math.Sqrt(rest.Sum(x => x * x));
            if (left > Stationarity.HalfTheDigits * length)
            {
                basis.Add([.. rest.Select(x => x / left)]);
                var part = basis[^1].Zip(residuals, (a, b) => a * b).Sum();
                residuals = [.. residuals.Zip(basis[^1], (a, b) => a - (part * b))];
            }
        }

        // Equal ones stay in their order.
        var order = Enumerable.Range(0, Count).OrderBy(s => (easyFirst ? 1 : -1) * Math.Abs(residuals[s]));
        return Only([.. order], HeldOut);
    }

    /// <summary>These with the two classes as 1 and −1: targets that are so already, 1 and 0, or the second and the first of two names in their order.</summary>
    /// <param name="taker">The name of what takes them, for the error.</param>
    /// <exception cref="ArgumentException">They are no two classes.</exception>
    internal Samples Signed(string taker)
    {
        double[] all = [.. Labels, .. HeldOut?.Labels ?? []];
        if (ClassNames is null && all.All(y => y is 1 or -1))
        {
            return this;
        }

        if (ClassNames is { } names ? names.Count != 2 : all.Any(y => y is not (0 or 1)))
        {
            var given = ClassNames is { } words ? $"{words.Count} classes ({string.Join(", ", words.Take(3))}{(words.Count > 3 ? ", …" : "")})"
                : FormattableString.Invariant($"targets from {all.Min()} to {all.Max()} with {all.Distinct().Count()} values");
            throw new ArgumentException($"{taker} was given {given}; its loss is of two labels, which are 1 and -1, 1 and 0, or two words.");
        }

        static Samples Of(Samples those) => new(those.Inputs, [.. those.Labels.Select(y => (2 * y) - 1)]);
        return HeldOut is null ? Of(this) : Of(this).With(Of(HeldOut));
    }

    // Far from the tables that families generate data from.
    private const uint HoldOutTable = 1_000_000;
    private const uint RelabelTable = 1_000_001;

    /// <summary>The same samples with others that are held out.</summary>
    internal Samples With(Samples heldOut) => new(Inputs, Labels) { ClassNames = ClassNames, HeldOut = heldOut };

    private Samples Only(int[] which, Samples? heldOut) =>
        new(GeneratedNumbers.Matrix(which.Length, Dimension, (s, j) => Inputs[which[s], j]), [.. which.Select(s => Labels[s])]) { ClassNames = ClassNames, HeldOut = heldOut };

    /// <summary>The same samples with their classes numbered as others number them.</summary>
    private Samples Named(Samples others)
    {
        if (ClassNames is not { } own || others.ClassNames is not { } names)
        {
            return ClassNames is null == others.ClassNames is null ? this : throw new ArgumentException(
                $"Some samples have classes with names ({string.Join(", ", (ClassNames ?? others.ClassNames)!.Take(3))}) and others have numbers for targets; those that are held out need to be like the rest.");
        }

        var unknown = own.FirstOrDefault(name => !names.Contains(name));
        return unknown is not null
            ? throw new ArgumentException($"A held-out sample is of class {unknown}, and no other sample is ({string.Join(", ", names.Take(MostShown))}{(names.Count > MostShown ? ", …" : "")}); hold out others.")
            : new(Inputs, [.. Labels.Select(k => (double)names.ToList().IndexOf(own[(int)k]))]) { ClassNames = names };
    }

    private const int MostShown = 12;

    // What files write where a value is missing.
    private static readonly string[] Missing = ["", "na", "n/a", "#n/a", "nan", "null", "?", "-", "."];

    private static string[] NamesOf(IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        string[] names = [.. classes.Distinct().Order(StringComparer.Ordinal)];
        if (names.FirstOrDefault(n => Missing.Contains(n.Trim().ToLowerInvariant())) is { } missing)
        {
            throw new ArgumentException($"The class of a sample is '{missing}', which may stand for a missing value; drop or fill such rows, or give the class another name.");
        }

        return names.GroupBy(n => n.Trim().ToUpperInvariant()).FirstOrDefault(g => g.Count() > 1) is { } alike
            ? throw new ArgumentException($"Classes are called {string.Join(" and ", alike.Select(n => $"'{n}'"))}, which may be one; write them alike, or give them names that differ by more than their letters' case.")
            : names;
    }

    internal double[,] Inputs { get; }

    /// <summary>The targets as numbers; of classes with names their ordinals, from 0.</summary>
    internal double[] Labels { get; }

    /// <summary>The targets, which are to be numbers.</summary>
    /// <exception cref="ArgumentException">They are classes with names.</exception>
    internal double[] Targets => ClassNames is not { } names ? Labels : throw new ArgumentException(
        $"Targets are to be numbers, and they are words ({string.Join(", ", names.Take(3))}{(names.Count > 3 ? ", …" : "")}), which name classes. A network tells classes apart (perceptron with --set loss=softmax), and a loss of two labels takes two (logistic-regression, perceptron with --set loss=logistic); for a fit write them as numbers.");

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

    /// <summary>Reads images and labels, as those of MNIST: inputs are pixels from 0 to 1, row by row.</summary>
    /// <param name="inputs">An IDX file of the images, or one compressed by gzip.</param>
    /// <param name="targets">An IDX file of the labels.</param>
    /// <param name="rows">How many of the first images; null for all.</param>
    /// <exception cref="DataFileException">A file cannot be used, or the shapes do not fit.</exception>
    public static Samples FromIdx(string inputs, string targets, int? rows = null) => DataFile.Samples(inputs, new() { TargetFile = targets, Rows = rows });

    /// <summary>Generates samples: inputs entry by entry, targets from them.</summary>
    internal static Samples Generate(int count, int dimension, Func<int, int, double> input, Func<int, double[], double> target)
    {
        var inputs = GeneratedNumbers.Matrix(count, dimension, input);
        return new(inputs, [.. Enumerable.Range(0, count).Select(s => target(s, [.. Enumerable.Range(0, dimension).Select(j => inputs[s, j])]))]);
    }
}
