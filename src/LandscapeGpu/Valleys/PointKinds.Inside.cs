namespace LandscapeGpu.Valleys;

/// <summary>Points by curvatures that are scaled first, where no side lets them move one way only.</summary>
internal sealed partial class PointKinds
{
    /// <summary>What curvatures that seem to be zero beside the largest are, each by its own digits; null where as many are zero in any units.</summary>
    /// <param name="point">The point.</param>
    /// <param name="form">The Hessian along the coordinates that no side holds.</param>
    /// <param name="free">These coordinates.</param>
    /// <param name="spectrum">Its spectrum.</param>
    public Found? Resolved(double[] point, double[] form, int[] free, Spectrum spectrum)
    {
        var n = free.Length;
        var whole = rounding.Bounds(point);
        double[] bounds = [.. free.SelectMany(i => free.Select(j => whole[(i * d) + j]))];
        if (!bounds.All(double.IsFinite))
        {
            return null;
        }

        var scale = RoundedScaling.Of(form, bounds, n);
        var noise = Stationarity.Margin * RoundedScaling.RowSum(bounds, scale);
        if (SymmetricEigenvalues.Of(Equilibration.Apply(scale, form), n).Count(l => Math.Abs(l) <= noise) >= spectrum.FlatDirections)
        {
            return null;
        }

        var hessian = new double[d * d];
        for (var e = 0; e < n * n; e++)
        {
            hessian[(free[e / n] * d) + free[e % n]] = form[e];
        }

        var kept = Kept(point, hessian, whole, free);
        return Inside(point, [.. free.SelectMany(i => free.Select(j => kept[(i * d) + j]))], bounds, [.. spectrum.Eigenvalues], free, asked: Stationarity.HalfTheDigits * spectrum.Eigenvalues.Max(Math.Abs));
    }

    /// <summary>How many of the flat directions of a point are so for certain: where others are known to have curvature, rounding of one coordinate had hidden it.</summary>
    /// <param name="point">The point.</param>
    /// <param name="hessian">d × d there.</param>
    /// <param name="flat">How many count as flat.</param>
    public int FlatAt(double[] point, double[] hessian, int flat)
    {
        if (derivatives.Normals > 0 || objective.Region.HasGeneralSides)
        {
            return flat;
        }

        Slopes(point);
        Level(point, hessian);
        int[] free = [.. Enumerable.Range(0, d).Except(objective.Region.Active(point).Where(s => s.IsFixed || s.Holds(gradient)).Select(s => s.First))];
        var whole = rounding.Bounds(point);
        double[] form = [.. free.SelectMany(i => free.Select(j => hessian[(i * d) + j]))];
        double[] bounds = [.. free.SelectMany(i => free.Select(j => whole[(i * d) + j]))];
        return form.All(double.IsFinite) && bounds.All(double.IsFinite) ? Math.Clamp(RoundedScaling.Flat(form, bounds, free.Length, Clear), 1, flat) : flat;
    }

    /// <param name="point">The point.</param>
    /// <param name="form">The Hessian along the coordinates that no side holds.</param>
    /// <param name="bounds">Bounds of its rounding.</param>
    /// <param name="eigenvalues">Its eigenvalues.</param>
    /// <param name="free">These coordinates.</param>
    /// <param name="asked">Slopes around are asked for curvatures up to this, also where scaling makes them large: of a diagonal Hessian it makes one of x³ beside its zero.</param>
    private Found Inside(double[] point, ReadOnlySpan<double> form, double[] bounds, double[] eigenvalues, int[] free, double asked = 0)
    {
        var n = free.Length;
        var scale = RoundedScaling.Of(form, bounds, n);
        var scaled = SymmetricEigenvalues.Decompose(Equilibration.Apply(scale, form), n);
        var (noise, largest) = (Stationarity.Margin * RoundedScaling.RowSum(bounds, scale), scaled.Values.Max(Math.Abs));
        var (index, flat) = (0, 0);
        for (var k = 0; k < n; k++)
        {
            var (value, along) = (scaled.Values[k], Direction(k));
            var isAsked = Math.Abs(value) <= asked * Inner.Product(along, along);
            var isZero = Math.Abs(value) <= noise
                || ((isAsked || Math.Abs(value) <= Stationarity.HalfTheDigits * largest) && !honest.Holds(point, value, along, honest.Floor(scaled, scale, free, k), isRounded: false))
                || (isAsked && !honest.IsOfBothSides(point, value, along, honest.Floor(scaled, scale, free, k)));
            (index, flat) = isZero ? (index, flat + 1) : value < 0 ? (index + 1, flat) : (index, flat);
        }

        var spectrum = Spectrum.Of(flat == 0 ? GradedEigenvalues.Mended(form, eigenvalues, index) : eigenvalues, index, flat);
        // What is zero to rounding, however large that is, is decided by the values around.
        var kind = !spectrum.IsKnown ? StationaryKind.Undecided
            : index == 0 ? (flat == 0 ? StationaryKind.Minimum : StationaryKind.DegenerateMinimum)
            : index == n ? StationaryKind.Maximum : StationaryKind.StrictSaddle;
        return new(spectrum, kind, []);

        double[] Direction(int k)
        {
            var along = new double[d];
            for (var i = 0; i < n; i++)
            {
                along[free[i]] = scaled.Vector(k)[i] * scale[i];
            }

            return along;
        }
    }
}
