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
            return parsed.Errors.Count > 0 && parsed.Action is not HelpAction
                ? Fail(session, ExitCode.Mistake, Explain(parsed))
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

    private static string Explain(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command is RootCommand && parsed.UnmatchedTokens.Count == 0)
        {
            return $"a command is needed: {string.Join(", ", command.Subcommands.Select(c => c.Name))}; `landscape --help` says more.";
        }

        if (parsed.UnmatchedTokens.Count == 0)
        {
            return parsed.Errors[0].Message;
        }

        // An option that a command does not have is taken for its objective, and what follows is what is left over.
        var token = command.Arguments.SelectMany(a => parsed.GetResult(a)?.Tokens ?? []).Select(t => t.Value).FirstOrDefault(t => t.StartsWith("--", StringComparison.Ordinal)) ?? parsed.UnmatchedTokens[0];
        var names = command.Subcommands.Select(c => c.Name).Concat(command.Options.Select(o => o.Name));
        var meant = Spelling.Meant(token, names);
        var help = command is RootCommand ? "landscape --help" : $"landscape {command.Name} --help";
        return $"{token} is not understood{(meant is null ? "" : $"; did you mean {meant}?")}{(meant is null ? ";" : "")} `{help}` says what is.";
    }

    /// <summary>Whether a refusal is one of the engine's, in words for its user; others are what .NET says to programmers.</summary>
    private static bool IsOurs(Exception e) => e.TargetSite?.DeclaringType?.Assembly.GetName().Name is { } name && (name.StartsWith("LandscapeGpu", StringComparison.Ordinal) || name == "landscape");

    private static int Fail(Session session, int status, string message)
    {
        session.Error.WriteLine($"landscape: {message.ReplaceLineEndings(" ")}");
        return status;
    }
}
