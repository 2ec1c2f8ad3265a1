using LandscapeGpu.Pathways;
using LandscapeGpu.Reporting;

namespace LandscapeGpu.Pictures.Reports;

/// <summary>A part of a report.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Sentences">What it says, a paragraph each.</param>
public sealed record ReportSection(string Title, IReadOnlyList<string> Sentences)
{
    /// <summary>Parts of its own below the sentences, each with a heading: of these the sentences are shown.</summary>
    public IReadOnlyList<ReportSection> Parts { get; init; } = [];

    /// <summary>Its tables, below the sentences.</summary>
    public IReadOnlyList<Table> Tables { get; init; } = [];

    /// <summary>Its pictures, below the tables.</summary>
    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>A text that is shown as it is, such as a command; empty for none.</summary>
    public string Code { get; init; } = "";
}

/// <summary>A result as a page: the finding first, then numbers, pictures, evidence, warnings, and how to repeat it.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Finding">The finding in a sentence.</param>
/// <param name="Sections">Its parts.</param>
public sealed record Report(string Title, string Finding, IReadOnlyList<ReportSection> Sections)
{
    private const string EvidenceTitle = "Evidence";

    // More rows make a page that nobody reads to the end; the JSON has all.
    private const int Rows = 200;

    /// <summary>A report of a survey.</summary>
    /// <param name="result">The survey.</param>
    /// <param name="verification">What theory says about the landscape; null for a report without it.</param>
    /// <param name="origin">What it was asked with; null where a program asked.</param>
    public static Report Of(SurveyResult result, Verification? verification = null, RunOrigin? origin = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        var figures = result.Figures();
        ReportSection?[] sections =
        [
            new("Numbers", []) { Tables = [Numbers(result)] },
            new("Pictures", []) { Figures = figures },
            new("What was found", []) { Tables = [.. SurveyText.Tables(result, Rows)] },
            new("How far it can be trusted", [.. SurveyText.Notes(result)]),
            Evidence(verification),
            result.Warnings.Count == 0 ? null : new("Warnings", [.. result.Warnings.Select(w => w.Message)]),
            Repeat(origin, SurveyText.Heading(result), [$"Seed {result.Options.Seed}: the same seed gives the same restarts on every device.", $"Computed on {result.Device}."]),
        ];
        return new(result.Objective.Name, figures.Count == 0 ? SurveyText.Heading(result) : figures[0].Title, [.. sections.OfType<ReportSection>()]);
    }

    /// <summary>A report of what theory says about a landscape, and of the survey that it rests on.</summary>
    /// <param name="verification">The findings.</param>
    /// <param name="origin">What it was asked with; null where a program asked.</param>
    public static Report Of(Verification verification, RunOrigin? origin = null)
    {
        ArgumentNullException.ThrowIfNull(verification);
        var survey = Of(verification.Survey, verification, origin);
        var evidence = survey.Sections.Where(s => s.Title == EvidenceTitle).ToList();
        return survey with { Finding = verification.LocalVersusGlobal.Sentence, Sections = [.. evidence, .. survey.Sections.Except(evidence)] };
    }

    /// <summary>A report of minima and the transition states between them.</summary>
    /// <param name="network">The graph.</param>
    /// <param name="origin">What it was asked with; null where a program asked.</param>
    /// <param name="temperature">At which rate constants are given, in the units of f; null for none.</param>
    public static Report Of(TransitionNetwork network, RunOrigin? origin = null, double? temperature = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        var figures = network.Figures();
        return new($"Pathways of {network.Objective.Name}", figures.Count == 0 ? $"{network.Objective.Name}: no minimum was found" : figures[0].Title,
        [
            new("Numbers", []) { Tables = [Numbers(network)] },
            new("Pictures", []) { Figures = figures },
            new("Minima and transition states", []) { Tables = [.. PathwaysText.Tables(network, Rows)] },
            .. temperature is { } t ? new[] { new ReportSection("Rates", []) { Tables = [PathwaysText.Rates(network, t, Rows)] } } : [],
            new("How far it can be trusted", [.. PathwaysText.Notes(network)]),
            .. Warnings(network.Warnings.Select(w => w.Message)),
            Repeat(origin, PathwaysText.Heading(network), []),
        ]);
    }

