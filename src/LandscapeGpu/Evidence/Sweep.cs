using LandscapeGpu.Notebooks;
using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>A family of landscapes over a setting: width, sample size, noise, a regulariser's weight.</summary>
/// <remarks>
/// Members whose formulas differ only in the numbers of their data and parameters are run by the same programs: nobody says which
/// settings these are, the formulas are compared.
/// </remarks>
[TypeFormatterSource(typeof(ResultFormatters))]
public sealed record Sweep
{
    private Sweep()
    {
    }

    /// <summary>The setting's name.</summary>
    public required string Setting { get; init; }

    /// <summary>One for each value and data set.</summary>
    public required IReadOnlyList<SweepRow> Rows { get; init; }

    /// <summary>The landscape of the first row; null where there is no row.</summary>
    public required Objective? First { get; init; }

    /// <summary>What was done for each value.</summary>
    public required SweepOptions Options { get; init; }

    /// <summary>How it was sampled.</summary>
    public required string Sampling { get; init; }

    /// <summary>The findings in words.</summary>
    public string Sentence => string.Join(" ", SweepFindings.Of(this));

    /// <summary>What was compiled.</summary>
    public string Compilations =>
        $"{Count(Rows.Sum(r => r.Compiled), "compilation")} for {Count(Rows.Count, "landscape")}: {Count(Rows.Count(r => r.Compiled == 0), "landscape")} ran on programs compiled for another.";

    /// <summary>Surveys the objective of each value.</summary>
    /// <param name="setting">The setting's name.</param>
    /// <param name="values">Its values.</param>
    /// <param name="family">The objective of a value; <see cref="Objective.With"/> changes a parameter of one objective.</param>
    /// <param name="options">What to do for each; null for the defaults.</param>
    /// <param name="progress">Told each row when it is ready.</param>
    /// <param name="cancellation">Stops before the next value.</param>
    public static Sweep Run(
        string setting, IReadOnlyList<double> values, Func<double, Objective> family, SweepOptions? options = null, Action<SweepRow>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(family);
        return Run(setting, values, (value, _) => family(value), options, progress, cancellation);
    }

    /// <summary>Surveys the objective of each value and data set.</summary>
    /// <param name="setting">The setting's name.</param>
    /// <param name="values">Its values.</param>
    /// <param name="family">The objective of a value and the number of a data set, from 1 to <see cref="SweepOptions.DataSets"/>.</param>
    /// <param name="options">What to do for each; null for the defaults.</param>
    /// <param name="progress">Told each row when it is ready.</param>
    /// <param name="cancellation">Stops before the next value.</param>
    public static Sweep Run(
        string setting, IReadOnlyList<double> values, Func<double, int, Objective> family, SweepOptions? options = null, Action<SweepRow>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(setting);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(family);
        using var cell = CellWork.Begin(cancellation);
        cancellation = cell.Token;
        options ??= new();
        if (options.DataSets < 1)
        {
            throw new ArgumentException($"A sweep was given {options.DataSets} data sets for each value; it needs at least one.");
        }

        var (rows, compiled, suprema) = (new List<SweepRow>(), new List<Objective>(), new List<Objective>());
        foreach (var (value, set) in values.SelectMany(v => Enumerable.Range(1, options.DataSets).Select(s => (v, s))).TakeWhile(_ => !cancellation.IsCancellationRequested))
        {
            var objective = Shared(family(value, set), compiled);
            var before = CompiledOnce.CountOf(objective.Compiled.Value);
            SweepRow row;
            try
            {
                var name = FormattableString.Invariant($"{setting} = {value:R}{(options.DataSets > 1 ? $", data set {set}" : "")}");
                var survey = options.Survey with { Store = options.Stores?.Invoke(rows.Count + 1, name, objective) };
                row = RowOf(objective, options with { Survey = survey }, suprema, cancellation) with { Setting = value, DataSet = set };
                row = options.Threshold is { } threshold ? row with { Threshold = ThresholdSearch.Of(threshold, at => RowOf(Shared(threshold.Family(value, set, at), compiled), SweepOptions.Plain(survey), suprema, cancellation).IsClean) } : row;
            }
            catch (OperationCanceledException)
            {
                break;
            }

            rows.Add(row with { Compiled = CompiledOnce.CountOf(objective.Compiled.Value) - before });
            progress?.Invoke(rows[^1]);
        }

        var each = options.DataSets == 1 ? "value" : $"value and {options.DataSets} data sets";
        var constants = options.Samples == 0 ? "" : $"; constants over {options.Samples} points";
        var kernels = !options.WithKernel ? "" : $"; kernels along one descent by {(options.Survey.Descent.Rule is GradientDescent { Step: not null } given ? given.ToString() : "gradient descent with step 1/β of the linearised model")}";
        return new() { Setting = setting, Rows = rows, First = compiled.FirstOrDefault(), Options = options, Sampling = $"{Count(options.Survey.Restarts, "restart")} for each {each}, rule {options.Survey.Descent.Rule}{constants}{kernels}" };
    }

