using System.Text;
using LandscapeGpu.Evidence;
using LandscapeGpu.Statistics;

namespace LandscapeGpu.Reporting;

/// <summary>A survey in words.</summary>
public static class SurveyText
{
    /// <summary>The rows of each table unless said otherwise.</summary>
    public const int DefaultRows = 20;

    // Saddles and boundary minima are asides: their tables stay short unless somebody asks for more.
    private const int RowsOfAsides = 5;

    /// <summary>The whole report as plain text: what was run, the tables, how complete the list is and what it cost.</summary>
    /// <param name="result">The survey.</param>
    /// <param name="rows">How many points each table shows; null for as many minima as are usual, and a few of the others.</param>
    public static string Report(SurveyResult result, int? rows = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        var text = new StringBuilder(Heading(result)).Append("\n\n");
        foreach (var table in Tables(result, rows))
        {
            text.Append(table).Append('\n');
        }

        return text.AppendJoin('\n', Notes(result)).Append('\n').ToString();
    }

    /// <summary>What was run, in one line.</summary>
    public static string Heading(SurveyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var objective = result.Objective;
        return $"{objective.Name}: {NumberText.Count(objective.Dimension, "coordinate", "coordinates")}, {objective.Region.Describe(objective.Dimension)}; {Classes(objective.Classes)}"
            + $"{NumberText.Count(result.Restarts, "restart", "restarts")}, {First(result.Options.First)}seed {result.Options.Seed}, starts {(result.Options.Starts ?? objective.ShownStarts).Describe()}; {result.Rule}{Extras(result.Options.Descent)}; {Devices(result)}";
    }

