namespace LandscapeGpu.Valleys;

/// <summary>What kind of stationary point a point is: by its Hessian as far as rounding lets it tell, and by the values around it where it does not.</summary>
/// <remarks>
/// Signs of eigenvalues are counted after scaling (<see cref="Equilibration"/>), which keeps them. Those below the bound of the Hessian's own rounding are
/// zero. Of those that have less than half the digits against the largest it depends on whether the gradient at a distance agrees with them: a
/// curvature that holds over a distance is honest, however ill-conditioned the problem; where it does not, a flat direction was met not quite at its zero.
/// </remarks>
internal sealed partial class PointKinds : IDisposable
{
    // An eigenvalue beyond this share of the largest needs no second look.
    private const double Clear = 1e-4;

    // Of the places of one point, the farthest.
    private const int MostPlaces = 4;

    private readonly Objective objective;
    private readonly Derivatives derivatives;
    private readonly int d;
    private readonly HessianRounding rounding;
    private readonly PointDerivatives slopes;
    private readonly Surroundings surroundings;
    private readonly Tails tails;
    private readonly SteepFloor floor;
    private readonly NewtonFloor newtonFloor;
    private readonly FloorWalk? walk;
    private readonly HonestCurvature honest;
    private readonly double[] gradient;
    private readonly Lazy<SlopesBesideSides> beside;
    private readonly RoundedPlace place;
    private readonly bool mayTie;
    private readonly bool maySteepen;
    private LaneHessians? hessians;

    public PointKinds(Objective objective, Derivatives derivatives)
    {
        (this.objective, this.derivatives, d) = (objective, derivatives, derivatives.Dimension);
        rounding = new(objective, derivatives);
        slopes = new(objective, derivatives);
        surroundings = new(objective, derivatives);
        floor = new(slopes, d);
        newtonFloor = new(objective, derivatives, slopes, rounding);
        walk = FloorWalk.Has(objective) ? new(objective, derivatives, slopes, rounding) : null;
        tails = new(objective, slopes, rounding, d);
        honest = new(rounding, objective.Region, d);
        gradient = new double[d];
        beside = new(() => new(objective, derivatives.Bits));
        place = new(slopes, d);
        mayTie = objective.MayTie;
        maySteepen = objective.MayEnd;
    }

    /// <summary>Bounds of the derivatives' rounding, at any point.</summary>
    public HessianRounding Rounding => rounding;

    /// <summary>What the Hessian says.</summary>
    /// <param name="point">The point.</param>
    /// <param name="hessian">d × d there; on a surface with an eigenvalue above all others along its normals.</param>
    /// <param name="eigenvalues">Its eigenvalues.</param>
    public Found Of(double[] point, Span<double> hessian, ReadOnlySpan<double> eigenvalues)
    {
        double[] own = [.. eigenvalues];
        if (AtBottom(point, hessian, eigenvalues) is { } settled)
        {
            hessians ??= new(derivatives, objective);
            hessians.At(settled).CopyTo(hessian);
            (point, own) = (settled, SymmetricEigenvalues.Of(hessian, d));
        }

        var found = AsItIs(point, hessian, own);
        // What overflows on the way to a spectrum leaves none either.
        return found is { Kind: StationaryKind.Undecided, Spectrum.IsKnown: false } ? Singular(point) : found;
    }

