using LandscapeGpu.Pictures.Surveys;
using LandscapeGpu.Spectra;

namespace LandscapeGpu.Pictures.Spectra;

/// <summary>Eigenvalues of Hessians: of minima overlaid and as a histogram, of saddles by index, as densities, at the start and the end of a descent.</summary>
public static class SpectraFigure
{
    // More lines than this cannot be told apart, and the rest of the minima are higher ones.
    private const int MostLines = 60;

    /// <summary>The spectra of a survey's minima, overlaid, and how their eigenvalues are distributed.</summary>
    /// <param name="result">The survey.</param>
    /// <exception cref="ArgumentException">No minimum has a spectrum.</exception>
    public static Figure Of(SurveyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        // Numbered as everywhere, lowest first, whether they have a spectrum or not.
        var minima = result.AllMinima.Select((m, k) => new Minimum(m, k + 1, result.Objective)).Where(m => m.Eigenvalues.Count > 0 && m.Eigenvalues.All(double.IsFinite)).ToList();
        if (minima.Count == 0)
        {
            throw new ArgumentException($"No minimum found on {result.Objective.Name} has a spectrum to draw.");
        }

        var shown = minima.Take(MostLines).ToList();
        var digits = Digits(shown.Select(m => m.Point));
        var series = shown.SelectMany((m, k) => new Series[]
        {
            new Line(shown.Count <= Colours.Distinct ? $"{m.Number}: f = {Number(m.Point.ShownValue, digits)}" : "", m.Ranks, m.Drawn) { Ink = Colours.Of(k, shown.Count), Width = k == 0 ? 2.4 : 1.2 },
            new Points("", m.Ranks, m.Drawn)
            {
                Ink = Colours.Of(k, shown.Count),
                Size = m.Eigenvalues.Count > 60 ? 3 : 5,
                Details = m.Eigenvalues.Count * shown.Count > 2_000 ? null : [.. m.Drawn.Select((e, i) => $"minimum {m.Number} (f = {Number(m.Point.ShownValue, digits)}): eigenvalue {m.Ranks[i]} is {Number(e, 6)}")],
            },
        });
        var all = minima.SelectMany(m => m.Eigenvalues).ToList();
        var which = minima.Exists(m => m.IsPart) ? "the lowest and the highest eigenvalues" : "all eigenvalues";
        return new("spectra", Title(result, minima),
        [
            new($"spectra of {(shown.Count < minima.Count ? $"the best {shown.Count} of {minima.Count:N0}" : Count(minima.Count, "minimum", "minima"))}{(shown.Count > Colours.Distinct ? ", the lower the darker" : "")}", new("number of the eigenvalue, ascending") { IsWhole = true }, Eigenvalue(all), [.. series]) { IsFirstOnTop = true },
            Histogram($"{which} of {Count(minima.Count, "minimum", "minima")}", all),
        ])
        { RowHeight = 340 };
    }

    /// <summary>The spectra of saddles and maxima, by index.</summary>
    /// <param name="saddles">A search for stationary points.</param>
    /// <exception cref="ArgumentException">It found none with a spectrum.</exception>
    public static Figure Of(SaddleSearchResult saddles)
    {
        ArgumentNullException.ThrowIfNull(saddles);
        var points = saddles.Points.Where(p => p.HasIndex && p.Eigenvalues.Count > 0 && p.Eigenvalues.All(double.IsFinite)).ToList();
        if (points.Count == 0)
        {
            throw new ArgumentException($"No stationary point found on {saddles.Objective.Name} has a spectrum to draw.");
        }

        var indexes = points.GroupBy(p => p.Index).OrderBy(g => g.Key).ToList();
        var series = indexes.Select((g, k) => (Series)new Points(indexes.Count <= Colours.Distinct ? $"index {g.Key}: {Count(g.Count(), "point")}" : "", [.. g.SelectMany(p => p.Eigenvalues.Select(_ => (double)g.Key))], [.. g.SelectMany(p => p.Eigenvalues)])
        {
            Ink = Colours.Of(k, indexes.Count),
            Shape = Shape.Tick,
            Size = 9,
            Details = points.Count > 300 ? null : [.. g.SelectMany(p => p.Eigenvalues.Select(e => $"{Kind(p)}, f = {Number(p.ShownValue, 6)}: eigenvalue {Number(e, 5)}"))],
        }).Append(new Level("", 0, IsVertical: false) { Ink = Colours.Grey });
        var lowest = points.Where(p => p.Index > 0).Select(p => p.Eigenvalues[0]).DefaultIfEmpty(double.NaN).Max();
        var (between, maxima) = (points.Count(p => p.Index > 0 && p.Kind != StationaryKind.Maximum), points.Count(p => p.Kind == StationaryKind.Maximum));
        var found = string.Join(" and ", new[] { between > 0 ? Count(between, "saddle") : "", maxima > 0 ? Count(maxima, "maximum", "maxima") : "" }.Where(t => t.Length > 0));
        var finding = double.IsNaN(lowest) ? "no saddle was found" : $"{found}, {(between + maxima == 1 ? "" : "each ")}with an eigenvalue of {Number(lowest, 3)} or less";
        return new("saddles", $"{saddles.Objective.Name}: {finding}",
            [new("", new("index: number of negative eigenvalues") { IsWhole = true, Low = indexes[0].Key - 0.5, High = indexes[^1].Key + 0.5 }, new("eigenvalue λ of ∇²f"), [.. series])]);
    }

