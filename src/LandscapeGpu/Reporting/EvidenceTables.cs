using LandscapeGpu.Evidence;
using LandscapeGpu.Statistics;
using static LandscapeGpu.Reporting.NumberText;

namespace LandscapeGpu.Reporting;

/// <summary>Comparisons, sweeps and bounds as tables.</summary>
public static class EvidenceTables
{
    /// <summary>How each way to descend fared, in the order they were given.</summary>
    public static Table Of(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        // Test losses, where samples are held out, with what implicit regularisation is told by.
        var isTested = comparison.Results.Any(r => !double.IsNaN(r.MedianTestLoss));
        var isFound = comparison.Global.IsFound;
        return new(
            isFound ? $"Reaching {comparison.Global.Text}, {comparison.Global.Origin}:" : "How restarts ended; no minimum was found:",
            [
                new("rule", IsNumber: false, Wraps: true), .. isFound ? [new("reached"), new("95% interval", GivesWay: 4)] : Array.Empty<Column>(), new("converged", GivesWay: 1), new("diverged", GivesWay: 1), new("stuck", GivesWay: 1),
                .. isFound ? [new("steps (median)", GivesWay: 3), new("gradients per success", GivesWay: 2), new("λ max of minima", GivesWay: 6)] : Array.Empty<Column>(), new("where stopped", GivesWay: 8), new("2/η", GivesWay: 8), .. isFound ? [new("trace", GivesWay: 7)] : Array.Empty<Column>(), new("plateaus", GivesWay: 5),
                .. isTested ? [new("test loss"), new("norm", GivesWay: 9), new("moved", GivesWay: 9)] : Array.Empty<Column>(),
            ],
            [
                .. comparison.Results.Select(r => (IReadOnlyList<string>)
                [
                    r.Contender.ToString(), .. isFound ? [Percent(r.Reached.Share), IntervalOf(r.Reached)] : Array.Empty<string>(), Share(r.Outcomes.Converged), Share(r.Diverged), Share(r.Stuck),
                    .. isFound ? [Number(r.MedianSteps), Number(r.GradientsPerSuccess), Number(r.MedianSharpness)] : Array.Empty<string>(), Number(r.StoppedSharpness), Number(r.EdgeOfStability),
                    .. isFound ? [Number(r.MedianTrace)] : Array.Empty<string>(), r.Plateaus is { } p ? Percent(p.Share) : "",
                    .. isTested ? [Number(r.MedianTestLoss), Number(r.MedianNorm), Number(r.MedianTravelled)] : Array.Empty<string>(),
                ]),
            ]);

        string Share(long count) => Percent((double)count / comparison.Options.Restarts);
    }

    /// <summary>How many samples a comparison's contenders tell right, at what cost: the middle of the scores where restarts stopped; none where there is no right and wrong.</summary>
    public static IReadOnlyList<Table> Scores(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        if (comparison.Objective.Scores is not ({ TrainAccuracy: not null } or { TestAccuracy: not null }))
        {
            return [];
        }

        return [new(
            "Where restarts stopped (medians):",
            [new("rule", IsNumber: false, Wraps: true), new("descent"), new("train loss"), new("train acc.", GivesWay: 2), new("test acc.", GivesWay: 1)],
            [
                .. comparison.Results.Select(r => (IReadOnlyList<string>)
                [
                    r.Contender.ToString(), Seconds(r.Seconds), Middle(r, s => s.TrainLoss, v => NumberText.Of(v, 4)),
                    Middle(r, s => s.TrainAccuracy, Percent), Middle(r, s => s.TestAccuracy, Percent),
                ]),
            ])];

        static string Middle(ContenderResult result, Func<Score, double?> of, Func<double, string> text) => result.MedianOf(of) is var middle && double.IsNaN(middle) ? "" : text(middle);
    }

