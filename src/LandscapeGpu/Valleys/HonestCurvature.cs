namespace LandscapeGpu.Valleys;

/// <summary>Which curvatures of a Hessian hold over a distance; those that do not belong to a flat direction, or a degenerate point, that was met not quite at its zero.</summary>
/// <param name="rounding">Gradients with bounds of their rounding.</param>
/// <param name="region">Beyond it the formula may be another, or none.</param>
/// <param name="d">The number of coordinates.</param>
internal sealed class HonestCurvature(HessianRounding rounding, Region region, int d)
{
    // Where two derivatives vanish, as at 0 of x³, Newton's step leaves a quarter of the slope, and more where more do; where none does, it leaves next to nothing.
    private const double LeftOver = 1.0 / 8;

    // Of the way to where the slope may be zero: so far off rounding of slopes is an eighth of what it is there.
    private const double Bent = 8;

    // With the walls' curvature of the point itself each step leaves a part of what it takes away, as small as that changes over the way: of a hundredth that is all digits.
    private const int StepsOntoFloor = 8;

    // Halvings of that, where the region ends before.
    private const int MostShares = 8;

    /// <summary>The Hessian without the curvatures that slopes around contradict; itself where there are none.</summary>
    /// <param name="point">Where.</param>
    /// <param name="hessian">d × d, finite along the free coordinates.</param>
    /// <param name="bounds">Bounds of its rounding.</param>
    /// <param name="free">The coordinates that no bound holds.</param>
    /// <param name="isRepaired">Whether differences of slopes took the place of curvatures that were rounding.</param>
    public double[] Of(double[] point, double[] hessian, double[] bounds, int[] free, bool isRepaired)
    {
        // A slope within the last digits of the coordinates is none that a step could take away.
        var (gradient, errors) = (new double[d], new double[d]);
        rounding.Look(point, gradient, errors, isExact: false);
        if (isRepaired && rounding.IsDrowned(point))
        {
            KnowFromBeside(point, gradient, errors, free);
        }

        var largest = free.Max(i => free.Max(j => Math.Abs(hessian[(i * d) + j])));
        // Scaling makes a fall of what is left of a slope beside a flat set: one that is nothing beside other curvatures has to be seen in the slopes around, and, as far as all that is known
        // reaches, in the value.
        var (reach, unseen) = (region.Reach(point), Stationarity.Margin * rounding.ValueBound(point));
        var rising = Without(hessian, bounds, free, (value, along, onto) =>
            value < 0 && value / Inner.Product(along, along) is var curvature && curvature >= -Stationarity.HalfTheDigits * largest
            && (-0.5 * curvature * reach * reach <= unseen || !Holds(point, value, along, onto, isRounded: true)));
        var followed = Without(rising, bounds, free, (value, along, _) => IsLeftBehind(point, gradient, errors, along, value));
        var known = Without(followed, bounds, free, (value, along, onto) => IsBeyondKnowing(point, gradient, errors, along, value, onto));
        // What is taken from a form that rises leaves one that rises: where it does not, scaling has mixed in another direction's curvature.
        return free.Any(i => known[(i * d) + i] < 0 && followed[(i * d) + i] > 0) ? followed : known;
    }

    /// <summary>Whether the slope may be zero so far away, for all that rounding tells, that a curvature may be another there: the less is known of a point, the farther its curvatures reach that decide.</summary>
    /// <remarks>Beside 0 of x³ polish stops where the slope is rounding, and that is half the digits away.</remarks>
    /// <param name="point">The point.</param>
    /// <param name="slope">The slope along a direction.</param>
    /// <param name="doubt">A bound of its rounding.</param>
    /// <param name="curvature">The curvature along it.</param>
    public bool IsVague(double[] point, double slope, double doubt, double curvature) => Left(slope, doubt) > Stationarity.ThreeQuartersOfTheDigits * region.Reach(point) * Math.Abs(curvature);

