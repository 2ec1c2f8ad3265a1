using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Spectre.Console;

namespace LandscapeGpu.Cli.Printing;

/// <summary>Progress on a person's screen: a bar for each stage, gone when the work is done.</summary>
internal static class ProgressBar
{
    // Not inlined, so that the console library is loaded only where there is a console.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static T Show<T>(TextWriter writer, Func<Action<SurveyProgress>, T> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var stages = new ConcurrentDictionary<string, ProgressTask>();
                return work(progress =>
                {
                    var task = stages.GetOrAdd(progress.Stage, stage => context.AddTask(stage));
                    task.MaxValue = Math.Max(1, progress.Total);
                    task.Value = progress.Done;
                });
            });
    }
}
