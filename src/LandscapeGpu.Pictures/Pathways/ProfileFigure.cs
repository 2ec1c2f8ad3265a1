using LandscapeGpu.Pathways;

namespace LandscapeGpu.Pictures.Pathways;

/// <summary>The value along the lowest known way from one minimum to another: paths of steepest descent from each transition state on it, one after the other.</summary>
public static class ProfileFigure
{
    /// <summary>The profile of the way between two minima.</summary>
    /// <param name="network">Minima and the transition states between them.</param>
    /// <param name="from">A minimum, by its number in <see cref="TransitionNetwork.Minima"/>; 0 is the lowest.</param>
    /// <param name="to">Another.</param>
    /// <exception cref="ArgumentException">There are no such minima, they are one, or no way between them is known.</exception>
    public static Figure Of(TransitionNetwork network, int from = 0, int to = 1)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (from == to || Math.Min(from, to) < 0 || Math.Max(from, to) >= network.Minima.Count)
        {
            throw new ArgumentException($"A way was asked for from minimum {from + 1} to minimum {to + 1} of {network.Objective.Name}, which has {network.Minima.Count}; give two of them.");
        }

        var way = LowestWay.Between(network, from, to);
        if (way.Count == 0)
        {
            throw new ArgumentException($"No way is known from minimum {from + 1} to minimum {to + 1} of {network.Objective.Name}.");
        }

        var (arc, value, minima, states) = (new List<double>(), new List<double>(), new List<(double Arc, int Minimum)> { (0, from) }, new List<(double Arc, TransitionState State)>());
        var (begin, at) = (0.0, from);
        foreach (var (state, next) in way)
        {
            // Paths are kept from their first minimum; a way may go along them backwards.
            var forward = state.From == at;
            var points = (forward ? state.Path : state.Path.Reverse()).Select(p => (Arc: forward ? p.Arc : -p.Arc, p.Value)).ToList();
            var start = points[0].Arc;
            arc.AddRange(points.Select(p => begin + p.Arc - start));
            value.AddRange(points.Select(p => p.Value));
            states.Add((begin - start, state));
            begin += points[^1].Arc - start;
            minima.Add((begin, next));
            at = next;
        }

        var digits = Digits(way.Select(w => w.State.Saddle).Append(network.Minima[from]));
        var (top, low) = (way.Max(w => w.State.Value), network.Minima[from].Value);
        return new("profile", $"{network.Objective.Name}: the lowest known way from minimum {from + 1} to minimum {to + 1} rises by {Number(top - low, 5)}, to {Number(top, digits)}, over {Count(way.Count, "transition state")}",
        [
            new("", new("length of the way s"), new("value f(x(s))"),
            [
                new Line("f along the way", arc, value) { Ink = Colours.Blue },
                new Level($"highest point, f = {Number(top, digits)}", top, IsVertical: false) { Ink = Colours.Grey },
                new Points("minima", [.. minima.Select(m => m.Arc)], [.. minima.Select(m => network.Minima[m.Minimum].Value)])
                {
                    Ink = Colours.Vermilion,
                    Labels = [.. minima.Select(m => $"{m.Minimum + 1}")],
                    Details = [.. minima.Select(m => $"minimum {m.Minimum + 1}, f = {Number(network.Minima[m.Minimum].Value, 8)}")],
                },
                new Points("transition states", [.. states.Select(s => s.Arc)], [.. states.Select(s => s.State.Value)])
                {
                    Shape = Shape.Cross,
                    Details = [.. states.Select(s => $"transition state, f = {Number(s.State.Value, 8)}, lowest eigenvalue {Number(s.State.Saddle.Eigenvalues.Count > 0 ? s.State.Saddle.Eigenvalues[0] : double.NaN)}")],
                },
            ]),
        ]);
    }
}
