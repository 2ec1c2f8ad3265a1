namespace LandscapeGpu.Descent;

/// <summary>Gradient descent that does not end where the gradient is short until a push has not helped: it leaves saddles, however near one it begins.</summary>
/// <remarks>
/// <para>
/// Where the gradient is as short as the stop rule asks, the point is kept and moved by <see cref="Radius"/> in a random direction; descent goes on for
/// <see cref="Patience"/> steps. If f has fallen by more than steps with so short a gradient could have gained (η‖g‖² each), the point was a saddle and is
/// left; else descent goes back to it and has converged.
/// </para>
/// <para>Jin, Ge, Netrapalli, Kakade and Jordan (2017), How to escape saddle points efficiently, ICML, algorithms 1 and 2.</para>
/// </remarks>
public sealed record PerturbedDescent : CoordinateRule
{
    private const string RadiusName = "push.radius";
    private const string PatienceName = "push.patience";

    /// <inheritdoc/>
    public override string Name => "perturbed";

    /// <inheritdoc/>
    public override double DefaultStep => 1e-2;

    internal override bool FollowsSlope => true;

    internal override bool TakesClipping => false;

    /// <summary>r: how long a push is, above 0, in twentieths of the box's mean width; without a box in the unit of the coordinates.</summary>
    public double Radius { get; init; } = 1e-3;

    /// <summary>After how many steps it is decided whether a push has helped.</summary>
    public int Patience { get; init; } = 200;

    /// <summary>Not taken: values are compared with one another.</summary>
    public override bool TakesEstimates => false;

    /// <inheritdoc/>
    public override IEnumerable<(string Name, double Value)> Tunable =>
    [
        .. base.Tunable,
        (RadiusName, RuleNumbers.Positive(Radius, "The length of a push")),
        (PatienceName, RuleNumbers.AtLeastOne(Patience, "The patience of perturbed descent")),
    ];

    /// <inheritdoc/>
    public override UpdateRule Shape => this with { Step = null, IsStepChosen = false, Radius = 1, Patience = 1 };

    /// <inheritdoc/>
    public override Vector Write(StepContext step)
    {
        // What a short gradient cannot have gained is said of its true length.
        step.RequireUnclipped();
        var (x, g, f, eta) = (step.X, step.Gradient, step.Value, step.StepSize());
        var reach = step.Reach;
        var (radius, patience) = (step.Number(RadiusName), step.Number(PatienceName));
        var (kept, keptValue, since) = (step.Slot("kept"), step.Scalar("kept f", 0), step.Scalar("since push", 0));
        var free = step.Free(g, g, x);
        // Steps since the push; 0 where none is being judged.
        var isJudged = since.Value > patience;
        var gained = keptValue.Value - f - step.Slack(keptValue.Value);
        var hasHelped = gained > patience * eta * step.ToleratedSquare;
        var isSettled = isJudged & !hasHelped;
        var isPushed = ((since.Value <= 0) | (isJudged & hasHelped)) & step.IsShort(free);

        var normal = step.Normal();
        var length = Max(Sqrt(step.Total(i => Square(normal[i]))), step.Tiny);
        step.Keep(kept, step.Each(i => Select(isPushed, x[i], kept[i])));
        step.Keep(keptValue, Select(isPushed, f, keptValue.Value));
        step.Keep(since, Select(isPushed, 1, Select((since.Value <= 0) | isJudged, 0, since.Value + 1)));
        step.SettlesWhen(isSettled);
        return step.Each(i => Select(isSettled, kept[i], Select(isPushed, x[i] + (reach * radius * normal[i] / length), x[i] - (eta * g[i]))));
    }
}
