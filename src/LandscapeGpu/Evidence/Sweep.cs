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

    /// <summary>How many landscapes were asked for: fewer rows than these were stopped.</summary>
    public required int Landscapes { get; init; }

    /// <summary>Whether it was stopped before its end: landscapes have no row, or something of a row was not done.</summary>
    public bool IsStopped => Rows.Count < Landscapes || Rows.Any(r => r.NotDone.Count > 0 || r.IsCut);

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
    /// <param name="cancellation">Stops it: rows that are ready are kept, and what is not done of a row is named in it.</param>
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
    /// <param name="cancellation">Stops it: rows that are ready are kept, and what is not done of a row is named in it.</param>
    public static Sweep Run(
        string setting, IReadOnlyList<double> values, Func<double, int, Objective> family, SweepOptions? options = null, Action<SweepRow>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(setting);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(family);
        using var cell = CellWork.Begin(ref cancellation);
        options ??= new();
        if (options.DataSets < 1)
        {
            throw new ArgumentException($"A sweep was given {options.DataSets} data sets for each value; it needs at least one.");
        }

        options.Threshold?.Require(setting);
        var (rows, each, wanted) = (new List<SweepRow>(), new SweepLandscape(options, cancellation), values.Count * options.DataSets);
        foreach (var (value, set) in values.SelectMany(v => Enumerable.Range(1, options.DataSets).Select(s => (v, s))).TakeWhile(_ => !cancellation.IsCancellationRequested))
        {
            var objective = each.Shared(family(value, set));
            var before = CompiledOnce.CountOf(objective.Compiled.Value);
            try
            {
                var name = FormattableString.Invariant($"{setting} = {value:R}{(options.DataSets > 1 ? $", data set {set}" : "")}");
                var made = options.SurveyAt is { } at ? new SweepLandscape(options with { Survey = at(value) }, cancellation, each) : each;
                rows.Add(made.RowOf(objective, options.Stores?.Invoke(rows.Count + 1, name, objective), value, set) with { Compiled = CompiledOnce.CountOf(objective.Compiled.Value) - before });
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                break;
            }

            progress?.Invoke(rows[^1]);
        }

        return new() { Setting = setting, Rows = rows, Landscapes = wanted, First = each.First, Options = options, Sampling = SamplingOf(setting, rows, options) };
    }

    /// <summary>The names of the constants and measures of theory that any row has.</summary>
    internal IReadOnlyList<string> Theories => [.. Rows.Select(r => r.Theory).OfType<TheoryEvidence>().SelectMany(t => t.Constants.Select(c => c.Name).Concat(t.Measures.Select(m => m.Name))).Distinct()];

    /// <summary>The exponent b of distance ∝ settingᵇ over the rows, with its standard error; null where distances are known at fewer than three values.</summary>
    public (double Slope, double Error)? DistancePower => SweepFindings.Power(this) is { } power ? (power.Slope, power.Error) : null;

    /// <summary>The rows as comma-separated values (RFC 4180), full digits, with a heading: all that the table has. What is not known is left empty.</summary>
    public string Csv() => SweepCsv.Of(this);

    private static string SamplingOf(string setting, List<SweepRow> rows, SweepOptions options)
    {
        var made = rows.Where(r => !r.IsCut).Select(r => r.Reached.Total).DefaultIfEmpty(options.Survey.Restarts).ToList();
        var restarts = made.Min() == made.Max() ? Count(made[0], "restart") : FormattableString.Invariant($"{made.Min():N0} to {made.Max():N0} restarts");
        var each = options.DataSets == 1 ? "value" : $"value and {options.DataSets} data sets";
        var constants = options.Samples == 0 ? "" : $"; constants over {options.Samples} points";
        // Where they are a family's own, they may be others for each value.
        var starts = options.Survey.Starts is { } given ? $", starts {given.Describe()}" : "";
        return $"{restarts} for each {each}{starts}, rule {(options.SurveyAt is not null ? $"{options.Survey.Descent.Rule.Name}, its {setting} that of the row" : options.Survey.Descent.Rule is CoordinateRule { Step: null } rule && (rule.FollowsSlope || rule.StepsByLength) ? $"{rule.Name}, its step by the {(rule.FollowsSlope ? "curvatures" : "size")} of each landscape" : options.Survey.Descent.Rule)}{constants}{(!options.WithKernel ? "" : options.SurveyAt is null ? KernelRegime.Words(options.Survey.Descent) : "; kernels along one descent by gradient descent with it")}";
    }
}
