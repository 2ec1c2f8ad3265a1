namespace LandscapeGpu.Descent;

/// <summary>How a point moves, as expressions: from the point, its gradient and what the rule keeps, to the next.</summary>
/// <remarks>
/// A rule is one file; it is compiled with the objective and runs on every device. It is a record, because rules of equal values are one
/// program. <see cref="Rules.Register"/> gives it a name beside those of the library.
/// </remarks>
public abstract record UpdateRule
{
    /// <summary>The name it is chosen by.</summary>
    public abstract string Name { get; }

    /// <summary>Whether steps make sense by a gradient that is only an estimate: noise and mini-batches. A rule that compares steps with one another has no use for it.</summary>
    public virtual bool TakesEstimates => false;

    /// <summary>Whether steps follow the gradient's length and a step size, so that clipping and schedules mean something.</summary>
    public virtual bool TakesSchedules => false;

    /// <summary>Whether the points it answers with are in the objective's region by its own doing; otherwise they are projected onto it.</summary>
    public virtual bool StaysInRegion => false;

    /// <summary>Whether nothing about its steps is in the units of the coordinates or of the value: it may run in others.</summary>
    internal virtual bool IsScaleFree => false;

    /// <summary>Numbers that change nothing about the program, by the name that <see cref="StepContext.Number"/> asks for: a learning rate is changed without compiling.</summary>
    /// <exception cref="ArgumentException">One of them is out of range.</exception>
    public virtual IEnumerable<(string Name, double Value)> Tunable => [];

    /// <summary>The rule with its tunable numbers struck out: rules of one shape are one program.</summary>
    public virtual UpdateRule Shape => this;

    /// <summary>Writes one iteration; returns the next point.</summary>
    /// <param name="step">The point, its gradient, and what the rule keeps.</param>
    public abstract Vector Write(StepContext step);

    /// <summary>A short description with its numbers.</summary>
    public override string ToString() => Name;
}

/// <summary>A rule that treats coordinates alike: x′ᵢ from xᵢ, gᵢ and the slots of coordinate i.</summary>
public abstract record CoordinateRule : UpdateRule
{
    /// <summary>The step size η.</summary>
    public double? Step { get; init; }

    /// <summary>The step used when none is given.</summary>
    public abstract double DefaultStep { get; }

    /// <summary>Whether a step is η times a slope, so that it has a unit: that of length² over that of the value.</summary>
    internal virtual bool FollowsSlope => false;

    /// <summary>Whether a step is as long as it is given, however steep f is.</summary>
    internal virtual bool StepsByLength => false;

    /// <summary>The length of a step that is not given, in the coordinates that a region is in.</summary>
    internal virtual double LengthIn(Region region) => DefaultStep;

    /// <summary>Whether it makes sense with gradients that are shortened.</summary>
    internal virtual bool TakesClipping => true;

    /// <summary>What part of a step of gradient descent goes as far in the long run.</summary>
    internal virtual double StepShare => 1;

    /// <summary>What part of a step of gradient descent is as far below the longest that is stable; that step where it would be more.</summary>
    internal virtual double StableShare => 1;

    /// <summary>Whether the step was not given, and has been chosen for the landscape.</summary>
    internal bool IsStepChosen { get; init; }

    internal override bool IsScaleFree => IsStepChosen;

    /// <inheritdoc/>
    public override bool TakesEstimates => true;

    /// <inheritdoc/>
    public override bool TakesSchedules => true;

    /// <inheritdoc/>
    public override IEnumerable<(string Name, double Value)> Tunable => [(StepContext.StepName, RuleNumbers.Positive(Step ?? DefaultStep, "The step size"))];

    /// <inheritdoc/>
    public override UpdateRule Shape => this with { Step = null, IsStepChosen = false };

    /// <summary>What a description says beside the step; empty for the rule's own defaults.</summary>
    protected virtual string Numbers => "";

    // Sealed, or every record derived from this one would print its members instead.
    /// <inheritdoc/>
    public sealed override string ToString() => FormattableString.Invariant($"{Name} (step {Step ?? DefaultStep}{Numbers})");
}
