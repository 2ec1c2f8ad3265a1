namespace LandscapeGpu.Devices;

/// <summary>A descent that runs in other units: starts and endpoints are in those of the formula.</summary>
internal sealed class DescentInUnits(CompiledDescent descent, Units units) : CompiledDescent
{
    public override double FlopsPerStep => descent.FlopsPerStep;

    public override IReadOnlyList<string> Warnings => descent.Warnings;

    /// <summary>The descent of an objective in units, where the options allow it; in the formula's own where steps are given in those.</summary>
    public static CompiledDescent Compile(Device device, Objective objective, DescentOptions options, Units units) => units.IsOne ? device.Compile(objective, options)
        : !options.IsScaleFree ? device.Compile(objective, InOwn(options, units, objective))
        : new DescentInUnits(device.Compile(objective.InUnits(units), In(options, units, objective.Dimension)), units);

    public override Endpoints Run(RestartRange range, Action<long>? progress = null, CancellationToken cancellation = default) => RunInto(range, null, progress, cancellation);

    public override Endpoints RunInto(RestartRange range, Endpoints? spare, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var starts = units.Lengths.Length == 0 ? range.Starts : range.Starts.DividedBy(units.Lengths);
        var ends = descent.RunInto(range with { Starts = starts }, spare, progress, cancellation);
        units.ToShown(ends.Points);
        return ends;
    }

    /// <summary>Whether lengths are those of the region, or given, or of starts that are spread over units of the formula: where starts happen to lie close together, as at a saddle, they say nothing of what a slope is.</summary>
    public static bool AreKnown(Units units, Objective objective) =>
        units.Lengths.All(s => s >= 1) || objective.Scale is not null || Enumerable.Range(0, objective.Dimension).All(i => objective.Region.Length(i) is not null);

    /// <summary>Options of a descent in the formula's own units: what they leave to a default is as far as it would be in these.</summary>
    private static DescentOptions InOwn(DescentOptions options, Units units, Objective objective)
    {
        var (stop, isKnown) = (options.Stop, AreKnown(units, objective));
        var most = Enumerable.Range(0, objective.Dimension).Max(units.Length);
        // σ‖S∘∇f‖ is no longer than σ·maxᵢSᵢ·‖∇f‖.
        double? tolerance = options.EndsBySlope && !stop.OnlyIterations && isKnown ? (options.IsDouble ? StopRule.DoubleTolerance : StopRule.SingleTolerance) / (units.Value * most) : null;
        return options with
        {
            Rule = isKnown && options.Rule is NormedRule { Epsilon: null } normed ? normed with { Epsilon = NormedRule.EpsilonOf(1 / (units.Value * most)) } : options.Rule,
            Stop = stop with
            {
                GradientTolerance = stop.GradientTolerance ?? tolerance,
                // No nearer than by its own default: starts may lie close together.
                Escape = stop.Escape ?? (Stationarity.Escape * Math.Max(1, most)),
            },
        };
    }

    /// <summary>The tolerance to give where ‖∇φ‖ is to come to one, φ being what descends.</summary>
    public static double ToGive(double tolerance, DescentOptions options, Units units, int dimension) =>
        units.IsOne || !options.IsScaleFree ? tolerance : tolerance / (units.Value * Enumerable.Range(0, dimension).Min(units.Length));

    /// <summary>Tolerances and the longest gradient are those of ‖∇f‖: what is as short in every coordinate's unit is no longer.</summary>
    public static DescentOptions In(DescentOptions options, Units units, int dimension)
    {
        var stop = options.Stop;
        var (least, most) = (Enumerable.Range(0, dimension).Min(units.Length), Enumerable.Range(0, dimension).Max(units.Length));
        var rule = options.Rule is NormedRule { Epsilon: { } epsilon } normed ? normed with { Epsilon = epsilon * units.Value * least } : options.Rule;
        return options with
        {
            Rule = rule is CoordinateRule { Step: { } step } stepping ? stepping with { Step = step / (stepping.StepsByLength ? least : units.Value * least * least) } : rule,
            Clip = options.Clip * units.Value * least,
            Stop = stop with
            {
                GradientTolerance = stop.GradientTolerance * units.Value * least,
                Escape = stop.Escape / most,
            },
        };
    }
}
