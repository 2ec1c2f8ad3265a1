namespace LandscapeGpu.Objectives.Datasets;

/// <summary>The one column of a table that may hold words in place of numbers: the classes that samples belong to.</summary>
/// <param name="name">The file, for messages.</param>
/// <param name="at">Which column; below 0 for none.</param>
/// <param name="first">The first line's fields.</param>
/// <param name="isHeading">Whether none of them is a number.</param>
internal sealed class WordColumn(string name, int at, string[] first, bool isHeading)
{
    private readonly List<string> fields = [];
    private (string Text, string Where)? word;
    private (string Text, string Where)? number;

    public int At => at;

    /// <summary>Whether it is the only column: then a first line without a number says nothing about whether it is a row.</summary>
    public bool IsAlone => isHeading && first.Length == 1 && at == 0;

    /// <summary>Whether the first row has turned out to be the name of the only column.</summary>
    public bool IsNamed { get; private set; }

    /// <summary>Takes a field; words have no number.</summary>
    /// <exception cref="DataFileException">It is empty or not finite, or there are numbers and words.</exception>
    public double Add(string field, double? value, string where)
    {
        if (field.Length == 0 || value is { } given && !double.IsFinite(given))
        {
            throw new DataFileException($"{where}: the target '{field}' is {(field.Length == 0 ? "empty" : "not finite")}; drop or fill such rows first.");
        }

        if (IsAlone && value is not null && fields.Count == 1 && word is not null)
        {
            // A word above numbers names their column.
            (word, IsNamed) = (null, true);
            fields.Clear();
        }

        fields.Add(field);
        if (value is null)
        {
            word ??= (field, where);
        }
        else
        {
            number ??= (field, where);
        }

        if (word is { } w && number is { } n)
        {
            throw new DataFileException(
                $"{w.Where}: the target is '{w.Text}', and at {n.Where[(n.Where.LastIndexOf(", ", StringComparison.Ordinal) + 2)..]} it is {n.Text}; targets are all numbers, or all words that name classes. Write {w.Text} as a number, or all of them as words{(IsFirstRow(w.Where) ? "; if that line holds the names of the columns, names are to be no numbers" : "")}.");
        }

        return value ?? double.NaN;
    }

    /// <summary>The words, row by row; null where the column holds numbers.</summary>
    /// <exception cref="DataFileException">The first row's class is that of no other row, so that it may be a line of names.</exception>
    public IReadOnlyList<string>? All() => word is null ? null
        : !isHeading && at >= 0 && fields.Count > 2 && !fields.Skip(1).Contains(fields[0]) && fields.Skip(1).Distinct().Count() < fields.Count - 1
            ? throw new DataFileException($"{name}: the target of the first row, '{fields[0]}', is that of no other row, so that line may hold the names of columns, some of which are numbers. Give columns names that are no numbers; or, if it is a class, leave its one sample out.")
        : fields;

    private bool IsFirstRow(string where) => !isHeading && fields.Count > 0 && where == word?.Where && !double.TryParse(fields[0], NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
