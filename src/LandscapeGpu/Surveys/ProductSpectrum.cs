using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>The spectrum and kind of a stationary point in many coordinates, by products with the Hessian.</summary>
/// <remarks>
/// Up to two thousand coordinates the Hessian is formed, by as many products, and all its eigenvalues are found, where they are wanted.
/// Where sides hold so many coordinates that few are left, the Hessian of those is formed and decides as it does in few coordinates.
/// Elsewhere Lanczos' method finds its ends, with the normals of a surface, and of sides that hold, put out of the way.
/// </remarks>
/// <param name="region">The region.</param>
/// <param name="point">The point.</param>
/// <param name="gradient">∇f there.</param>
/// <param name="kinds">Decides by the values around the point, where the Hessian is not finite.</param>
/// <param name="isWhole">Whether all eigenvalues are wanted, away from surfaces.</param>
internal sealed class ProductSpectrum(Region region, double[] point, double[] gradient, PointKinds kinds, bool isWhole)
{
    private const int Probes = 32;

    // Where a side lets the point move one way only, all of the Hessian says whether it may fall; its eigenvalues cost some seconds of a core.
    private const int MostOnCone = 1024;

    private readonly int d = point.Length;

    // Multipliers within their rounding are zero.
    private readonly double rounding = Stationarity.Margin * kinds.Rounding.GradientBounds(point).Where(double.IsFinite).DefaultIfEmpty(0).Max();
    private readonly IReadOnlyList<ActiveConstraint> sides = region.Active(point);
    private bool isLevelled;

    /// <param name="hessian">The Hessian as an operator, plus a multiple of what is normal to a surface.</param>
    public (Spectrum Spectrum, StationaryKind Kind, int[] AtBound) Of(Func<double, SymmetricOperator> hessian)
    {
        var (spectrum, kind, atBound) = Decided(hessian);
        return (spectrum, kind == StationaryKind.Undecided && !spectrum.IsKnown ? OfSingular(Singular(hessian(0))) : kind, atBound);
    }

    private (Spectrum Spectrum, StationaryKind Kind, int[] AtBound) Decided(Func<double, SymmetricOperator> hessian)
    {
        Level(hessian(0));
        var held = Held();
        var pushed = held.Where(s => !s.IsFixed).ToList();
        int[] atBound = [.. pushed.Select(s => s.Coordinate).OfType<int>()];
        var bounds = held.Select(s => s.Coordinate).OfType<int>().ToHashSet();
        var most = isWhole && HasOneSided() ? MostOnCone : LanePolish.MostCoordinates;
        int[] left = [.. Enumerable.Range(0, d).Where(i => !bounds.Contains(i))];
        var isFlatFace = bounds.Count == held.Count && region.Normals(d) == 0;
        if (isFlatFace && left.Length <= most)
        {
            var (few, kindOfFew) = OfFew(left, hessian(0), pushed.Count);
            return (few, kindOfFew, atBound);
        }

        if (Singular(hessian(0)) is { Count: > 0 } singular)
        {
            return (Spectrum.Unknown(left.Length), OfSingular(singular), atBound);
        }

        var normals = region.Normals(d) + held.Count;
        SymmetricOperator Along(double normal) => held.Count == 0 ? hessian(normal) : OnSides(hessian(normal), held, normal);
        var extremes = Extremes(Along, normals);
        // A surface's normals have the curvature they were given; products with the rest have their own rounding, whatever sides hold.
        var noise = region.Normals(d) == 0 ? NoiseOf(extremes) : 0;
        var tolerance = double.IsFinite(noise) && noise > ZeroTolerance.Default.Absolute ? new ZeroTolerance { Absolute = noise } : null;
        var form = isWhole && isFlatFace ? Formed(left, hessian(0)) : null;
        var ends = form is not null ? Spectrum.OfHessian(form, left.Length, tolerance) : Spectrum.OfExtremes(extremes, TraceEstimate.Hutchinson(Along(0), d, Probes).Value, tolerance);
        if (form is not null && held.Count == 0 && ends.IsKnown && MayBeTail(ends) && IsTail(form))
        {
            return (ends, StationaryKind.Tail, atBound);
        }

        // Where curvature has less than half its digits, as far out on a tail, what is within its rounding is not known to be flat.
        var isVague = ends.FlatDirections > 0 && noise > Stationarity.HalfTheDigits * ends.Eigenvalues.Max(Math.Abs);
        if (isVague)
        {
            return (ends, StationaryKind.Undecided, atBound);
        }

        ends = form is null ? ends : Resolved(ends, form, left);
        return (ends, KindOf(ends, pushed.Count), atBound);
    }