    private Found AsItIs(double[] point, Span<double> hessian, ReadOnlySpan<double> eigenvalues)
    {
        var bounds = rounding.Bounds(point);
        if (derivatives.Normals > 0)
        {
            if (hessian.ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
            {
                return Singular(point);
            }

            // Where f does not change the normals' eigenvalue is the only one, and the eigensolver's rounding of it is all there is in the others.
            var tolerance = new ZeroTolerance { Absolute = (Stationarity.Margin * RoundedScaling.RowSum(bounds, Ones(d))) + ZeroTolerance.OfRounding(eigenvalues[^1], d) };
            if (objective.Region.Active(point) is { Count: > 0 } at)
            {
                // The largest belong to the surface's normals, as among all eigenvalues.
                slopes.Gradient(point, gradient);
                var onSides = Classification.OnSides(hessian, gradient, at, tolerance, Stationarity.Margin * rounding.GradientBounds(point).Where(double.IsFinite).DefaultIfEmpty(0).Max());
                if (!onSides.Spectrum.IsKnown)
                {
                    return Singular(point);
                }

                var left = onSides.Spectrum.Eigenvalues.Take(onSides.Spectrum.Dimension - derivatives.Normals).ToArray();
                // Where all is rounding, the normals' own are zero with the others.
                return new(Spectrum.Of(left, onSides.Spectrum.Index, Math.Min(onSides.Spectrum.FlatDirections, left.Length)), onSides.Kind, onSides.Held);
            }

            var tangent = Spectrum.Of(eigenvalues[..(d - derivatives.Normals)], tolerance);
            return new(tangent, Classification.Classify(tangent), []);
        }

        Slopes(point);
        var rows = hessian.ToArray();
        if (tails.HasUnderflowed(point, rows))
        {
            return new(Spectrum.Of(eigenvalues), StationaryKind.Tail, []);
        }

        rounding.Repair(point, hessian, bounds);
        Level(point, hessian);
        var sides = objective.Region.Active(point);
        var held = HeldBy(sides);
        // A tie's derivative is that of one of its pieces, which may be level across a side that the other pushes onto.
        if ((!IsKnown(hessian, bounds, sides, held) || (mayTie && sides.Any(s => s.Coordinate is { } i && !held.Contains(i)))) && IsHeldAllRound(point))
        {
            held = HeldBy(sides);
        }

        // Where f falls along a line that leaves the side in a bend, as x₁² = x₀, a slope that is infinite straight inwards holds nothing.
        if (held.Any(i => double.IsInfinity(gradient[i])) && !IsLowestBeside(point))
        {
            return new(Spectrum.Unknown(d), StationaryKind.Singular, []);
        }

        if (!IsKnown(hessian, bounds, sides, held))
        {
            return OnFace(point, hessian, sides, held) ?? Singular(point);
        }

        var errors = rounding.GradientBounds(point);
        var own = sides.Count > 0 || rows.AsSpan().SequenceEqual(hessian) ? eigenvalues.ToArray() : SymmetricEigenvalues.Of(hessian, d);
        int[] free = [.. Enumerable.Range(0, d).Where(i => !held.Contains(i))];
        var isClear = sides.Count == 0 && IsClear(own, bounds) && !tails.HasOnlySlope(point, hessian, free);
        var needsLook = !isClear || honest.IsVague(point, Inner.Norm(gradient), Inner.Norm(errors), own.Min(Math.Abs)) || Enumerable.Range(0, d).Any(i => !Stationarity.IsZero(gradient[i], errors[i]));
        var kept = needsLook ? Kept(point, hessian, bounds, free, isRepaired: !rows.AsSpan().SequenceEqual(hessian)) : hessian.ToArray();
        var found = sides.Count > 0 ? OnSides(point, hessian, kept, bounds, sides, errors)
            : isClear && kept.AsSpan().SequenceEqual(hessian) ? Clearly(own)
            : Inside(point, kept, bounds, own, [.. Enumerable.Range(0, d)]);
        // What rounding alone pushes no side holds, and its curvature was struck out with that of what they hold.
        HashSet<int> decided = [.. Enumerable.Range(0, sides.Count).Where(k => sides[k].IsFixed || found.Held.Contains(k)).Select(k => sides[k].Coordinate).OfType<int>()];
        if (sides.Count > 0 && !IsKnown(hessian, bounds, sides, decided))
        {
            return OnFace(point, hessian, sides, decided) ?? Singular(point);
        }

        // A ball's surface ends every way out: what pushes against it is a slope that no curvature of f's own has to end.
        var isEnded = sides.Any(side => side.Coordinate is null && side.Holds(gradient));
        return !isEnded && (tails.HasAt(point, hessian, errors, held, found, isClear) || (objective.Region.HasOpenEnd && IsTailAlong(point, sides))) ? found with { Kind = StationaryKind.Tail } : found;
    }

    /// <summary>What a point with flat directions is, by the values around it.</summary>
    /// <param name="point">The point.</param>
    /// <param name="hessian">d × d there.</param>
    /// <param name="flat">How many directions are flat.</param>
    /// <returns>The kind, and of a minimum whether the value rises all round it.</returns>
    public (StationaryKind Kind, bool IsIsolated) OfDegenerate(double[] point, double[] hessian, int flat)
    {
        Slopes(point);
        Level(point, hessian);
        // What a bound holds is no way to go: f rises from there like the distance, and its curvature is nothing to this.
        var held = objective.Region.Active(point).Where(s => s.IsFixed || s.Holds(gradient)).Select(s => s.Coordinate).OfType<int>().ToHashSet();
        int[] free = [.. Enumerable.Range(0, d).Where(i => !held.Contains(i))];
        var bounds = rounding.Bounds(point);
        var kept = Kept(point, hessian, bounds, free);
        // A ball's side that holds the point leaves what is along it.
        ActiveConstraint[] round = [.. objective.Region.Active(point).Where(s => s.Coordinate is null && s.Holds(gradient))];
        foreach (var side in round)
        {
            Classification.KeepAlong(kept, d, side, side.Multiplier(gradient));
        }

        double[] doubt = [.. free.SelectMany(i => free.Select(j => double.IsFinite(bounds[(i * d) + j]) ? bounds[(i * d) + j] : 0))];
        double[] whole = [.. free.SelectMany(i => free.Select(j => kept[(i * d) + j]))];
        // What tells a surface's normals from its tangents is above all others, but may be no more than the rounding of what is level.
        var form = derivatives.Normals > 0 ? whole : RoundedScaling.Known(whole, doubt);
        var scale = derivatives.Normals > 0 || IsOnCurvedSide(point) ? Ones(free.Length) : [.. Equilibration.Of(form, free.Length).Select(s => s > 0 ? s : 1)];
        var basis = SymmetricEigenvalues.Decompose(Equilibration.Apply(scale, form), free.Length);
        int[] tangent = [.. Enumerable.Range(0, free.Length).OrderBy(k => Math.Abs(basis.Values[k])).Take(free.Length - round.Length)];
        var directions = tangent.Take(flat).Select(k => Whole(Unit([.. basis.Vector(k).ToArray().Zip(scale, (v, s) => v * s)])));
        double[][] finite = [.. directions.Where(v => v.All(double.IsFinite))];
        var around = surroundings.Of(point, finite);
        // What rises like less than the square has no zeros there but infinities, which rounding drowns.
        if (maySteepen && around == Around.Rising && surroundings.LeastExponent(point, [.. tangent.Select(k => Whole(basis.Vector(k).ToArray()))]) < Surroundings.LikeTheSquare)
        {
            return (StationaryKind.SingularMinimum, true);
        }

        // All round a plateau nothing changes, and where it ends f may fall.
        if (around == Around.Level && flat == tangent.Length && surroundings.IsLeftDownhill(point, finite))
        {
            return (StationaryKind.DegenerateSaddle, false);
        }

        // What falls may be a slope between walls that hide it, a saddle, or the end of a plateau.
        return walk?.Down(point, finite) is { } down ? (down.FallsAtOnce && flat < tangent.Length ? StationaryKind.FallingValley : StationaryKind.DegenerateSaddle, false)
            : around == Around.Falling ? (StationaryKind.DegenerateSaddle, false)
            // A slope that is known and leads to no zero is no minimum's, though the value shows nothing of it.
            : around == Around.Level && tails.HasOnlySlope(point, hessian, free) ? (StationaryKind.Undecided, false)
            : (StationaryKind.DegenerateMinimum, around == Around.Rising && !newtonFloor.Holds(point, finite));

        double[] Whole(double[] v)
        {
            var all = new double[d];
            for (var k = 0; k < free.Length; k++)
            {
                all[free[k]] = v[k];
            }

            return all;
        }
    }

    /// <summary>Whether a point inside the region is a place on a tail, where slope and curvature fade together.</summary>
    /// <param name="point">The point.</param>
    /// <param name="hessian">d × d there.</param>
    public bool IsFading(double[] point, double[] hessian) => tails.HasAt(point, hessian);

    public void Dispose()
    {
        rounding.Dispose();
        slopes.Dispose();
        surroundings.Dispose();
        if (beside.IsValueCreated)
        {
            beside.Value.Dispose();
        }

        walk?.Dispose();
        hessians?.Dispose();
        foreach (var (kinds, hessians) in faces.Values)
        {
            kinds.Dispose();
            hessians.Dispose();
        }
    }

    /// <summary>The spectrum, the kind, and which of the point's sides hold it.</summary>
    public sealed record Found(Spectrum Spectrum, StationaryKind Kind, IReadOnlyList<int> Held);

    /// <summary>∇f at a point; across bounds where it is no number, or that of the other side, what pushes onto them.</summary>
    private void Slopes(double[] point)
    {
        slopes.Gradient(point, gradient);
        if (objective.Region.Sides is not null && objective.Region.Active(point).Any(side => !side.Holds(gradient)) && beside.Value.AreAskedAt(point, gradient, rounding.GradientBounds(point)))
        {
            beside.Value.Complete(point, gradient);
        }
    }

    /// <summary>The Hessian without the curvatures that slopes around contradict, or that are those of no stationary point.</summary>
    private double[] Kept(double[] point, ReadOnlySpan<double> hessian, double[] bounds, int[] free, bool isRepaired = false) =>
        free.Length == 0 || derivatives.Normals > 0 || IsOnCurvedSide(point) || free.Any(i => free.Any(j => !double.IsFinite(bounds[(i * d) + j])))
            ? hessian.ToArray()
            : tails.HasOnlySlope(point, hessian, free) ? new double[d * d]
            : honest.Of(point, hessian.ToArray(), bounds, free, isRepaired);

    private static Found Clearly(double[] eigenvalues)
    {
        var spectrum = Spectrum.Of(eigenvalues);
        return new(spectrum, Classification.Classify(spectrum), []);
    }

    /// <summary>Whether every eigenvalue is so large, and the Hessian known so well, that nothing else has to be asked.</summary>
    private bool IsClear(double[] eigenvalues, double[] bounds)
    {
        var largest = eigenvalues.Max(Math.Abs);
        return eigenvalues.All(l => Math.Abs(l) > Clear * largest) && Stationarity.Margin * RoundedScaling.RowSum(bounds, Ones(d)) < Clear * Clear * largest;
    }

    private static double[] Unit(double[] v)
    {
        // Where curvatures are nearly the least number there is, scales are so large that their squares are no numbers.
        var size = Math.ILogB(Inner.Largest(v));
        double[] sized = [.. v.Select(e => Math.ScaleB(e, -size))];
        var length = Inner.Norm(sized);
        return [.. sized.Select(e => e / length)];
    }

    private static double[] Ones(int d) => [.. Enumerable.Repeat(1.0, d)];
}
