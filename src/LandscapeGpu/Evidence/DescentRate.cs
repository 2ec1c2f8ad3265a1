using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>The measured rate of gradient descent with step 1/β beside the rate that the Polyak–Łojasiewicz condition promises.</summary>
/// <remarks>
/// f(xᵏ) − f* ≤ (1 − μ/β)ᵏ (f(x⁰) − f*) if f is β-smooth and ½‖∇f‖² ≥ μ(f − f*): Polyak (1963), Gradient methods for minimizing
/// functionals. μ and β are those of the sample and of the points of the paths themselves.
/// </remarks>
public sealed record DescentRate
{
    // A step that f rises along is more than twice too long; 4⁸ is 65,536.
    private const double Shortened = 4;
    private const int MostRounds = 8;

    private DescentRate()
    {
    }

    /// <summary>μ: the constant of the Polyak–Łojasiewicz inequality, in the same units.</summary>
    public required double Mu { get; init; }

    /// <summary>β: the largest curvature met, in units of f over length squared; more where f rose along steps of 1/β, which showed that it curves by more.</summary>
    public required double Beta { get; init; }

    /// <summary>f(xᵏ) − f* of each path, k from 0.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Above { get; init; }

    /// <summary>ηβ: the step is this share of 1/β, above 0 and below 2.</summary>
    public double StepShare { get; init; } = 1;

    /// <summary>1 − ηβ(2 − ηβ)μ/β: 1 − μ/β at the step 1/β, where it is least; 1 − ημ where sides of the region shortened steps, which is about ηβ ≤ 1; NaN where no curvature was seen.</summary>
    public double Predicted => Beta > 0 ? 1 - (Gain(StepShare, IsHeld) * Mu / Beta) : double.NaN;

    private bool IsSmooth { get; init; }

    /// <summary>Whether a side of the region shortened a step.</summary>
    private bool IsHeld { get; init; }

    // Of projected steps the theorem is about 1/η ≥ β, and there about the condition with 1/η in place of β.
    private static double Gain(double share, bool isHeld) => !isHeld ? share * (2 - share) : share <= 1 ? share : 0;

    /// <summary>Whether the descent lemma f(x⁺) ≤ f(x) − η(1 − βη/2)‖∇f(x)‖² held at every step, with ‖x⁺ − x‖/η in place of ‖∇f(x)‖ where a side shortened it; null on surfaces, where a step is followed by a retraction.</summary>
    public bool? IsLemmaKept { get; init; }

    /// <summary>Whether μ is more than rounding makes of 0, so that a rate is promised.</summary>
    public required bool IsPromised { get; init; }

    private string StepWords => StepShare == 1 ? "1/β" : $"{Number(StepShare)}/β";

    private string RateWords => StepShare == 1 ? "1 − μ/β" : $"1 − {Number(Gain(StepShare, IsHeld))}·μ/β";

    /// <summary>The largest ((f(xᵏ) − f*)/(f(x⁰) − f*))^(1/k) at the end of a path; NaN where no step was made.</summary>
    public required double Measured { get; init; }

    /// <summary>The largest (f(xᵏ⁺¹) − f*)/(f(xᵏ) − f*) of any step.</summary>
    public required double WorstStep { get; init; }

    /// <summary>Whether f(xᵏ) − f* ≤ (1 − μ/β)ᵏ (f(x⁰) − f*) at every point of every path.</summary>
    public required bool IsAsPromised { get; init; }

    /// <summary>How many paths were followed, and how many ended at f*.</summary>
    public required int Paths { get; init; }

    /// <summary>How many paths came within the rounding of f*.</summary>
    public required int Reached { get; init; }

    /// <summary>How many paths left the region, and were followed no further; null where it has no inside and outside.</summary>
    public int? Left { get; init; }

    /// <summary>Steps of gradient descent, all paths together.</summary>
    public required long Steps { get; init; }

    /// <summary>Whether steps had to be shorter than 1/β by the curvature seen, since f rose along those.</summary>
    private bool IsSteeper { get; init; }

    /// <summary>Whether the first step of a path led to f*, so that there is no rate to be told.</summary>
    private bool IsOneStep { get; init; }

    /// <summary>How it was sampled.</summary>
    public string Sampling => $"{Count(Paths, "path")} of gradient descent with step {StepWords} from random starts, {Count(Steps, "step")} in all";

    /// <summary>The finding in words.</summary>
    public string Sentence => Rate + (Steps == 0 || IsLemmaKept is not { } isKept ? "" : isKept ? " The descent lemma held at every step." : !IsSmooth ? "" : " The descent lemma failed at a step: f curves by more than β there.") + (IsSteeper ? FormattableString.Invariant($" β = {Number(Beta, 3)} is more than the curvature seen: along longer steps f rose.") : "") + (Left is > 0 and var left ? $" {Count(left, "path")} left the region, and {(left == 1 ? "was" : "were")} followed no further." : "");

