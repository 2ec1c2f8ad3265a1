namespace LandscapeGpu.Objectives.Datasets;

/// <summary>What a family of objectives can be made from besides settings.</summary>
public enum DataForm
{
    /// <summary>No data, or data that are always generated.</summary>
    None,

    /// <summary>Inputs and a target for each: <see cref="Datasets.Samples"/>.</summary>
    Samples,

    /// <summary>Rows of numbers: <see cref="DataRows"/>.</summary>
    Rows,

    /// <summary>Some entries of a symmetric matrix: <see cref="MatrixEntries"/>.</summary>
    Entries,
}

/// <summary>The user's own data.</summary>
public abstract class Dataset
{
    private protected Dataset()
    {
    }

    /// <summary>What kind of data these are.</summary>
    public abstract DataForm Form { get; }

    private protected static void RequireFinite(string what, IEnumerable<double> values)
    {
        if (values.Any(v => !double.IsFinite(v)))
        {
            throw new ArgumentException($"{what} were given numbers that are not finite; drop or fill such rows first.");
        }
    }
}
