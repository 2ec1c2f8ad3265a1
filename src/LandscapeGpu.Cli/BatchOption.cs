namespace LandscapeGpu.Cli;

/// <summary>The option for stochastic gradients.</summary>
internal static class BatchOption
{
    public static Option<MiniBatch?> Create() => new("--batch")
    {
        Description = "each step's gradient is that of so many samples: SIZE, or SIZE:with-replacement (default all samples)",
        HelpName = "SIZE",
        CustomParser = argument =>
        {
            try
            {
                return MiniBatch.Parse(argument.Tokens[0].Value);
            }
            catch (ArgumentException e)
            {
                argument.AddError(e.Message);
                return null;
            }
        },
    };
}
