namespace LandscapeGpu.Evidence;

/// <summary>What a sweep does for each value of its setting.</summary>
public sealed record SweepOptions
{
    /// <summary>How each setting is surveyed.</summary>
    public SurveyOptions Survey { get; init; } = new() { Restarts = 1_000, Descent = new() { IsDouble = true } };

    /// <summary>How many points μ and τ are taken over; 0 leaves them out.</summary>
    public int Samples { get; init; } = 700;

    /// <summary>R of the ball ‖x‖ ≤ R that they are taken over; null for the objective's own, or where its starts are.</summary>
    public double? OverBall { get; init; }

    /// <summary>How many paths of gradient descent the rate is measured on; 0 leaves it out.</summary>
    public int Paths { get; init; }

    /// <summary>How many data sets each value is tried on, at least 1.</summary>
    public int DataSets { get; init; } = 1;

    /// <summary>Whether the constants and measures that theory about the family speaks of are looked at.</summary>
    public bool WithTheory { get; init; }

    /// <summary>Whether one descent of each is followed beside that of its linearised model.</summary>
    public bool WithKernel { get; init; }

    /// <summary>Whether steps to within ε of f* are counted.</summary>
    public bool WithCost { get; init; }

    /// <summary>Steps of the rule, of which each landscape's cost is counted with its best; null for the rule's own.</summary>
    public IReadOnlyList<double>? CostSteps { get; init; }

    /// <summary>Whether the gradient is looked at part by part where descent begins.</summary>
    public bool WithGradients { get; init; }

    /// <summary>Another setting, whose least value without a spurious minimum inside the region is sought for each value and data set; null for none.</summary>
    public SweepThreshold? Threshold { get; init; }

    /// <summary>How a survey is made at a value of the setting, where the setting is one of descent, such as its step; null where it is one of the landscape.</summary>
    public Func<double, SurveyOptions>? SurveyAt { get; init; }

    /// <summary>Where the endpoints of each landscape, by its number from 1 and its name, are kept and come from; null for nowhere.</summary>
    internal Func<int, string, Objective, EndpointStore>? Stores { get; init; }

    /// <summary>The survey alone.</summary>
    internal static SweepOptions Plain(SurveyOptions survey) => new() { Survey = survey with { Store = null }, Samples = 0 };
}