    /// <summary>The exponent b of distance ∝ settingᵇ over the rows, with its standard error; null where distances are known at fewer than three values.</summary>
    public (double Slope, double Error)? DistancePower => SweepFindings.Power(this) is { } power ? (power.Slope, power.Error) : null;

    /// <summary>The rows as comma-separated values, full digits, with a heading; what is not known is left empty.</summary>
    public string Csv()
    {
        var heading = $"{Setting},global_value,reached,restarts,reached_low,reached_high,within_1e-2,within_1e-4,within_1e-6,not_converged,parameters,outputs,rank,minima,spurious,spurious_on_boundary,boundary_share,lowest_eigenvalue,pl_mu,weak_quasi_convexity,distance,rate_measured,rate_promised,data_set,compiled\n";
        return heading + string.Concat(Rows.Select(r => string.Join(',', new[]
        {
            r.Setting, r.GlobalValue, r.Reached.Count, r.Reached.Total, r.Reached.Interval.Lower, r.Reached.Interval.Upper,
            r.Within(0), r.Within(1), r.Within(2), r.NotConverged, r.Parameters, r.Interpolation?.Outputs ?? double.NaN, r.Interpolation?.Rank ?? double.NaN, r.Minima, r.Spurious, r.SpuriousOnBoundary, r.BoundaryShare, r.LowestEigenvalue, r.PolyakLojasiewicz,
            r.WeakQuasiConvexity, r.Distance, r.Rate?.Measured ?? double.NaN, r.Rate?.Predicted ?? double.NaN, r.DataSet, r.Compiled,
        }.Select(v => double.IsNaN(v) ? "" : v.ToString("R", CultureInfo.InvariantCulture))) + "\n"));
    }

    /// <summary>The objective, run by the programs of an earlier one where these serve.</summary>
    private static Objective Shared(Objective objective, List<Objective> compiled)
    {
        if (compiled.Select(objective.WithProgramsOf).FirstOrDefault(o => o is not null) is { } shared)
        {
            return shared;
        }

        compiled.Add(objective);
        return objective.WithProgramsOf(objective)!;
    }

