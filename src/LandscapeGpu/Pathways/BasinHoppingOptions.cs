namespace LandscapeGpu.Pathways;

/// <summary>How chains hop from minimum to minimum.</summary>
public sealed record BasinHoppingOptions
{
    /// <summary>How many chains, side by side; each is a function of the seed and its number alone.</summary>
    public int Chains { get; init; } = 64;

    /// <summary>How many hops each makes.</summary>
    public int Hops { get; init; } = 200;

    /// <summary>T of the Metropolis rule, in the units of f; 0 accepts what is no higher. Null for half the middle distance of quenched starts' values from their middle, each value counted once.</summary>
    public double? Temperature { get; init; }

    /// <summary>Where chains begin, how they descend, the seed, and how minima are told apart; its restarts are not used.</summary>
    public SurveyOptions Survey { get; init; } = new();

    /// <exception cref="ArgumentException">A number is out of range.</exception>
    internal void Require()
    {
        if (Chains < 1 || Hops < 1)
        {
            throw new ArgumentException($"{Chains} chains of {Hops} hops were asked for; at least one of each is needed.");
        }

        if (Temperature is { } temperature && !(temperature >= 0 && double.IsFinite(temperature)))
        {
            throw new ArgumentException(FormattableString.Invariant($"Hopping was asked for at the temperature {temperature}; it must be finite and at least 0."));
        }
    }
}
