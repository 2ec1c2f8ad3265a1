using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>A constant of an inequality, as the points looked at allow it.</summary>
/// <param name="Value">The best constant; a condition that needs it positive fails where it is not.</param>
/// <param name="Where">The point that decides it; null if none was looked at.</param>
/// <param name="Points">How many points were looked at.</param>
public sealed record ObservedConstant(double Value, IReadOnlyList<double>? Where, int Points)
{
    /// <summary>Zero, where that is all rounding leaves of it.</summary>
    internal ObservedConstant Within(double zero) => Math.Abs(Value) <= zero ? this with { Value = 0 } : this;
}

/// <summary>A point that growth conditions were looked at.</summary>
/// <param name="Above">f(x) − f*.</param>
/// <param name="HalfSquare">½‖∇f(x)‖²; where a side of the region shortens the step −∇f/β, the half square of what is left of it (<see cref="GrowthConditions"/>).</param>
public sealed record GrowthLook(double Above, double HalfSquare);

/// <summary>Conditions under which gradient descent finds a global minimum, by the best constants that the points looked at allow.</summary>
/// <remarks>
/// With f* the global minimum and x* the global minimum found that is nearest to x, images under the declared symmetry among them (the
/// definitions name one x*, and the text takes the nearest where a symmetry makes many):
/// Polyak–Łojasiewicz ½‖∇f(x)‖² ≥ μ(f(x) − f*), with the ½ (the chapter's (2.1) leaves it out: its μ is twice this one);
/// where a side of the region shortens the step −∇f/β, with D(x) = −2β min over y in the region of ⟨∇f(x), y − x⟩ + β/2·‖y − x‖² in place of ‖∇f(x)‖² (the proximal condition of Karimi, Nutini and Schmidt,
/// theorem 5, which is about projected gradient descent);
/// smoothness ‖∇²f(x)‖ ≤ β;
/// weak quasi-convexity ∇f(x)ᵀ(x − x*) ≥ τ(f(x) − f*), (2.2);
/// restricted secant inequality ∇f(x)ᵀ(x − x*) ≥ ρ‖x − x*‖², (2.3);
/// local strong convexity ∇²f ⪰ γI at and around the minimum.
/// On spheres x − x* is the tangent vector −log_x(x*) of the great circle, as long as the arc: weak quasi-convexity and the secant
/// inequality along geodesics (Alimisis, Orvieto, Bécigneul and Lucchi 2020, A continuous-time perspective for modeling acceleration in
/// Riemannian optimization; Zhang and Sra 2016, First-order methods for geodesically convex optimization). Antipodes of x* are left out.
/// Ma (2021), Why do local methods solve nonconvex problems?, §2.2; Polyak (1963); Karimi, Nutini and Schmidt (2016).
/// A sample bounds μ, τ, ρ from above and β from below: it can refute a constant, not prove it.
/// </remarks>
public sealed record GrowthConditions
{
    private GrowthConditions()
    {
    }

    /// <summary>The value that counts as the global one, and why.</summary>
    public required GlobalReference Global { get; init; }

    /// <summary>μ of ½‖∇f‖² ≥ μ(f − f*).</summary>
    public required ObservedConstant PolyakLojasiewicz { get; init; }

    /// <summary>β, the largest |λ| of the Hessian.</summary>
    public required ObservedConstant Smoothness { get; init; }

    /// <summary>τ of (2.2).</summary>
    public required ObservedConstant WeakQuasiConvexity { get; init; }

    /// <summary>ρ of (2.3).</summary>
    public required ObservedConstant RestrictedSecant { get; init; }

    /// <summary>λ_min of the Hessian over all points looked at: below 0, f is not convex.</summary>
    public required ObservedConstant LowestCurvature { get; init; }

    /// <summary>γ: λ_min of the Hessian at the global minima found; NaN if none was.</summary>
    public required double LocalStrongConvexity { get; init; }

    /// <summary>The distance from a global minimum of the nearest point looked at where the Hessian is not positive definite; infinity if there is none.</summary>
    public required double ConvexityRadius { get; init; }

    /// <summary>The distance from a global minimum of the nearest point looked at where f curves down by more than rounding; infinity if there is none.</summary>
    public double NegativeRadius { get; init; } = double.PositiveInfinity;

    /// <summary>The points looked at: those with f above f* by more than rounding.</summary>
    public required IReadOnlyList<GrowthLook> Looks { get; init; }

