using LandscapeGpu.Statistics;
using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>Whether the local minima that restarts ended at are global: "all or most local minima are approximately global minima", (1.1) of Ma (2021).</summary>
public sealed record LocalVersusGlobal
{
    private LocalVersusGlobal()
    {
    }

    /// <summary>The value that counts as the global one, and why.</summary>
    public required GlobalReference Global { get; init; }

    /// <summary>How many distinct local minima were found, those on the boundary of a box among them.</summary>
    public required int Distinct { get; init; }

    /// <summary>The highest value of a local minimum found; NaN if none was.</summary>
    public required double Highest { get; init; }

    /// <summary>Highest minus lowest value of the minima found.</summary>
    public required double Spread { get; init; }

    /// <summary>The minima above f*, best first.</summary>
    public required IReadOnlyList<StationaryPoint> Spurious { get; init; }

    /// <summary>Restarts that ended at a stationary point.</summary>
    public required long Converged { get; init; }

    /// <summary>Restarts that did not: what they would have found is not known.</summary>
    public required long Undecided { get; init; }

    /// <summary>
    /// The share of restarts, at 95%, above which the basin of a spurious minimum named beforehand would have been met (the rule
    /// of three); null where one was met.
    /// </summary>
    public required double? LargestUnseenShare { get; init; }

    /// <summary>Restarts that came to points that are not listed, which are as high as those listed or higher: of these nothing is said.</summary>
    public long Unlisted { get; private init; }

    /// <summary>Whether the survey was stopped before all that restarts came to was looked at.</summary>
    private bool IsCut { get; init; }

    /// <summary>How it was sampled.</summary>
    public string Sampling => $"{Count(Converged, "restart")} that converged, {Count(Undecided, "restart")} that did not{(Unlisted > 0 ? $"; {Unlisted:N0} came to points that are not listed and that nothing is said of" : "")}";

    /// <summary>The finding in words.</summary>
    public string Sentence
    {
        get
        {
            if (Distinct == 0)
            {
                return $"No restart {(IsCut ? "was seen to end at a local minimum before the survey was stopped" : "ended at a local minimum")}; nothing can be said about them.";
            }

            var missed = Global.Minima.Count == 0 ? $" None of them reached {Global.Origin}, {Global.Text}." : "";
            var walls = Spurious.Where(s => s.IsOnBoundary).ToList();
            if (walls.Count > 0 && walls.Count == Spurious.Count && Distinct > walls.Count)
            {
                return $"No spurious minimum found inside the region: {Count(Distinct - walls.Count, "minimum has", "minima have")} the value {Global.Text}, {Global.Origin}. {OnBoundary(walls)}";
            }

            if (walls.Count > 0 && walls.Count < Spurious.Count)
            {
                var inside = Spurious.Where(s => !s.IsOnBoundary).ToList();
                return $"{Count(inside.Count, "spurious minimum", "spurious minima")} of {Distinct} found inside the region, {Values(inside[0].Value, inside[^1].Value)}, above {Global.Origin}, {Global.Text}; they took {Percent(inside.Sum(s => s.Share))} of the restarts. {OnBoundary(walls)}{missed}";
            }

            return LargestUnseenShare is { } share
                ? $"No spurious minimum found: {(Distinct == 1 ? "the only minimum has" : $"all {Count(Distinct, "minimum", "minima")} have")} the value {Global.Text}, {Global.Origin}; a spurious one whose basin takes more than {Percent(share)} of such restarts would have been met (95%)."
                : $"{Count(Spurious.Count, "spurious minimum", "spurious minima")} of {Distinct} found, {Values(Spurious[0].Value, Highest)}, above {Global.Origin}, {Global.Text}; they took {Percent(Spurious.Sum(s => s.Share))} of the restarts.{missed}";
        }
    }

    /// <summary>Between which values, or which one.</summary>
    private string Values(double least, double most) => Number(least, Global.Digits) is var low && Number(most, Global.Digits) is var high && low == high ? $"of value {low}" : $"from {low} to {high}";

    private string OnBoundary(List<StationaryPoint> walls) =>
        $"On its boundary, where minima are the region's and need not be the function's, {(walls.Count == 1 ? "there is one" : $"there are {walls.Count}")} above that, {Values(walls[0].Value, walls[^1].Value)}, with {Percent(walls.Sum(s => s.Share))} of the restarts.";

    /// <summary>What a survey says about it.</summary>
    public static LocalVersusGlobal Of(SurveyResult survey)
    {
        ArgumentNullException.ThrowIfNull(survey);
        return Of(survey, GlobalReference.Of(survey));
    }

    internal static LocalVersusGlobal Of(SurveyResult survey, GlobalReference global)
    {
        // Restarts also end at saddles that are flat to second order; they are no minima where there is a way down.
        using var ray = new DescendingRay(survey.Objective);
        var minima = survey.Minima.Concat(survey.BoundaryMinima).Concat(survey.KinkMinima)
            .Where(m => m.Kind != StationaryKind.DegenerateMinimum || global.IsReachedBy(m.Value) || !ray.LeadsFrom(m.Place))
            .OrderBy(m => m.Value).ToList();
        var spurious = minima.Where(m => !global.IsReachedBy(m.Value)).ToList();
        var converged = survey.Outcomes.Converged;
        return new()
        {
            Global = global,
            Distinct = minima.Count,
            Highest = minima.Count == 0 ? double.NaN : minima[^1].Value,
            Spread = minima.Count == 0 ? double.NaN : minima[^1].Value - minima[0].Value,
            Spurious = spurious,
            Converged = converged,
            Undecided = survey.Restarts - converged,
            Unlisted = survey.Unlisted,
            IsCut = survey.Stopped,
            LargestUnseenShare = spurious.Count == 0 && minima.Count > 0 ? Proportion.LargestUnseen(Math.Max(1, survey.AtMinima)) : null,
        };
    }
}