    /// <summary>The Hessian without curvatures that are no good, by their eigenvalue after scaling and their direction before; what that leaves at an entry and is rounding is zero.</summary>
    private double[] Without(double[] hessian, double[] bounds, int[] free, Func<double, double[], Func<double[], double[]>, bool> isNone)
    {
        var n = free.Length;
        double[] form = [.. free.SelectMany(i => free.Select(j => hessian[(i * d) + j]))];
        double[] doubt = [.. free.SelectMany(i => free.Select(j => bounds[(i * d) + j]))];
        var scale = RoundedScaling.Of(form, doubt, n);
        var scaled = SymmetricEigenvalues.Decompose(Equilibration.Apply(scale, form), n);
        var noise = Stationarity.Margin * RoundedScaling.RowSum(doubt, scale);
        var isChanged = false;
        for (var k = 0; k < n; k++)
        {
            var (value, along) = (scaled.Values[k], new double[d]);
            for (var i = 0; i < n; i++)
            {
                along[free[i]] = scaled.Vector(k)[i] * scale[i];
            }

            if (Math.Abs(value) <= noise || !isNone(value, along, Floor(scaled, scale, free, k)))
            {
                continue;
            }

            // With S = DHD and Sv = λv, H loses λ·(D⁻¹v)(D⁻¹v)ᵀ.
            isChanged = true;
            for (var e = 0; e < n * n; e++)
            {
                form[e] -= value * (scaled.Vector(k)[e / n] / scale[e / n]) * (scaled.Vector(k)[e % n] / scale[e % n]);
                // Elements of v are right to roundings of 1, however small they are: where a row is nothing, what is taken away is rounding as well.
                doubt[e] += Stationarity.SumOfRoundings * Math.Abs(value / scale[e / n] / scale[e % n]);
            }
        }

        if (!isChanged)
        {
            return hessian;
        }

        var (kept, known) = (hessian.ToArray(), RoundedScaling.Known(form, doubt));
        for (var e = 0; e < n * n; e++)
        {
            kept[(free[e / n] * d) + free[e % n]] = known[e];
        }

        return kept;
    }

    /// <summary>Whether the gradient at distances along a direction is what the curvature there says, both ways, where it can be seen; of a point as it is, or as far as its coordinates are known.</summary>
    /// <param name="point">The point.</param>
    /// <param name="value">vᵀHv.</param>
    /// <param name="direction">v, of any length.</param>
    /// <param name="onto">Puts a place onto the floor: where a straight line contradicts the curvature, slopes are looked at along that.</param>
    /// <param name="isRounded">Whether the coordinates are known to their last digits only.</param>
    public bool Holds(double[] point, double value, double[] direction, Func<double[], double[]> onto, bool isRounded) =>
        HoldsAlong(point, value, direction, null, isRounded) || HoldsAlong(point, value, direction, onto, isRounded);

    private bool HoldsAlong(double[] point, double value, double[] direction, Func<double[], double[]>? onto, bool isRounded)
    {
        var length = Inner.Norm(direction);
        double[] v = [.. direction.Select(e => e / length)];
        var curvature = value / (length * length);

        var agreed = 0;
        for (var halvings = 13; halvings >= 3 && agreed < 2; halvings--)
        {
            var h = Math.ScaleB(region.Reach(point), -halvings);
            if (!IsWithin(point, v, h) || !IsWithin(point, v, -h))
            {
                break;
            }

            var (quotient, noise) = rounding.Along(point, v, h, isRounded, onto);
            agreed = noise <= 0.1 * Math.Abs(curvature) && Math.Abs(quotient - curvature) <= 0.5 * Math.Abs(curvature) ? agreed + 1 : 0;
        }

        return agreed == 2;
    }