    /// <summary>A family of landscapes, one row for each value of its setting.</summary>
    public static Table Of(Sweep sweep)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        var hasFlat = sweep.Rows.Any(r => r.IsOnFlatFamily);
        var columns = new List<(Column Column, Func<SweepRow, string> Cell)>
        {
            (new(sweep.Setting), r => NumberText.Of(r.Setting, 10)),
            (new("global value"), r => double.IsFinite(r.GlobalValue) ? NumberText.Of(r.GlobalValue) : ""),
            (new("reached"), r => Percent(r.Reached.Share)),
            (new("95% interval", GivesWay: 4), r => IntervalOf(r.Reached)),
            (new("within 1e-2", GivesWay: 1), r => Share(r.Within(0))),
            (new("1e-4", GivesWay: 3), r => Share(r.Within(1))),
            (new("1e-6", GivesWay: 3), r => Share(r.Within(2))),
            (new("not at rest", GivesWay: 2), r => Percent((double)r.NotConverged / r.Reached.Total)),
            (new("d", GivesWay: 9), r => hasFlat ? NumberText.Of(r.Parameters) : ""),
            (new("outputs", GivesWay: 10), r => hasFlat && r.Interpolation is { } i ? NumberText.Of(i.Outputs) : ""),
            (new("rank J", GivesWay: 9), r => hasFlat && r.Interpolation?.Rank is { } rank ? NumberText.Of(rank) : ""),
            (new("minima"), r => NumberText.Of(r.Minima)),
            (new("spurious"), r => NumberText.Of(r.Spurious)),
            (new("on boundary", GivesWay: 2), r => sweep.Rows.All(o => o.BoundaryShare == 0) ? "" : NumberText.Of(r.SpuriousOnBoundary)),
            (new("ended there", GivesWay: 2), r => sweep.Rows.All(o => o.BoundaryShare == 0) ? "" : Percent(r.BoundaryShare)),
            (new("lowest eigenvalue", GivesWay: 5), r => Number(r.LowestEigenvalue)),
            (new("PL μ", GivesWay: 3), r => Number(r.PolyakLojasiewicz)),
            (new("τ", GivesWay: 6), r => Number(r.WeakQuasiConvexity)),
            (new("rate", GivesWay: 2), r => Number(r.Rate?.Measured ?? double.NaN)),
            (new("1 − μ/β", GivesWay: 2), r => Number(r.Rate?.Predicted ?? double.NaN)),
            (new("paths left", GivesWay: 2), r => r.Rate is { Left: { } left } rate ? Percent((double)left / rate.Paths) : ""),
            (new("distance", GivesWay: 7), r => Number(r.Distance)),
            (new("compiled", GivesWay: 8), r => NumberText.Of(r.Compiled)),
        };
        if (sweep.Rows.Any(r => r.Steps is not null))
        {
            columns.InsertRange(columns.Count - 1, Nearness.Levels.Select((e, k) => (new Column($"steps to {Number(e)}", GivesWay: 2), (Func<SweepRow, string>)(r => r.Steps is { } steps ? Number(steps[k]) : ""))));
        }

        if (sweep.Rows.Any(r => r.BestStep is not null))
        {
            columns.Insert(columns.Count - 1, (new("step", GivesWay: 2), r => r.BestStep is { } step ? NumberText.Of(step) : ""));
        }

        if (sweep.Rows.Any(r => r.Gradients is not null))
        {
            columns.InsertRange(columns.Count - 1,
            [
                (new("∇ of first part", GivesWay: 1), r => Number(r.Gradients?.Parts[0].Median ?? double.NaN)),
                (new("of last", GivesWay: 1), r => Number(r.Gradients?.Parts[^1].Median ?? double.NaN)),
                (new("first/last"), r => Number(r.Gradients?.FirstOverLast ?? double.NaN)),
            ]);
        }

        if (sweep.Rows.All(r => r.Kernel is null))
        {
            columns.InsertRange(columns.Count - 1,
            [
                (new("test loss", GivesWay: 1), r => Number(r.TestLoss)),
                (new("test acc.", GivesWay: 1), r => r.Score.TestAccuracy is { } right ? Percent(right) : ""),
            ]);
        }

        if (sweep.Options.Threshold is { } threshold)
        {
            columns.Insert(columns.Count - 1, (new($"least {threshold.Name}"), r => (r.IsThresholdAtMost ? "≤ " : "") + Number(r.Threshold)));
        }