    private string Rate => !(Beta > 0) ? "No rate was measured: no curvature was seen at the points looked at, so that 1/β is no step."
        : Steps == 0
        ? IsOneStep ? $"Gradient descent with step {StepWords} = {Number(StepShare / Beta, 3)} came to f* in one step, on {Reached} of {Paths} paths; {RateWords} = {Factor(Predicted)} is promised: kept."
            : Reached == Paths ? "No rate was measured: every path of gradient descent began at f*."
            : $"No rate was measured: no path of gradient descent with step {StepWords} made a step inside the domain."
        : IsPromised
        ? $"Gradient descent with step {StepWords} = {Number(StepShare / Beta, 3)} shrank f − f* to {Factor(Measured)} of itself a step or less on average (worst single step {Factor(WorstStep)}); {RateWords} = {Factor(Predicted)} is promised: {(IsAsPromised ? "kept at every step" : "not kept")}. {Reached} of {Paths} paths came to f*."
        : $"No rate is promised, since {(!IsSmooth ? "f is not smooth" : IsHeld && StepShare > 1 ? "sides of the region shortened steps of more than 1/β" : "the Polyak–Łojasiewicz condition fails")}; {Reached} of {Paths} paths of gradient descent with step {StepWords} came to f*, the slowest at {Factor(Measured)} a step.";

    /// <summary>A factor a step, as its distance from 1 where that is all there is to see.</summary>
    private static string Factor(double factor) => factor is > 0.999995 and < 1 ? $"1 − {Number(1 - factor, 2)}" : Number(factor);

    /// <summary>Follows paths, and adds their points to the sample that μ and β are taken from.</summary>
    internal static (DescentRate Rate, GrowthConditions Conditions) Measure(
        Objective objective, GlobalReference global, LandscapeSample sample, int paths, int steps, ulong seed, FallbackDevice? device = null, double? radius = null, double step = 1, CancellationToken stop = default)
    {
        using var slopes = new PointDerivatives(objective);
        var sampler = LandscapeSample.StartsIn(objective, radius);
        var conditions = GrowthConditions.Of(objective, global, sample, radius is null);
        var starts = Enumerable.Range(0, paths).Select(k =>
        {
            var start = new double[objective.Dimension];
            sampler.Draw(seed, k, start);
            return start;
        }).ToList();
        if (!(conditions.Smoothness.Value > 0))
        {
            return (Of(conditions, [], global, objective, step), conditions);
        }

        var beta = conditions.Smoothness.Value;
        for (var round = 0; ; round++)
        {
            var followed = starts.Select(s => Follow(slopes, objective.Region, s, step / beta, steps, global, sample.Units, stop)).ToList();
            // Two dozen points of each: the eigenvalues of a Hessian cost more than a step.
            var visited = followed.SelectMany(p => p.Points.Where((_, k) => k % Math.Max(1, p.Points.Count / 24) == 0)).Where(p => LandscapeSample.IsIn(objective, radius, p));
            var all = sample.With(sample.AlsoAt(visited, $"points of {paths} paths of gradient descent", device, stop));
            var updated = GrowthConditions.Of(objective, global, all, radius is null);
            var rises = followed.Exists(p => p.Rises);
            // Where the paths met more curvature than the sample, or f rose, the step was too long to be promised anything.
            if ((!rises && updated.Smoothness.Value <= beta * (1 + Stationarity.ThreeQuartersOfTheDigits)) || round == MostRounds || stop.IsCancellationRequested)
            {
                return (Of(updated, followed, global, objective, step, beta), updated);
            }

            beta = Math.Max(rises ? Shortened * beta : 0, updated.Smoothness.Value);
        }
    }