    /// <summary>How it was sampled.</summary>
    public required string Sampling { get; init; }

    /// <summary>The findings in words, one sentence each.</summary>
    public IReadOnlyList<string> Sentences =>
    [
        IsParted ? "Polyak–Łojasiewicz fails: the global minima found are several, and one of them is isolated; where the condition holds, gradient flow from everywhere comes to the minima it goes with, so that these are one connected set."
            : IsFlatAtMinimum ? "Polyak–Łojasiewicz fails: at an isolated global minimum the Hessian is singular, so that f − f* grows by less than a square of the distance, and ½‖∇f‖² by less than any μ(f − f*)."
            : Global.Trap is { } trap ? $"Polyak–Łojasiewicz fails: at a minimum found, of value {Number(trap.Value, Global.Digits)}, f {(trap.Kind == StationaryKind.EdgeMinimum ? "ends" : "has a kink")}, is above f* and falls no way."
            : double.IsNaN(PolyakLojasiewicz.Value) ? "Polyak–Łojasiewicz: no point looked at is above f*: there is nothing to test."
            : IsLojasiewicz
            ? $"Polyak–Łojasiewicz ({(IsHeld ? "½D ≥ μ(f − f*); D is ‖∇f‖², less what sides of the region take from the step −∇f/β" : "½‖∇f‖² ≥ μ(f − f*), with the ½")}): no point looked at allows more than μ = {Number(PolyakLojasiewicz.Value)}."
            : $"Polyak–Łojasiewicz fails: at a point looked at {(IsHeldAtWorst ? "no step inside the region leads down" : $"the gradient is {(IsZeroAtWorst ? "zero" : "next to zero")}")} and f is above f*.",
        Global.Rough is { } rough ? $"Smoothness fails: at a minimum found, of value {Number(rough.Value, 8)}, f has no {(rough.IsWithoutGradient ? "gradient" : "finite Hessian")}; elsewhere the largest |λ| seen is {Number(Smoothness.Value)}."
            : $"Smoothness: β is at least {Number(Smoothness.Value)}, the largest |λ| of the Hessian seen.",
        IsNearestUnknown ? OfOrbit("Weak quasi-convexity (2.2)")
            : double.IsNaN(WeakQuasiConvexity.Value) ? "Weak quasi-convexity (2.2): no point to look at (it needs a global minimum found and, on a manifold, shortest curves that are known in closed form, as on spheres)."
            : WeakQuasiConvexity.Value > 0
            ? $"Weak quasi-convexity (2.2): no point looked at allows more than τ = {Number(WeakQuasiConvexity.Value)}."
            : IsOfFlatSet ? OfFlatSet("Weak quasi-convexity (2.2)", Number(WeakQuasiConvexity.Value))
            : $"Weak quasi-convexity (2.2) fails: the least ratio seen is {Number(WeakQuasiConvexity.Value)}.",
        IsFlatAtMinimum ? "Restricted secant inequality (2.3) fails: at an isolated global minimum the Hessian is singular, and the ratio tends to 0 there."
            : IsNearestUnknown ? OfOrbit("Restricted secant inequality (2.3)")
            : double.IsNaN(RestrictedSecant.Value) ? "Restricted secant inequality (2.3): no point to look at (it needs a global minimum found and, on a manifold, shortest curves that are known in closed form, as on spheres)."
            : RestrictedSecant.Value > 0
            ? $"Restricted secant inequality (2.3): no point looked at allows more than {Number(RestrictedSecant.Value)}."
            : IsOfFlatSet ? OfFlatSet("Restricted secant inequality (2.3)", Number(RestrictedSecant.Value))
            : $"Restricted secant inequality (2.3) fails: the least ratio seen is {Number(RestrictedSecant.Value)}.",
        CurvesDown
            ? IsOfOwnCoordinates ? $"Convexity in y fails: an eigenvalue of {Number(LowestCurvature.Value)} was seen; of convexity in x that says nothing."
                : $"Convexity fails: an eigenvalue of {Number(LowestCurvature.Value)} was seen."
            : IsOfSeveral ? "Convexity fails, though no negative eigenvalue was seen: the global minima found are several, and one of them is isolated."
            : AboveTangent is not null ? "Convexity fails, though no negative eigenvalue was seen: the tangent plane at a point looked at passes above f*."
            : $"Convexity{(IsOfOwnCoordinates ? " in y" : "")}: no negative eigenvalue was seen.",
        IsOfOrbit && LocalStrongConvexity > 0 && Global.Minima.All(m => m.FlatBeyondOrbit == 0) ? $"Local strong convexity across the orbit of the global minimum: γ = {Number(LocalStrongConvexity)}; along the orbit nothing changes."
            : Global.Minima.Any(m => m.IsOnBoundary) ? $"Local strong convexity: sides of the region hold a global minimum, and across them f rises by its slope; {(double.IsNaN(LocalStrongConvexity) ? "they leave it no direction" : $"along them the lowest eigenvalue is {Number(LocalStrongConvexity)}")}."
            : double.IsNaN(LocalStrongConvexity) ? $"Local strong convexity: {(Global.Minima.Count == 0 ? "no global minimum was found to look at" : "f has no finite Hessian at a global minimum")}."
            : IsRegularAtMinimum
            ? $"Local strong convexity: γ = {Number(LocalStrongConvexity)} at the global minimum{(double.IsPositiveInfinity(ConvexityRadius) ? ", and no point looked at has a lower eigenvalue of 0 or less" : $"; the Hessian is positive definite at all points looked at within {Number(ConvexityRadius)} of it")}."
            : $"Local strong convexity fails: the Hessian is singular at a global minimum. {(double.IsPositiveInfinity(NegativeRadius) ? "Nothing looked at curves down" : $"The nearest point looked at that curves down is at a distance of {Number(NegativeRadius)}")}.",
    ];

