namespace LandscapeGpu.Objectives.Regions;

/// <summary>A product: each block of coordinates on a region of its own.</summary>
/// <remarks>What is projected, tangent, free or held is so block by block, and normals of different blocks are orthogonal.</remarks>
internal sealed record Product : Region
{
    private readonly Block[] blocks;
    private readonly int[] blockOf;

    private Product(IEnumerable<(Region Region, int Coordinates)> parts)
    {
        var begin = 0;
        var made = new List<Block>();
        foreach (var (region, coordinates) in parts)
        {
            if (coordinates < 1)
            {
                throw new ArgumentException($"A product was given {coordinates} coordinates for {region}; each part needs at least one.");
            }

            region.Require(coordinates);
            if (region.HasOwnCoordinates)
            {
                throw new ArgumentException($"A product was given {region.Describe(coordinates)}, which moves in coordinates of its own; simplices come by themselves, as several of one length (Region.Simplices).");
            }

            made.Add(new(region, begin, coordinates));
            begin += coordinates;
        }

        blocks = made.Count > 0 ? [.. made] : throw new ArgumentException("A product was given no parts; give at least one region with its number of coordinates.");
        blockOf = [.. blocks.SelectMany((b, k) => Enumerable.Repeat(k, b.Count))];
    }

    /// <summary>The product of parts; boxes one after the other are one box, and one part is what it is.</summary>
    /// <exception cref="ArgumentException">There is no part, one has another number of coordinates, or is made of simplices.</exception>
    public static Region Of(IEnumerable<(Region Region, int Coordinates)> parts)
    {
        var made = new List<(Region Region, int Coordinates)>();
        foreach (var (region, begin, count) in new Product(parts).blocks.SelectMany(b => b.Region is Product inner ? inner.blocks : [b]))
        {
            if (made.Count > 0 && made[^1].Region.IsWholeSpace && region.IsWholeSpace)
            {
                made[^1] = (WholeSpace, made[^1].Coordinates + count);
            }
            else if (made.Count > 0 && BoxOf(made[^1]) is { } before && BoxOf((region, count)) is { } next)
            {
                made[^1] = (Regions.Box.Of(before, next), made[^1].Coordinates + count);
            }
            else
            {
                made.Add((region, count));
            }
        }

        return made is [var only] ? only.Region : new Product(made);
    }

    public override bool IsBounded => blocks.All(b => b.Region.IsBounded);

    public override Sampler Starts => new OfBlocks([.. blocks.Select(b => (b.Region.Starts, b.Count))]);

    public override string ToString() => string.Join(" x ", blocks.Select(b => b.Region.IsWholeSpace ? $"R^{b.Count}" : b.Region.Describe(b.Count)));

    public override void Require(int coordinates)
    {
        if (coordinates != blockOf.Length)
        {
            throw new ArgumentException($"The region is a product of {blockOf.Length} coordinates and the objective has {coordinates}; give a part for each block of coordinates.");
        }
    }

    public override double Violation(ReadOnlySpan<double> point) => Over(point, 0.0, (worst, region, part) => Math.Max(worst, region.Violation(part)));

    public override bool Contains(ReadOnlySpan<double> point) => Over(point, true, (isInside, region, part) => isInside & region.Contains(part));

    internal override bool IsBeyondSides(ReadOnlySpan<double> point) => Over(point, false, (isBeyond, region, part) => isBeyond | region.IsBeyondSides(part));

    public override Vector Project(Vector point, VectorForm form) => Whole(b => b.Region.Project(b.Of(point), form));

    public override bool TryProject(Span<double> point) => TryEach(point, (region, part) => region.TryProject(part));

    public override Vector Tangent(Vector v, Vector at, VectorForm form) => Whole(b => b.Region.Tangent(b.Of(v), b.Of(at), form));

    public override int Normals(int coordinates) => blocks.Sum(b => b.Region.Normals(b.Count));

    public override Vector Free(Vector v, Vector gradient, Vector at, VectorForm form) => Whole(b => b.Region.Free(b.Of(v), b.Of(gradient), b.Of(at), form));

