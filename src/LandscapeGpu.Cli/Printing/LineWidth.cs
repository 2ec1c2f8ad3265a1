namespace LandscapeGpu.Cli.Printing;

/// <summary>How many characters a line has.</summary>
internal static class LineWidth
{
    // Narrower than this no table can be read.
    private const int Least = 40;

    /// <summary>What COLUMNS says, else what the terminal says; null where lines have no end.</summary>
    public static int? Of(string? columns, bool isTerminal)
    {
        if (int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked > 0)
        {
            return Math.Max(Least, asked);
        }

        try
        {
            return isTerminal && Console.WindowWidth is > 0 and var width ? Math.Max(Least, width) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
