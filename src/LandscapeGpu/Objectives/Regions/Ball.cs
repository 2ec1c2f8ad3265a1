namespace LandscapeGpu.Objectives.Regions;

/// <summary>The ball ‖x − c‖ ≤ R.</summary>
/// <remarks>
/// At its surface a point is held where descent pushes outwards, with the multiplier μ = −n·∇f along the normal n = (x − c)/R. There the
/// surface's own Hessian decides: that of f plus μ/R, along the tangents, which is the sphere's Riemannian Hessian.
/// </remarks>
/// <param name="Radius">R.</param>
/// <param name="Centre">c; the origin where it is empty.</param>
internal sealed record Ball(double Radius, double[] Centre) : Region
{
    // In single precision a point that was projected onto the surface lies within this of it.
    private const double Near = 1e-6;

    private const int Samples = 2_000;

    public double Radius { get; } = double.IsFinite(Radius) && Radius > 0
        ? Radius
        : throw new ArgumentException(FormattableString.Invariant($"A ball was given the radius {Radius}; it must be finite and positive."));

    public double[] Centre { get; } = Centre;

    private readonly Data? centre = Centre.Length == 0 ? null : new("centre", Centre);

    public override string ToString() => $"{Text(Radius)}{(Centre.Length == 0 ? "" : $" around ({string.Join(", ", Centre.Select(SamplerText.Of))})")}";

    public override Sampler Starts => Centre.Length == 0 ? new UniformBall(Radius) : new Shifted(new UniformBall(Radius), Centre);

    public static string Text(double radius) => $"ball of radius {SamplerText.Of(radius)}";

    public override void Require(int coordinates)
    {
        if (Centre.Length > 0 && Centre.Length != coordinates)
        {
            throw new ArgumentException($"The region is a ball around a centre of {Centre.Length} coordinates and the objective has {coordinates}; give one for each coordinate.");
        }
    }

    public override double Violation(ReadOnlySpan<double> point) => Math.Max(0, DistanceTo(point) - Radius);

    public override bool Contains(ReadOnlySpan<double> point) => DistanceTo(point) <= Radius * (1 + Stationarity.ThreeQuartersOfTheDigits);

    public override Vector Project(Vector point, VectorForm form)
    {
        var from = FromCentre(point, form);
        // Where the norm is 0 the quotient is infinite, and 1 is less.
        var factor = Min(1, Radius / Sqrt(form.Total(point.Length, i => Square(from[i]))));
        var inside = form.Each(point.Length, i => factor * from[i]);
        return centre is null ? inside : form.Each(point.Length, i => centre[i] + inside[i]);
    }

    public override bool TryProject(Span<double> point)
    {
        var factor = Radius / DistanceTo(point);
        for (var i = 0; factor < 1 && i < point.Length; i++)
        {
            point[i] = CentreAt(i) + (factor * (point[i] - CentreAt(i)));
        }

        return true;
    }

    public override Vector Free(Vector v, Vector gradient, Vector at, VectorForm form)
    {
        var from = FromCentre(at, form);
        var square = form.Total(at.Length, i => Square(from[i]));
        var held = (square >= (1 - Near) * (1 - Near) * Radius * Radius) & (form.Total(at.Length, i => gradient[i] * from[i]) < 0);
        var along = Select(held, form.Total(at.Length, i => v[i] * from[i]) / Max(square, Near * Radius * Radius), 0);
        return form.Each(v.Length, i => v[i] - (along * from[i]));
    }

    /// <summary>On the surface the change of the free gradient, which is by the Hessian with μ/R.</summary>
    internal override Vector Change((Vector Gradient, Vector At) from, (Vector Gradient, Vector At) to, VectorForm form)
    {
        var d = to.Gradient.Length;
        var (before, after) = (Free(from.Gradient, from.Gradient, from.At, form), Free(to.Gradient, to.Gradient, to.At, form));
        var isHeld = (form.Total(d, i => Square(from.Gradient[i] - before[i])) > 0) & (form.Total(d, i => Square(to.Gradient[i] - after[i])) > 0);
        return form.Each(d, i => Select(isHeld, after[i] - before[i], to.Gradient[i] - from.Gradient[i]));
    }

    public override IReadOnlyList<ActiveConstraint> Active(ReadOnlySpan<double> point)
    {
        // What a projection leaves: the norm is rounded, and each coordinate, which is as large as the centre is far away.
        var rounding = Math.ScaleB(1, -52) * (((point.Length + 8) * Radius) + (4 * (Radius + Math.Sqrt(Centre.Sum(c => c * c)))));
        return SidesNear(point, [rounding]);
    }

    /// <summary>All coordinates have one unit.</summary>
    internal override IReadOnlyList<ActiveConstraint> SidesNear(ReadOnlySpan<double> point, ReadOnlySpan<double> within)
    {
        var distance = DistanceTo(point);
        if (!(distance >= Radius - within[0]))
        {
            return [];
        }

        var normal = new double[point.Length];
        for (var i = 0; i < normal.Length; i++)
        {
            normal[i] = (point[i] - CentreAt(i)) / distance;
        }

        return [new(0, normal, 1 / Radius)];
    }

