using System.Text;

namespace LandscapeGpu.RunFiles.Exports;

/// <summary>The fields of a CSV text (RFC 4180), line by line.</summary>
internal static class CsvFields
{
    public static List<string[]> Of(string text)
    {
        var (lines, line, field, isQuoted) = (new List<string[]>(), new List<string>(), new StringBuilder(), false);
        for (var k = 0; k < text.Length; k++)
        {
            switch (text[k])
            {
                case '"' when isQuoted && k + 1 < text.Length && text[k + 1] == '"': field.Append(text[k++]); break;
                case '"': isQuoted = !isQuoted; break;
                case ',' when !isQuoted: EndField(); break;
                case '\n' when !isQuoted:
                    EndField();
                    lines.Add([.. line]);
                    line.Clear();
                    break;
                default: field.Append(text[k]); break;
            }
        }

        return lines;

        void EndField()
        {
            line.Add(field.ToString());
            field.Clear();
        }
    }
}
