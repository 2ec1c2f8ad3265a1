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

    /// <summary>Where the endpoints of each landscape, by its number from 1 and its name, are kept and come from; null for nowhere.</summary>
    internal Func<int, string, Objective, EndpointStore>? Stores { get; init; }
}
