namespace LandscapeGpu.Objectives.Datasets;

/// <summary>Which columns of a data file are meant: names, or numbers from 1.</summary>
public sealed record DataColumns
{
    /// <summary>The columns of the inputs, in order; null for all but the target's.</summary>
    public IReadOnlyList<string>? Inputs { get; init; }

    /// <summary>The target's column, of <see cref="TargetFile"/> where there is one; null for the last, or for the only one of that file.</summary>
    public string? Target { get; init; }

    /// <summary>A file of its own with the targets, one a row, or one in a column of it; null where they are a column of the file.</summary>
    public string? TargetFile { get; init; }

    /// <summary>How many of the first rows are used; null for all.</summary>
    public int? Rows { get; init; }

    /// <summary>A file like the first, with samples that are held out; null for none.</summary>
    public string? Test { get; init; }

    /// <summary>Like <see cref="TargetFile"/>, of the held-out samples.</summary>
    public string? TestTargetFile { get; init; }

    // What was taken of another file: the same is taken of this one, by name where it has names, wherever they stand in it.
    internal DataPlaces? Like { get; init; }
}

/// <summary>The columns that were taken of a file.</summary>
/// <param name="Inputs">Names and numbers from 0 of the inputs.</param>
/// <param name="Target">Name and number of the target.</param>
internal sealed record DataPlaces(IReadOnlyList<(string Name, int Place)> Inputs, (string Name, int Place) Target)
{
    // Columns of arrays, and of files without a line of names, are called so.
    private const string Unnamed = "column 1";

    public static bool AreNamed(IReadOnlyList<string> columns) => columns.Count > 0 && columns[0] != Unnamed;

    /// <summary>Where the same column stands in another file; null where it has none of this name.</summary>
    public static int? Of((string Name, int Place) column, IReadOnlyList<string> columns) => !AreNamed(columns) ? column.Place < columns.Count ? column.Place : null
        : columns.ToList().IndexOf(column.Name) is >= 0 and var at ? at : null;
}

/// <summary>Data sets from files: comma-separated values (.csv, with or without a line of names; targets that are words name classes), NumPy arrays (.npy), and IDX files as those of MNIST, told by their first bytes.</summary>
public static class DataFile
{
    /// <summary>Reads data of the form that a family takes.</summary>
    /// <exception cref="DataFileException">The file cannot be used, or its columns are not what is asked for.</exception>
    /// <exception cref="ArgumentException">The numbers do not make such data.</exception>
    public static Dataset Read(string path, DataForm form, DataColumns? columns = null) => form switch
    {
        DataForm.Samples => Samples(path, columns),
        DataForm.Rows => Rows(path, columns),
        DataForm.Entries => Entries(path, columns),
        _ => throw new ArgumentException($"{path} was given as data to what takes none."),
    };

    /// <summary>A table of numbers: a CSV file, or an array of two dimensions (of one, a single column; of an IDX file's images each is a row).</summary>
    /// <param name="path">The file.</param>
    /// <param name="first">How many of the first rows; null for all.</param>
    /// <exception cref="DataFileException">It is missing or damaged, of another kind, or has fewer rows.</exception>
    public static NumberTable Table(string path, int? first = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Table(path, first, null);
    }

    private static NumberTable Table(string path, int? first, Func<IReadOnlyList<string>, int>? wordsIn)
    {
        if (IdxFile.Is(path))
        {
            return FirstRows(path, OfArray(path, IdxFile.Read(path, first)), first);
        }

        return FirstRows(path, string.Equals(Path.GetExtension(path), ".npy", StringComparison.OrdinalIgnoreCase) ? OfArray(path, NpyFile.Read(path)) : CsvFile.Read(path, wordsIn), first);
    }

    private static NumberTable FirstRows(string path, NumberTable table, int? first) =>
        first is not { } count || count == table.Rows ? table
        : count >= 1 && count < table.Rows ? table with { Values = GeneratedNumbers.Matrix(count, table.Columns.Count, (i, j) => table.Values[i, j]), Words = table.Words?.Take(count).ToList() }
        : throw new DataFileException($"The first {count} rows of {path} were asked for; it has {table.Rows}.");

    private static NumberTable OfArray(string path, NumberArray array)
    {
        if (array.Shape.Count is not (1 or 2) || array.Values.Length == 0)
        {
            throw new DataFileException($"{path} holds an array of shape {array.ShapeText}; a matrix (rows, columns) or a vector is expected.");
        }

        var (rows, width) = (array.Shape[0], array.Shape.Count == 1 ? 1 : array.Shape[1]);
        return new([.. Enumerable.Range(1, width).Select(k => $"column {k}")], GeneratedNumbers.Matrix(rows, width, (i, j) => array.Values[(i * width) + j]));
    }

    /// <summary>Samples: inputs and targets.</summary>
    internal static Samples Samples(string path, DataColumns? columns = null)
    {
        columns ??= new();
        var (samples, places) = Placed(path, columns with { Test = null });
        return columns.Test is { } test ? samples.With(Placed(test, columns with { Test = null, Rows = null, TargetFile = columns.TestTargetFile, Like = places }).Samples) : samples;
    }

