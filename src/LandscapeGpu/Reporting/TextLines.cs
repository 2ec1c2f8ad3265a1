namespace LandscapeGpu.Reporting;

/// <summary>Text in lines of a given width, broken between words.</summary>
internal static class TextLines
{
    /// <summary>The text with its lines broken at spaces; a word that is longer than a line stays whole. What begins a line with spaces goes on with as many.</summary>
    public static string Wrapped(string text, int width) => string.Join('\n', text.Split('\n').Select(line => WrappedLine(line, width)));

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
