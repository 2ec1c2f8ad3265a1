using LandscapeGpu.Pathways;

namespace LandscapeGpu.Reporting;

/// <summary>A graph of minima and transition states in words and tables.</summary>
public static class PathwaysText
{
    // A matrix wider than the terminal is not read; the JSON has all of it.
    private const int WidestMatrix = 8;

    /// <summary>What was run, in one line.</summary>
    public static string Heading(TransitionNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var objective = network.Objective;
        return $"{objective.Name}: {NumberText.Count(objective.Dimension, "coordinate", "coordinates")}, {objective.Region.Describe(objective.Dimension)}; {network.Exploration}; "
            + $"{NumberText.Count(network.Climbs, "walk", "walks")} uphill, {NumberText.Count(network.Bands, "band", "bands")}";
    }

    /// <summary>Minima, transition states, and the barriers between the lowest minima.</summary>
    /// <param name="network">The graph.</param>
    /// <param name="rows">The most rows of a table.</param>
    public static IEnumerable<Table> Tables(TransitionNetwork network, int rows = SurveyText.DefaultRows)
    {
        ArgumentNullException.ThrowIfNull(network);
        yield return MinimaTable(network, rows);
        if (network.TransitionStates.Count > 0)
        {
            yield return StatesTable(network, rows);
        }

        if (network.Minima.Count > 1)
        {
            yield return BarriersTable(network, Math.Min(network.Minima.Count, WidestMatrix));
        }
    }

    /// <summary>The whole report as plain text.</summary>
    /// <param name="network">The graph.</param>
    /// <param name="rows">The most rows of a table, and of the tree.</param>
    public static string Report(TransitionNetwork network, int rows = SurveyText.DefaultRows)
    {
        ArgumentNullException.ThrowIfNull(network);
        return $"{Heading(network)}\n\n{string.Join('\n', Tables(network, rows).Select(t => t.ToString()))}\n{Tree(network, rows)}\n{string.Join('\n', Notes(network))}\n";
    }

    /// <summary>The disconnectivity tree of the lowest minima.</summary>
    /// <param name="network">The graph.</param>
    /// <param name="rows">How many minima.</param>
    /// <param name="width">The most columns.</param>
    public static string Tree(TransitionNetwork network, int rows, int width = DisconnectivityText.DefaultWidth)
    {
        ArgumentNullException.ThrowIfNull(network);
        return $"Disconnectivity tree ({(network.Minima.Count > rows ? $"the lowest {rows} of {NumberText.Of(network.Minima.Count)} minima" : NumberText.Count(network.Minima.Count, "minimum", "minima"))}):\n{DisconnectivityText.Of(network.Tree(rows), width)}";
    }

