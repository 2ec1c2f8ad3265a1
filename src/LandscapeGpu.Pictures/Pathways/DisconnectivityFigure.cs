using LandscapeGpu.Pathways;

namespace LandscapeGpu.Pictures.Pathways;

/// <summary>The disconnectivity graph: each minimum is a branch that ends at its value, and branches join at the value above which a known path connects them.</summary>
/// <remarks>O. M. Becker and M. Karplus (1997), Journal of Chemical Physics 106, 1495; joined at the saddles themselves, not at levels chosen beforehand.</remarks>
public static class DisconnectivityFigure
{
    // Branches nearer than this are a wall.
    private const int Most = 150;

    /// <summary>The graph of the lowest minima.</summary>
    /// <param name="network">Minima and the transition states between them.</param>
    /// <param name="count">How many minima; null for all where they are connected, else for those that were to be connected, as far as they can be told apart.</param>
    /// <exception cref="ArgumentException">There are no minima.</exception>
    public static Figure Of(TransitionNetwork network, int? count = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Minima.Count == 0)
        {
            throw new ArgumentException($"No minimum was found on {network.Objective.Name}; a disconnectivity graph is of minima.");
        }

        var digits = Digits(All(network), 8);
        var all = Math.Min(Most, network.Minima.Count);
        var shown = Math.Min(count ?? (network.IsConnected(all) ? all : network.Options.Lowest), all);
        var roots = network.Tree(shown).Roots;
        var leaves = roots.SelectMany(r => r.Leaves).ToList();
        var place = leaves.Select((l, k) => (l.Minimum, k)).ToDictionary(p => p.Minimum, p => (double)p.k);
        var (x, y) = (new List<double>(), new List<double>());
        // A branch that nothing joins ends above all that are joined: how far up it goes is not known.
        var values = leaves.Select(l => l.Value).Concat(roots.Select(r => r.Value)).ToList();
        var top = values.Max() + (0.08 * (values.Max() - values.Min()));
        foreach (var root in roots)
        {
            Draw(root, roots.Count > 1 ? top : root.Value);
        }

        var axis = new Axis("minimum, by its number") { Names = [.. leaves.Select(l => $"{l.Minimum + 1}")], Low = -0.6, High = leaves.Count - 0.4 };
        return new("disconnectivity", Title(network, roots, shown),
        [
            new("", axis, new("value f(x)"),
            [
                new Line("branches, joined where a known path connects them", x, y) { Ink = Colours.Blue, Width = leaves.Count > 60 ? 1 : 1.8 },
                new Points("minima", [.. leaves.Select(l => place[l.Minimum])], [.. leaves.Select(l => l.Value)])
                {
                    Ink = Colours.Vermilion,
                    Size = leaves.Count > 60 ? 4 : 7,
                    Details = [.. leaves.Select(l => $"minimum {l.Minimum + 1}, f = {Number(l.Value, digits)} at {Point(network.Minima[l.Minimum].Point)}")],
                },
            ]),
        ])
        { RowHeight = 500 };

        // The place of a branch: in the middle of its parts.
        double Draw(DisconnectivityBranch branch, double end)
        {
            double[] parts = [.. branch.Parts.Select(p => Draw(p, branch.Value))];
            var at = parts.Length == 0 ? place[branch.Minimum] : (parts.Min() + parts.Max()) / 2;
            if (parts.Length > 0)
            {
                Add(parts.Min(), branch.Value, parts.Max(), branch.Value);
            }

            Add(at, branch.Value, at, end);
            return at;
        }

        void Add(double fromX, double fromY, double toX, double toY)
        {
            x.AddRange([fromX, toX, double.NaN]);
            y.AddRange([fromY, toY, double.NaN]);
        }
    }

    private static IEnumerable<StationaryPoint> All(TransitionNetwork network) => network.Minima.Concat(network.TransitionStates.Select(t => t.Saddle));

    private static string Title(TransitionNetwork network, IReadOnlyList<DisconnectivityBranch> roots, int shown)
    {
        var which = shown < network.Minima.Count ? $"the lowest {shown} of {network.Minima.Count:N0} minima" : Count(shown, "minimum", "minima");
        var (joined, barriers) = (roots.Count == 1, network.Barriers(shown));
        var whole = shown == 1 ? "" : joined ? $", all joined below {Number(roots[0].Value, Digits(All(network)))}" : $" in {roots.Count} groups between which no path is known";
        double[] heights = [.. Enumerable.Range(1, shown - 1).Select(m => barriers[0, m] - network.Minima[0].Value).Where(double.IsFinite)];
        return $"{network.Objective.Name}: {which}{whole}{(heights.Length == 0 ? "" : $"; the lowest barrier out of the lowest minimum is {Number(heights.Min(), 4)} high")}";
    }
}