    /// <summary>A report of a sweep.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="origin">What it was asked with; null where a program asked.</param>
    public static Report Of(Sweep sweep, RunOrigin? origin = null)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        return new($"Sweep over {sweep.Setting}", sweep.Sentence,
        [
            new("Pictures", []) { Figures = sweep.Rows.Count == 0 ? [] : [sweep.Figure()] },
            new("Rows", [sweep.Sampling + ".", sweep.Compilations]) { Tables = [EvidenceTables.Of(sweep)] },
            .. Warnings(sweep.Rows.SelectMany(r => r.Warnings).Select(w => w.Message)),
            Repeat(origin, sweep.Sampling, []),
        ]);
    }

    /// <summary>A report of a comparison.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="origin">What it was asked with; null where a program asked.</param>
    public static Report Of(Comparison comparison, RunOrigin? origin = null)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return new($"Ways to descend on {comparison.Objective.Name}", comparison.Sentence,
        [
            new("Pictures", []) { Figures = comparison.Figures() },
            new("Ways to descend", [comparison.Sampling + "."]) { Tables = [EvidenceTables.Of(comparison), .. EvidenceTables.Scores(comparison)] },
            .. Warnings(comparison.Warnings.Select(w => w.Message)),
            Repeat(origin, comparison.Sampling, [$"Seed {comparison.Options.Seed}."]),
        ]);
    }

    /// <summary>The page.</summary>
    public string Html() => ReportPage.Of(this);

    /// <summary>Writes the page to a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The report.</returns>
    public Report Save(string path)
    {
        File.WriteAllText(path, Html());
        return this;
    }

    private static Table Numbers(SurveyResult result)
    {
        var (minima, c) = (result.AllMinima.ToList(), result.Coverage);
        var best = minima.FirstOrDefault();
        string[]?[] rows =
        [
            best is null ? null : ["lowest minimum", Wording.Number(best.ShownValue, Wording.Digits(minima, 9)), ""],
            best is null ? null : ["share in its basin, of the restarts that came to rest", Wording.Percent(best.Share), $"{Wording.Percent(best.ShareLow)} – {Wording.Percent(best.ShareHigh)}"],
            ["distinct minima found", Wording.Count(minima.Count, "", ""), ""],
            result.Unlisted == 0 ? null : ["restarts at higher points, which are not told apart", Wording.Count(result.Unlisted, "", ""), ""],
            minima.Count == 0 ? null : ["minima there are at least (Chao1)", Wording.Number(c.Chao1), $"{Wording.Number(c.Chao1Low)} – {Wording.Number(c.Chao1High)}"],
            minima.Count == 0 ? null : ["coverage: one more descent ends at a known minimum (Good–Turing)", Wording.Percent(c.GoodTuring), $"{Wording.Percent(c.GoodTuringLow)} – {Wording.Percent(c.GoodTuringHigh)}"],
            ["restarts", Wording.Count(result.Restarts, "", ""), ""],
            ["gradients of the whole objective", Wording.Count(result.GradientEvaluations, "", ""), ""],
        ];
        return InNumbers(rows);
    }

    private static Table Numbers(TransitionNetwork network)
    {
        var (minima, states, c) = (network.Minima, network.TransitionStates, network.Coverage);
        var digits = Wording.Digits(minima.Concat(states.Select(t => t.Saddle)), 9);
        var lowest = Math.Min(network.Options.Lowest, minima.Count);
        var barriers = network.Barriers(lowest);
        double[] heights = [.. Enumerable.Range(1, Math.Max(0, lowest - 1)).Select(m => barriers[0, m] - minima[0].Value).Where(double.IsFinite)];
        string[]?[] rows =
        [
            minima.Count == 0 ? null : ["lowest minimum", Wording.Number(minima[0].ShownValue, digits), ""],
            ["minima", Wording.Count(minima.Count, "", ""), ""],
            minima.Count < 2 ? null : ["groups that the lowest fall into", $"{barriers.Components} of {lowest}", ""],
            heights.Length == 0 ? null : ["lowest barrier out of the lowest minimum", Wording.Number(heights.Min(), 7), ""],
            ["transition states", Wording.Count(states.Count, "", ""), ""],
            states.Count == 0 ? null : ["of them between images of one minimum", Wording.Count(states.Count(t => t.IsDegenerateRearrangement), "", ""), ""],
            states.Count == 0 ? null : ["transition states there are at least (Chao1)", Wording.Number(c.Chao1), $"{Wording.Number(c.Chao1Low)} – {Wording.Number(c.Chao1High)}"],
            states.Count == 0 ? null : ["coverage: one more walk that comes to a transition state finds a known one (Good–Turing)", Wording.Percent(c.GoodTuring), $"{Wording.Percent(c.GoodTuringLow)} – {Wording.Percent(c.GoodTuringHigh)}"],
            ["walks uphill", Wording.Count(network.Climbs, "", ""), ""],
            ["bands", Wording.Count(network.Bands, "", ""), ""],
        ];
        return InNumbers(rows);
    }

    private static Table InNumbers(string[]?[] rows) =>
        new("In numbers", [new("what", false), new("value"), new("95% interval")], [.. rows.OfType<string[]>().Select(r => (IReadOnlyList<string>)[r[0], r[1].Trim(), r[2]])]);

    private static ReportSection? Evidence(Verification? verification) => verification is null ? null : new(EvidenceTitle, [])
    {
        Parts = [.. Parts(verification.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))],
        Tables = EvidenceTables.Strictness(verification.StrictSaddle),
        Figures = verification.Figures(),
    };

    /// <summary>A heading for each line that stands at the margin: what was asked, and in brackets on what it was tried; the lines below it are what was found.</summary>
    private static IEnumerable<ReportSection> Parts(string[] lines)
    {
        for (var begin = 0; begin < lines.Length;)
        {
            var found = lines.Skip(begin + 1).TakeWhile(l => l[0] == ' ').ToList();
            var (title, tried) = lines[begin].Split(" [", 2) is [var asked, var on] ? (asked, $"Rests on: {on.TrimEnd(']')}.") : (lines[begin], "");
            yield return new(char.ToUpperInvariant(title[0]) + title[1..], [.. found.Select(l => l.Trim()), .. tried.Length > 0 ? new[] { tried } : []]);
            begin += 1 + found.Count;
        }
    }

    private static IEnumerable<ReportSection> Warnings(IEnumerable<string> warnings) => warnings.Distinct().ToList() is { Count: > 0 } all ? [new("Warnings", all)] : [];

    private static ReportSection Repeat(RunOrigin? origin, string heading, IReadOnlyList<string> more)
    {
        var version = typeof(Survey).Assembly.GetName().Version?.ToString(3);
        var files = (origin?.Files ?? []).Select(f => $"{f.Path}: SHA-256 {f.Sha256}");
        return new("How to repeat it", [heading + ".", .. more, $"LandscapeGpu {version}.", .. files])
        {
            Code = origin is null ? "" : origin.Arguments.Count > 0 ? "landscape " + string.Join(' ', origin.Arguments.Select(Quoted)) : $"landscape {origin.Command}",
        };
    }

    private static string Quoted(string word) => word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || "-_./:,=".Contains(c, StringComparison.Ordinal)) ? word : $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