    // Numbers are not named twice.
    private static string Classes(IReadOnlyList<string> classes) => classes.Count == 0 || double.TryParse(classes[0], NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? ""
        : $"classes {string.Join(", ", classes.Take(MostClasses))}{(classes.Count > MostClasses ? $", … {NumberText.Of(classes.Count)} in all" : "")}; ";

    private const int MostClasses = 12;

    private static string First(long first) => first == 0 ? "" : $"from number {NumberText.Of(first)}, ";

    /// <summary>What is not usual about descent.</summary>
    private static string Extras(DescentOptions descent) =>
        (descent.Schedule == Schedule.Constant ? "" : $", schedule {descent.Schedule}")
        + (descent.Clip is { } clip ? $", gradients clipped to {NumberText.Of(clip)}" : "")
        + (descent.WeightDecay > 0 ? $", weight decay {NumberText.Of(descent.WeightDecay)}" : "")
        + (descent.Curriculum is { } curriculum ? $", {curriculum}" : "")
        + (descent.Temperature > 0 ? $", temperature {NumberText.Of(descent.Temperature)}" : "")
        + (descent.IsDouble ? ", in double precision" : "");

    /// <summary>What computed it; polish and spectra are named where something else did them.</summary>
    private static string Devices(SurveyResult result)
    {
        var elsewhere = new[] { ("polish", result.PolishedOn), ("spectra", result.SpectraOn) }.Where(s => s.Item2.Length > 0 && s.Item2 != result.Device).ToList();
        var device = result.DeviceReason is { } reason ? $"{result.Device} ({reason})" : result.Device;
        return elsewhere.Count == 0
            ? device
            : $"{device}; {string.Join(" and ", elsewhere.Select(s => s.Item1))} on {string.Join(", ", elsewhere.Select(s => s.Item2).Distinct())}";
    }

    /// <summary>That something is not in the formula's units, and how the condition of the minima differs.</summary>
    private static string InUnits(SurveyResult result, Units units)
    {
        var lengths = Enumerable.Range(0, result.Objective.Dimension).Select(units.Length).ToList();
        string[] parts =
        [
            .. units.Lengths.Length == 0 ? [] : new[] { $"distances are measured in {NumberText.Of(lengths.Min(), 3)}{(units.AreAlike ? "" : $" to {NumberText.Of(lengths.Max(), 3)}")}" },
            .. units.Value == 1 ? [] : new[] { $"changes of the value are measured in {NumberText.Of(1 / units.Value, 3)}" },
        ];
        var minimum = result.Minima.Concat(result.BoundaryMinima).FirstOrDefault(m => m.ConditionInUnits is not null);
        // Where all curvature is zero, or no number, there is none.
        var condition = minimum is null || double.IsNaN(minimum.ConditionInUnits!.Value + minimum.ConditionNumber) ? "" : $" The Hessian's condition at the first minimum is {NumberText.Of(minimum.ConditionInUnits.Value, 3)} in these units and {NumberText.Of(minimum.ConditionNumber, 3)} in the formula's.";
        return $"While exploring, {string.Join(" and ", parts)}; all that is shown is in the formula's units.{condition}";
    }

    /// <summary>The tables that have something to show.</summary>
    /// <inheritdoc cref="Report"/>
    public static IEnumerable<Table> Tables(SurveyResult result, int? rows = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        var asides = rows ?? RowsOfAsides;
        Table?[] tables =
        [
            result.Minima.Count == 0 ? null : SurveyTables.Minima(result, rows ?? DefaultRows),
            result.BoundaryMinima.Count == 0 ? null : SurveyTables.BoundaryMinima(result, asides),
            result.KinkMinima.Count == 0 ? null : SurveyTables.KinkMinima(result, asides),
            result.Stationary.Count == 0 ? null : SurveyTables.Stationary(result, asides),
            result.ModelSpectra is { } spectra ? ModelSpectraText.Table(spectra) : null,
            SurveyTables.Outcomes(result),
        ];
        return tables.OfType<Table>();
    }

    /// <summary>What the tables do not say, a line each.</summary>
    public static IEnumerable<string> Notes(SurveyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Stopped || result.Outcomes.Unfinished > 0)
        {
            yield return "Stopped early: these are the restarts that had ended by then.";
        }

        if (result.Options.Descent.Batch is { } batch)
        {
            yield return $"With batches of {batch.Size} of {result.Objective.Samples} samples, restarts run to the iteration limit; those have converged from whose endpoints "
                + "polishing on all samples led to a stationary point nearby.";
        }

        var minima = result.AllMinima.ToList();
        if (minima.Count == 0)
        {
            yield return result.Outcomes.Converged == 0
                ? NothingConverged(result)
                : result.Stationary.Count(p => p.Kind == StationaryKind.Undecided) is > 0 and var open
                    ? $"No minimum is listed, and {NumberText.Count(open, "point is", "points are")} undecided: {(open == 1 ? "it may be one" : "they may be minima")}."
                    : "No restart ended at a minimum.";
        }

        if (result.Endless > 0)
        {
            yield return $"{NumberText.Count(result.Endless, "restart runs", "restarts run")} to infinity: down a valley whose value keeps falling, however slowly, "
                + "to far beyond where descent ended.";
        }

        if (result.Unpolished > 0)
        {
            yield return $"{NumberText.Count(result.Unpolished, "restart", "restarts")} converged but could not be polished to a stationary point{(result.UnpolishedNorm > 0 ? $", ‖∇f‖ {(result.Unpolished == 1 ? "=" : "≤")} {NumberText.Of(result.UnpolishedNorm, 2)}" : "")}; {(result.Unpolished == 1 ? "it counts" : "they count")} as stalled.";
        }

        if (result.WithoutValue is var (nowhere, cause))
        {
            yield return $"The formula has no finite value at {NumberText.Point(nowhere)}, where a restart ended{(result.CountWithoutValue > 1 ? $", and at {NumberText.Of(result.CountWithoutValue - 1)} more such places" : "")}: {cause}.";
        }

        if (result.WithoutDerivative is { } rough)
        {
            yield return $"The derivative is not finite at {NumberText.Point(rough)}, where the value is and a restart ended.";
        }

        if (result is { IsLowestMissed: true, Lowest: { } lowest })
        {
            yield return $"The lowest value met is {NumberText.Of(lowest.Value, 9)} at {NumberText.Point(lowest.Point)}, where a restart {(lowest.IsEndless ? "was on its way to infinity" : EndedAs(lowest.Outcome))}: "
                + (minima.Count == 0 ? "no minimum is listed." : "no minimum listed is as low.");
        }

        if (result.Unlisted > 0)
        {
            yield return $"Only the {NumberText.Of(minima.Count + result.Stationary.Count)} lowest stationary points are told apart and listed, so that memory is bounded; each has all its restarts. "
                + $"{NumberText.Count(result.Unlisted, "restart", "restarts")} came to others, as high or higher. --most-points sets how many are listed.";
        }

        if (minima.Count > 0)
        {
            yield return Coverage(result, minima);
        }

        if (result.Options.Identity != IdentityKind.Fingerprint && result.Minima.Count is var all and >= 8 && 2 * result.Classes <= all)
        {
            yield return $"Copies: of {NumberText.Of(all)} minima many agree in value and spectrum, as images under a symmetry do; {NumberText.Count(result.Classes, "class", "classes")} of them {(result.Classes == 1 ? "is all there is" : "differ")}. "
                + "Identity by fingerprint (--identity fingerprint) counts each class once, and so does a symmetry that the objective declares.";
        }

        if (Alike(result.AllMinima) is > 0 and var alike)
        {
            yield return $"Of the flat families {NumberText.Of(alike)} have the value of another: no path along the floor was found between these, and where one is they are one family.";
        }

        if (result.Moving is { Units: { IsOne: false } units })
        {
            yield return InUnits(result, units);
        }

        yield return Margin(result);
        yield return Cost(result);
    }

