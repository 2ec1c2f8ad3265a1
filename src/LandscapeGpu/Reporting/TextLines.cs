namespace LandscapeGpu.Reporting;

/// <summary>Text in lines of a given width, broken between words.</summary>
internal static class TextLines
{
    /// <summary>The text with its lines broken at spaces; a word that is longer than a line stays whole. What begins a line with spaces goes on with as many.</summary>
    public static string Wrapped(string text, int width) => string.Join('\n', text.Split('\n').Select(line => WrappedLine(line, width)));

    /// <summary>The text if it has room; else what of it stands before a colon or a semicolon, if none does before a comma, or its first words and an ellipsis.</summary>
    public static string Shortened(string text, int width)
    {
        if (text.Length <= width)
        {
            return text;
        }

        // What stands behind a comma may take back what stands before it: one minimum, or none.
        var first = text.IndexOfAny([':', ';']) is > 0 and var end ? text[..end] : text;
        return first.Length <= width ? first
            : first.LastIndexOf(", ", width, StringComparison.Ordinal) is > 0 and var comma ? first[..comma]
            : $"{Wrapped(first, Math.Max(0, width - 2)).Split('\n')[0]} …";
    }

    /// <summary>The length of the longest word.</summary>
    public static int LongestWord(string text) => text.Split(' ', '\n').Max(w => w.Length);

    private static string WrappedLine(string line, int width)
    {
        if (line.Length <= width)
        {
            return line;
        }

        var indent = line[..(line.Length - line.TrimStart().Length)];
        var (lines, current) = (new List<string>(), indent);
        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (current.Length > indent.Length && current.Length + 1 + word.Length > width)
            {
                lines.Add(current);
                current = indent;
            }

            current += current.Length > indent.Length ? " " + word : word;
        }

        lines.Add(current);
        return string.Join('\n', lines);
    }
}
