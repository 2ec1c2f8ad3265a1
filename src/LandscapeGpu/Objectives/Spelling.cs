namespace LandscapeGpu.Objectives;

/// <summary>Finds the name that was meant.</summary>
internal static class Spelling
{
    /// <summary>The candidate nearest to a word, if it is near enough to have been meant; null where none is, and where nothing of the word would stay.</summary>
    public static string? Meant(string word, IEnumerable<string> candidates)
    {
        var nearest = candidates.MinBy(c => Distance(c, word));
        return nearest is not null && Distance(nearest, word) is var distance && distance <= Math.Max(1, word.Length / 3) && distance < word.Length ? nearest : null;
    }

    /// <summary>Damerau and Levenshtein's distance: how many letters to change, add, drop or exchange with the next; a changed case is a tenth of a letter.</summary>
    private static double Distance(string a, string b)
    {
        var (before, last, row) = (new double[b.Length + 1], new double[b.Length + 1], Enumerable.Range(0, b.Length + 1).Select(j => (double)j).ToArray());
        for (var i = 1; i <= a.Length; i++)
        {
            (before, last, row) = (last, row, before);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + Change(a[i - 1], b[j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }
        }

        return row[^1];
    }

    private static double Change(char a, char b) => a == b ? 0 : char.ToUpperInvariant(a) == char.ToUpperInvariant(b) ? 0.1 : 1;
}
