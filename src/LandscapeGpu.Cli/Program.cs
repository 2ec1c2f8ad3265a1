using LandscapeGpu.Cli;
using LandscapeGpu.Cli.Printing;

using var interrupt = new CancellationTokenSource();
// Either may be closed or full: that must not cost what is computed.
using var output = new SafeWriter(() => Console.Out);
using var error = new SafeWriter(() => Console.Error);
Console.CancelKeyPress += (_, press) =>
{
    if (interrupt.IsCancellationRequested)
    {
        Environment.Exit(ExitCode.Interrupted);
    }

    press.Cancel = true;
    error.WriteLine("landscape: stopping; what was found so far follows (Ctrl-C again to leave at once).");
    interrupt.Cancel();
};
var status = LandscapeCommand.Run(args, new Session(output, error, interrupt.Token)
{
    OutIsTerminal = output.Failure is null && !Console.IsOutputRedirected,
    ErrorIsTerminal = error.Failure is null && !Console.IsErrorRedirected,
});
if (output.Failure is not { } failure)
{
    return status;
}

error.WriteLine($"landscape: standard output could not be written ({failure.TrimEnd('.')}); what it was to hold goes to standard error instead.");
error.Write(output.Unwritten);
return status == ExitCode.Success ? ExitCode.Unexpected : status;
