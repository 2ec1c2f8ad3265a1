using System.Text;
using LandscapeGpu.Pathways;

namespace LandscapeGpu.Reporting;

/// <summary>A graph of minima and transition states as CSV tables: numbers in full, minima and transition states numbered from 1.</summary>
public static class PathwaysCsv
{
    /// <summary>The names of the tables.</summary>
    public static IReadOnlyList<string> Names { get; } = ["minima", "transition-states", "barriers", "paths"];

    /// <summary>One of the tables.</summary>
    /// <param name="network">The graph.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is no such table.</exception>
    public static string Write(TransitionNetwork network, string name)
    {
        ArgumentNullException.ThrowIfNull(network);
        var text = new StringBuilder();
        switch (name)
        {
            case "minima":
                Line(WithCoordinates("minimum", "value"));
                foreach (var (m, k) in network.Minima.Select((m, k) => (m, k + 1)))
                {
                    Line([Whole(k), Full(m.Value), .. m.Point.Select(Full)]);
                }

                break;
            case "transition-states":
                Line(WithCoordinates("transition_state", "value", "from", "to", "length_from", "length_to", "eigenvalue"));
                foreach (var (t, k) in network.TransitionStates.Select((t, k) => (t, k + 1)))
                {
                    Line([Whole(k), Full(t.Value), Whole(t.From + 1), Whole(t.To + 1), Full(t.LengthFrom), Full(t.LengthTo), Full(t.Saddle.Eigenvalues[0]), .. t.Saddle.Point.Select(Full)]);
                }

                break;
            case "barriers":
                var barriers = network.Barriers(network.Options.Lowest);
                Line(["minimum", .. Enumerable.Range(1, barriers.Count).Select(k => Whole(k))]);
                for (var a = 0; a < barriers.Count; a++)
                {
                    Line([Whole(a + 1), .. Enumerable.Range(0, barriers.Count).Select(b => double.IsFinite(barriers[a, b]) ? Full(barriers[a, b]) : "")]);
                }

                break;
            case "paths":
                Line(WithCoordinates("transition_state", "arc", "value"));
                foreach (var (t, k) in network.TransitionStates.Select((t, k) => (t, k + 1)))
                {
                    foreach (var p in t.Path)
                    {
                        Line([Whole(k), Full(p.Arc), Full(p.Value), .. p.Point.Select(Full)]);
                    }
                }

                break;
            default:
                throw new ArgumentException($"There is no table {name} of a graph; there are {string.Join(", ", Names)}.");
        }

        return text.ToString();

        IEnumerable<string> WithCoordinates(params string[] columns) => columns.Concat(network.Objective.ColumnNamesBeside(columns).Select(CsvFile.Quoted));

        void Line(IEnumerable<string> cells) => text.AppendJoin(',', cells).Append('\n');
    }

    private static string Full(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Whole(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
