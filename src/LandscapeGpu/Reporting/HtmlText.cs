using System.Net;
using System.Text;

namespace LandscapeGpu.Reporting;

/// <summary>Tables and sentences as HTML, for pages and notebooks.</summary>
public static class HtmlText
{
    /// <summary>A table, with its title as caption; columns of numbers are flush right.</summary>
    /// <param name="table">The table.</param>
    public static string Of(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var text = new StringBuilder("<table>\n");
        text.Append(CultureInfo.InvariantCulture, $"<caption>{Escape(table.Title.TrimEnd(':'))}</caption>\n<thead><tr>");
        foreach (var column in table.Columns)
        {
            text.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\"{Number(column)}>{Escape(column.Heading)}</th>");
        }

        text.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            text.Append("<tr>");
            for (var k = 0; k < row.Count; k++)
            {
                text.Append(CultureInfo.InvariantCulture, $"<td{Number(table.Columns[k])}>{Escape(row[k])}</td>");
            }

            text.Append("</tr>\n");
        }

        text.Append("</tbody>\n</table>\n");
        return table.Note.Length == 0 ? text.ToString() : text.Append(CultureInfo.InvariantCulture, $"<p>{Escape(table.Note)}</p>\n").ToString();
    }

    /// <summary>A text with what HTML would take for itself escaped.</summary>
    /// <param name="text">The text.</param>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static string Number(Column column) => column.IsNumber ? " style=\"text-align:right\"" : " style=\"text-align:left\"";
}
