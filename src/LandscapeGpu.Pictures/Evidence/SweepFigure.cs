namespace LandscapeGpu.Pictures.Evidence;

/// <summary>A family of landscapes over its setting: how often the global value is reached, spurious minima, and how far from what was planted.</summary>
public static class SweepFigure
{
    /// <summary>The curves of a sweep that have something to show.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <exception cref="ArgumentException">It has no rows.</exception>
    public static Figure Of(Sweep sweep)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        if (sweep.Rows.Count == 0)
        {
            throw new ArgumentException($"The sweep over {sweep.Setting} has no rows to draw.");
        }

        var panels = new List<Panel> { Reached(sweep), Minima(sweep) };
        if (sweep.Rows.Any(r => double.IsFinite(r.LowestEigenvalue)))
        {
            panels.Add(Eigenvalue(sweep));
        }

        if (sweep.Rows.Count(r => r.Distance > 0 && r.Setting > 0) > 1)
        {
            panels.Add(Distance(sweep));
        }

        return new("sweep", $"Over {sweep.Setting}: {Typeset(sweep.Sentence)}", panels) { Columns = 2, RowHeight = 300, Width = 1000 };
    }

    private static Panel Reached(Sweep sweep)
    {
        // Data sets of one value are one sample of restarts: the interval is of their share together.
        var values = sweep.Rows.GroupBy(r => r.Setting).OrderBy(g => g.Key)
            .Select(g => (Setting: g.Key, Share: new LandscapeGpu.Statistics.Proportion(g.Sum(r => r.Reached.Count), Math.Max(1, g.Sum(r => r.Reached.Total))))).ToList();
        double[] x = [.. values.Select(v => v.Setting)];
        var series = new List<Series>
        {
            new Line("", x, [.. values.Select(v => v.Share.Share)]) { Ink = Colours.Blue },
            new Points("share of restarts, 95% interval", x, [.. values.Select(v => v.Share.Share)])
            {
                Ink = Colours.Blue,
                Low = [.. values.Select(v => v.Share.Interval.Lower)],
                High = [.. values.Select(v => v.Share.Interval.Upper)],
                Details = [.. values.Select(v => $"{sweep.Setting} = {Wording.Number(v.Setting)}: {v.Share.Count:N0} of {v.Share.Total:N0} restarts")],
            },
        };
        if (sweep.Rows.Any(r => r.DataSet > 1))
        {
            series.Add(new Points("single data sets", [.. sweep.Rows.Select(r => r.Setting)], [.. sweep.Rows.Select(r => r.Reached.Share)]) { Ink = Colours.Grey, Shape = Shape.Ring, Size = 6 });
        }

        return new("global value reached", new(sweep.Setting), new("share of restarts") { Low = -0.03, High = 1.03 }, series);
    }

    private static Panel Minima(Sweep sweep) => new("minima", new(sweep.Setting), new("number of minima") { IsWhole = true, Low = 0 },
    [
        Of(sweep, "all", r => r.Minima) with { Ink = Colours.Blue },
        Of(sweep, "spurious", r => r.Spurious) with { Ink = Colours.Vermilion, Shape = Shape.Cross },
    ]);

    private static Panel Eigenvalue(Sweep sweep) =>
        new("curvature at the global minimum", new(sweep.Setting), new("lowest eigenvalue λ of ∇²f"), [Of(sweep, "", r => r.LowestEigenvalue) with { Ink = Colours.Green }]);

    private static Panel Distance(Sweep sweep)
    {
        var rows = sweep.Rows.Where(r => r.Distance > 0 && r.Setting > 0).ToList();
        var series = new List<Series> { new Points("distance", [.. rows.Select(r => r.Setting)], [.. rows.Select(r => r.Distance)]) { Ink = Colours.Blue } };
        if (sweep.DistancePower is { } power)
        {
            // The least-squares line goes through the mean of the logarithms.
            var (mx, my) = (rows.Average(r => Math.Log(r.Setting)), rows.Average(r => Math.Log(r.Distance)));
            double[] ends = [rows.Min(r => r.Setting), rows.Max(r => r.Setting)];
            series.Add(new Line($"slope {Wording.Number(power.Slope, 3)} ± {Wording.Number(power.Error, 1)}", ends, [.. ends.Select(e => Math.Exp(my + (power.Slope * (Math.Log(e) - mx))))]) { IsDashed = true, Ink = Colours.Vermilion });
        }

        return new("distance to what was planted", new(sweep.Setting) { IsLogarithmic = true }, new("‖x − x°‖") { IsLogarithmic = true }, series);
    }

    private static Points Of(Sweep sweep, string name, Func<SweepRow, double> of) => new(name, [.. sweep.Rows.Select(r => r.Setting)], [.. sweep.Rows.Select(of)])
    {
        Details = [.. sweep.Rows.Select(r => $"{sweep.Setting} = {Wording.Number(r.Setting)}, data set {r.DataSet}: {Wording.Number(of(r), 6)}")],
    };
}