    private static DescentRate Of(GrowthConditions conditions, List<Path> paths, GlobalReference global, Objective objective, double step, double used = 0)
    {
        // μ over every point of every path, not only those whose Hessian was looked at.
        var mu = paths.Select(p => p.LeastRatio).Append(conditions.PolyakLojasiewicz.Value).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
        var beta = Math.Max(used, conditions.Smoothness.Value);
        var isHeld = conditions.IsHeld || paths.Exists(p => p.IsHeld);
        var factor = 1 - (Gain(step, isHeld) * mu / beta);
        var (measured, worst, kept) = (0.0, 0.0, true);
        foreach (var path in paths)
        {
            var above = path.Values.Select(v => v - global.Value).ToArray();
            for (var k = 1; k < above.Length; k++)
            {
                worst = Math.Max(worst, above[k] / above[k - 1]);
                // A millionth: f − f* is known to eight digits at best where the path ends.
                kept &= above[k] <= (Math.Pow(factor, k) * above[0] * (1 + 1e-6)) + global.Floor;
            }

            if (above.Length > 1 && above[0] > 0)
            {
                measured = Math.Max(measured, Math.Pow(Math.Max(above[^1], 0) / above[0], 1.0 / (above.Length - 1)));
            }
        }

        return new()
        {
            Above = [.. paths.Select(p => (IReadOnlyList<double>)[.. p.Values.Select(v => v - global.Value)])],
            Mu = mu,
            Beta = beta,
            IsHeld = isHeld,
            IsSmooth = global.Rough is null,
            IsPromised = mu > 0 && global.Rough is null && Gain(step, isHeld) > 0 && conditions.IsLojasiewicz && !(paths.Select(p => p.LeastAlike).DefaultIfEmpty(double.PositiveInfinity).Min() <= conditions.AlikeZero),
            StepShare = step,
            IsSteeper = beta > conditions.Smoothness.Value * (1 + Stationarity.ThreeQuartersOfTheDigits),
            IsLemmaKept = objective.Surface is not null ? null : paths.TrueForAll(p => p.KeepsLemma(step / beta * (1 - (0.5 * step)))),
            // Where no step was made, or none could be, there is no rate.
            Measured = paths.Exists(p => p.Values.Count > 1 || p is { IsAtGlobal: true, Values.Count: 1 }) ? measured : double.NaN,
            WorstStep = worst,
            IsAsPromised = kept && paths.Count > 0,
            Paths = paths.Count,
            Reached = paths.Count(p => p.IsAtGlobal),
            Left = paths.Count == 0 || objective.Region.IsWholeSpace || objective.Surface is not null ? null : paths.Count(p => p.HasLeft),
            IsOneStep = paths.Exists(p => p is { IsAtGlobal: true, Values.Count: 1 }),
            // One that begins at f* has no point at all.
            Steps = paths.Sum(p => Math.Max(0, (long)p.Values.Count - 1)),
        };
    }

    private static Path Follow(PointDerivatives slopes, Region region, double[] start, double eta, int steps, GlobalReference global, CurvatureUnits units, CancellationToken stop)
    {
        var x = (double[])start.Clone();
        var gradient = new double[x.Length];
        var path = new Path();
        var (floor, lastSquare) = (global.Floor, 0.0);
        for (var k = 0; k <= steps && !stop.IsCancellationRequested; k++)
        {
            var value = slopes.Gradient(x, gradient);
            var square = Inner.Product(gradient, gradient);
            // Outside the region the landscape is another one; onto a surface the path is put back.
            var left = region.IsBeyondSides(x);
            path.HasLeft |= left;
            if (left || !double.IsFinite(value) || !double.IsFinite(square))
            {
                break;
            }

            // What comes after a step that f rises along is no descent, and may run to infinity.
            if (path.Values.Count > 0 && value > path.Values[^1] + floor + (Stationarity.ThreeQuartersOfTheDigits * Math.Abs(path.Values[^1])))
            {
                path.Rises = true;
                break;
            }

            if (path.Values.Count > 0)
            {
                path.Falls.Add((path.Values[^1], lastSquare, value));
            }

            lastSquare = square;
            if (value - global.Value <= floor)
            {
                path.IsAtGlobal = true;
                break;
            }

            path.Points.Add((double[])x.Clone());
            path.Values.Add(value);
            var (slope, isHeld) = SlopeWithin.Of(region, x, gradient, 1 / eta);
            path.IsHeld |= isHeld;
            path.LeastRatio = Math.Min(path.LeastRatio, 0.5 * Inner.Product(slope, slope) / (value - global.Value));
            path.LeastAlike = Math.Min(path.LeastAlike, 0.5 * units.SquareOfSlope(slope) / (value - global.Value));
            double[] to = [.. x.Zip(gradient, (a, g) => a - (eta * g))];
            var kept = slopes.Retract([.. to]);
            // Of a step that a side of the region shortens the lemma is about its length: f(x⁺) ≤ f(x) − (1/η − β/2)‖x⁺ − x‖², the same where nothing does.
            if (!kept.AsSpan().SequenceEqual(to))
            {
                lastSquare = kept.Zip(x, (a, b) => (a - b) * (a - b)).Sum() / (eta * eta);
            }

            x = kept;
        }

        return path;
    }

    private sealed class Path
    {
        public List<double[]> Points { get; } = [];

        public List<double> Values { get; } = [];

        public List<(double Value, double Square, double Next)> Falls { get; } = [];

        public double LeastRatio { get; set; } = double.PositiveInfinity;

        public double LeastAlike { get; set; } = double.PositiveInfinity;

        /// <summary>Whether f fell by this multiple of ‖∇f‖² at every step, but for rounding: that of the largest value, since where one passes through 0 its terms do not.</summary>
        public bool KeepsLemma(double multiple)
        {
            var rounding = Stationarity.ThreeQuartersOfTheDigits * Falls.Select(f => Math.Max(Math.Abs(f.Value), Math.Abs(f.Next))).DefaultIfEmpty(0).Max();
            return !Rises && Falls.TrueForAll(f => f.Next <= f.Value - (multiple * f.Square) + rounding);
        }

        public bool IsAtGlobal { get; set; }

        public bool HasLeft { get; set; }

        /// <summary>Whether a side of the region shortened a step.</summary>
        public bool IsHeld { get; set; }

        public bool Rises { get; set; }
    }
}
