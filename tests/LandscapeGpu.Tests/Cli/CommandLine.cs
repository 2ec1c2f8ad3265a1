namespace LandscapeGpu.Tests.Cli;

/// <summary>What a command line printed, and its exit status.</summary>
internal sealed record CommandLine(int Status, string Out, string Error)
{
    /// <summary>Runs the command in this process, as if its output were piped.</summary>
    public static CommandLine Run(params string[] arguments) => Run(CancellationToken.None, arguments);

    /// <summary>Runs a command that is to succeed.</summary>
    public static CommandLine Succeed(params string[] arguments)
    {
        var ran = Run(arguments);
        Assert.True(ran.Status == ExitCode.Success, $"{string.Join(' ', arguments)} ended with status {ran.Status}: {ran.Error}");
        return ran;
    }

    public static CommandLine Run(CancellationToken interrupt, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var status = LandscapeCommand.Run(arguments, new Session(output, error, interrupt));
        return new(status, output.ToString(), error.ToString());
    }
}