    internal override Vector Change((Vector Gradient, Vector At) from, (Vector Gradient, Vector At) to, VectorForm form) =>
        Whole(b => b.Region.Change((b.Of(from.Gradient), b.Of(from.At)), (b.Of(to.Gradient), b.Of(to.At)), form));

    public override IReadOnlyList<ActiveConstraint> Active(ReadOnlySpan<double> point)
    {
        List<ActiveConstraint>? active = null;
        foreach (var b in blocks)
        {
            foreach (var side in b.Region.Active(point.Slice(b.Begin, b.Count)))
            {
                (active ??= []).Add(side with { First = b.Begin + side.First });
            }
        }

        return active ?? (IReadOnlyList<ActiveConstraint>)[];
    }

    internal override IReadOnlyList<ActiveConstraint> SidesNear(ReadOnlySpan<double> point, ReadOnlySpan<double> within)
    {
        var near = new List<ActiveConstraint>();
        foreach (var b in blocks)
        {
            near.AddRange(b.Region.SidesNear(point.Slice(b.Begin, b.Count), within.Slice(b.Begin, b.Count)).Select(side => side with { First = b.Begin + side.First }));
        }

        return near;
    }

    internal override bool TryMirror(Span<double> point) => TryEach(point, (region, part) => region.TryMirror(part));

    internal override void MirrorGradient(ReadOnlySpan<double> point, Span<double> gradient)
    {
        foreach (var b in blocks)
        {
            b.Region.MirrorGradient(point.Slice(b.Begin, b.Count), gradient.Slice(b.Begin, b.Count));
        }
    }

    internal override bool TryOntoSides(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient, ReadOnlySpan<double> ahead, Span<double> onSides)
    {
        var isAny = false;
        foreach (var b in blocks)
        {
            isAny |= b.Region.TryOntoSides(point.Slice(b.Begin, b.Count), gradient.Slice(b.Begin, b.Count), ahead.Slice(b.Begin, b.Count), onSides.Slice(b.Begin, b.Count));
        }

        return isAny;
    }

    internal override double ShareToSide(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, double share)
    {
        var first = double.PositiveInfinity;
        foreach (var b in blocks)
        {
            first = Math.Min(first, b.Region.ShareToSide(point.Slice(b.Begin, b.Count), direction.Slice(b.Begin, b.Count), share));
        }

        return first;
    }

    /// <summary>On each block a face or its inside, but not the insides of all.</summary>
    internal override int? Faces(int coordinates) => blocks.Aggregate((double?)1, (count, b) => count * (b.Region.Faces(b.Count) + 1)) is { } all ? IfFew(all - 1) : null;

    /// <summary>The digits of the number after the face's say of each block which of its faces is meant, or its inside: to the base of how many it has.</summary>
    internal override bool TryTakeOnto(int face, Span<double> point)
    {
        var digits = face + 1;
        foreach (var b in blocks)
        {
            var each = (b.Region.Faces(b.Count) ?? 0) + 1;
            if (digits % each > 0 && !b.Region.TryTakeOnto((digits % each) - 1, point.Slice(b.Begin, b.Count)))
            {
                return false;
            }

            digits /= each;
        }

        return true;
    }

    public override double? Length(int coordinate) => BlockAt(coordinate) is var b ? b.Region.Length(coordinate - b.Begin) : null;

    internal override (int First, int Count)? UnitVectorAt(int coordinate) =>
        BlockAt(coordinate) is var b && b.Region.UnitVectorAt(coordinate - b.Begin) is var (first, count) ? (b.Begin + first, count) : null;

    internal override double Middle(int coordinate) => BlockAt(coordinate) is var b ? b.Region.Middle(coordinate - b.Begin) : 0;

    public override (int Value, string Of) EulerCharacteristic(int coordinates, double reach)
    {
        var parts = blocks.Select(b => b.Region.EulerCharacteristic(b.Count, reach)).ToList();
        return (parts.Aggregate(1, (product, p) => product * p.Value), $"product of {string.Join(" and ", parts.Select(p => p.Of))}");
    }

