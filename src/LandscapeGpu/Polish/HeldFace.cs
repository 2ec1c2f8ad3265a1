namespace LandscapeGpu.Polish;

/// <summary>The face of a region that a point is held on: what its sides leave of gradients, errors and Hessians.</summary>
/// <remarks>
/// On the face of side c with multiplier μ the Hessian is that of f + μc along the tangents: J. Nocedal, S. Wright: Numerical Optimization (2nd edition, 2006), §12.5.
/// </remarks>
internal sealed class HeldFace
{
    /// <summary>Where nothing holds.</summary>
    public static HeldFace None { get; } = new([]);

    private readonly IReadOnlyList<(ActiveConstraint Side, double Multiplier)> sides;

    private HeldFace(IReadOnlyList<(ActiveConstraint Side, double Multiplier)> sides) => this.sides = sides;

    /// <summary>Whether no side holds.</summary>
    public bool IsNone => sides.Count == 0;

    /// <summary>The sides through which descent would leave the region, but for some.</summary>
    public static HeldFace Of(Region region, ReadOnlySpan<double> point, double[] gradient, Func<ActiveConstraint, bool>? released = null) =>
        Of(region.Active(point), gradient, side => side.Holds(gradient) && released?.Invoke(side) != true);

    /// <summary>All sides that the point lies on, whatever the gradient does there.</summary>
    public static HeldFace OfAll(Region region, ReadOnlySpan<double> point, double[] gradient) => Of(region.Active(point), gradient, _ => true);

    /// <summary>Those of the sides that the point lies on whose normals begin at given coordinates.</summary>
    public static HeldFace OfThose(Region region, ReadOnlySpan<double> point, double[] gradient, int[] first) => Of(region.Active(point), gradient, side => first.Contains(side.First));

    private static HeldFace Of(IReadOnlyList<ActiveConstraint> active, double[] gradient, Func<ActiveConstraint, bool> which)
    {
        (ActiveConstraint, double)[] held = [.. active.Where(which).Select(side => (side, side.Multiplier(gradient)))];
        return held.Length == 0 ? None : new(held);
    }

    /// <summary>The outward unit normals of the sides that may be left, d coordinates each.</summary>
    public List<double[]> LeavableNormals(int d) => [.. sides.Where(s => !s.Side.IsFixed).Select(s => NormalOf(s.Side, d))];

    /// <summary>The outward unit normals, d coordinates each: orthogonal to one another.</summary>
    public List<double[]> Normals(int d) => [.. sides.Select(s => NormalOf(s.Side, d))];

    /// <summary>What is added to the Hessian's diagonal by the curvature of sides; null where all are flat.</summary>
    public double[]? Bend(int d)
    {
        if (sides.All(s => s.Side.Curvature == 0))
        {
            return null;
        }

        var bend = new double[d];
        foreach (var (side, multiplier) in sides)
        {
            for (var k = 0; k < side.Normal.Length; k++)
            {
                bend[side.First + k] = multiplier * side.Curvature;
            }
        }

        return bend;
    }

    /// <summary>Takes what the sides hold out of a vector.</summary>
    public void Free(double[] vector)
    {
        foreach (var (side, _) in sides)
        {
            side.Remove(vector);
        }
    }

    /// <summary>Takes it out of a gradient and of the bounds of its rounding.</summary>
    public void Free(ReadOnlySpan<double> point, double[] gradient, double[] errors)
    {
        foreach (var (side, _) in sides)
        {
            Widen(side, point, gradient, errors);
            side.Remove(gradient);
        }
    }

    /// <summary>Takes it out of a Hessian, d × d, to which the curvature of the sides is added: zeros are left along the normals.</summary>
    public void Project(Span<double> hessian, int d)
    {
        if (IsNone)
        {
            return;
        }

        if (Bend(d) is { } bend)
        {
            for (var i = 0; i < d; i++)
            {
                hessian[(i * d) + i] += bend[i];
            }
        }

        foreach (var (side, _) in sides)
        {
            if (side.Coordinate is not { } held)
            {
                OrbitProjection.Project(hessian, NormalOf(side, d));
                continue;
            }

            // Whatever it is, infinity included.
            for (var j = 0; j < d; j++)
            {
                (hessian[(held * d) + j], hessian[(j * d) + held]) = (0, 0);
            }
        }
    }

    /// <summary>Bounds of the rounding of what is left when the part along a side's normal is taken out of a gradient.</summary>
    /// <remarks>That part is wrong by the gradient's errors and the sum's own, and the normal by the rounding of the point.</remarks>
    public static void Widen(ActiveConstraint side, ReadOnlySpan<double> point, double[] gradient, double[] errors)
    {
        if (side.Coordinate is { } held)
        {
            errors[held] = 0;
            return;
        }

        var (along, push) = (0.0, Math.Abs(side.Multiplier(gradient)));
        for (var k = 0; k < side.Normal.Length; k++)
        {
            along += Math.Abs(side.Normal[k]) * (errors[side.First + k] + (side.Normal.Length * Stationarity.UnitRoundoff * Math.Abs(gradient[side.First + k])));
        }

        for (var k = 0; k < side.Normal.Length; k++)
        {
            errors[side.First + k] += (along * Math.Abs(side.Normal[k]))
                + (2 * push * Stationarity.UnitRoundoff * ((side.Curvature * Math.Abs(point[side.First + k])) + Math.Abs(side.Normal[k])));
        }
    }

    private static double[] NormalOf(ActiveConstraint side, int d)
    {
        var normal = new double[d];
        side.Normal.CopyTo(normal, side.First);
        return normal;
    }
}
