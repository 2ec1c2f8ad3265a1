using LandscapeGpu.Cli;

using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    if (interrupt.IsCancellationRequested)
    {
        Environment.Exit(ExitCode.Interrupted);
    }

    press.Cancel = true;
    Console.Error.WriteLine("landscape: stopping; what was found so far follows (Ctrl-C again to leave at once).");
    interrupt.Cancel();
};
return LandscapeCommand.Run(args, new Session(Console.Out, Console.Error, interrupt.Token)
{
    OutIsTerminal = !Console.IsOutputRedirected,
    ErrorIsTerminal = !Console.IsErrorRedirected,
});