    private static (Samples Samples, DataPlaces? Places) Placed(string path, DataColumns columns)
    {
        if (columns.TargetFile is { } other)
        {
            int At(IReadOnlyList<string> names) => columns.Like is { } like && DataPlaces.AreNamed(names) && DataPlaces.AreNamed([like.Target.Name]) ? Alike(other, names, like.Target) : columns.Target is { } name ? Column(other, names, name) : names.Count == 1 ? 0 : -1;
            var (table, targets) = (Table(path, columns.Rows), Table(other, columns.Rows, At));
            return At(targets.Columns) < 0
                ? throw new DataFileException($"{other} has {targets.Columns.Count} columns ({Some(targets.Columns)}), and a target is one of them: name it, or give its number from 1 (--target in the console, Target in a program).")
                : (Of(Chosen(table, Inputs(path, table, columns, null)), targets.Words is { } words && words.Count == table.Rows + 1 && columns.Rows is null ? WithoutHeading(other, words) : targets, At(targets.Columns), path, other), Places(table, Inputs(path, table, columns, null), (targets.Columns[At(targets.Columns)], At(targets.Columns))));
        }

        int Target(IReadOnlyList<string> names) => columns.Like is { } like && DataPlaces.AreNamed(names) && DataPlaces.AreNamed([like.Target.Name]) ? Alike(path, names, like.Target) : columns.Target is { } name ? Column(path, names, name) : names.Count - 1;
        var all = Table(path, columns.Rows, Target);
        return all.Columns.Count < 2
            ? throw new DataFileException($"{path} has one column; samples need at least one coordinate and a target.")
            : (Of(Chosen(all, Inputs(path, all, columns, Target(all.Columns))), all, Target(all.Columns), path, path), Places(all, Inputs(path, all, columns, Target(all.Columns)), (all.Columns[Target(all.Columns)], Target(all.Columns))));
    }

    private static DataPlaces Places(NumberTable table, int[] inputs, (string Name, int Place) target) => new([.. inputs.Select(k => (table.Columns[k], k))], target);

    private static int Alike(string path, IReadOnlyList<string> columns, (string Name, int Place) column) => DataPlaces.Of(column, columns)
        ?? throw new DataFileException($"{path} has no column {column.Name}, which the samples that are fitted to have; it has {Some(columns)}.");

    /// <summary>Samples of inputs and the targets of a column: numbers, or words that name classes.</summary>
    private static Samples Of(double[,] inputs, NumberTable targets, int column, string path, string other) =>
        targets.Rows != inputs.GetLength(0) ? throw new DataFileException($"{path} holds {inputs.GetLength(0)} rows and {other} {targets.Rows}; they need to be as many.")
        : targets.Words is { } words ? new(inputs, words)
        : new(inputs, [.. Enumerable.Range(0, targets.Rows).Select(i => targets.Values[i, column])]);

    /// <summary>A file of classes with one row more than there are inputs: its first names the column, unless it is a class too.</summary>
    private static NumberTable WithoutHeading(string path, IReadOnlyList<string> words) => words.Skip(1).Contains(words[0])
        ? throw new DataFileException($"{path} holds {words.Count} classes, one more than there are rows of inputs, and its first line, {words[0]}, is one of them; give as many.")
        : new([words[0]], new double[words.Count - 1, 1]) { Words = [.. words.Skip(1)] };

    private static DataRows Rows(string path, DataColumns? columns)
    {
        RequireNoTarget(path, columns);
        var table = Table(path);
        return new(Chosen(table, Inputs(path, table, columns ?? new(), null)));
    }

    private static MatrixEntries Entries(string path, DataColumns? columns)
    {
        RequireNoTarget(path, columns);
        var table = Table(path);
        var places = Inputs(path, table, columns ?? new(), null);
        return places.Length == 3
            ? new(Enumerable.Range(0, table.Rows).Select(k => (Whole(path, table, k, places[0]), Whole(path, table, k, places[1]), table.Values[k, places[2]])))
            : throw new DataFileException($"{path} has {places.Length} columns; entries of a matrix are rows of three numbers: row, column (from 0) and value.");
    }

    private static void RequireNoTarget(string path, DataColumns? columns)
    {
        if (columns is { Target: not null } or { TargetFile: not null })
        {
            throw new DataFileException($"A target was named for {path}, and these data have none; leave it out.");
        }
    }

    private static int Whole(string path, NumberTable table, int row, int column)
    {
        var value = table.Values[row, column];
        return value == Math.Round(value) && Math.Abs(value) < int.MaxValue
            ? (int)value
            : throw new DataFileException($"{path}, row {row + 1} of the numbers, {table.Columns[column]}: {value.ToString(CultureInfo.InvariantCulture)} is no row or column of a matrix; these are whole numbers from 0.");
    }

    private static int[] Inputs(string path, NumberTable table, DataColumns columns, int? target)
    {
        if (columns.Like is { } like && DataPlaces.AreNamed(table.Columns) && like.Inputs.All(i => DataPlaces.AreNamed([i.Name])))
        {
            return [.. like.Inputs.Select(i => Alike(path, table.Columns, i))];
        }

        if (columns.Inputs is not { } names)
        {
            return [.. Enumerable.Range(0, table.Columns.Count).Where(k => k != target)];
        }

        int[] chosen = [.. names.Select(n => Column(path, table.Columns, n))];
        return chosen.Length == 0 || chosen.Distinct().Count() < chosen.Length || chosen.Any(k => k == target)
            ? throw new DataFileException($"The inputs from {path} were given as {string.Join(", ", names)}; name each column once, and not the target's.")
            : chosen;
    }

    private static int Column(string path, IReadOnlyList<string> columns, string name)
    {
        var at = columns.ToList().IndexOf(name);
        return at >= 0 ? at
            : int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= columns.Count ? number - 1
            : throw new DataFileException($"{path} has no column {name}; it has {string.Join(", ", columns)}{(columns[0] == "column 1" ? "" : $" (or 1 to {columns.Count})")}.");
    }

    private static string Some(IReadOnlyList<string> columns)
    {
        const int Most = 5;
        return string.Join(", ", columns.Take(Most)) + (columns.Count > Most ? ", …" : "");
    }

    private static double[,] Chosen(NumberTable table, int[] columns) => GeneratedNumbers.Matrix(table.Rows, columns.Length, (i, j) => table.Values[i, columns[j]]);
}