    /// <summary>Whether slopes on either side of a point, where they can be seen, agree that a curvature is that of both: those of x³ beside its zero differ only from each other.</summary>
    /// <param name="point">The point.</param>
    /// <param name="value">vᵀHv.</param>
    /// <param name="direction">v, of any length.</param>
    /// <param name="onto">Puts a place onto the floor.</param>
    public bool IsOfBothSides(double[] point, double value, double[] direction, Func<double[], double[]> onto)
    {
        var length = Inner.Norm(direction);
        double[] v = [.. direction.Select(e => e / length)];
        var curvature = Math.Abs(value / (length * length));
        return Enumerable.Range(3, 11).Select(halvings => Math.ScaleB(region.Reach(point), -halvings)).Any(h =>
            IsWithin(point, v, h) && IsWithin(point, v, -h) && (IsSmall(Bend(point, v, h)) || IsSmall(Bend(point, v, h, onto))));

        bool IsSmall((double By, double Noise) bend) => bend.Noise <= 0.1 * curvature && Math.Abs(bend.By) <= 0.5 * curvature;
    }

    /// <summary>Whether Newton's step along a direction leaves more of a slope than it does where the curvature is that of a stationary point.</summary>
    private bool IsLeftBehind(double[] point, double[] gradient, double[] errors, double[] along, double value)
    {
        var (slope, noise) = Along(gradient, errors, along);
        // What is left of a slope beside a flat set promises steps along it that are no way to a zero.
        var (step, reach) = (Math.Abs(slope / value) * Inner.Norm(along), region.Reach(point));
        var isStep = step <= StationaryWalk.Near * reach && step >= Stationarity.ThreeQuartersOfTheDigits * reach;
        if (!isStep || !(Math.Abs(slope) > Stationarity.Margin * noise) || !IsWithin(point, along, -slope / value))
        {
            return false;
        }

        var (ahead, wrong) = (new double[d], new double[d]);
        rounding.Look([.. point.Zip(along, (x, a) => x - (slope / value * a))], ahead, wrong, isExact: false);
        var (left, unsure) = Along(ahead, wrong, along);
        return Math.Abs(left) > (LeftOver * Math.Abs(slope)) + (Stationarity.Margin * unsure);
    }

    /// <summary>Whether a curvature is not that of the places where the stationary point may be as well: over twice the way to them, slopes say another.</summary>
    private bool IsBeyondKnowing(double[] point, double[] gradient, double[] errors, double[] along, double value, Func<double[], double[]> onto)
    {
        var length = Inner.Norm(along);
        double[] v = [.. along.Select(e => e / length)];
        var curvature = value / (length * length);
        var (slope, noise) = Along(gradient, errors, v);
        // No place is known better than the last digits of its coordinates: where a cubic rounds exactly, as (3x − 1)³, they are all that is between its zero and a curvature.
        var left = Math.Max(Left(slope, noise) / Math.Abs(curvature), Stationarity.Margin * Stationarity.UnitRoundoff * region.Reach(point));
        var isFar = left > Stationarity.QuarterOfTheDigits * region.Reach(point);
        var (whole, shares) = ((isFar ? 2 : Bent) * left, 0);
        double Share() => Math.ScaleB(whole, -shares);
        while (shares < MostShares && !(IsWithin(point, v, Share()) && IsWithin(point, v, -Share())))
        {
            shares++;
        }

        // About a cubic's zero slopes on both sides are alike, and their difference says what the curvature is wherever it is asked.
        return shares < MostShares && ((Differs(Bend(point, v, Share())) && Differs(Bend(point, v, Share(), onto))) || (isFar && shares == 0 && rounding.Along(point, v, whole, isRounded: true) is var (quotient, unsure) && Differs((quotient - curvature, unsure))));

        bool Differs((double By, double Noise) curved) => Math.Abs(curved.By) > (0.5 * Math.Abs(curvature)) + (Stationarity.Margin * curved.Noise);
    }