    /// <summary>The eigenvalues that are shown, in the formula's units: counts hold in any.</summary>
    /// <param name="hessian">The Hessian as an operator, as it was decided by.</param>
    /// <param name="units">The units it was decided in.</param>
    /// <param name="found">What was decided.</param>
    public Spectrum Shown(Func<double, SymmetricOperator> hessian, Units units, Spectrum found)
    {
        SymmetricOperator InShownUnits(double normal) => PointDescription.InShownUnits(hessian(normal), units);
        int[] left = [.. Enumerable.Range(0, d).Except(Held().Select(s => s.Coordinate).OfType<int>())];
        if (!found.Complete || found.Dimension != left.Length || left.Length == 0)
        {
            return Of(InShownUnits).Spectrum;
        }

        return PointDescription.Counted(Formed(left, InShownUnits(0)), left.Length, found);
    }

    /// <summary>Takes out of the gradient what is there across bounds by the rounding of the place alone: its rows of the Hessian are asked for where slopes are that short.</summary>
    private void Level(SymmetricOperator hessian)
    {
        if (isLevelled || region.Normals(d) > 0 || sides.Count == 0)
        {
            return;
        }

        isLevelled = true;
        lock (kinds)
        {
            var unsure = kinds.Rounding.UnsureBounds(point);
            foreach (var i in sides.Select(s => s.Coordinate).OfType<int>().Where(i => gradient[i] != 0 && Stationarity.IsZero(gradient[i], unsure[i])))
            {
                var (unit, row) = (new double[d], new double[d]);
                unit[i] = 1;
                hessian(unit, row);
                gradient[i] = kinds.IsOfPlace(point, gradient, i, row) ? 0 : gradient[i];
            }
        }
    }

    private List<ActiveConstraint> Held() => [.. sides.Where(s => s.IsFixed || s.Multiplier(gradient) > Threshold())];

    /// <summary>A spectrum in which nothing falls and something seems to be level, looked at again where curvatures are scaled first and asked whether slopes agree with them: problems of condition 10⁸ have curvature.</summary>
    private Spectrum Resolved(Spectrum spectrum, double[] form, int[] left)
    {
        if (spectrum is not { Index: 0, FlatDirections: > 0 } || left.Length > MostOnCone || HasOneSided())
        {
            return spectrum;
        }

        lock (kinds)
        {
            return kinds.Resolved(point, form, left, spectrum)?.Spectrum ?? spectrum;
        }
    }

    /// <summary>Whether Newton's step may lead so far that there need be no stationary point near.</summary>
    private bool MayBeTail(Spectrum spectrum) =>
        spectrum.FlatDirections > 0 || Inner.Norm(gradient) > Stationarity.HalfTheDigits * (1 + Inner.Norm(point)) * spectrum.Eigenvalues.Min(Math.Abs);

    private bool IsTail(double[] form)
    {
        lock (kinds)
        {
            return kinds.IsFading(point, form);
        }
    }

    /// <summary>What rounding of the products may make of an eigenvalue, by Weyl's inequality on the vectors that are known.</summary>
    private double NoiseOf(ExtremeEigenvalues extremes)
    {
        lock (kinds)
        {
            return Stationarity.Margin * extremes.LowestVectors.Concat(extremes.HighestVectors).Max(v => kinds.Rounding.ProductBound(point, v));
        }
    }

    private StationaryKind OfSingular(List<int> coordinates)
    {
        lock (kinds)
        {
            return kinds.OfSingular(point, coordinates);
        }
    }

    /// <summary>The coordinates along which a product with the Hessian is not finite.</summary>
    private List<int> Singular(SymmetricOperator hessian)
    {
        var product = new double[d];
        hessian([.. Enumerable.Repeat(1.0, d)], product);
        return [.. Enumerable.Range(0, d).Where(i => !double.IsFinite(product[i]))];
    }