    /// <summary>The boundary of one part, with points of the others.</summary>
    public override IEnumerable<(double[] Point, double[] Normal)> Boundary(int coordinates, double reach)
    {
        var inside = Starts;
        foreach (var b in blocks)
        {
            var k = 0;
            foreach (var (point, normal) in b.Region.Boundary(b.Count, reach))
            {
                var (whole, outward) = (new double[coordinates], new double[coordinates]);
                inside.Draw(0, k++, whole);
                point.CopyTo(whole, b.Begin);
                normal.CopyTo(outward, b.Begin);
                yield return (whole, outward);
            }
        }
    }

    public bool Equals(Product? other) => other is not null && blocks.SequenceEqual(other.blocks);

    public override int GetHashCode() => blocks.Aggregate(0, HashCode.Combine);

    // Kernels know boxes and surfaces by themselves.
    internal override bool HasGeneralSides => true;

    internal override int? TakesUnits(int coordinate) => BlockAt(coordinate) is var b && b.Region.TakesUnits(coordinate - b.Begin) is { } like ? b.Begin + like : null;

    internal override Region In(double[] lengths) =>
        lengths.Length == 0 ? this : Of(blocks.Select(b => (b.Region.In(lengths[b.Begin..(b.Begin + b.Count)]), b.Count)));

    internal override bool TryLogarithm(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> v)
    {
        var isKnown = true;
        foreach (var b in blocks)
        {
            isKnown &= b.Region.TryLogarithm(x.Slice(b.Begin, b.Count), y.Slice(b.Begin, b.Count), v.Slice(b.Begin, b.Count));
        }

        return isKnown;
    }

    internal override IEnumerable<RoundBlock> RoundBlocks(int coordinates) => blocks.SelectMany(b => b.Region.RoundBlocks(b.Count).Select(r => r with { First = b.Begin + r.First }));

    internal override Region FaceOf(IReadOnlyList<int> free, IReadOnlySet<int> round) => Of(blocks
        .Select(b => (b.Region, Free: free.Where(i => i >= b.Begin && i < b.Begin + b.Count).Select(i => i - b.Begin).ToArray(), Round: round.Select(first => first - b.Begin).ToHashSet()))
        .Where(b => b.Free.Length > 0).Select(b => (b.Region.FaceOf(b.Free, b.Round), b.Free.Length)));

    internal override double[] Shown(ReadOnlySpan<double> point)
    {
        var shown = new double[point.Length];
        foreach (var b in blocks)
        {
            b.Region.Shown(point.Slice(b.Begin, b.Count)).CopyTo(shown, b.Begin);
        }

        return shown;
    }

    private static Box? BoxOf((Region Region, int Coordinates) part) =>
        part.Region as Box ?? (part.Region.IsWholeSpace ? new Box([.. Enumerable.Repeat(double.NegativeInfinity, part.Coordinates)], [.. Enumerable.Repeat(double.PositiveInfinity, part.Coordinates)]) : null);

    private T Over<T>(ReadOnlySpan<double> point, T found, Func<T, Region, ReadOnlySpan<double>, T> with)
    {
        foreach (var b in blocks)
        {
            found = with(found, b.Region, point.Slice(b.Begin, b.Count));
        }

        return found;
    }

    /// <summary>Changes the coordinates of each block in place, also where another's could not be.</summary>
    private bool TryEach(Span<double> point, Func<Region, Span<double>, bool> change)
    {
        var isDone = true;
        foreach (var b in blocks)
        {
            isDone &= change(b.Region, point.Slice(b.Begin, b.Count));
        }

        return isDone;
    }

    private Block BlockAt(int coordinate) => blocks[blockOf[coordinate]];

    private ComponentVector Whole(Func<Block, Vector> part)
    {
        var parts = blocks.Select(part).ToList();
        return new([.. blocks.SelectMany((b, k) => Enumerable.Range(0, b.Count).Select(i => parts[k][i]))]);
    }

    /// <summary>A region and where its coordinates are.</summary>
    private sealed record Block(Region Region, int Begin, int Count)
    {
        public ComponentVector Of(Vector whole) => new ComponentVector([.. Enumerable.Range(Begin, Count).Select(i => whole[i])]);
    }
}
