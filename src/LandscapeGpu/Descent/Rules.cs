namespace LandscapeGpu.Descent;

/// <summary>The rules by name.</summary>
public static class Rules
{
    private static readonly Lock Registration = new();

    /// <summary>Makes each rule, given a step size or null; one line each.</summary>
    private static volatile (string Name, Func<double?, UpdateRule> Make)[] all =
    [
        ("lbfgs", step => new Lbfgs { LongestStep = step }),
        ("gradient-descent", step => new GradientDescent { Step = step }),
        ("momentum", step => new Momentum { Step = step }),
        ("nesterov", step => new Nesterov { Step = step }),
        ("rmsprop", step => new RmsProp { Step = step }),
        ("adam", step => new Adam { Step = step }),
        ("adamw", step => new AdamW { Step = step }),
        ("armijo", step => new Armijo { FirstStep = step }),
        ("adaptive", step => new AdaptiveStep { FirstStep = step }),
        ("perturbed", step => new PerturbedDescent { Step = step }),
        ("newton", step => step is null ? new Newton() : new Newton { Share = step.Value }),
        ("cubic", step => new CubicNewton { FirstLength = step }),
    ];

    /// <summary>All names.</summary>
    public static IEnumerable<string> Names => all.Select(r => r.Name);

    /// <summary>Adds a rule of one's own.</summary>
    /// <param name="name">What it is chosen by; not the name of another.</param>
    /// <param name="make">Makes it, given a step size or null for the rule's own.</param>
    /// <exception cref="ArgumentException">The name is empty, or taken.</exception>
    public static void Register(string name, Func<double?, UpdateRule> make)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(make);
        lock (Registration)
        {
            all = Names.Contains(name) ? throw new ArgumentException($"There is a rule {name} already; give yours another name.") : [.. all, (name, make)];
        }
    }

    /// <summary>The rule of a name.</summary>
    /// <exception cref="ArgumentException">There is none of that name, or the step is not positive.</exception>
    public static UpdateRule Named(string name, double? step = null)
    {
        if (step is { } s)
        {
            RuleNumbers.Positive(s, "The step size");
        }

        return all.FirstOrDefault(r => r.Name == name).Make is { } make
            ? make(step)
            : throw new ArgumentException($"There is no rule {name}; there are {string.Join(", ", Names)}.");
    }
}