    private static SweepRow RowOf(Objective objective, SweepOptions options, List<Objective> suprema, CancellationToken cancellation)
    {
        var survey = Survey.Run(objective, options.Survey, null, cancellation);
        var minima = survey.AllMinima.ToList();
        var interpolation = Interpolation.Of(survey);
        var known = objective.Known.GlobalValue ?? interpolation?.LeastLoss;
        var global = GlobalReference.Of(objective with { Known = objective.Known with { GlobalValue = known } }, minima);
        var row = new SweepRow
        {
            Setting = double.NaN,
            DataSet = 1,
            GlobalValue = global.Stated,
            Reached = new(minima.Where(m => global.IsReachedBy(m.Value)).Sum(m => m.Count), survey.Restarts),
            Converged = survey.Outcomes.Converged,
            Nearness = Nearness.Of(survey, Math.Min(global.Value, known ?? survey.Lowest?.Value ?? global.Value)),
            Parameters = objective.Dimension,
            Interpolation = interpolation,
            Minima = minima.Count,
            Spurious = minima.Count(m => !m.IsOnBoundary && !global.IsReachedBy(m.Value)),
            SpuriousOnBoundary = minima.Count(m => m.IsOnBoundary && !global.IsReachedBy(m.Value)),
            BoundaryShare = (double)survey.BoundaryMinima.Sum(m => m.Count) / survey.Restarts,
            LowestEigenvalue = global.Minima.Select(LowestEigenvalue).Where(l => !double.IsNaN(l)).DefaultIfEmpty(double.NaN).Min(),
            Distance = objective is { Symmetry: null, Known.Planted: { } planted } && minima.Count > 0 ? OrthonormalBasis.Distance([.. minima[0].Point], [.. planted]) : double.NaN,
            Kernel = options.WithKernel ? KernelRegime.Of(objective, survey.OpenDevice(), options.Survey) : null,
            Theory = options.WithTheory ? TheoryEvidence.Of(objective, minima, minima.Concat(survey.Stationary), suprema) : null,
            Compiled = 0,
            Warnings = survey.Warnings,
            Best = minima.FirstOrDefault(),
            Gradients = options.WithGradients ? PartGradients.Of(objective, options.Survey.Starts, options.Survey.Seed) : null,
            Score = objective.Scores is not null && (minima.FirstOrDefault()?.Point ?? survey.Lowest?.Point) is { } lowest ? objective.ScoresAt([lowest])[0] : default,
        };
        if (options.WithCost)
        {
            var target = Math.Min(global.Value, known ?? survey.Lowest?.Value ?? global.Value);
            var gap = row.Nearness?.Gap ?? Nearness.GapOf(survey, target);
            var device = survey.OpenDevice();
            double[] CostWith(SurveyOptions by) => DescentCost.Of(objective, device, by, target, gap);
            row = options.CostSteps is not { } steps
                ? row with { Steps = CostWith(options.Survey) }
                : steps.Select(step => row with { BestStep = step, Steps = CostWith(options.Survey with { Descent = options.Survey.Descent with { Rule = Rules.Named(options.Survey.Descent.Rule.Name, step) } }) })
                    // The finest level decides; of those that do not reach it, the next.
                    .OrderBy(r => r.Steps![^1]).ThenBy(r => r.Steps![^2]).ThenBy(r => r.Steps![0]).First();
        }

        return options.Samples > 0 && (global.IsKnown || minima.Count > 0) ? WithConstants(row, objective, survey, global, options) : row;
    }

    /// <summary>What rounding makes of 0, along a flat direction, is 0.</summary>
    private static double LowestEigenvalue(StationaryPoint minimum) => minimum.LowestEigenvalue is not { } lowest ? double.NaN
        : Math.Abs(lowest) <= Stationarity.ThreeQuartersOfTheDigits * Math.Abs(minimum.Eigenvalues[^1]) ? 0
        : lowest;

    private static SweepRow WithConstants(SweepRow row, Objective objective, SurveyResult survey, GlobalReference global, SweepOptions options)
    {
        var (device, radius) = (survey.OpenDevice(), options.OverBall ?? objective.Known.Radius);
        var sample = LandscapeSample.Draw(objective, global, options.Samples, options.Survey.Seed, device, radius);
        var (rate, conditions) = options.Paths > 0
            ? DescentRate.Measure(objective, global, sample, options.Paths, 2_000, options.Survey.Seed, device, radius)
            : ((DescentRate?)null, GrowthConditions.Of(objective, global, sample));
        return row with { Rate = rate, PolyakLojasiewicz = rate?.Mu ?? conditions.PolyakLojasiewicz.Value, WeakQuasiConvexity = conditions.WeakQuasiConvexity.Value, Warnings = [.. row.Warnings.Concat(Warning.Of(device)).Distinct()] };
    }
}
