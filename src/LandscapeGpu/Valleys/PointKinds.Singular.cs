namespace LandscapeGpu.Valleys;

// Points whose Hessian is not finite: each costs itself, and no survey.
internal sealed partial class PointKinds
{
    // As many directions of their own as rays have.
    private const int LeastParts = 16;

    /// <summary>What a point is, by the values around it, where the Hessian is not finite along some coordinates.</summary>
    public StationaryKind OfSingular(double[] point, IReadOnlyList<int> coordinates)
    {
        // A direction for each coordinate, or for each part of them where these would be too many numbers, as of a norm of 100,000 coordinates.
        var parts = Math.Min(coordinates.Count, Math.Max(LeastParts, LaneHessians.MostEntries / d));
        var axes = new double[parts][];
        for (var part = 0; part < parts; part++)
        {
            axes[part] = new double[d];
            for (var k = part; k < coordinates.Count; k += parts)
            {
                axes[part][coordinates[k]] = 1 / Math.Sqrt((coordinates.Count - part + parts - 1) / parts);
            }
        }

        return surroundings.Of(point, axes, isSingular: true) == Around.Falling ? StationaryKind.Singular : StationaryKind.SingularMinimum;
    }

    private Found Singular(double[] point) => new(Spectrum.Unknown(d), IsOutOfRange(point) ? StationaryKind.Tail : OfSingular(point, [.. Enumerable.Range(0, d)]), []);

    /// <summary>
    /// Whether all around a point that lies far out curvatures are no numbers, or nothing bounds their rounding: powers have left the range of numbers, as third ones of Kⁿ + tⁿ do where n is −23 and t counts
    /// seconds, though in hours they do not. What is singular is so at a point or along a crease.
    /// </summary>
    private bool IsOutOfRange(double[] point)
    {
        if (!objective.Region.HasOpenEnd || objective.Region.Active(point).Count > 0)
        {
            return false;
        }

        hessians ??= new(derivatives, objective);
        // No coordinate by as much as another: singular sets lie along axes and diagonals.
        var apart = Stationarity.HalfTheDigits * objective.Region.Reach(point);
        return new[] { -apart, apart }.All(step =>
        {
            double[] place = [.. point.Select((x, i) => x + (step * (1 + ((double)i / d))))];
            return !(hessians.At(place).All(double.IsFinite) && rounding.Bounds(place).All(double.IsFinite));
        });
    }
}
