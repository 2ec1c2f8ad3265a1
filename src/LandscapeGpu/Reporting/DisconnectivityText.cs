using System.Text;
using LandscapeGpu.Pathways;

namespace LandscapeGpu.Reporting;

/// <summary>A disconnectivity tree as text: a line for each minimum, f from left to right.</summary>
public static class DisconnectivityText
{
    /// <summary>How many columns a tree has unless said otherwise.</summary>
    public const int DefaultWidth = 80;

    /// <summary>The tree; groups that no path joins stand one below the other.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="width">The most columns, numbers and values among them; 40 or more.</param>
    public static string Of(DisconnectivityTree tree, int width = DefaultWidth)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var leaves = tree.Roots.SelectMany(r => r.Leaves).ToList();
        var low = leaves.Min(l => l.Value);
        var high = Math.Max(tree.Roots.Max(r => r.Value), leaves.Max(l => l.Value));
        // What is a rounding of the values that it stands among is 0.
        var nothing = Stationarity.SumOfRoundings * Math.Max(Math.Abs(low), Math.Abs(high));
        var digits = high - low > nothing ? TellingDigits.Beside(7, 6, Math.Max(Math.Abs(low), Math.Abs(high)), high - low) : 7;
        string Text(double value) => NumberText.Of(Math.Abs(value) <= nothing ? 0 : value, digits);
        var labels = leaves.Select(l => $"{l.Minimum + 1}  {Text(l.Value)}").ToList();
        var margin = labels.Max(l => l.Length) + 2;
        var columns = width - margin;
        var drawing = leaves.Select(_ => Enumerable.Repeat(' ', columns).ToArray()).ToArray();
        var row = leaves.Select((l, k) => (l.Minimum, k)).ToDictionary(p => p.Minimum, p => p.k);
        foreach (var root in tree.Roots)
        {
            Draw(root, root.Parts.Count == 0 ? Column(root.Value) : Math.Min(columns - 1, Column(root.Value) + 1));
        }

        var text = new StringBuilder();
        for (var k = 0; k < leaves.Count; k++)
        {
            text.Append((labels[k].PadLeft(margin - 2) + "  " + new string(drawing[k])).TrimEnd()).Append('\n');
        }

        var (left, right) = (Text(low), Text(high));
        return text.Append(' ', margin).Append(left).Append(' ', Math.Max(1, columns - left.Length - right.Length)).Append(right).Append('\n').ToString();

        int Column(double value) => high > low ? (int)Math.Round((value - low) / (high - low) * (columns - 1)) : 0;

        void Draw(DisconnectivityBranch branch, int end)
        {
            var at = Column(branch.Value);
            var line = drawing[row[branch.Minimum]];
            for (var c = at; c < end; c++)
            {
                line[c] = '─';
            }

            if (branch.Parts.Count == 0)
            {
                return;
            }

            foreach (var part in branch.Parts)
            {
                Draw(part, at);
            }

            var (first, last) = (row[branch.Minimum], row[branch.Parts[^1].Minimum]);
            for (var r = first; r <= last; r++)
            {
                drawing[r][at] = (r == first, r == last, drawing[r][at]) switch
                {
                    (true, _, _) => at < end ? '┬' : '┐',
                    (_, true, '│' or '┬' or '┐') => '┤',
                    (_, true, _) => '┘',
                    (_, _, ' ' or '│') => '│',
                    _ => '┤',
                };
            }
        }
    }
}