        if (sweep.Rows.Any(r => r.Kernel is not null))
        {
            columns.InsertRange(columns.Count - 1, KernelColumns());
        }

        if (sweep.Rows.Any(r => r.DataSet > 1))
        {
            columns.Insert(1, (new("data set"), r => NumberText.Of(r.DataSet)));
        }

        // What was not asked for, or cannot be had of this family, has no column.
        columns.RemoveAll(c => sweep.Rows.Count > 0 && sweep.Rows.All(r => c.Cell(r).Length == 0));
        return new($"Over {sweep.Setting}:", [.. columns.Select(c => c.Column)], [.. sweep.Rows.Select(r => (IReadOnlyList<string>)[.. columns.Select(c => c.Cell(r))])]);
    }

    /// <summary>What theory about the family speaks of, of each landscape; none where that was not asked for.</summary>
    internal static IReadOnlyList<Table> Theory(Sweep sweep)
    {
        var theories = sweep.Theories;
        if (theories.Count == 0)
        {
            return [];
        }

        var hasSets = sweep.Rows.Any(r => r.DataSet > 1);
        return [new(
            $"Theory over {sweep.Setting} ({sweep.Rows.First(r => r.Theory is not null).Theory!.Source}):",
            [new(sweep.Setting), .. hasSets ? new[] { new Column("data set") } : [], .. theories.Select((name, k) => new Column(name, GivesWay: 1 + k))],
            [.. sweep.Rows.Select(r => (IReadOnlyList<string>)[NumberText.Of(r.Setting, 10), .. hasSets ? [NumberText.Of(r.DataSet)] : Array.Empty<string>(), .. theories.Select(name => Number(r.Theory?[name] ?? double.NaN))])])];
    }

    private static IEnumerable<(Column Column, Func<SweepRow, string> Cell)> KernelColumns()
    {
        (Column Column, Func<SweepRow, string> Cell) Of(string name, int givesWay, Func<KernelRegime, double> of) => (new(name, GivesWay: givesWay), r => r.Kernel is { } k ? Number(of(k)) : "");
        return
        [
            Of("moved", 1, k => k.Moved), (new("kernel change"), r => r.Kernel is { } k ? Percent(k.KernelChange) : ""), Of("‖f − g‖", 2, k => k.LinearError), Of("λmin(K)/n", 3, k => k.LeastEigenvalue),
            Of("PL*", 3, k => k.PolyakLojasiewicz), Of("loss", 4, k => k.Loss), Of("test loss", 2, k => k.TestLoss), Of("kernel's", 2, k => k.KernelTestLoss), Of("bound by distance", 5, k => k.DistanceBound),
        ];
    }

    /// <summary>For each α the curve β(γ); none where no point that was looked at has a slope.</summary>
    public static IReadOnlyList<Table> Strictness(StrictSaddle? strictSaddle) => strictSaddle is { Bounds.Count: > 0 } ? [Of(strictSaddle)] : [];

    /// <summary>For each α the curve β(γ).</summary>
    public static Table Of(StrictSaddle strictSaddle)
    {
        ArgumentNullException.ThrowIfNull(strictSaddle);
        return new(
            "Strict saddle: for each α the best β with ‖∇f‖ ≥ α, or λ_min ≤ −β, or a minimum within γ; 0 where it fails:",
            [new("α"), .. strictSaddle.Gammas.Select((g, k) => new Column($"γ = {NumberText.Of(g, 3)}", GivesWay: k)), new("least γ with β > 0", GivesWay: 6), new("points with ‖∇f‖ < α", GivesWay: 5)],
            [.. strictSaddle.Bounds.Select(b => (IReadOnlyList<string>)[Number(b.Alpha), .. b.Betas.Select(Number), Number(b.Gamma), NumberText.Of(b.Decided)])]);
    }

    private static string Share(double share) => double.IsNaN(share) ? "" : Percent(share);

    private static string Number(double value) => double.IsNaN(value) ? "" : double.IsInfinity(value) ? "∞" : NumberText.Of(value, 4);

    private static string IntervalOf(Proportion share) => Interval(share.Interval.Lower, share.Interval.Upper);
}
