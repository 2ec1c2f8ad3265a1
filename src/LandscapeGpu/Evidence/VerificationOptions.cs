namespace LandscapeGpu.Evidence;

/// <summary>How a landscape is examined.</summary>
public sealed record VerificationOptions
{
    /// <summary>The descents that minima are found by.</summary>
    public SurveyOptions Survey { get; init; } = new();

    /// <summary>How many starts saddles are searched for from; 0 for none, and none is made beyond full Hessians.</summary>
    public int SaddleStarts { get; init; } = 2_000;

    /// <summary>How many points constants are taken over.</summary>
    public int Samples { get; init; } = 1_400;

    /// <summary>R of the ball ‖x‖ ≤ R that constants are taken over; null for the objective's own (<see cref="KnownMinima.Radius"/>), or its region.</summary>
    public double? OverBall { get; init; }

    /// <summary>How many paths of gradient descent its rate is measured on.</summary>
    public int Paths { get; init; } = 10;

    /// <summary>Their step as a share of 1/β, above 0 and below 2: rates are promised for all of these.</summary>
    public double RateStep { get; init; } = 1;

    /// <summary>The most steps of each.</summary>
    public int PathSteps { get; init; } = 2_000;

    /// <summary>Refuses what nothing is promised for, before anything runs.</summary>
    internal void Require()
    {
        if (!(RateStep is > 0 and < 2))
        {
            throw new ArgumentException(FormattableString.Invariant($"The step whose rate is measured was given as {RateStep}/β; rates are promised above 0 and below 2/β."));
        }
    }

    /// <summary>How long each part after the survey may take: what it has by then is kept, and said to be of a part that was stopped.</summary>
    public TimeSpan PartTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The most local minima that are compared with their induced models.</summary>
    public int InducedMinima { get; init; } = 20;

    /// <summary>Whether the constants and measures that theory about the family speaks of are looked at.</summary>
    public bool WithTheory { get; init; }

    /// <summary>Whether the way down from each saddle found is told.</summary>
    public bool WithDirections { get; init; }
}