    private (Spectrum Spectrum, StationaryKind Kind) OfFew(int[] left, SymmetricOperator hessian, int pushed)
    {
        var n = left.Length;
        if (n == 0)
        {
            var nothing = Spectrum.Of([]);
            return (nothing, Classification.KindOf(nothing, pushed, released: 0));
        }

        var form = Formed(left, hessian);
        ActiveConstraint[] among = [.. sides.Where(s => Array.IndexOf(left, s.First) >= 0).Select(s => s with { First = Array.IndexOf(left, s.First) })];
        var found = Classification.OnSides(form, [.. left.Select(i => gradient[i])], among, gradientTolerance: rounding);
        var spectrum = Resolved(found.Spectrum, form, left);
        var kind = ReferenceEquals(spectrum, found.Spectrum) ? found.Kind : Classification.Classify(spectrum);
        return (spectrum, pushed == 0 ? kind : Classification.OnFace(kind));
    }

    /// <summary>The Hessian of some coordinates, entry by entry.</summary>
    private double[] Formed(int[] coordinates, SymmetricOperator hessian)
    {
        var n = coordinates.Length;
        var (form, v, product) = (new double[n * n], new double[d], new double[d]);
        for (var j = 0; j < n; j++)
        {
            v[coordinates[j]] = 1;
            hessian(v, product);
            v[coordinates[j]] = 0;
            for (var i = 0; i < n; i++)
            {
                // Row by row: the Hessian is symmetric.
                form[(j * n) + i] = product[coordinates[i]];
            }
        }

        return form;
    }

    private StationaryKind KindOf(Spectrum spectrum, int held)
    {
        var threshold = Threshold();
        var kind = Classification.KindOf(spectrum, held, sides.Count(s => !s.IsFixed && s.Multiplier(gradient) < -threshold));
        // What a negative direction is worth that leads out of the region would take all of the Hessian to say.
        return HasOneSided() && kind is StationaryKind.StrictSaddle or StationaryKind.Maximum ? StationaryKind.Undecided : kind;
    }

    /// <summary>Whether a side lets the point move inwards, and nothing pushes it either way.</summary>
    private bool HasOneSided()
    {
        var threshold = Threshold();
        return sides.Any(s => !s.IsFixed && Math.Abs(s.Multiplier(gradient)) <= threshold);
    }

    /// <summary>Multipliers up to this are zero, as in <see cref="Classification"/>.</summary>
    private double Threshold()
    {
        double[] free = [.. gradient];
        foreach (var side in sides)
        {
            side.Remove(free);
        }

        return Math.Max(rounding, 2 * free.Max(Math.Abs));
    }

    /// <summary>P(H + μκ)P + normal·(I − P).</summary>
    private SymmetricOperator OnSides(SymmetricOperator hessian, IReadOnlyList<ActiveConstraint> held, double normal) => (v, result) =>
    {
        double[] along = [.. v];
        foreach (var side in held)
        {
            side.Remove(along);
        }

        hessian(along, result);
        foreach (var side in held)
        {
            var shift = side.Curvature == 0 ? 0 : side.Curvature * side.Multiplier(gradient);
            for (var i = side.First; shift != 0 && i < side.First + side.Normal.Length; i++)
            {
                result[i] += shift * along[i];
            }
        }

        foreach (var side in held)
        {
            side.Remove(result);
        }

        for (var i = 0; i < d; i++)
        {
            result[i] += normal * (v[i] - along[i]);
        }
    };

    /// <summary>The three lowest and highest eigenvalues; normals are put above all others for the one, and below for the other.</summary>
    private ExtremeEigenvalues Extremes(Func<double, SymmetricOperator> hessian, int normals)
    {
        var both = Ends(3, 3, 0);
        if (normals == 0)
        {
            return both;
        }

        // Lanczos' method finds the largest |λ| nearly at once, from below. Of a Hessian that is zero the normals' are zero as well, and nothing is made of nothing by rounding.
        var apart = 4 * Math.Max(Math.Abs(both.Lowest[0]), Math.Abs(both.Highest[^1]));
        var (low, high) = (Ends(3, 0, apart), Ends(0, 3, -apart));
        return both with
        {
            Dimension = d - normals,
            Lowest = low.Lowest,
            LowestResiduals = low.LowestResiduals,
            LowestVectors = low.LowestVectors,
            Highest = high.Highest,
            HighestResiduals = high.HighestResiduals,
            HighestVectors = high.HighestVectors,
            Converged = low.Converged && high.Converged,
            Products = both.Products + low.Products + high.Products,
        };

        ExtremeEigenvalues Ends(int lowest, int highest, double normal) =>
            Lanczos.Extremes(hessian(normal), d, new LanczosOptions { Lowest = lowest, Highest = highest });
    }
}
