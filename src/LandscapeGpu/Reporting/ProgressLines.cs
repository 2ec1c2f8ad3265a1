using System.Diagnostics;

namespace LandscapeGpu.Reporting;

/// <summary>Progress as a plain line now and then: for notebooks, logs and pipes.</summary>
/// <param name="writer">Where it is written, at most once a second.</param>
public sealed class ProgressLines(TextWriter writer)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Stopwatch sinceLast = Stopwatch.StartNew();
    private readonly Lock turn = new();

    /// <summary>Says how far it is; give it to <see cref="Survey.Run"/>.</summary>
    /// <param name="progress">How far it is.</param>
    public void Report(SurveyProgress progress)
    {
        // Told from any thread: one that finds another printing has nothing to add.
        if (!turn.TryEnter())
        {
            return;
        }

        try
        {
            if (sinceLast.Elapsed >= Pause)
            {
                sinceLast.Restart();
                var percent = progress.Total == 0 ? 100 : 100 * progress.Done / progress.Total;
                writer.WriteLine(FormattableString.Invariant($"{progress.Stage}: {progress.Done:N0} of {progress.Total:N0} ({percent}%)"));
            }
        }
        finally
        {
            turn.Exit();
        }
    }
}