    /// <summary>Whether what moves, and what all this is of, is not the point that the formula is given.</summary>
    internal bool IsOfOwnCoordinates { get; init; }

    /// <summary>Whether a global minimum found is isolated and its Hessian singular: μ and ρ are 0, since both conditions make f − f* grow by a square (Karimi, Nutini and Schmidt 2016, theorem 2).</summary>
    internal bool IsFlatAtMinimum { get; init; }

    /// <summary>Whether there are global minima beside an isolated one: μ is 0, since gradient flow makes a retract of the region onto its minima where it is not.</summary>
    private bool IsParted { get; init; }

    /// <summary>Whether the global minima found are orbits of a continuous symmetry.</summary>
    internal bool IsOfOrbit { get; init; }

    /// <summary>Whether the nearest point of such an orbit is not found.</summary>
    internal bool IsNearestUnknown { get; init; }

    private static string OfOrbit(string condition) => $"{condition}: not looked at, since each global minimum is a whole orbit of a continuous symmetry, and the point of it that is nearest is not found.";

    // The definition is with respect to a minimum x*: of a flat set one point is listed, and another may be nearer.
    private bool IsOfFlatSet => Global.Minima.Any(m => m is { IsFlatFamily: true, FlatBeyondOrbit: > 0 });

    private string OfFlatSet(string condition, string least) => PolyakLojasiewicz.Value == 0
        ? $"{condition} fails: at a point looked at the gradient is zero and f is above f*, whichever point of the flat set of global minima is taken."
        : $"{condition} fails with respect to the listed one of the flat set of global minima: the least ratio seen is {least}; the nearest one is not looked for.";

    /// <summary>What rounding makes of a curvature that is zero, beside the largest, both in units that make curvatures alike; ratios of falls, such as τ, are compared with 1.</summary>
    internal double AlikeZero { get; init; }

    /// <summary>Whether μ is above 0 by more than rounding.</summary>
    internal bool IsLojasiewicz { get; init; }

    /// <summary>Whether sides of the region took something from the step of a point looked at.</summary>
    internal bool IsHeld { get; init; }

    private bool IsHeldAtWorst { get; init; }

    /// <summary>Whether the gradient there is zero to rounding, and not only small.</summary>
    private bool IsZeroAtWorst { get; init; }

    /// <summary>Whether an eigenvalue is below 0 by more than rounding.</summary>
    private bool CurvesDown { get; init; }

    /// <summary>A point whose tangent plane passes above f*, as none of a convex function does; null where none was looked at.</summary>
    private IReadOnlyList<double>? AboveTangent { get; init; }

    /// <summary>Whether there are global minima beside an isolated one, which those of a convex function, a convex set, are not.</summary>
    private bool IsOfSeveral { get; init; }