    /// <summary>How complete it is, and what was left alone.</summary>
    public static IEnumerable<string> Notes(TransitionNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var states = network.TransitionStates;
        var lowest = Math.Min(network.Options.Lowest, network.Minima.Count);
        var barriers = network.Barriers(lowest);
        if (network.AreEndsOfDescents)
        {
            yield return "Too few descents came to a minimum: what is listed are the lowest places where descents stopped, on which f may keep falling slowly. No walks went uphill from them.";
        }
        else
        {
            yield return network.Minima.Count == 1
                ? $"There is one minimum, so that no barrier is to be named; {(states.Count == 0 ? "no way out of it over a transition state was found" : "transition states join its images, or lead out of reach")}."
                : barriers.Components == 1
                    ? lowest == 1 ? "One minimum was to be connected: --lowest 2 asks for a way to another." : $"The lowest {lowest} minima are connected."
                    : $"The lowest {lowest} minima fall into {barriers.Components} groups between which no transition state was found: more walks (--climbs), more bands (--bands), or there is none.";
            if (BoundByBands(network, lowest, barriers) is { } bound)
            {
                yield return bound;
            }

            yield return $"{NumberText.Count(states.Count, "transition state", "transition states")}, {NumberText.Of(states.Count(t => t.IsDegenerateRearrangement))} of them between images of one minimum; "
                + (states.Count == 0 ? "no walk came to one." : $"a further walk that comes to one finds one already listed with probability {NumberText.Percent(network.Coverage.GoodTuring)} (Good–Turing); by Chao's lower bound there are at least {NumberText.Of((long)Math.Ceiling(network.Coverage.Chao1))}.");
            if (network.NotSetOutFrom > 0)
            {
                var others = states.Count == 0 || network.Climbs == 0 ? "" : ", and the probability is that of walks from the others";
                yield return $"No walk set out from {NumberText.Of(network.NotSetOutFrom)} of {NumberText.Count(network.Minima.Count, "minimum", "minima")}: ways through {(network.NotSetOutFrom == 1 ? "it" : "them")} may be lower, so that barriers are upper bounds and funnels may be fewer{others}. More walks (--climbs) set out from all.";
            }

            if (states.Any(t => t.IsJoined))
            {
                yield return "A barrier is the lowest that is known: a lower saddle that was not found would lower it.";
            }

            var funnels = Funnel.Of(network);
            if (network.Minima.Count > 1)
            {
                yield return $"{NumberText.Count(funnels.Count, "funnel", "funnels")} (monotonic sequence basins): {string.Join(", ", funnels.Take(6).Select(f => $"{NumberText.Of(f.Minima.Count)} to minimum {f.Bottom + 1}"))}{(funnels.Count > 6 ? ", …" : "")}.";
            }
        }

        if (network.Stopped)
        {
            yield return "The search was stopped before it was done: transition states whose sides were still followed downhill join nothing yet.";
        }

        if (network.ModeConnectivity is { } modes)
        {
            yield return modes.Sentence;
        }

        foreach (var why in states.Where(t => !t.IsJoined).SelectMany(t => t.Unjoined.Split("; ")).GroupBy(w => w))
        {
            yield return $"{NumberText.Count(why.Count(), "transition state joins", "transition states join")} no two minima, since {why.Key}.";
        }

        if (states.Count(t => t.Saddle.FlatBeyondOrbit > 0) is > 0 and var flat)
        {
            yield return $"{NumberText.Count(flat, "transition state has", "transition states have")} directions without curvature that no symmetry explains: where a continuum of saddles lies along them, the paths are those of one.";
        }

        if (network.Minima.Count(m => m.IsFlatFamily) is > 0 and var valleys)
        {
            yield return $"{NumberText.Count(valleys, "minimum is", "minima are")} one of a continuum that no symmetry explains, which is listed once.";
        }

        if (network.HigherSaddles > 0)
        {
            yield return $"{NumberText.Count(network.HigherSaddles, "stationary point", "stationary points")} of higher index, or degenerate, left alone.";
        }

        if (network.NotCrossed > 0)
        {
            yield return $"{NumberText.Count(network.NotCrossed, "place on a face, stationary within it, is no transition state", "places on faces, stationary within them, are no transition states")}: f falls inwards there and nothing is crossed.";
        }

        if (network.Outside > 0)
        {
            yield return $"{NumberText.Count(network.Outside, "walk", "walks")} uphill came to a stationary point outside the region, or where the formula stands for another.";
        }

        if (states.Count(t => t.Saddle.IsOnBoundary) is > 0 and var onBoundary)
        {
            yield return $"{NumberText.Count(onBoundary, "transition state lies", "transition states lie")} on the boundary: stationary within a face, of index 1 there, with no way down inwards.";
        }

        if (network.BandsWithoutMaximum > 0)
        {
            yield return $"{NumberText.Count(network.BandsWithoutMaximum, "band", "bands")} had no maximum between the ends, or broke.";
        }

        foreach (var note in network.Notes)
        {
            yield return note;
        }

        yield return $"{NumberText.Of(network.GradientEvaluations)} gradient evaluations in {NumberText.Seconds(network.Seconds)}, those of the exploration not counted; a Hessian counts as {network.Objective.Dimension}.";
    }

    /// <summary>Rate constants at a temperature, largest first.</summary>
    /// <param name="network">The graph.</param>
    /// <param name="temperature">T, in the units of f.</param>
    /// <param name="rows">The most rows.</param>
    public static Table Rates(TransitionNetwork network, double temperature, int rows)
    {
        var rates = RateConstant.Of(network, temperature).OrderByDescending(r => r.Constant ?? double.NegativeInfinity).ToList();
        return new(
            $"Rate constants at T = {NumberText.Of(temperature)} (in the units of f, k_B = 1), harmonic transition-state theory, in √(f/m)/x for masses m = 1{(rates.Count > rows ? $" (the largest {rows} of {rates.Count})" : "")}:",
            [new("from"), new("to"), new("over"), new("rate")],
            [.. rates.Take(rows).Select(r => (IReadOnlyList<string>)[$"{r.From + 1}", $"{r.To + 1}", $"{r.TransitionState + 1}", r.Constant is { } k ? NumberText.Of(k, 5) : "not known"])]);
    }