    /// <summary>Along the radius as far inside as it was outside, to the centre at most.</summary>
    internal override bool TryMirror(Span<double> point)
    {
        var distance = DistanceTo(point);
        for (var i = 0; distance > Radius && i < point.Length; i++)
        {
            point[i] = CentreAt(i) + (Math.Max((2 * Radius) - distance, 0) / distance * (point[i] - CentreAt(i)));
        }

        return true;
    }

    /// <summary>What is along the radius runs backwards, and what is across as much slower as the mirrored point is nearer to the centre.</summary>
    internal override void MirrorGradient(ReadOnlySpan<double> point, Span<double> gradient)
    {
        var distance = DistanceTo(point);
        if (!(distance > Radius))
        {
            return;
        }

        var (along, across) = (0.0, Math.Max((2 * Radius) - distance, 0) / distance);
        for (var i = 0; i < point.Length; i++)
        {
            along += gradient[i] * (point[i] - CentreAt(i)) / distance;
        }

        for (var i = 0; i < point.Length; i++)
        {
            gradient[i] = (across * gradient[i]) - ((1 + across) * along * (point[i] - CentreAt(i)) / distance);
        }
    }

    internal override bool TryOntoSides(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient, ReadOnlySpan<double> ahead, Span<double> onSides)
    {
        if (Contains(ahead) || Active(point).Count > 0)
        {
            return false;
        }

        var slope = 0.0;
        for (var i = 0; i < point.Length; i++)
        {
            slope += gradient[i] * (point[i] - CentreAt(i));
        }

        return slope < 0 && TryTakeOnto(0, onSides);
    }

    internal override double ShareToSide(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, double share)
    {
        // A step along a curved side leaves the region at once, and is brought back.
        if (Active(point).Count > 0)
        {
            return double.PositiveInfinity;
        }

        var ahead = point.Length <= 256 ? stackalloc double[point.Length] : new double[point.Length];
        // To within as far again past it.
        for (var k = 0; k <= NewtonPoint.MostHalvings; k++, share /= 2)
        {
            for (var i = 0; i < point.Length; i++)
            {
                ahead[i] = point[i] + (share * direction[i]);
            }

            if (Contains(ahead))
            {
                return k == 0 ? double.PositiveInfinity : 2 * share;
            }
        }

        return double.PositiveInfinity;
    }

    internal override int? Faces(int coordinates) => 1;

    internal override bool TryTakeOnto(int face, Span<double> point)
    {
        var factor = Radius / DistanceTo(point);
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = CentreAt(i) + (factor * (point[i] - CentreAt(i)));
        }

        return double.IsFinite(factor);
    }

    public override double? Length(int coordinate) => 2 * Radius;

    internal override double Middle(int coordinate) => CentreAt(coordinate);

    public override (int Value, string Of) EulerCharacteristic(int coordinates, double reach) => (1, ToString());

    public override IEnumerable<(double[] Point, double[] Normal)> Boundary(int coordinates, double reach) => Surface(coordinates, Centre, Radius);

    /// <summary>Points uniform on a sphere's surface.</summary>
    public static IEnumerable<(double[] Point, double[] Normal)> Surface(int coordinates, double[] centre, double radius)
    {
        var sphere = new UniformSphere();
        for (var k = 0; k < (coordinates == 1 ? 16 : Samples); k++)
        {
            var normal = new double[coordinates];
            sphere.Draw(0, k, normal);
            yield return ([.. normal.Select((n, i) => (centre.Length == 0 ? 0 : centre[i]) + (radius * n))], normal);
        }
    }

    public bool Equals(Ball? other) => other is not null && Radius == other.Radius && Centre.SequenceEqual(other.Centre);

    public override int GetHashCode() => HashCode.Combine(Radius, Centre.Length);

    // A ball stays one where all coordinates have the same unit.
    internal override int? TakesUnits(int coordinate) => 0;

    internal override Region In(double[] lengths) => lengths.Length == 0 ? this : new Ball(Radius / lengths[0], [.. Centre.Select((c, i) => c / lengths[i])]);

    internal override IEnumerable<RoundBlock> RoundBlocks(int coordinates) => [new(this, 0, coordinates)];

    internal override Region FaceOf(IReadOnlyList<int> free, IReadOnlySet<int> round) => round.Contains(0) ? Sphere(free.Count) : this;

    private double DistanceTo(ReadOnlySpan<double> point)
    {
        double square = 0;
        for (var i = 0; i < point.Length; i++)
        {
            square += (point[i] - CentreAt(i)) * (point[i] - CentreAt(i));
        }

        return Math.Sqrt(square);
    }

    private double CentreAt(int i) => Centre.Length == 0 ? 0 : Centre[i];

    private Vector FromCentre(Vector point, VectorForm form) => centre is null ? point : form.Each(point.Length, i => point[i] - centre[i]);
}
