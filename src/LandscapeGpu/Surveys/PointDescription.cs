namespace LandscapeGpu.Surveys;

/// <summary>Points as they are shown: in the units of the formula, whatever units they were explored in.</summary>
internal static class PointDescription
{
    // Of the region's extent: so far from a point its model of second order is asked; ten times what half the digits of a coordinate are.
    private const double Reach = 1e-7;

    /// <summary>A point that was not looked at before it was stopped.</summary>
    public static StationaryPoint NotLookedAt(Objective objective, (int Best, long Count) cluster, EndpointGroups groups) => Of(objective, cluster, groups, Spectrum.Unknown(objective.Dimension), StationaryKind.Undecided);

    /// <summary>A point as it is shown: in the units of the formula.</summary>
    /// <param name="objective">In the units it was explored in.</param>
    /// <param name="cluster">Which endpoints came to it.</param>
    /// <param name="groups">The groups of endpoints.</param>
    /// <param name="spectrum">Its spectrum in the units it was explored in, in which the kind was decided.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="shown">Its spectrum in the units of the formula; null where that is the same up to a factor.</param>
    public static StationaryPoint Of(Objective objective, (int Best, long Count) cluster, EndpointGroups groups, Spectrum spectrum, StationaryKind kind, Spectrum? shown = null)
    {
        var units = objective.Units;
        var place = groups.Point(cluster.Best).ToArray();
        var point = Shown(objective, place, groups.Value(cluster.Best), groups.Rounding(cluster.Best));
        units.ToShown(place);
        // Where units differ, the longest the gradient may be: it is as short as rounding lets it be in each of them.
        var (length, factor) = (Enumerable.Range(0, place.Length).Min(units.Length), shown is null ? 1 / (units.Value * units.Length(0) * units.Length(0)) : 1);
        var listed = shown ?? spectrum;
        var extent = RegionScale.Of(objective).Max();
        var blur = Reach * extent;
        return new()
        {
            Kind = kind,
            Value = groups.Value(cluster.Best) / units.Value,
            Point = point,
            Place = place,
            Count = cluster.Count,
            Share = double.NaN,
            ShareLow = double.NaN,
            ShareHigh = double.NaN,
            GradientNorm = groups.Residual(cluster.Best) / (units.Value * length),
            Uncertainty = groups.Uncertainty(cluster.Best),
            Rounding = groups.Rounding(cluster.Best) / units.Value,
            // Where it is flat, what slope is left leads down so far at most.
            Blur = ((double.IsNaN(spectrum.Sharpness) ? 0 : spectrum.Sharpness * blur * blur) + (spectrum.FlatDirections > 0 ? groups.Residual(cluster.Best) * extent : 0)) / units.Value,
            Eigenvalues = factor == 1 ? listed.Eigenvalues : [.. listed.Eigenvalues.Select(l => factor * l)],
            // On the boundary what falls leads out of the region.
            Index = kind == StationaryKind.BoundaryMinimum ? 0 : spectrum.Index,
            FlatDirections = spectrum.FlatDirections,
            IsFlatAtLeast = spectrum.IsFlatAtLeast,
            Trace = factor * listed.Trace,
            // What is flat was decided in the units it was explored in.
            ConditionNumber = shown is null || spectrum.FlatDirections > 0 || shown.Eigenvalues.Count == 0 ? listed.ConditionNumber : shown.Eigenvalues.Max(Math.Abs) / shown.Eigenvalues.Min(Math.Abs),
            ConditionInUnits = shown is null ? null : spectrum.ConditionNumber,
            Sharpness = factor * listed.Sharpness,
        };
    }

    /// <summary>A place as the formula is given it: on the side that it is within a rounding of, but where f jumps on the side itself, as a price at the end of its range.</summary>
    /// <param name="objective">In the units it was explored in.</param>
    /// <param name="place">The place in these.</param>
    /// <param name="value">f there.</param>
    /// <param name="rounding">How far that is from being known.</param>
    public static double[] Shown(Objective objective, double[] place, double value, double rounding)
    {
        var onSide = objective.Region.Shown(place);
        if (onSide.AsSpan().SequenceEqual(place) || !HeldByJumps.Has(objective) || objective.Region.HasOwnCoordinates
            || Math.Abs(objective.Evaluate(onSide) - value) <= Stationarity.Margin * (rounding + (Stationarity.UnitRoundoff * Math.Abs(value))))
        {
            return objective.Shown(place);
        }

        double[] beside = [.. place];
        objective.Units.ToShown(beside);
        return beside;
    }

    /// <summary>The spectrum of ∇²f without what is held; null where it is that of ∇²φ up to a factor.</summary>
    public static Spectrum? Shown(Units units, ReadOnlySpan<double> hessian, Spectrum spectrum, IReadOnlyList<ActiveConstraint> held)
    {
        if (units.AreAlike || spectrum.Eigenvalues.Count == 0)
        {
            return null;
        }

        var d = (int)Math.Round(Math.Sqrt(hessian.Length));
        int[] left = [.. Enumerable.Range(0, d).Except(held.Select(s => s.Coordinate).OfType<int>())];
        var shown = units.HessianToShown(hessian);
        double[] reduced = [.. left.SelectMany(i => left.Select(j => shown[(i * d) + j]))];
        return Counted(reduced, left.Length, spectrum);
    }

    /// <summary>The spectrum of a Hessian of which another unit's has told what is negative and what is zero.</summary>
    public static Spectrum Counted(double[] hessian, int d, Spectrum counts)
    {
        var eigenvalues = SymmetricEigenvalues.Of(hessian, d);
        return Spectrum.Of(counts.FlatDirections == 0 ? GradedEigenvalues.Mended(hessian, eigenvalues, counts.Index) : eigenvalues, counts.Index, counts.FlatDirections);
    }

    /// <summary>∇²f v from ∇²φ.</summary>
    public static SymmetricOperator InShownUnits(SymmetricOperator hessian, Units units) => (v, result) =>
    {
        double[] scaled = [.. v];
        units.ToMoving(scaled);
        hessian(scaled, result);
        units.GradientToShown(result);
    };
}