    private static Table MinimaTable(TransitionNetwork network, int rows)
    {
        var degree = new int[network.Minima.Count];
        var way = Enumerable.Repeat(double.PositiveInfinity, network.Minima.Count).ToArray();
        foreach (var edge in network.TransitionStates)
        {
            foreach (var m in new[] { edge.From, edge.To }.OfType<int>().Distinct())
            {
                degree[m]++;
                way[m] = edge.IsJoined && !edge.IsDegenerateRearrangement ? Math.Min(way[m], edge.Value - network.Minima[m].Value) : way[m];
            }
        }

        return new(
            Title(network.AreEndsOfDescents ? "Ends of descents" : "Minima", network.Minima.Count, rows),
            [new("#"), new("value"), new("saddles around"), new("lowest barrier to another"), new(SurveyTables.Place(network.Objective.Names), false, GivesWay: 1, GoesBelow: true)],
            [.. network.Minima.Take(rows).Select((m, k) => (IReadOnlyList<string>)[
                $"{k + 1}", Value(network, m.Value), $"{degree[k]}", double.IsInfinity(way[k]) ? "–" : NumberText.Of(way[k]), NumberText.Point(m.Point)])]);
    }

    private static Table StatesTable(TransitionNetwork network, int rows) => new(
        Title("Transition states", network.TransitionStates.Count, rows),
        [new("#"), new("value"), new("joins", false), new("barriers"), new("path", GivesWay: 1), new("eigenvalue", GivesWay: 2)],
        [.. network.TransitionStates.Take(rows).Select((t, k) => (IReadOnlyList<string>)[
            $"{k + 1}", Value(network, t.Value), $"{Name(t.From)} – {Name(t.To)}", $"{Height(network, t, t.From)} / {Height(network, t, t.To)}", NumberText.Of(t.LengthFrom + t.LengthTo, 4), NumberText.Of(t.Saddle.Eigenvalues[0], 5)])]);

    private static Table BarriersTable(TransitionNetwork network, int count)
    {
        var barriers = network.Barriers(count);
        return new(
            $"Lowest barriers, as values of f{(count < network.Minima.Count ? $" (the lowest {count} minima)" : "")}:",
            [new("#"), .. Enumerable.Range(1, count).Select(k => new Column($"{k}", GivesWay: k))],
            [.. Enumerable.Range(0, count).Select(a => (IReadOnlyList<string>)[$"{a + 1}", .. Enumerable.Range(0, count).Select(b => double.IsInfinity(barriers[a, b]) ? "none" : Value(network, barriers[a, b], 5))])]);
    }

    /// <summary>What bands say of minima that no transition state joins; null where that is nothing.</summary>
    private static string? BoundByBands(TransitionNetwork network, int lowest, BarrierMatrix barriers)
    {
        var bounds = BarrierMatrix.Of(network, lowest, withBands: true);
        var pairs = Enumerable.Range(0, lowest).SelectMany(a => Enumerable.Range(a + 1, lowest - a - 1).Select(b => (A: a, B: b)))
            .Where(p => double.IsInfinity(barriers[p.A, p.B]) && !double.IsInfinity(bounds[p.A, p.B])).ToList();
        if (pairs.Count == 0)
        {
            return null;
        }

        var (a, b) = pairs[0];
        return $"Without a transition state that was found, {NumberText.Count(pairs.Count, "pair of these minima is", "pairs of these minima are")} joined by paths that bands drew, which bound the barrier from above: between {a + 1} and {b + 1} f stays at or below {Value(network, bounds[a, b])}.";
    }

    /// <summary>What is a rounding of the values that it stands among is 0; where all have the same leading digits more are shown, that they can be told apart.</summary>
    private static string Value(TransitionNetwork network, double value, int digits = 7)
    {
        StationaryPoint[] all = [.. network.Minima, .. network.TransitionStates.Select(t => t.Saddle)];
        return NumberText.Of(
            all.Any(p => Math.Abs(value) <= Math.Max(Stationarity.SumOfRoundings * Math.Abs(p.Value), p.Rounding)) ? 0 : value,
            TellingDigits.Beside(digits, digits - 1, all));
    }

    private static string Height(TransitionNetwork network, TransitionState state, int? minimum) => minimum is { } m ? NumberText.Of(state.Value - network.Minima[m].Value, 5) : "–";

    private static string Title(string what, int count, int rows) => count > rows ? $"{what} (the lowest {rows} of {NumberText.Of(count)}):" : $"{what}:";

    private static string Name(int? minimum) => minimum is { } m ? $"{m + 1}" : "?";
}