    /// <summary>Densities of eigenvalues, as Lanczos quadrature estimates them.</summary>
    /// <param name="densities">The densities with what each is of.</param>
    /// <param name="title">The finding; null for one in general words.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static Figure Of(IReadOnlyList<(string Name, SpectralDensity Density)> densities, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(densities);
        if (densities.Count == 0)
        {
            throw new ArgumentException("There are no densities to draw; give at least one.");
        }

        const int Places = 801;
        var masses = densities.SelectMany(d => d.Density.Masses).ToList();
        var (low, high) = (masses.Min(m => m.Eigenvalue), masses.Max(m => m.Eigenvalue));
        // A fiftieth of the range: what Lanczos quadrature resolves with the usual sixty nodes.
        var width = high > low ? (high - low) / 50 : Math.Max(Math.Abs(high), 1) / 50;
        var x = Enumerable.Range(0, Places).Select(k => low - (3 * width) + ((high - low + (6 * width)) * k / (Places - 1))).ToList();
        var curves = densities.Select(d => x.Select(v => d.Density.At(v, width)).ToList()).ToList();
        var floor = curves.SelectMany(c => c).Max() * 1e-5;
        var negative = densities[^1].Density.ShareUpTo(0);
        return new("density", title ?? $"Hessian spectra: from {Number(low, 3)} to {Number(high, 3)}; {Percent(negative.Value)} (± {Percent(negative.StandardError)}) of the eigenvalues of {densities[^1].Name} are not positive",
            [new("", new("eigenvalue λ of ∇²f"), new("density of eigenvalues") { IsLogarithmic = true, Low = floor }, [.. densities.Select((d, k) => new Line(d.Name, x, [.. curves[k].Select(c => Math.Max(c, floor))]) { Ink = Colours.Of(k, densities.Count) })])]);
    }

    /// <summary>Spectra of the Hessian at chosen points, such as the start and the end of a descent.</summary>
    /// <param name="objective">The landscape.</param>
    /// <param name="points">Points with their names.</param>
    /// <exception cref="ArgumentException">There are none, or one has another length.</exception>
    public static Figure Of(Objective objective, IReadOnlyList<(string Name, IReadOnlyList<double> Point)> points)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count == 0)
        {
            throw new ArgumentException("There are no points to draw spectra of; give at least one.");
        }

        var spectra = points.Select(p => (p.Name, Eigenvalues: Rounded(HessianSpectrum.Eigenvalues(objective, [.. p.Point])))).ToList();
        var finding = string.Join("; ", spectra.Select(s => $"{s.Name} from {Number(s.Eigenvalues[0], 3)} to {Number(s.Eigenvalues[^1], 3)}, {s.Eigenvalues.Count(e => e < 0)} negative"));
        return new("hessians", $"{objective.Name}: eigenvalues of the Hessian: {finding}",
            [new("", new("number of the eigenvalue, ascending") { IsWhole = true }, Eigenvalue([.. spectra.SelectMany(s => s.Eigenvalues)]), [.. Overlaid(spectra)])]);
    }

    internal static IEnumerable<Series> Overlaid(IReadOnlyList<(string Name, IReadOnlyList<double> Eigenvalues)> spectra) => spectra.Select((s, k) => new Points(s.Name, [.. s.Eigenvalues.Select((_, i) => i + 1.0)], s.Eigenvalues)
    {
        Ink = Colours.Of(k),
        Shape = k % 2 == 0 ? Shape.Disc : Shape.Square,
        Size = s.Eigenvalues.Count > 60 ? 4 : 8,
        Details = s.Eigenvalues.Count > 500 ? null : [.. s.Eigenvalues.Select((e, i) => $"{s.Name}: eigenvalue {i + 1} is {Number(e, 6)}")],
    });

    /// <summary>A logarithmic axis where none is below 0 and those above are far apart.</summary>
    internal static Axis Eigenvalue(IReadOnlyList<double> all, string label = "eigenvalue λ of ∇²f")
    {
        // Of the largest: polish places a point, and its eigenvalues, to about half the digits of a double.
        const double Rounding = 1e-8, Far = 50;
        var (largest, positive) = (all.Max(Math.Abs), all.Where(e => e > 0).ToList());
        return all.Min() >= 0 && positive.Count > 1 && largest > Far * positive.Min()
            ? new(label) { IsLogarithmic = true, Zero = positive.Count < all.Count ? ValueAxis.Below(positive.Min()) : null }
            : new(label) { Resolution = Rounding * largest };
    }

    /// <summary>Eigenvalues of a matrix with what rounding leaves of 0 as 0: less than its rows times a unit in the last place of the largest.</summary>
    internal static IReadOnlyList<double> Rounded(IReadOnlyList<double> eigenvalues)
    {
        var nothing = eigenvalues.Count * Math.ScaleB(1, -52) * eigenvalues.Max(Math.Abs);
        return [.. eigenvalues.Select(e => Math.Abs(e) <= nothing ? 0 : e)];
    }

    private static Panel Histogram(string title, List<double> all)
    {
        var axis = Eigenvalue(all);
        var zeros = axis.IsLogarithmic ? all.Count(e => e == 0) : 0;
        double[] at = [.. all.Where(e => !axis.IsLogarithmic || e > 0).Select(e => axis.IsLogarithmic ? Math.Log10(e) : e)];
        // As many bars as the square root of what they count, the rule of thumb for few numbers.
        var bars = Math.Clamp((int)Math.Sqrt(at.Length) + 3, 5, 60);
        var (low, high) = (at.Min(), at.Max());
        if (high - low <= axis.Resolution)
        {
            // One number, in the middle of five bars of which the others are empty.
            (bars, var half) = (5, low == 0 ? 1 : Math.Abs(low) / 4);
            (low, high) = (low - half, low + half);
        }

        var (width, heights) = ((high - low) / bars, new double[bars]);
        foreach (var e in at)
        {
            heights[Math.Clamp((int)((e - low) / width), 0, bars - 1)]++;
        }

        var more = zeros == 0 ? "" : $"; {zeros:N0} more are 0";
        return new(title + more, new(axis.IsLogarithmic ? "log₁₀ λ of ∇²f" : axis.Label), new("number of eigenvalues") { IsWhole = true, Low = 0 },
            [new Bars("", [.. Enumerable.Range(0, bars).Select(k => low + ((k + 0.5) * width))], heights, width) { Ink = Colours.Blue }]);
    }

    private static string Title(SurveyResult result, List<Minimum> minima)
    {
        var best = minima[0].Point;
        var (low, high) = (best.Eigenvalues.Skip(best.FlatDirections).DefaultIfEmpty(0).First(), best.Eigenvalues[^1]);
        var isEven = Number(low, 3) == Number(high, 3);
        var curves = $"by {Number(low, 3)}{(isEven ? "" : $" to {Number(high, 3)}")}{(best.FlatDirections > 0 ? $", and not at all in {Count(best.FlatDirections, "direction")}" : isEven ? " in every direction" : "")}";
        var sharpest = minima.Select(m => m.Eigenvalues[^1]).Max();
        return $"{result.Objective.Name}: {(minima[0].Number == 1 ? "the best minimum" : $"the best minimum with a spectrum, number {minima[0].Number},")} curves {curves}"
            + (best.FlatDirections == 0 && !isEven && double.IsFinite(best.ConditionNumber) ? $" (condition {Number(best.ConditionInUnits ?? best.ConditionNumber, 3)}{(best.ConditionInUnits is null ? "" : " in the landscape's own units")})" : "")
            + (minima.Count > 1 && sharpest > high * (1 + 1e-6) ? $"; the sharpest of {minima.Count:N0} by {Number(sharpest, 3)}" : "");
    }

    /// <summary>A minimum and what is known of its spectrum.</summary>
    private sealed record Minimum(StationaryPoint Point, int Number, Objective Objective)
    {
        /// <summary>Those that are known, the flat directions' as 0.</summary>
        public IReadOnlyList<double> Eigenvalues { get; } = Flat(Point);

        private int All => Objective.Region.DimensionIn(Objective.Dimension) - Point.AtBound.Count;

        /// <summary>Whether only the lowest and the highest are known, half of each: then they do not add up to the trace.</summary>
        public bool IsPart => Eigenvalues.Count < All && (!Point.IsOnBoundary || Math.Abs(Eigenvalues.Sum() - Point.Trace) > 1e-6 * Eigenvalues.Sum(Math.Abs));

        /// <summary>The number of each, ascending; of a part there is a gap between the lowest and the highest.</summary>
        public IReadOnlyList<double> Ranks => !IsPart ? [.. Eigenvalues.Select((_, i) => i + 1.0)]
            : [.. Eigenvalues.Take(Half).Select((_, i) => i + 1.0), double.NaN, .. Eigenvalues.Skip(Half).Select((_, i) => All - (Eigenvalues.Count - Half) + i + 1.0)];

        public IReadOnlyList<double> Drawn => !IsPart ? Eigenvalues : [.. Eigenvalues.Take(Half), double.NaN, .. Eigenvalues.Skip(Half)];

        private static IReadOnlyList<double> Flat(StationaryPoint point)
        {
            var nothing = point.FlatDirections == 0 ? double.NegativeInfinity : point.Eigenvalues.Select(Math.Abs).Order().ElementAt(Math.Min(point.FlatDirections, point.Eigenvalues.Count) - 1);
            return [.. point.Eigenvalues.Select(e => Math.Abs(e) <= nothing ? 0 : e)];
        }

        private int Half => Eigenvalues.Count / 2;
    }
}
