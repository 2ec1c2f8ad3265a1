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
        var minima = result.AllMinima.Where(m => m.Eigenvalues.Count > 0 && m.Eigenvalues.All(double.IsFinite)).ToList();
        if (minima.Count == 0)
        {
            throw new ArgumentException($"No minimum found on {result.Objective.Name} has a spectrum to draw.");
        }

        var shown = minima.Take(MostLines).ToList();
        var lines = shown.Select((m, k) => (Series)new Line(shown.Count <= Colours.Distinct ? $"minimum {k + 1}, f = {Number(m.ShownValue, 6)}" : "", Ranks(m), m.Eigenvalues)
        {
            Ink = Colours.Of(k, shown.Count),
            Width = k == 0 ? 2.4 : 1.2,
        }).Concat(shown.Select((m, k) => (Series)new Points("", Ranks(m), m.Eigenvalues)
        {
            Ink = Colours.Of(k, shown.Count),
            Size = m.Eigenvalues.Count > 60 ? 3 : 5,
            Details = m.Eigenvalues.Count * shown.Count > 2_000 ? null : [.. m.Eigenvalues.Select((e, i) => $"minimum {k + 1} (f = {Number(m.ShownValue, 6)}): eigenvalue {i + 1} is {Number(e, 6)}")],
        })).Reverse();
        var all = minima.SelectMany(m => m.Eigenvalues).ToList();
        return new("spectra", Title(result, minima),
        [
            new("spectra of the minima", new("number of the eigenvalue, ascending") { IsWhole = true }, Eigenvalue(all), [.. lines]),
            Histogram($"all eigenvalues of {Count(minima.Count, "minimum", "minima")}", all),
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
        var series = indexes.Select((g, k) => (Series)new Points($"index {g.Key}: {Count(g.Count(), "point")}", [.. g.SelectMany(p => p.Eigenvalues.Select(_ => (double)g.Key))], [.. g.SelectMany(p => p.Eigenvalues)])
        {
            Ink = Colours.Of(k, indexes.Count),
            Shape = Shape.Tick,
            Size = 9,
            Details = points.Count > 300 ? null : [.. g.SelectMany(p => p.Eigenvalues.Select(e => $"{Kind(p)}, f = {Number(p.ShownValue, 6)}: eigenvalue {Number(e, 5)}"))],
        }).Append(new Level("", 0, IsVertical: false) { Ink = Colours.Grey });
        var lowest = points.Where(p => p.Index > 0).Select(p => p.Eigenvalues[0]).DefaultIfEmpty(double.NaN).Max();
        var finding = double.IsNaN(lowest) ? "no saddle was found" : $"{Count(points.Count(p => p.Index > 0), "saddle or maximum", "saddles and maxima")}, each with an eigenvalue of {Number(lowest, 3)} or less";
        return new("saddles", $"{saddles.Objective.Name}: {finding}",
            [new("", new("index: number of negative eigenvalues") { IsWhole = true, Low = -0.5, High = indexes[^1].Key + 0.5 }, new("eigenvalue λ of ∇²f"), [.. series])]);
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

        var spectra = points.Select(p => (p.Name, Eigenvalues: HessianSpectrum.Eigenvalues(objective, [.. p.Point]))).ToList();
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

    private static List<double> Ranks(StationaryPoint p) => [.. p.Eigenvalues.Select((_, i) => i + 1.0)];

    /// <summary>A logarithmic axis where all are positive and far apart.</summary>
    internal static Axis Eigenvalue(List<double> all) => new("eigenvalue λ of ∇²f") { IsLogarithmic = all.Min() > 0 && all.Max() > 50 * all.Min() };

    private static Panel Histogram(string title, List<double> all)
    {
        var isLogarithmic = Eigenvalue(all).IsLogarithmic;
        double[] at = [.. all.Select(e => isLogarithmic ? Math.Log10(e) : e)];
        // As many bars as the square root of what they count, the rule of thumb for few numbers.
        var bars = Math.Clamp((int)Math.Sqrt(at.Length) + 3, 5, 60);
        var (low, high) = (at.Min(), at.Max());
        var width = high > low ? (high - low) / bars : Math.Max(Math.Abs(low), 1) / bars;
        var heights = new double[bars];
        foreach (var e in at)
        {
            heights[Math.Clamp((int)((e - low) / width), 0, bars - 1)]++;
        }

        return new(title, new(isLogarithmic ? "log₁₀ λ of ∇²f" : "eigenvalue λ of ∇²f"), new("number of eigenvalues") { IsWhole = true, Low = 0 },
            [new Bars("", [.. Enumerable.Range(0, bars).Select(k => low + ((k + 0.5) * width))], heights, width) { Ink = Colours.Blue }]);
    }

    private static string Title(SurveyResult result, List<StationaryPoint> minima)
    {
        var (flat, condition) = (minima.Count(m => m.FlatDirections > 0), minima[0].ConditionNumber);
        var sharp = minima.Select(m => m.Eigenvalues[^1]).ToList();
        return $"{result.Objective.Name}: the best minimum curves by {Number(minima[0].FlatDirections > 0 ? 0 : minima[0].Eigenvalues[0], 3)} to {Number(minima[0].Eigenvalues[^1], 3)}{(double.IsFinite(condition) ? $" (condition {Number(condition, 3)})" : "")}"
            + (minima.Count > 1 ? $"; the sharpest of {minima.Count} by {Number(sharp.Max(), 3)}" : "")
            + (flat > 0 ? $"; {Count(flat, "has", "have")} flat directions" : "");
    }
}
