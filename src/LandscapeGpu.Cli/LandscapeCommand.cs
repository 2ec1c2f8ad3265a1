using System.CommandLine.Help;
using LandscapeGpu.Cli.Commands;
using LandscapeGpu.Objectives.Datasets;

namespace LandscapeGpu.Cli;

/// <summary>The <c>landscape</c> command.</summary>
internal static class LandscapeCommand
{
    /// <summary>Runs one command line; returns the exit status.</summary>
    public static int Run(IReadOnlyList<string> arguments, Session session)
    {
        session = session with { Arguments = arguments };
        try
        {
            // @ begins no response file: a formula may hold anything.
            var parsed = Root(session).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
            return parsed.Action is not HelpAction && ParsingMistake.Of(parsed) is { } mistake
                ? Fail(session, ExitCode.Mistake, mistake)
                : parsed.Invoke(new InvocationConfiguration
                {
                    Output = session.Out,
                    Error = session.Error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                });
        }
        catch (NothingFoundException e) when (!session.Interrupt.IsCancellationRequested)
        {
            return Fail(session, ExitCode.NothingFound, e.Message);
        }
        catch (Exception e) when (e is MistakeException or DataFileException or RunFileException || (e is ArgumentException && IsOurs(e)))
        {
            return Fail(session, ExitCode.Mistake, e is ArgumentException { ParamName: { } name } ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : e.Message);
        }
        catch (DeviceFailedException e)
        {
            return Fail(session, ExitCode.Unexpected, $"the device failed: {e.Message}");
        }
        catch (OutOfMemoryException)
        {
            return Fail(session, ExitCode.Mistake, "there is not enough memory for that; ask for fewer restarts or a smaller dimension.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(session, ExitCode.Unexpected, $"a file could not be read or written ({e.Message.TrimEnd('.')}).");
        }
        catch (Exception e) when (e is OperationCanceledException or NothingFoundException)
        {
            // Stopped as it was, nobody knows what it would have found.
            return Fail(session, ExitCode.Interrupted, "stopped before there was anything to show.");
        }
#pragma warning disable CA1031 // The last line of defence: a reader gets one line and an exit status, whatever it was.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Fail(session, ExitCode.Unexpected, $"something went wrong that is a fault of this program ({e.GetType().Name} in {e.TargetSite?.DeclaringType?.Name}.{e.TargetSite?.Name}); please report it with the command line.");
        }
    }

    private static RootCommand Root(Session session) => new($"Explores non-convex landscapes: thousands of descents, and the distinct minima they end at.\n\n{ExitCode.Help}")
    {
        ListCommand.Create(session),
        ExploreCommand.Create(session),
        TraceCommand.Create(session),
        VerifyCommand.Create(session),
        ConnectCommand.Create(session),
        HopCommand.Create(session),
        CompareCommand.Create(session),
        SweepCommand.Create(session),
        ResumeCommand.Create(session),
        ShowCommand.Create(session),
        IdentifyCommand.Create(session),
        ExportCommand.Create(session),
        MergeCommand.Create(session),
        SlurmCommand.Create(session),
        BenchCommand.Create(session),
        DevicesCommand.Create(session),
        ExplainCommand.Create(session),
    };

    /// <summary>Whether a refusal is one of the engine's, in words for its user; others are what .NET says to programmers.</summary>
    private static bool IsOurs(Exception e) => e.TargetSite?.DeclaringType?.Assembly.GetName().Name is { } name && (name.StartsWith("LandscapeGpu", StringComparison.Ordinal) || name == "landscape");

    private static int Fail(Session session, int status, string message)
    {
        session.Error.WriteLine($"landscape: {message.ReplaceLineEndings(" ")}");
        return status;
    }
}
