namespace LandscapeGpu.Evidence;

/// <summary>How far points are from minima, modulo the declared symmetry.</summary>
/// <remarks>
/// By the symmetry's own formula (<see cref="Objectives.Symmetries.Symmetry.Distance"/>) where it has one; else from the minima and the nearest images of
/// them that its alignment comes to, such as an assignment of hidden units or a rotation of a cluster: an upper bound where alignments are searches.
/// </remarks>
internal sealed class DistanceToMinima(Objective objective, IEnumerable<StationaryPoint> minima)
{
    private readonly List<double[]> places = [.. minima.Select(m => m.Place.ToArray())];

    public int Count => places.Count;

    /// <summary>What distances are, in words.</summary>
    public string Words => objective.MovingSymmetry is null ? "Euclidean distances"
        : places.Count == 0 || objective.MovingSymmetry.Distance(places[0], places[0]) is not null ? "distances modulo the symmetry"
        : "distances modulo the symmetry, of the nearest images that a search comes to";

    /// <summary>The distance of the nearest minimum or image of one; infinity where there is none.</summary>
    public double From(double[] point) => places.Count == 0 ? double.PositiveInfinity : places.Min(p => Between(p, point));

    /// <summary>The least distance of two minima that are not images of one another, nor one point to rounding; NaN where there are no two.</summary>
    public double LeastApart
    {
        get
        {
            var apart = from i in Enumerable.Range(0, places.Count)
                        from j in Enumerable.Range(i + 1, places.Count - i - 1)
                        let distance = Between(places[i], places[j])
                        where distance > Stationarity.HalfTheDigits * (OrthonormalBasis.Norm(places[i]) + OrthonormalBasis.Norm(places[j]))
                        select distance;
            return apart.DefaultIfEmpty(double.NaN).Min();
        }
    }

    private double Between(double[] minimum, double[] point) => objective.MovingSymmetry is not { } symmetry ? OrthonormalBasis.Distance(minimum, point)
        : symmetry.Distance(minimum, point) ?? Math.Min(OrthonormalBasis.Distance(minimum, point), OrthonormalBasis.Distance(symmetry.Aligned(point, minimum), point));
}
