namespace LandscapeGpu.Pathways;

/// <summary>How strongly the minima are curved along each coordinate, beside which the curvature of a saddle is something or nothing.</summary>
/// <remarks>Coordinates are compared with themselves, so that units decide nothing, nor does a side that holds the stiffest of them.</remarks>
internal sealed class CurvatureScale
{
    private readonly Objective moving;
    private readonly LaneDevice device;
    private readonly double[] sizes;

    /// <param name="moving">The landscape, of so many coordinates that Hessians are formed.</param>
    /// <param name="minima">Places of minima.</param>
    /// <param name="device">What computes Hessians.</param>
    public CurvatureScale(Objective moving, IEnumerable<double[]> minima, LaneDevice device)
    {
        (this.moving, this.device, sizes) = (moving, device, new double[moving.Dimension]);
        foreach (var (_, hessian) in Hessians(minima))
        {
            for (var i = 0; i < sizes.Length; i++)
            {
                sizes[i] = Math.Max(sizes[i], Math.Abs(hessian[i, i]));
            }
        }
    }

    /// <summary>Saddles whose whole Hessian is nothing beside those of minima: they are degenerate.</summary>
    public static HashSet<StationaryPoint> Nothing(Objective moving, IReadOnlyList<StationaryPoint> minima, IReadOnlyList<StationaryPoint> saddles, LaneDevice device)
    {
        if (moving.Dimension > LanePolish.MostCoordinates)
        {
            var nothing = Stationarity.HalfTheDigits * minima.Select(Steepness).DefaultIfEmpty(0).Max();
            return new(saddles.Where(s => Steepness(s) <= nothing), ReferenceEqualityComparer.Instance);
        }

        var areNothing = new CurvatureScale(moving, minima.Select(Place), device).AreNothing([.. saddles.Select(Place)]);
        return new(saddles.Where((_, k) => areNothing[k]), ReferenceEqualityComparer.Instance);

        static double Steepness(StationaryPoint point) => point.Eigenvalues.Select(Math.Abs).DefaultIfEmpty(0).Max();

        double[] Place(StationaryPoint point)
        {
            double[] place = [.. point.Place];
            moving.Units.ToMoving(place);
            return place;
        }
    }

    /// <summary>Of each place, whether its whole Hessian, on the sides that hold it, is as small as the digits of a place leave it: then its signs are rounding.</summary>
    public bool[] AreNothing(IReadOnlyList<double[]> places)
    {
        var d = sizes.Length;
        return [.. Hessians(places).Select(p =>
        {
            var free = Enumerable.Range(0, d).Except(moving.Region.Active(p.Place).Select(s => s.Coordinate).OfType<int>()).ToArray();
            return free.All(i => free.All(j => Math.Abs(p.Hessian[i, j]) <= Stationarity.HalfTheDigits * Math.Sqrt(sizes[i]) * Math.Sqrt(sizes[j])));
        })];
    }

    private IEnumerable<(double[] Place, Entries Hessian)> Hessians(IEnumerable<double[]> places)
    {
        var d = sizes.Length;
        var differentiator = new LaneDifferentiator(moving, device);
        foreach (var some in places.Chunk(Math.Max(1, LaneHessians.MostEntries / (d * d))))
        {
            var matrices = differentiator.Hessians([.. some.SelectMany(p => p)]);
            for (var k = 0; k < some.Length; k++)
            {
                yield return (some[k], new(matrices, k * d * d, d));
            }
        }
    }

    private readonly record struct Entries(double[] All, int Begin, int D)
    {
        public double this[int i, int j] => All[Begin + (i * D) + j];
    }
}
