namespace LandscapeGpu.Surveys;

/// <summary>The step along the slope that a landscape asks for where nobody gave one.</summary>
/// <remarks>
/// A step is stable up to 2/λ, λ being the largest curvature. What λ is where descents end is asked of the ends of a few by L-BFGS, which need no step; what it is on the way there, of the gentler starts: steep ones are on walls that
/// descents leave at once. So a step that nobody gave follows the units of the value and of the coordinates. Where it leads few restarts to an end soon, that of the ends alone is tried,
/// with steps on walls shortened to what a step may be (<see cref="StepTrials"/>).
/// </remarks>
/// <param name="objective">The landscape.</param>
/// <param name="starts">Where restarts begin, in the coordinates that move; null for the objective's own.</param>
/// <param name="units">The units to descend in.</param>
/// <param name="bits">The width of vectors; null for the widest there is.</param>
internal sealed class StepChoice(Objective objective, Sampler? starts, Units units, int? bits = null)
{
    private const int Descents = 16;

    // Enough to come near to where they end: no minimum is wanted, only the curvature there.
    private const int Steps = 100;

    // The ratio of lengths grows to the largest curvature; within a factor of two it is soon.
    private const int Products = 10;

    // Fewer where points are long.
    private const int MostNumbers = 1 << 18;

    // λ at the starts and at the ends of a few descents, in these units.
    private (double First, double Last)? curvatures;

    private readonly RestartRange range = new(objective.StartsFrom(starts), 0, 0, Math.Clamp(MostNumbers / objective.Dimension, 2, Descents));

    /// <summary>These with the step that the landscape asks for, where none is given; of three digits, so that it can be given as it is shown. A step that is a length is the rule's own, in these units.</summary>
    /// <param name="options">How restarts are to descend.</param>
    public DescentOptions For(DescentOptions options)
    {
        options = UnitChoice.WithRoom(options, objective, starts, units);
        return options.Rule switch
        {
            CoordinateRule { FollowsSlope: true, Step: null } rule => BySlope(options, rule),
            CoordinateRule { StepsByLength: true, Step: null } rule => options with
            {
                Rule = rule with { Step = OfThreeDigits(rule.LengthIn(objective.InUnits(units).Region) * units.Shortest), IsStepChosen = true },
            },
            _ => options,
        };
    }

    private DescentOptions BySlope(DescentOptions options, CoordinateRule rule)
    {
        var (first, last) = curvatures ??= Curvatures();
        // In the coordinates of the formula the same step goes σS² times as far, and a gradient is 1/(σS) times as long.
        DescentOptions By(double step, double? clip = null) => options with
        {
            Rule = rule with { Step = OfThreeDigits(step * units.Value * units.Shortest * units.Shortest), IsStepChosen = true },
            Clip = clip is { } longest ? OfThreeDigits(longest / (units.Value * units.Shortest)) : options.Clip,
            IsClipChosen = clip is not null,
        };
        // Where nothing is curved the rule's own.
        var gentle = By(Math.Max(first, last) is > 0 and var most ? rule.StepShare / (2 * most) : rule.DefaultStep);
        if (!(last > 0) || !gentle.IsScaleFree || range.Count < StepTrials.Fewest)
        {
            return gentle;
        }

        // The longest step of gradient descent is then as long as a step may be; momentum adds up 1/(1 − mass) of them.
        var bold = 1 / (2 * last);
        double? Clip(double step) => rule.TakesClipping ? objective.InUnits(units).Region.LongestStep * rule.StepShare / step : null;
        return new StepTrials(objective, range, units, bits).BestOf(gentle, new[] { rule.StepShare, rule.StableShare }.Distinct().Select(share => By(share * bold, Clip(share * bold))));
    }

    private static double OfThreeDigits(double step) => double.Parse(step.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private (double First, double Last) Curvatures()
    {
        var d = objective.Dimension;
        var ends = DescentInUnits.Compile(new LaneDevice(1, bits), objective, UnitChoice.WithRoom(new() { IsDouble = true, Stop = new() { Iterations = Steps } }, objective, starts, units), units).Run(range);
        using var derivatives = new PointDerivatives(objective, bits);
        var (first, last) = (new List<double>(), new List<double>());
        for (var k = 0; k < ends.Count; k++)
        {
            var start = new double[d];
            range.Starts.Draw(range.Seed, k, start);
            var slope = new double[d];
            derivatives.Gradient(derivatives.Retract(start), slope);
            // In y the slope is Sg.
            double[] along = [.. slope.Select((g, i) => g * units.Length(i))];
            first.Add(Curvature(derivatives, start, along, 1));
            last.Add(Curvature(derivatives, ends.Points[(k * d)..((k + 1) * d)], along, Products));
        }

        return (units.Value * Quartile(first, 1), units.Value * Quartile(last, 3));
    }

    /// <summary>The length of the Hessian's product with a vector over the vector's, in y, and so the largest after some products.</summary>
    private double Curvature(PointDerivatives derivatives, double[] point, double[] v, int products)
    {
        var (ratio, product) = (double.NaN, new double[v.Length]);
        for (var k = 0; k < products && Inner.Norm(v) is var length && length > 0; k++)
        {
            // In y the Hessian is SHS.
            derivatives.Product(point, [.. v.Select((e, i) => e / length * units.Length(i))], product);
            v = [.. product.Select((h, i) => h * units.Length(i))];
            ratio = Inner.Norm(v);
        }

        return ratio;
    }

    /// <summary>What so many quarters of the finite positive ones do not exceed; 0 where there are none.</summary>
    private static double Quartile(List<double> curvatures, int quarters) =>
        curvatures.Where(c => double.IsFinite(c) && c > 0).Order().ToList() is { Count: > 0 } known ? known[quarters * known.Count / 4] : 0;
}
