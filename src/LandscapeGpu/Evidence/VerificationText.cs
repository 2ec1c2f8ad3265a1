using System.Text;
using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>What a verification found, in sentences.</summary>
internal static class VerificationText
{
    /// <summary>A sentence a line, below what they are about and how that was sampled.</summary>
    public static string Of(Verification found)
    {
        var text = new StringBuilder();
        foreach (var (subject, sampling, sentences) in Findings(found))
        {
            text.Append(subject).Append(" [").Append(sampling).Append("]\n");
            foreach (var sentence in sentences)
            {
                text.Append("  ").Append(sentence).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>All that was found, in the order it is told.</summary>
    public static IReadOnlyList<Finding> Findings(Verification found)
    {
        var (findings, objective) = (new List<Finding>(), found.Objective);
        string[] seen =
        [
            found.LocalVersusGlobal.Sentence,
            .. found.Survey.UnboundedAt is { } beside ? [$"None of them is global: {PoleSearch.Words(falls: true, beside)}."] : Array.Empty<string>(),
            .. found.Nearness is { } near ? [near.Sentence] : Array.Empty<string>(),
            .. found.Separation is null && found.Interpolation?.SentenceOf(objective.Dimension) is { } fitted ? [fitted] : Array.Empty<string>(),
        ];
        Say("local versus global", found.LocalVersusGlobal.Sampling, seen);
        if (found.Separation is { } apart)
        {
            Say("separability", apart.Sampling, [.. apart.Sentences]);
        }

        if (objective.Region.HasOwnCoordinates)
        {
            Say(
                "coordinates",
                objective.Region.Describe(objective.Dimension),
                "What moves is y, of which each coordinate of x is the square: x = y∘y, and each simplex of x a sphere of y. All that follows is of y: gradients, eigenvalues, distances, constants.",
                "Minima are the same in both. A point on a face, stationary within it, from which f falls inwards is a saddle, or a maximum, in y and not stationary in x.");
        }

        if (found.Saddles is { } saddles)
        {
            var how = $"Newton and Levenberg–Marquardt on ∇f from {Count(saddles.Starts, "start")}{(saddles.Climbs > 0 ? $", eigenvectors followed uphill from minima on {Count(saddles.Climbs, "walk")}" : "")}";
            Say("stationary points", how, [.. Stationary(saddles, objective, found.Radius), found.Euler!.Sentence]);
        }

        if (found.Directions is { } directions)
        {
            Say("ways down", $"of {Count(directions.Count, "saddle or maximum", "saddles and maxima")}, the eigenvector of the lowest eigenvalue", [.. directions.Count == 0 ? ["No strict saddle was found to look at."] : EscapeDirection.Sentences(directions)]);
        }

        if (found.StrictSaddle is { } strict)
        {
            Say("strict saddle", strict.Sampling, [strict.Sentence, .. strict.ErrorBound is { } bound ? [bound.Sentence] : Array.Empty<string>()]);
        }

        if (found.Conditions is { } conditions)
        {
            Say("growth conditions", conditions.Sampling, [.. conditions.Sentences]);
        }

        if (found.Rate is { } rate)
        {
            Say("rate", rate.Sampling, rate.Sentence);
        }

        if (found.TangentKernel is { } kernel)
        {
            Say("tangent kernel", kernel.Sampling, kernel.Sentence);
        }

        if (found.InducedModel is { } induced)
        {
            Say("induced model", induced.Sampling, [.. induced.Sentences]);
        }

        if (found.Ensemble is { } ensemble)
        {
            Say("ensemble", $"{Count(ensemble.Members, "local minimum", "local minima")}, each once", ensemble.Sentence);
        }

        if (found.Theory is { } theory)
        {
            Say("theory", theory.Source, [.. theory.Sentences]);
        }

        if (found.Survey.ModelSpectra is { } spectra)
        {
            Say("spectra of the model", ModelSpectraFindings.Sampling(spectra), [.. ModelSpectraFindings.Of(spectra)]);
        }

        if (found.ModelNote is { } note)
        {
            Say("model", FormattableString.Invariant($"{objective.Model!.Count:N0} outputs"), note);
        }

        if (found.StoppedEarly.Count > 0)
        {
            Say("stopped early", "stopped, or out of a part's budget of time", $"{string.Join(", ", found.StoppedEarly)}: what was found by then is above, and less than would be.");
        }

        if (found.NotDone.Count > 0)
        {
            Say("not done", "stopped before", $"{string.Join(", ", found.NotDone)}.");
        }

        return findings;

        void Say(string subject, string sampling, params string[] sentences) => findings.Add(new(subject, sampling, sentences));
    }

    private static IEnumerable<string> Stationary(SaddleSearchResult saddles, Objective objective, double? radius)
    {
        // Beyond the domain that constants are taken over nothing is claimed of any.
        var inside = saddles.Points.ToLookup(p => LandscapeSample.IsIn(objective, radius, p.Place.ToArray()));
        var (within, beyond) = (inside[true].ToList(), inside[false].ToList());
        yield return within.Count == 0 ? "No stationary point found inside." : $"{Count(within.Count, "stationary point")}: {string.Join(", ", Kinds(within))}.";
        if (beyond.Count > 0)
        {
            yield return $"{Count(beyond.Count, "further point")} where the gradient is zero to rounding {(beyond.Count == 1 ? "lies" : "lie")} beyond ‖x‖ ≤ {Number(radius!.Value)}, of which constants are told, the nearest at ‖x‖ = {Number(beyond.Min(p => Inner.Norm([.. p.Place])))}.";
        }

        if (saddles.Points.Count > 0)
        {
            yield return $"A further start that comes to {(beyond.Count == 0 ? "a stationary point" : "a point of either kind")} finds one already listed with probability {Percent(saddles.Coverage.GoodTuring)} (Good–Turing); by Chao's lower bound there are at least {Number(Math.Ceiling(saddles.Coverage.Chao1))}.";
        }
    }

    private static IEnumerable<string> Kinds(List<StationaryPoint> points) =>
        points.Where(p => p.HasIndex).GroupBy(p => p.Index).OrderBy(g => g.Key).Select(g => $"{g.Count()} of index {g.Key}")
            .Concat(points.Where(p => !p.HasIndex).GroupBy(p => p.Kind).OrderBy(g => g.Key).Select(g => g.Key switch
            {
                StationaryKind.DegenerateSaddle => Count(g.Count(), "degenerate saddle"),
                StationaryKind.Singular => $"{g.Count()} without a finite Hessian",
                _ => $"{g.Count()} that cannot be told",
            }));
}
