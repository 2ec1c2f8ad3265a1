namespace LandscapeGpu.Objectives.Datasets;

/// <summary>What data look like that a user may not have meant.</summary>
internal static class DataDoubts
{
    // Fewer rows, or a first row of fewer numbers, count up by chance.
    private const int Fewest = 4;

    /// <summary>A column that counts the rows, as a table's index does when it is saved with it, or a first row that counts the columns, as names do that are numbers; null of other data.</summary>
    public static string? Of(Samples samples)
    {
        var (rows, width) = (samples.Count, samples.Dimension);
        if (rows >= Fewest && Enumerable.Range(0, width).FirstOrDefault(j => Counts(rows, s => samples.Inputs[s, j]), -1) is >= 0 and var counter)
        {
            return $"Column {counter + 1} of the inputs counts the rows: if it is an index, leave it out (--inputs, or Inputs in a program).";
        }

        return samples.ClassNames is null && width + 1 >= Fewest && Counts(width + 1, j => j < width ? samples.Inputs[0, j] : samples.Targets[0])
            ? "The first row of the data counts the columns: if these are their names, leave it out, or give names that are no numbers."
            : null;
    }

    private static bool Counts(int count, Func<int, double> number) =>
        number(0) is 0 or 1 && Enumerable.Range(1, count - 1).All(k => number(k) == number(0) + k);
}
