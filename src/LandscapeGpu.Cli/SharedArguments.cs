namespace LandscapeGpu.Cli;

/// <summary>Arguments that several commands share.</summary>
internal interface ISharedArguments
{
    void AddTo(Command command);
}

/// <summary>How a command takes them.</summary>
internal static class SharedArguments
{
    /// <summary>Adds arguments in the order that the command's help shows them in.</summary>
    public static void Take(this Command command, params ISharedArguments[] shared)
    {
        foreach (var arguments in shared)
        {
            arguments.AddTo(command);
        }
    }
}
