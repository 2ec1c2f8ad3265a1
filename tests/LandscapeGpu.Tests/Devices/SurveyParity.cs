namespace LandscapeGpu.Tests.Devices;

/// <summary>Surveys of the same restarts, on lanes and on a device that runs kernels.</summary>
internal static class SurveyParity
{
    /// <param name="objective">What is surveyed.</param>
    /// <param name="device">The device's kind.</param>
    /// <param name="restarts">How many.</param>
    /// <param name="rule">How points move; null for the default rule.</param>
    public static void Require(Objective objective, string device, int restarts, string? rule = null)
    {
        // What has not ended by then counts as such on both; double precision, in which only restarts near a basin's edge tell roundings apart.
        var options = new SurveyOptions { Restarts = restarts, Threads = 2, Descent = new() { IsDouble = true, Stop = new StopRule { Iterations = 400 } } };
        // Rules of the first order crawl: they bring points near, and polish does the rest. Those that divide by the gradient's size need long steps.
        options = rule is null ? options : options with
        {
            Descent = options.Descent with
            {
                Rule = rule is "adam" or "adamw" or "rmsprop" ? Rules.Named(rule, 0.05) : Rules.Named(rule),
                Stop = new StopRule { Iterations = 400, GradientTolerance = 0.1 },
            },
        };
        var lanes = Survey.Run(objective, options);
        var kernels = Survey.Run(objective, options with { Device = device });
        Assert.Empty(kernels.Warnings);
        if (new KernelPolish(objective, (KernelDevice)DeviceCatalogue.Choose(device)).Pays((int)lanes.Outcomes.Converged))
        {
            Assert.NotEqual(lanes.PolishedOn, kernels.PolishedOn);
        }

        var differences = SurveyAgreement.Differences(lanes, kernels);
        Assert.True(differences.Count == 0, $"{objective.Name}, {lanes.Rule}, on {lanes.Device} and {kernels.Device}: {string.Join("; ", differences)}.");
    }
}
