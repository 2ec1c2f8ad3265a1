using LandscapeGpu.Pathways;

namespace LandscapeGpu.Cli;

/// <summary>The arguments that say how chains hop.</summary>
/// <param name="temperatureName">The option for T, where --temperature means another.</param>
internal sealed class HoppingArguments(string temperatureName) : ISharedArguments
{
    private readonly Option<int?> chains = NumberOption.Small("--chains", $"how many chains, side by side (default {new BasinHoppingOptions().Chains})", 1, 1_000_000);
    private readonly Option<int?> hops = NumberOption.Small("--hops", $"how many hops each makes (default {new BasinHoppingOptions().Hops})", 1, 1_000_000_000);
    private readonly Option<double?> temperature = NumberOption.Positive(temperatureName, "T of the Metropolis rule, in the units of f; 0 accepts what is no higher (default half the middle distance of values of minima from their middle)", orZero: true);

    public void AddTo(Command command)
    {
        command.Options.Add(chains);
        command.Options.Add(hops);
        command.Options.Add(temperature);
    }

    /// <summary>Whether hopping was asked for.</summary>
    public bool IsAskedFor(ParseResult parsed) => parsed.GetValue(chains) is not null || parsed.GetValue(hops) is not null || parsed.GetValue(temperature) is not null;

    public BasinHoppingOptions Read(ParseResult parsed, SurveyOptions survey) => new()
    {
        Chains = parsed.GetValue(chains) ?? new BasinHoppingOptions().Chains,
        Hops = parsed.GetValue(hops) ?? new BasinHoppingOptions().Hops,
        Temperature = parsed.GetValue(temperature),
        Survey = survey,
    };
}