    private static string NothingConverged(SurveyResult result) => "No restart converged: " + WithoutMinimum.Advice(result);

    private static string EndedAs(Outcome outcome) => outcome switch
    {
        Outcome.Converged => "came to a stationary point",
        Outcome.IterationLimit => "came to the iteration limit",
        Outcome.Stalled => "stalled",
        Outcome.LeftDomain => "left for infinity",
        _ => "ended where it is not finite",
    };

    // Minima of all kinds count, as they do for a survey that runs until a coverage.
    private static string Coverage(SurveyResult result, List<StationaryPoint> minima)
    {
        var c = result.Coverage;
        return $"Coverage: one more descent to a minimum ends at one already found with probability {(result.Unlisted > 0 ? "at least " : "")}{NumberText.Percent(c.GoodTuring)} "
            + $"(95%: {NumberText.Interval(c.GoodTuringLow, c.GoodTuringHigh)}; Good–Turing){Share(result)}. "
            + $"{NumberText.Count(minima.Count, "minimum was", "minima were")} {(result.Unlisted > 0 ? "listed" : "found")}; "
            + string.Create(CultureInfo.InvariantCulture, $"that there are at least {c.Chao1:N0} is Chao1's estimate of a lower bound (95%: {c.Chao1Low:N0} – {c.Chao1High:N0}).")
            + Unseen(result) + Known(result);
    }

    /// <summary>What share of the restarts coverage is about, where it is not about all.</summary>
    private static string Share(SurveyResult result) => result.AtMinima + result.Unlisted == result.Restarts ? ""
        : $"; {NumberText.Of(result.AtMinima)} of {NumberText.Of(result.Restarts)} restarts, {NumberText.Percent((double)result.AtMinima / result.Restarts)}, came to a minimum{(result.Unlisted > 0 ? " that is listed" : "")}, and it says nothing about the others";

    private static string Known(SurveyResult result)
    {
        // What the literature counts has curvature, or is held by the boundary.
        var found = result.AllMinima.Count(m => !m.IsFlatFamily);
        return result.Unlisted > 0 && result.Objective.Known.Count is { } all ? $" {NumberText.Of(all)} are known."
            : result.Objective.Known.Count is { } known && known > found ? $" {NumberText.Of(known)} are known: {NumberText.Of(known - found)} were not found." : "";
    }

    /// <summary>The rule of three: how small a basin may be and still be missed.</summary>
    private static string Unseen(SurveyResult result)
    {
        var descents = result.AtMinima;
        return descents < 3 ? "" : $" A minimum with a share below {NumberText.SmallPercent(3.0 / descents)} of the descents may well be missed: all {NumberText.Of(descents)} pass by one of that share with probability 5%.";
    }

    /// <summary>How many flat families have another of their value and dimension.</summary>
    private static int Alike(IEnumerable<StationaryPoint> minima)
    {
        StationaryPoint[] families = [.. minima.Where(m => m is { Kind: StationaryKind.DegenerateMinimum, IsFlatFamily: true, FlatBeyondOrbit: > 0 }).OrderBy(m => m.FlatDirections).ThenBy(m => m.Value)];
        return families.Where((m, k) => (k > 0 && AreAlike(families[k - 1], m)) || (k + 1 < families.Length && AreAlike(m, families[k + 1]))).Count();

        static bool AreAlike(StationaryPoint a, StationaryPoint b) => a.FlatDirections == b.FlatDirections && b.Value - a.Value <= Stationarity.Margin * (a.Rounding + b.Rounding);
    }

    private static string Margin(SurveyResult result) => !double.IsFinite(result.IdentityMargin)
        ? "Identity: no two points had to be told apart."
        : $"Identity: the nearest two points are {NumberText.Of(result.IdentityMargin, 3)} times the tolerance apart"
            + (result.Minima.Concat(result.Stationary).Any(p => p.Places > 1) ? "; those of one flat valley, which lie as close as restarts happen to end, among them." : ".");

    private static string Cost(SurveyResult result)
    {
        var s = result.Seconds;
        return $"{NumberText.Of(result.GradientEvaluations)} gradient evaluations in {NumberText.Seconds(s.Total)}: compile {NumberText.Seconds(s.Compile)}, "
            + $"descent {NumberText.Seconds(s.Descent)}, polish {NumberText.Seconds(s.Polish)}, identify {NumberText.Seconds(s.Identify)}, "
            + $"spectra {NumberText.Seconds(s.Spectra)}.";
    }
}
