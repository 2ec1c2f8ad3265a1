using System.Globalization;
using LandscapeGpu.Minima;
using LandscapeGpu.Objectives;
using LandscapeGpu.Surveys;
using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>What a landscape is like for one value of a setting.</summary>
/// <param name="Setting">The value.</param>
/// <param name="GlobalValue">f* there: known, or the lowest found.</param>
/// <param name="Reached">Restarts that ended at f*, of those made.</param>
/// <param name="Minima">How many distinct minima were found.</param>
/// <param name="Spurious">How many of them are above f*.</param>
/// <param name="LowestEigenvalue">The smallest Hessian eigenvalue at a global minimum; NaN if none was found.</param>
/// <param name="PolyakLojasiewicz">μ of ½‖∇f‖² ≥ μ(f − f*) over the points looked at; NaN where there is none to compare with.</param>
/// <param name="Best">The best minimum found; null if none was.</param>
public sealed record SweepRow(
    double Setting, double GlobalValue, Proportion Reached, int Minima, int Spurious, double LowestEigenvalue, double PolyakLojasiewicz, StationaryPoint? Best);

/// <summary>What a sweep does for each value of its setting.</summary>
public sealed record SweepOptions
{
    public SurveyOptions Survey { get; init; } = new() { Restarts = 1_000, Precision = Precision.Double };

    /// <summary>How many points μ is taken over; 0 leaves it out.</summary>
    public int Samples { get; init; } = 700;
}

/// <summary>A family of landscapes over a setting: width, sample size, noise, a regulariser's weight.</summary>
public sealed record Sweep
{
    private Sweep()
    {
    }

    /// <summary>The setting's name.</summary>
    public required string Setting { get; init; }

    public required IReadOnlyList<SweepRow> Rows { get; init; }

    /// <summary>How it was sampled.</summary>
    public required string Sampling { get; init; }

    /// <summary>The finding in words.</summary>
    public string Sentence
    {
        get
        {
            var clean = Rows.Where(r => r.Spurious == 0 && r.Minima > 0).Select(r => Number(r.Setting)).ToList();
            return clean.Count == Rows.Count ? $"No spurious minimum found at any {Setting}."
                : clean.Count == 0 ? $"Spurious minima at every {Setting}."
                : $"No spurious minimum found at {Setting} = {string.Join(", ", clean)}; spurious ones, or none at all found, at the others.";
        }
    }

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
        ArgumentException.ThrowIfNullOrWhiteSpace(setting);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(family);
        options ??= new();
        var rows = new List<SweepRow>();
        foreach (var value in values.TakeWhile(_ => !cancellation.IsCancellationRequested))
        {
            rows.Add(RowOf(value, family(value), options, cancellation));
            progress?.Invoke(rows[^1]);
        }

        return new() { Setting = setting, Rows = rows, Sampling = $"{Count(options.Survey.Restarts, "restart")} at each of {Count(rows.Count, "value")}, rule {options.Survey.Rule}; μ over {options.Samples} points" };
    }

    /// <summary>The rows as comma-separated values, full digits, with a heading.</summary>
    public string Csv()
    {
        var heading = $"{Setting},global_value,reached,restarts,reached_low,reached_high,minima,spurious,lowest_eigenvalue,pl_mu\n";
        return heading + string.Concat(Rows.Select(r => string.Join(',', new[]
        {
            r.Setting, r.GlobalValue, r.Reached.Count, r.Reached.Total, r.Reached.Interval.Lower, r.Reached.Interval.Upper, r.Minima, r.Spurious, r.LowestEigenvalue, r.PolyakLojasiewicz,
        }.Select(v => v.ToString("R", CultureInfo.InvariantCulture))) + "\n"));
    }

    private static SweepRow RowOf(double setting, Objective objective, SweepOptions options, CancellationToken cancellation)
    {
        var survey = Survey.Run(objective, options.Survey, null, cancellation);
        var minima = survey.Minima.Concat(survey.BoundaryMinima).OrderBy(m => m.Value).ToList();
        var global = GlobalReference.Of(objective, minima);
        var reached = minima.Where(m => global.IsReachedBy(m.Value)).Sum(m => m.Count);
        var mu = options.Samples > 0 && (global.IsKnown || minima.Count > 0)
            ? GrowthConditions.Of(objective, global, LandscapeSample.Draw(objective, global, options.Samples, options.Survey.Seed)).PolyakLojasiewicz.Value
            : double.NaN;
        return new(
            setting, global.Value, new(reached, survey.Restarts), minima.Count, minima.Count(m => !global.IsReachedBy(m.Value)),
            global.Minima.Select(m => m.Eigenvalues.Count > 0 ? m.Eigenvalues[0] : double.NaN).DefaultIfEmpty(double.NaN).Min(), mu, minima.FirstOrDefault());
    }
}