    /// <summary>Where a formula is all rounding, as at 0 of sin x/x, slopes on both sides know it better: their mean, extrapolated from two distances.</summary>
    private void KnowFromBeside(double[] point, double[] gradient, double[] errors, int[] free)
    {
        var h = Stationarity.QuarterOfTheDigits * region.Reach(point);
        var (slopes, wrong) = (new double[d], new double[d]);
        foreach (var i in free)
        {
            var ((near, nearError), (far, farError)) = (Mean(i, h), Mean(i, 2 * h));
            var error = (Math.Abs(far - near) / 3) + (nearError * 4 / 3) + (farError / 3);
            // Also where the formula's is known: rounding may have chosen the branch that it is of.
            (gradient[i], errors[i]) = (near - ((far - near) / 3), error);
        }

        (double Slope, double Error) Mean(int i, double distance)
        {
            var (slope, error) = (0.0, 0.0);
            foreach (var sign in new[] { 1, -1 })
            {
                rounding.Look([.. point.Select((x, k) => x + (k == i ? sign * distance : 0))], slopes, wrong, isExact: false);
                (slope, error) = (slope + (slopes[i] / 2), error + (wrong[i] / 2));
            }

            return (slope, error);
        }
    }

    /// <summary>Puts places beside a point onto the floor of a valley, by Newton's steps along all curvatures that are so much steeper than one that they hide it; those of one floor stay, since what a wall's slope has along them would lead far: where the floor bends, a straight line along it climbs the walls, whose curvature hides its own.</summary>
    /// <param name="scaled">The curvatures, scaled, with their directions.</param>
    /// <param name="scale">The scale of each free coordinate.</param>
    /// <param name="free">The coordinates that no bound holds.</param>
    /// <param name="own">Which of the curvatures is the floor's.</param>
    public Func<double[], double[]> Floor(SymmetricEigenvectors scaled, double[] scale, int[] free, int own) => place =>
    {
        var (slopes, errors, to) = (new double[d], new double[d], place.ToArray());
        int[] steeper = [.. Enumerable.Range(0, free.Length).Where(k => Stationarity.QuarterOfTheDigits * Math.Abs(scaled.Values[k]) > Math.Abs(scaled.Values[own]))];
        for (var step = 0; step < StepsOntoFloor && steeper.Length > 0; step++)
        {
            rounding.Look(to, slopes, errors, isExact: false);
            foreach (var k in steeper)
            {
                var along = scaled.Vector(k).ToArray();
                var length = Enumerable.Range(0, free.Length).Sum(i => along[i] * scale[i] * slopes[free[i]]) / scaled.Values[k];
                for (var i = 0; i < free.Length; i++)
                {
                    to[free[i]] -= length * along[i] * scale[i];
                }
            }
        }

        return to.All(double.IsFinite) && region.Contains(to) ? to : place;
    };

    /// <summary>By how much the curvatures over a distance to both sides differ, and how much of that is rounding.</summary>
    /// <param name="point">The point.</param>
    /// <param name="v">A direction of length one.</param>
    /// <param name="h">How far.</param>
    /// <param name="onto">Puts a place onto the floor of a valley; null where a straight line is meant.</param>
    private (double Bend, double Noise) Bend(double[] point, double[] v, double h, Func<double[], double[]>? onto = null)
    {
        var (bend, noise) = (0.0, 0.0);
        var (slopes, errors) = (new double[d], new double[d]);
        foreach (var (share, weight) in new[] { (1, 1), (0, -2), (-1, 1) })
        {
            double[] place = [.. point.Zip(v, (x, e) => x + (share * h * e))];
            rounding.Look(share == 0 || onto is null ? place : onto(place), slopes, errors, isExact: false);
            var (slope, doubt) = Along(slopes, errors, v);
            (bend, noise) = (bend + (weight * slope / h), noise + (Math.Abs(weight) * doubt / h));
        }

        return (bend, noise);
    }

    private static double Left(double slope, double noise) => Math.Max(Math.Abs(slope), Stationarity.Margin * noise);

    private static (double Slope, double Noise) Along(double[] gradient, double[] errors, double[] along)
    {
        var (slope, noise) = (0.0, 0.0);
        for (var i = 0; i < along.Length; i++)
        {
            // Along what is held the slope may be infinite.
            slope += along[i] == 0 ? 0 : along[i] * gradient[i];
            noise += along[i] == 0 ? 0 : Math.Abs(along[i]) * errors[i];
        }

        return (slope, noise);
    }

    private bool IsWithin(double[] point, double[] direction, double distance) => region.Contains([.. point.Zip(direction, (x, v) => x + (distance * v))]);
}
