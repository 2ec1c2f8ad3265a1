using System.Runtime.InteropServices;
using LandscapeGpu.Cli;

using var interrupt = new CancellationTokenSource();
// Either may be closed or full: that must not cost what is computed.
using var output = new SafeWriter(() => Console.Out);
using var error = new SafeWriter(() => Console.Error);
// What a script prints is for its writer; standard output is for results.
Console.SetOut(error);
var errorIsTerminal = error.Failure is null && !Console.IsErrorRedirected;
var outIsTerminal = output.Failure is null && !Console.IsOutputRedirected;
// Slurm, containers and timeout(1) send SIGTERM: it is one Ctrl-C, and so is a terminal that goes away.
using var typed = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var sent = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hung = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
var status = LandscapeCommand.Run(args, new Session(output, error, interrupt.Token)
{
    OutIsTerminal = outIsTerminal,
    ErrorIsTerminal = errorIsTerminal,
    Width = LineWidth.Of(Environment.GetEnvironmentVariable("COLUMNS"), outIsTerminal || errorIsTerminal),
});
if (output.Failure is not { } failure)
{
    return status;
}

error.WriteLine($"landscape: standard output could not be written ({failure.TrimEnd('.')}); what it was to hold goes to standard error instead.");
error.Write(output.Unwritten);
return status == ExitCode.Success ? ExitCode.Unexpected : status;

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    if (interrupt.IsCancellationRequested)
    {
        // The cursor comes back where a progress bar had hidden it, and the line ends.
        error.WriteLast(errorIsTerminal ? "\u001b[?25h\n" : "\n");
        Environment.Exit(ExitCode.Interrupted);
    }

    error.WriteLine("landscape: stopping; what was found so far follows (Ctrl-C again to leave at once).");
    interrupt.Cancel();
}
