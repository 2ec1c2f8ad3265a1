using System.Text;

namespace LandscapeGpu.Evidence;

/// <summary>The rows of a sweep as comma-separated values: a column for all that its table has, and all digits.</summary>
internal static class SweepCsv
{
    public static string Of(Sweep sweep)
    {
        var columns = Columns(sweep).ToList();
        // A formula's parameter may be called as one of the columns is; what theory calls so gives way.
        var setting = columns.Exists(c => c.Name == sweep.Setting) ? $"setting {sweep.Setting}" : sweep.Setting;
        columns.Insert(0, (setting, r => r.Setting));
        var text = new StringBuilder().AppendJoin(',', columns.Select(c => CsvFile.Quoted(c.Name))).Append('\n');
        foreach (var row in sweep.Rows)
        {
            text.AppendJoin(',', columns.Select(c => Field(c.Of(row)))).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<(string Name, Func<SweepRow, object> Of)> Columns(Sweep sweep)
    {
        List<(string Name, Func<SweepRow, object> Of)> columns =
        [
            ("global_value", r => double.IsFinite(r.GlobalValue) ? r.GlobalValue : double.NaN), ("reached", r => r.Reached.Count), ("restarts", r => r.Reached.Total), ("reached_share", r => r.Reached.Share),
            ("reached_low", r => r.Reached.Interval.Lower), ("reached_high", r => r.Reached.Interval.Upper),
            ("within_1e-2", r => r.Within(0)), ("within_1e-4", r => r.Within(1)), ("within_1e-6", r => r.Within(2)), ("not_converged", r => r.NotConverged), ("parameters", r => r.Parameters),
            ("outputs", r => r.Interpolation?.Outputs ?? double.NaN), ("rank", r => r.Interpolation?.Rank ?? double.NaN), ("minima", r => r.Minima), ("spurious", r => r.Spurious),
            ("spurious_on_boundary", r => r.SpuriousOnBoundary), ("boundary_share", r => r.BoundaryShare), ("lowest_eigenvalue", r => r.LowestEigenvalue), ("pl_mu", r => r.PolyakLojasiewicz),
            ("weak_quasi_convexity", r => r.WeakQuasiConvexity), ("distance", r => r.Distance), ("rate_measured", r => r.Rate?.Measured ?? double.NaN), ("rate_promised", r => r.Rate?.Predicted ?? double.NaN),
            ("paths", r => r.Rate?.Paths ?? double.NaN), ("paths_left", r => r.Rate?.Left ?? double.NaN), ("data_set", r => r.DataSet), ("compiled", r => r.Compiled),
        ];
        if (sweep.Options.WithCost)
        {
            columns.AddRange(Enumerable.Range(0, Nearness.Levels.Count).Select(k => ($"steps_{Level(k)}", (Func<SweepRow, object>)(r => r.Steps?[k] ?? double.NaN))));
        }

        if (sweep.Options.Threshold is { } threshold)
        {
            columns.Add(($"least_{threshold.Name}", r => r.Threshold));
            columns.Add(($"least_{threshold.Name}_is_at_most", r => r.IsThresholdAtMost ? "true" : "false"));
        }

        if (sweep.Options.WithKernel)
        {
            columns.AddRange(KernelRegime.Columns.Select(c => ($"kernel_{c.Name}", (Func<SweepRow, object>)(r => r.Kernel is { } kernel ? c.Of(kernel) : double.NaN))));
        }

        columns.AddRange(sweep.Theories.Select(name => (name == sweep.Setting ? $"theory {name}" : name, (Func<SweepRow, object>)(r => r.Theory?[name] ?? double.NaN))));
        return columns.Append(("not_done", r => string.Join(" ", r.NotDone.Prepend(r.IsCut ? "restarts" : "").Where(w => w.Length > 0).Select(w => w.Replace(' ', '_')))));
    }

    private static string Level(int k) => Nearness.Levels[k].ToString("0e-0", CultureInfo.InvariantCulture);

    private static string Field(object value) => value switch
    {
        double number => double.IsNaN(number) ? "" : number.ToString("R", CultureInfo.InvariantCulture),
        _ => CsvFile.Quoted(Convert.ToString(value, CultureInfo.InvariantCulture)!),
    };
}
