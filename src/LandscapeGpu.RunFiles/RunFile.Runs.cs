using LandscapeGpu.Evidence;
using LandscapeGpu.Objectives;
using LandscapeGpu.Reporting;
using LandscapeGpu.Surveys;

namespace LandscapeGpu.RunFiles;

/// <summary>Runs that are kept in a file.</summary>
public sealed partial class RunFile
{
    /// <summary>Explores a landscape and keeps everything in a file; where the file is there already, the run goes on, with more restarts if so many are asked for, and ends as if it had never stopped.</summary>
    /// <param name="path">The file.</param>
    /// <param name="objective">What to explore.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told how far it is, from any thread.</param>
    /// <param name="cancellation">Stops early; what was found is kept.</param>
    /// <exception cref="RunFileException">The file cannot be used, or is of another run.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static SurveyResult Explore(string path, Objective objective, SurveyOptions? options = null, Action<SurveyProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        options ??= new();
        cancellation.ThrowIfCancellationRequested();
        DiskRoom.Require(path, objective, options);
        using var file = Begin(path, RunFacts.Of("explore", objective, options, null), [], [], ChangesOf(path, options));
        var result = Survey.Run(objective, options with { Store = file.Store }, progress, cancellation);
        file.Keep(result, PrintedResult.Kept(result));
        return result;
    }

    /// <summary>Examines a landscape as <see cref="Verification"/> does, and keeps its survey and the evidence; where the file is there already, no descent of the survey is run again.</summary>
    /// <inheritdoc cref="Explore"/>
    public static Verification Verify(string path, Objective objective, VerificationOptions? options = null, Action<SurveyProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        options ??= new();
        cancellation.ThrowIfCancellationRequested();
        DiskRoom.Require(path, objective, options.Survey);
        using var file = Begin(path, RunFacts.Of("verify", objective, options.Survey, null), [], [], ChangesOf(path, options.Survey));
        var found = Verification.Of(objective, options with { Survey = options.Survey with { Store = file.Store } }, progress, cancellation);
        file.Keep(found.Survey, PrintedResult.Kept(found));
        return found;
    }

    /// <summary>Compares ways to descend and keeps every endpoint of each; where the file is there already, no restart that it has is run again.</summary>
    /// <param name="path">The file.</param>
    /// <param name="objective">What is descended.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told how many restarts of which contender have ended.</param>
    /// <param name="cancellation">Stops early; what was found is kept.</param>
    /// <inheritdoc cref="Explore"/>
    public static Comparison Compare(string path, Objective objective, ComparisonOptions? options = null, Action<SurveyProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        options ??= new();
        cancellation.ThrowIfCancellationRequested();
        using var file = Begin(path, RunFacts.Of(objective, options), [], []);
        var found = Comparison.Run(objective, file.Keeping(objective, options), progress, cancellation);
        file.Keep(PrintedResult.Kept(found), cancellation.IsCancellationRequested, found.Device);
        return found;
    }

    /// <summary>Surveys a family of landscapes over a setting and keeps every endpoint; where the file is there already, no restart that it has is run again.</summary>
    /// <param name="path">The file.</param>
    /// <param name="setting">The setting's name.</param>
    /// <param name="values">Its values.</param>
    /// <param name="family">The objective of a value and the number of a data set, from 1.</param>
    /// <param name="options">What to do for each; null for the defaults.</param>
    /// <param name="progress">Told each row when it is ready.</param>
    /// <param name="cancellation">Stops early; what was found is kept.</param>
    /// <inheritdoc cref="Explore"/>
    public static Sweep Sweep(
        string path, string setting, IReadOnlyList<double> values, Func<double, int, Objective> family, SweepOptions? options = null, Action<SweepRow>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(family);
        options ??= new();
        var first = values.Count > 0 ? family(values[0], 1) : throw new ArgumentException("A sweep was given no values; give at least one.");
        cancellation.ThrowIfCancellationRequested();
        using var file = Begin(path, RunFacts.Of(setting, values, first, options), [], []);
        var found = Evidence.Sweep.Run(setting, values, family, file.Keeping(options), progress, cancellation);
        file.Keep(PrintedResult.Kept(found), found.IsStopped, options.Survey.Device ?? "lanes");
        return found;
    }

    /// <summary>How many restarts there are may be changed of what a program made; a command's own words say it in a file of the console, where `landscape resume` changes them.</summary>
    private static string[] ChangesOf(string path, SurveyOptions options)
    {
        if (!File.Exists(path) || Database.IsEmpty(path))
        {
            return [];
        }

        using var begun = Open(path);
        if (begun.Options.Count > 0 || begun.Facts["shard"] != "all")
        {
            return [];
        }

        return options.UntilCoverage is not null || begun.Kept is not [.., var last] || last.Last <= options.First + options.Restarts
            ? ["restarts", "until coverage", "budget"]
            : throw new RunFileException(FormattableString.Invariant($"{options.Restarts:N0} restarts were asked for, and {begun.Restarts:N0} are kept in {path} already; ask for as many or more."));
    }

    /// <summary>A comparison whose endpoints are kept here.</summary>
    internal ComparisonOptions Keeping(Objective objective, ComparisonOptions options)
    {
        var fingerprint = RunFacts.Fingerprint(objective, new() { Starts = options.Starts });
        return options with { Stores = (number, contender) => StoreOf(new(number, contender.ToString(), objective.Dimension, fingerprint)) };
    }

    /// <summary>A sweep whose endpoints are kept here.</summary>
    internal SweepOptions Keeping(SweepOptions options) => options with
    {
        Stores = (number, name, objective) => StoreOf(new(number, name, objective.Dimension, RunFacts.Fingerprint(objective, options.Survey))),
    };
}
