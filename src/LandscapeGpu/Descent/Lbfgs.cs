namespace LandscapeGpu.Descent;

/// <summary>Limited-memory BFGS with backtracking; on a box, with the coordinates held at a bound left out of the direction.</summary>
/// <remarks>
/// One value and gradient an iteration, whether the step is taken or not. Pairs with too little curvature are left out.
/// Nocedal and Wright (2006), Numerical Optimization, algorithm 7.4; on a box, Bertsekas (1982), SIAM J. Control 20, 221.
/// </remarks>
public sealed record Lbfgs : UpdateRule
{
    // Of a gradient in single precision, 10⁻⁷ of it each, what is a thousandth of its rounding; in double, a million roundings.
    private const double LeastCurvature = 1e-10;

    // The way to a minimum grows as the root of how many coordinates move; up to so many it is some steps, and of a hundred thousand it was thousands.
    private const double FewCoordinates = 256;

    /// <inheritdoc/>
    public override string Name => "lbfgs";

    /// <summary>How many pairs of steps and gradient changes are kept.</summary>
    public int Memory { get; init; } = 5;

    /// <summary>
    /// No step is longer than this; null for a twentieth of the box's mean width, or without a box 1 (and, beyond a distance of 110 from the origin, a tenth of what is beyond 100), times √(d/256) in more
    /// than 256 coordinates.
    /// </summary>
    public double? LongestStep { get; init; }

    internal override bool IsScaleFree => LongestStep is null;

    /// <inheritdoc/>
    public override string ToString() => $"{Name} (memory {Memory}{(LongestStep is { } longest ? FormattableString.Invariant($", longest step {longest}") : "")})";

    /// <inheritdoc/>
    public override IEnumerable<(string Name, double Value)> Tunable =>
        LongestStep is { } given ? [(StepContext.StepName, RuleNumbers.Positive(given, "L-BFGS's longest step"))] : [];

    /// <inheritdoc/>
    public override UpdateRule Shape => LongestStep is null ? this : this with { LongestStep = 1 };

    /// <inheritdoc/>
    public override bool StaysInRegion => true;

    /// <inheritdoc/>
    public override Vector Write(StepContext step)
    {
        RuleNumbers.AtLeastOne(Memory, "L-BFGS's memory");
        var d = step.Dimension;
        var pairs = Math.Min(Memory, d);
        var (x, g, p) = (step.X, step.Slot("g"), step.Slot("p"));
        var (f, t, gamma) = (step.Scalar("f", StepContext.Unknown), step.Scalar("t", 0), step.Scalar("gamma", 0));
        var (allS, allY, allRho) = (step.Slot("S", pairs * d), step.Slot("Y", pairs * d), step.Slot("rho", pairs));
        var newest = step.Turn(pairs);

        var trial = step.Project(step.Each(i => x[i] + (t.Value * p[i])));
        var (value, there) = step.At(trial);
        var gradient = step.WithEnds(there, g, trial);
        var decrease = Sum(d, i => g[i] * (trial[i] - x[i]));
        var fresh = f.Value >= StepContext.Unknown;
        var accepted = fresh | (value <= f.Value + (Stationarity.SufficientDecrease * decrease) + step.Slack(f.Value));

        var next = step.Each(i => Select(accepted, trial[i], x[i]));
        var slope = step.Each(i => Select(accepted, gradient[i], g[i]));
        var many = Math.Sqrt(Math.Max(1, d / FewCoordinates));
        // Beyond a distance of 110 steps grow with it, so that on an unbounded slope infinity is reached before the iterations end.
        var longest = LongestStep is not null ? step.Number(StepContext.StepName)
            : step.Width is { } width ? many * (width / 20)
            : Max(many, (0.1 * Sqrt(step.Total(i => Square(next[i])))) - 10);
        var s = step.Each(i => Select(accepted, trial[i] - x[i], 0));
        var change = step.Change((g, x), (gradient, trial));
        var y = step.Each(i => Select(accepted, change[i], 0));
        var sy = Sum(d, i => s[i] * y[i]);
        var yy = Sum(d, i => y[i] * y[i]);
        // A pair whose change of slope is rounding beside the slope says nothing of the Hessian. Both are values: how large the curvature itself is depends on units.
        var curved = sy > LeastCurvature * Abs(decrease);
        var rho = Select(fresh, 0, Select(curved, 1 / Select(curved, sy, 1), 0));
        // On a box the direction is made of the gradient of the coordinates that can move.
        var q = step.Free(slope, slope, next);
        var free = q;
        var norm = Sqrt(Sum(d, i => Square(free[i])));
        // In a box where f was not curved upwards along two steps nothing but the box says how far to go: twice as far as before, up to the longest step, whatever a steep place
        // passed long ago has said. After one such step, as beside a kink that was just crossed, something does.
        var bolder = accepted & !(Rho(1) > 0) & (gamma.Value * Max(norm, step.Tiny) < longest);
        var scale = Select(rho > 0, sy / Max(yy, step.Tiny), step.Width is null ? gamma.Value : Select(bolder, 2, 1) * gamma.Value);
        var alphas = new Real[pairs];
        for (var k = 0; k < pairs; k++)
        {
            var (pair, last) = (k, q);
            var alpha = Rho(pair) * Sum(d, i => S(pair, i) * last[i]);
            alphas[k] = alpha;
            q = step.Each(i => last[i] - (alpha * Y(pair, i)));
        }

        var first = Select(scale > 0, scale, 0.5 * longest / Max(norm, 0.5 * longest));
        var scaled = q;
        q = step.Each(i => first * scaled[i]);
        for (var k = pairs - 1; k >= 0; k--)
        {
            var (pair, last) = (k, q);
            var beta = alphas[k] - (Rho(pair) * Sum(d, i => Y(pair, i) * last[i]));
            q = step.Each(i => last[i] + (beta * S(pair, i)));
        }

        // Only a direction of descent is taken; otherwise the scaled gradient.
        var final = step.Tangent(q, next);
        var downhill = Sum(d, i => final[i] * free[i]) > 0;
        var kept = step.Free(final, slope, next);
        var direction = step.Each(i => Select(accepted, -Select(downhill, kept[i], first * free[i]), p[i]));
        var length = Sqrt(Sum(d, i => Square(direction[i])));

        step.Keep(g, slope);
        step.Keep(p, direction);
        step.Keep(f, Select(accepted, value, f.Value));
        step.Keep(t, Select(accepted, Min(1, longest / Max(length, step.Tiny)), 0.5 * t.Value));
        step.Keep(gamma, Select(fresh, 0, scale));
        step.KeepAt(allS, newest * d, s);
        step.KeepAt(allY, newest * d, y);
        step.KeepAt(allRho, newest, StepContext.One(rho));
        step.Tests(slope, next, Select(accepted, value, f.Value));
        step.FailsWhen(fresh & !(Abs(value) < StepContext.Unknown));
        return next;

        // Pair 0 is the one just made; pair k was kept k steps ago.
        Index Position(int pair) => (newest + (pairs - pair)) % pairs;
        Real S(int pair, Index i) => pair == 0 ? s[i] : allS[(Position(pair) * d) + i];
        Real Y(int pair, Index i) => pair == 0 ? y[i] : allY[(Position(pair) * d) + i];
        Real Rho(int pair) => pair == 0 ? rho : allRho[Position(pair)];
    }
}
