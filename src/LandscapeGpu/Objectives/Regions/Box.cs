namespace LandscapeGpu.Objectives.Regions;

/// <summary>The points between two corners; a side may be open (its bound infinite), or of no width (its coordinate fixed).</summary>
/// <remarks>A bound holds a coordinate where descent pushes outwards: ∂f/∂xᵢ &gt; 0 at a lower one, &lt; 0 at an upper one.</remarks>
internal sealed record Box : Region
{
    private const int Samples = 2_000;

    // As many equal sides are written one by one: more would fill a page.
    private const int MostWritten = 3;

    private readonly double[] lower;
    private readonly double[] upper;
    private readonly bool isOneForAll;
    private readonly Data? lowerData;
    private readonly Data? upperData;

    // How near to a side a coordinate is on it.
    private double[]? beside;

    public Box(double[] lower, double[] upper)
    {
        if (lower.Length != upper.Length || lower.Length == 0)
        {
            throw new ArgumentException($"A box was given {lower.Length} lower and {upper.Length} upper bounds; it needs one of each for every coordinate.");
        }

        for (var i = 0; i < lower.Length; i++)
        {
            if (!(lower[i] <= upper[i]) || lower[i] == double.PositiveInfinity || upper[i] == double.NegativeInfinity)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"A box was given [{lower[i]}, {upper[i]}] for x[{i}]; the lower bound must not be above the upper one; equal bounds hold the coordinate fixed, -infinity and infinity stand for none."));
            }
        }

        (this.lower, this.upper) = (lower, upper);
        isOneForAll = lower.All(l => l == lower[0]) && upper.All(u => u == upper[0]);
        (lowerData, upperData) = (DataOf("lower", lower), DataOf("upper", upper));
    }

    public override bool IsBounded => lower.All(double.IsFinite) && upper.All(double.IsFinite);

    public override Sampler Starts => IsBounded ? new UniformBox([.. lower], [.. upper])
        : isOneForAll && lower[0] == 0 ? new HalfNormal()
        : new BetweenBounds(lower, upper, 1);

    internal override Sampler StartsAt(PerCoordinate scale) => IsBounded ? Starts : new BetweenBounds(lower, upper, scale);

    public override void Require(int coordinates)
    {
        if (lower.Length != coordinates)
        {
            throw new ArgumentException($"The region is a box of {lower.Length} coordinates and the objective has {coordinates}; give one pair of bounds for each coordinate.");
        }
    }

    public override double Violation(ReadOnlySpan<double> point)
    {
        double worst = 0;
        for (var i = 0; i < point.Length; i++)
        {
            worst = Math.Max(worst, Math.Max(lower[i] - point[i], point[i] - upper[i]));
        }

        return worst;
    }

    public override bool Contains(ReadOnlySpan<double> point) => Violation(point) == 0;

    public override Vector Project(Vector point, VectorForm form)
    {
        var (low, high) = Bounds();
        return form.Each(point.Length, i =>
        {
            var below = high is null ? point[i] : Min(high(i), point[i]);
            return low is null ? below : Max(low(i), below);
        });
    }

    public override bool TryProject(Span<double> point)
    {
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = Math.Clamp(point[i], lower[i], upper[i]);
        }

        return true;
    }

    public override Vector Free(Vector v, Vector gradient, Vector at, VectorForm form)
    {
        var (low, high) = Bounds();
        return form.Each(v.Length, i =>
        {
            if (isOneForAll && lower[0] == -upper[0] && upper[0] is >= 1 and < double.PositiveInfinity)
            {
                // Two comparisons instead of four. With |x| ≥ 1 the product is no nearer to 0 than the slope: its sign is never lost.
                return Select((Abs(at[i]) >= high!(i)) & (at[i] * gradient[i] < 0), 0, v[i]);
            }

            Condition? held = null;
            if (low is not null)
            {
                held = (at[i] <= low(i)) & (gradient[i] > 0);
            }

            if (high is not null)
            {
                var above = (at[i] >= high(i)) & (gradient[i] < 0);
                held = held is null ? above : held | above;
            }

            return held is null ? v[i] : Select(held, 0, v[i]);
        });
    }

    /// <summary>The box of the coordinates of two, one after the other.</summary>
    public static Box Of(Box a, Box b) => new([.. a.lower, .. b.lower], [.. a.upper, .. b.upper]);

    public override IReadOnlyList<ActiveConstraint> Active(ReadOnlySpan<double> point)
    {
        // Asked of every endpoint of a survey.
        beside ??= [.. lower.Zip(upper, (from, to) => Stationarity.BesideSide(to - from))];
        return SidesNear(point, beside);
    }

    internal override IReadOnlyList<ActiveConstraint> SidesNear(ReadOnlySpan<double> point, ReadOnlySpan<double> within)
    {
        List<ActiveConstraint>? active = null;
        for (var i = 0; i < point.Length; i++)
        {
            var near = within[i];
            if (point[i] <= lower[i] + near || point[i] >= upper[i] - near)
            {
                (active ??= []).Add(new(i, [point[i] <= lower[i] + near ? -1 : 1], IsFixed: lower[i] == upper[i]));
            }
        }

        return active ?? (IReadOnlyList<ActiveConstraint>)[];
    }

    internal override bool TryMirror(Span<double> point)
    {
        for (var i = 0; i < point.Length; i++)
        {
            var (x, low, high) = (point[i], lower[i], upper[i]);
            point[i] = x < low ? Math.Min((2 * low) - x, high) : x > high ? Math.Max((2 * high) - x, low) : x;
        }

        return true;
    }

    internal override void MirrorGradient(ReadOnlySpan<double> point, Span<double> gradient)
    {
        for (var i = 0; i < point.Length; i++)
        {
            gradient[i] = point[i] < lower[i] || point[i] > upper[i] ? -gradient[i] : gradient[i];
        }
    }

    internal override bool TryOntoSides(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient, ReadOnlySpan<double> ahead, Span<double> onSides)
    {
        var isAny = false;
        for (var i = 0; i < point.Length; i++)
        {
            if (ahead[i] < lower[i] && gradient[i] > 0 && point[i] > lower[i])
            {
                (onSides[i], isAny) = (lower[i], true);
            }
            else if (ahead[i] > upper[i] && gradient[i] < 0 && point[i] < upper[i])
            {
                (onSides[i], isAny) = (upper[i], true);
            }
        }

        return isAny;
    }

    internal override double ShareToSide(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, double share)
    {
        var first = double.PositiveInfinity;
        for (var i = 0; i < point.Length; i++)
        {
            first = Math.Min(first, NewtonPoint.ShareToBound(point[i], direction[i], lower[i], upper[i]));
        }

        return first;
    }

    internal override int? Faces(int coordinates) => lower.Zip(upper).All(b => b.First < b.Second) ? IfFew(Math.Pow(3, coordinates) - 1) : null;

    /// <summary>The digits of the number after the face's, to the base 3, say for each coordinate where it is.</summary>
    internal override bool TryTakeOnto(int face, Span<double> point)
    {
        var digits = face + 1;
        for (var i = 0; i < point.Length; i++, digits /= 3)
        {
            point[i] = (digits % 3) switch { 0 => point[i], 1 => lower[i], _ => upper[i] };
            if (!double.IsFinite(point[i]))
            {
                return false;
            }
        }

        return true;
    }

    public override double? Length(int coordinate) => upper[coordinate] - lower[coordinate] is > 0 and < double.PositiveInfinity and var width ? width : null;

    internal override double Middle(int coordinate) => StepLengths.Middle(lower[coordinate], upper[coordinate]);

    public override (int Value, string Of) EulerCharacteristic(int coordinates, double reach) =>
        (1, IsBounded ? "box" : FormattableString.Invariant($"part of {this} within {Beyond(reach):G3} of 0 in each coordinate"));

    // Every side there is lies within it: what is cut off is only where the box has no end.
    private double Beyond(double reach) => lower.Concat(upper).Where(double.IsFinite).Select(side => 2 * (1 + Math.Abs(side))).Append(reach).Max();

    public override IEnumerable<(double[] Point, double[] Normal)> Boundary(int coordinates, double reach)
    {
        var far = Beyond(reach);
        double[] low = [.. lower.Select(l => Math.Max(l, -far))];
        double[] high = [.. upper.Select(u => Math.Min(u, far))];
        var inside = new UniformBox([.. low], [.. high]);
        var perFace = coordinates == 1 ? 1 : Math.Max(8, Samples / (2 * coordinates));
        for (var face = 0; face < 2 * coordinates; face++)
        {
            var i = face / 2;
            for (var k = 0; low[i] < high[i] && k < perFace; k++)
            {
                var (point, normal) = (new double[coordinates], new double[coordinates]);
                inside.Draw(0, k, point);
                (point[i], normal[i]) = face % 2 == 0 ? (low[i], -1) : (high[i], 1);
                yield return (point, normal);
            }
        }
    }

    // By value: programs of objectives on equal boxes are the same.
    public bool Equals(Box? other) => other is not null && lower.SequenceEqual(other.lower) && upper.SequenceEqual(other.upper);

    public override int GetHashCode() => HashCode.Combine(lower.Length, lower[0], upper[^1]);

    public override string ToString() => isOneForAll && upper[0] == double.PositiveInfinity ? $"x >= {SamplerText.Of(lower[0])} in R^{lower.Length}"
        : isOneForAll ? $"{Side(0)}^{lower.Length}"
        : string.Join(" x ", Runs().SelectMany(run => run.Count > MostWritten ? [$"{Side(run.First)}^{run.Count}"] : Enumerable.Repeat(Side(run.First), run.Count)));

    /// <summary>Sides that are the same, one after the other.</summary>
    private IEnumerable<(int First, int Count)> Runs()
    {
        for (int first = 0, next; first < lower.Length; first = next)
        {
            next = first + 1;
            while (next < lower.Length && lower[next] == lower[first] && upper[next] == upper[first])
            {
                next++;
            }

            yield return (first, next - first);
        }
    }

    internal override Region FaceOf(IReadOnlyList<int> free, IReadOnlySet<int> round) => new Box([.. free.Select(i => lower[i])], [.. free.Select(i => upper[i])]);

    internal override int? TakesUnits(int coordinate) => coordinate;

    internal override Region In(double[] lengths) =>
        lengths.Length == 0 ? this : new Box([.. lower.Select((l, i) => l / lengths[i])], [.. upper.Select((u, i) => u / lengths[i])]);

    internal override double? Width => IsBounded ? upper.Zip(lower, (u, l) => u - l).Average() : null;

    public override (IReadOnlyList<double> Lower, IReadOnlyList<double> Upper)? Sides => (lower, upper);

    /// <summary>What is at a bound to rounding is shown there.</summary>
    internal override double[] Shown(ReadOnlySpan<double> point)
    {
        var shown = point.ToArray();
        foreach (var side in Active(point))
        {
            shown[side.First] = side.Normal[0] < 0 ? lower[side.First] : upper[side.First];
        }

        return shown;
    }

    private string Side(int i) => $"{(double.IsInfinity(lower[i]) ? "(-inf" : $"[{SamplerText.Of(lower[i])}")}, {(double.IsInfinity(upper[i]) ? "inf)" : $"{SamplerText.Of(upper[i])}]")}";

    private (Func<Index, Real>? Lower, Func<Index, Real>? Upper) Bounds() => (BoundOf(lower, lowerData), BoundOf(upper, upperData));

    /// <summary>Bounds as an expression: a constant where all are the same, none where all are infinite.</summary>
    private static Func<Index, Real>? BoundOf(double[] bounds, Data? data) => data is not null ? i => data[i] : double.IsInfinity(bounds[0]) ? null : _ => bounds[0];

    /// <summary>Bounds as data, which are finite: the largest number stands for none. Null where all are the same.</summary>
    private static Data? DataOf(string name, double[] bounds) =>
        bounds.All(b => b == bounds[0]) ? null : new Data(name, [.. bounds.Select(b => Math.Clamp(b, -double.MaxValue, double.MaxValue))]);
}