    /// <summary>Whether the Hessian is positive definite at all global minima found.</summary>
    private bool IsRegularAtMinimum { get; init; }

    /// <summary>The constants over a sample.</summary>
    /// <param name="objective">The landscape.</param>
    /// <param name="global">Its global minimum.</param>
    /// <param name="sample">The points.</param>
    /// <param name="isWhole">Whether they are of the whole region, which gradient flow stays in, and not of a ball in it.</param>
    internal static GrowthConditions Of(Objective objective, GlobalReference global, LandscapeSample sample, bool isWhole = true)
    {
        // The limit of ratios to f − f* at the minimum is a curvature, which is looked at itself.
        var floor = global.Floor;
        var (mu, tau, rho) = (new Least(), new Least(), new Least());
        var (beta, convex) = (new Least(), new Least());
        var (units, alike) = (sample.Units, (Mu: new Least(), Free: new Least(), Rho: new Least(), Lowest: new Least()));
        var zero = Stationarity.HalfTheDigits * Enumerable.Range(0, sample.Count).Select(sample.AlikeLargest).DefaultIfEmpty(0).Max();
        var (radius, looks, downwards) = (double.PositiveInfinity, new List<GrowthLook>(), new List<(double Curvature, double Distance)>());
        // Nearer than this share of the farthest look, what rounding leaves of a gradient is not small beside what curvature makes of it.
        var near = Stationarity.QuarterOfTheDigits * sample.Points.Select(p => global.Nearest(p) is { } m ? Symmetry.Euclidean(p, m) : 0).DefaultIfEmpty(0).Max();
        var isOfOrbit = global.Minima.Any(m => m.Orbit is { Dimension: > 0 });
        var isNearestUnknown = isOfOrbit && !global.AlignsNearest;
        for (var k = 0; k < sample.Count; k++)
        {
            beta.Add(-Math.Max(Math.Abs(sample.Lowest(k)), Math.Abs(sample.Highest(k))), sample.Points[k]);
        }

        var (isHeld, isFlatSpace) = (false, objective.Surface is null && !objective.Region.HasOwnCoordinates);
        // How f rises over the points looked at: beside a kink curvatures grow without end, and say nothing of the whole.
        var (highest, farthest, aboveTangent) = (0.0, 0.0, (double[]?)null);
        for (var k = 0; k < sample.Count; k++)
        {
            var (point, gradient, above) = (sample.Points[k], sample.Gradients[k], sample.Values[k] - global.Value);
            convex.Add(sample.Lowest(k), point);
            alike.Lowest.Add(sample.AlikeLowest(k), point);
            if (above > floor)
            {
                var (slope, isShort) = SlopeWithin.Of(objective.Region, point, gradient, -beta.Constant.Value);
                looks.Add(new(above, 0.5 * Inner.Product(slope, slope)));
                isHeld |= isShort;
                mu.Add(looks[^1].HalfSquare / above, point);
                alike.Mu.Add(0.5 * units.SquareOfSlope(slope) / above, point);
                if (!isShort)
                {
                    alike.Free.Add(0.5 * units.SquareOfSlope(slope) / above, point);
                }
            }

            if ((isNearestUnknown ? null : global.Nearest(point)) is not { } minimum)
            {
                continue;
            }

            var distance = Symmetry.Euclidean(point, minimum);
            var towards = new double[point.Length];
            if (objective.Region.TryLogarithm(point, minimum, towards))
            {
                var along = -Inner.Product(gradient, towards);
                var length = Inner.Norm(towards);
                farthest = Math.Max(farthest, units.SquareOfStep(towards));
                if (above > floor)
                {
                    highest = Math.Max(highest, above);
                    tau.Add(along / above, point);
                    // f(x) + ∇f(x)ᵀ(x* − x) ≤ f* where f is convex; what rounding leaves of the slope makes of its terms is within half their digits.
                    var slack = Stationarity.HalfTheDigits * gradient.Zip(towards, (g, t) => Math.Abs(g * t)).Sum();
                    aboveTangent ??= isFlatSpace && above - along > floor + slack ? point : null;
                }

                if (length > near)
                {
                    rho.Add(along / (length * length), point);
                    alike.Rho.Add(along / units.SquareOfStep(towards), point);
                }
            }

            if (!(sample.Lowest(k) > 0))
            {
                radius = Math.Min(radius, distance);
                downwards.Add((sample.AlikeLowest(k), distance));
            }
        }

        var flat = global.Minima.FirstOrDefault(m => m is { Kind: StationaryKind.DegenerateMinimum, RisesAllRound: true, IsOnBoundary: false });
        // A point that refutes the condition says more. Regions with an inside are connected; a surface may be in pieces.
        var zeroRatio = global.Rough is null || farthest == 0 ? zero : Stationarity.HalfTheDigits * highest / farthest;
        // A slope that has lost three quarters of its digits beside curvature's is none. Where both points that sides hold and points inside have none, the last digit of one of them does not choose: the inside tells more.
        var noSlope = Stationarity.ThreeQuartersOfTheDigits * Stationarity.HalfTheDigits * zeroRatio;
        var isHeldAtWorst = isHeld && !(alike.Free.Constant.Value <= Math.Max(noSlope, alike.Mu.Constant.Value));
        var isAllowed = (flat ?? global.Trap) is null && alike.Mu.Constant.Value > zeroRatio;
        var several = isFlatSpace ? IsolatedOfSeveral(global.Minima) : null;
        var parted = isAllowed && isWhole && objective.Surface is null && global.Rough is null ? IsolatedOfSeveral(global.Minima) : null;
        // Of a set of minima another lies along the way to the one that is listed, where the ratio is 0 or, held by a side of the region, below.
        var hasOthers = global.Minima.Any(m => m is { IsFlatFamily: true, FlatBeyondOrbit: > 0 });
        return new()
        {
            Global = global,
            Looks = looks,
            IsParted = parted is not null,
            IsFlatAtMinimum = flat is not null,
            PolyakLojasiewicz = (parted ?? flat ?? global.Trap) is { } witness ? mu.Constant with { Value = 0, Where = witness.Place } : isAllowed ? mu.Constant : (isHeldAtWorst ? mu.Constant : mu.Constant with { Where = alike.Free.Constant.Where }).Within(double.PositiveInfinity),
            Smoothness = beta.Constant with { Value = -beta.Constant.Value },
            WeakQuasiConvexity = tau.Constant.Within(Stationarity.HalfTheDigits),
            RestrictedSecant = flat is not null ? rho.Constant with { Value = 0, Where = flat.Place }
                : Math.Abs(alike.Rho.Constant.Value) <= zeroRatio || (hasOthers && rho.Constant.Value > 0) ? rho.Constant.Within(double.PositiveInfinity) : rho.Constant,
            LowestCurvature = alike.Lowest.Constant.Value >= -zero && !(alike.Lowest.Constant.Value > zero) ? convex.Constant.Within(double.PositiveInfinity) : convex.Constant,
            LocalStrongConvexity = global.Minima.Select(m => m.LowestEigenvalue is not { } lowest ? double.NaN : m.FlatBeyondOrbit > 0 ? 0 : lowest).DefaultIfEmpty(double.NaN).Min(),
            ConvexityRadius = radius,
            AlikeZero = zeroRatio,
            IsHeld = isHeld,
            IsHeldAtWorst = isHeldAtWorst,
            IsLojasiewicz = isAllowed && parted is null,
            IsZeroAtWorst = alike.Mu.Constant.Value <= noSlope,
            CurvesDown = alike.Lowest.Constant.Value < -zero,
            AboveTangent = aboveTangent,
            IsOfSeveral = several is not null,
            IsRegularAtMinimum = global.Minima.All(m => m.FlatDirections == 0 && m.LowestEigenvalue > 0),
            // Below 0 by more than rounding makes of a curvature that is zero.
            NegativeRadius = downwards.Where(d => d.Curvature < -zero).Select(d => d.Distance).DefaultIfEmpty(double.PositiveInfinity).Min(),
            IsOfOwnCoordinates = objective.Region.HasOwnCoordinates,
            IsOfOrbit = isOfOrbit,
            IsNearestUnknown = isNearestUnknown,
            Sampling = $"{sample.Count} points: {sample.Description}",
        };
    }

    /// <summary>A minimum that is isolated and not the only one, images under a finite symmetry among them; null if there is none.</summary>
    private static StationaryPoint? IsolatedOfSeveral(IReadOnlyList<StationaryPoint> minima) =>
        minima.FirstOrDefault(m => m.FlatDirections == 0 && (minima.Count > 1 || (m.Orbit is { Dimension: 0, Size: { } size } && size > 1)));
}
