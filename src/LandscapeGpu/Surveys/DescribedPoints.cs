using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>What distinct stationary points are by their curvatures.</summary>
internal static class DescribedPoints
{
    /// <summary>Of what is found for the lowest points alone, so many operations in all: some minutes of a core.</summary>
    public const double MostFlops = 1e12;

    // Up to so many coordinates whole spectra are found.
    private const int MostOfWhole = 2_000;

    /// <summary>By their Hessians.</summary>
    public static List<StationaryPoint> ByHessians(Objective objective, IdentifiedMinima identified, EndpointGroups groups, PointKinds kinds, FallbackDevice device, Action<long>? progress, CancellationToken stop)
    {
        var d = objective.Dimension;
        var differentiator = device.Differentiate(objective);
        var found = new List<StationaryPoint>();
        foreach (var group in identified.Clusters.Chunk(Math.Max(1, LaneHessians.MostEntries / (d * d))))
        {
            if (stop.IsCancellationRequested)
            {
                found.AddRange(group.Select(cluster => PointDescription.NotLookedAt(objective, cluster, groups)));
                continue;
            }

            var places = group.Select(cluster => objective.Region.OnFaces(groups.Point(cluster.Best))).ToList();
            var matrices = differentiator.Hessians([.. places.SelectMany(place => place)])!;
            var eigenvalues = differentiator.Eigenvalues(matrices, d)!;
            progress?.Invoke(group.Length);
            for (var l = 0; l < group.Length; l++)
            {
                if (stop.IsCancellationRequested)
                {
                    found.Add(PointDescription.NotLookedAt(objective, group[l], groups));
                    continue;
                }

                var described = Of(objective, group[l], groups, kinds, matrices.AsSpan(l * d * d, d * d), eigenvalues.AsSpan(l * d, d));
                found.Add(described with { Orbit = described.IsOnBoundary || described.AtBound.Count > 0 ? null : objective.Symmetry?.OrbitOf([.. described.Point], identified.SamePlace) });
            }
        }

        return found;
    }

    /// <summary>What a point is by its Hessian.</summary>
    /// <param name="objective">Whose point it is.</param>
    /// <param name="cluster">Which endpoints came to it.</param>
    /// <param name="groups">The groups of endpoints.</param>
    /// <param name="kinds">Decides.</param>
    /// <param name="hessian">d × d there.</param>
    /// <param name="eigenvalues">Its eigenvalues.</param>
    public static StationaryPoint Of(Objective objective, (int Best, long Count) cluster, EndpointGroups groups, PointKinds kinds, Span<double> hessian, ReadOnlySpan<double> eigenvalues)
    {
        var point = groups.Point(cluster.Best).ToArray();
        var sides = objective.Region.Active(point);
        var (spectrum, kind, held) = kinds.Of(point, hessian, eigenvalues);
        return PointDescription.Of(objective, cluster, groups, spectrum, kind, PointDescription.Shown(objective.Units, hessian, spectrum, [.. sides.Where((s, k) => s.IsFixed || held.Contains(k))])) with
        {
            AtBound = CoordinatesOf(held, sides),
            IsOnBoundary = sides.Any(s => !s.IsFixed),
        };
    }

    /// <summary>In many coordinates: by extreme eigenvalues, of the lowest by whole spectra.</summary>
    public static List<StationaryPoint> ByExtremes(Objective objective, IdentifiedMinima identified, EndpointGroups groups, FallbackDevice device, Action<long>? progress, CancellationToken stop)
    {
        using var slopes = new PointDerivatives(objective, Derivatives.Of(objective, device.Lanes.Bits));
        using var kinds = new PointKinds(objective, Derivatives.Of(objective, device.Lanes.Bits));
        var points = identified.Clusters.Select(c => groups.Point(c.Best).ToArray()).ToList();
        var whole = Whole(objective, identified, groups, Derivatives.Of(objective, device.Lanes.Bits).ProductFlops);
        var deciders = points.Select((point, k) =>
        {
            var gradient = new double[objective.Dimension];
            slopes.Gradient(point, gradient);
            return new ProductSpectrum(objective.Region, point, gradient, kinds, whole.Contains(k));
        }).ToList();
        var units = objective.Units;
        var found = device.Differentiate(objective).ForEach(points, (hessian, k) =>
        {
            // One spectrum of a million coordinates is some seconds' work, and up to minutes'.
            SymmetricOperator Heeding(double normal) => (v, result) =>
            {
                stop.ThrowIfCancellationRequested();
                hessian(normal)(v, result);
            };
            try
            {
                var (spectrum, kind, atBound) = deciders[k].Of(Heeding);
                var shown = units.AreAlike ? null : deciders[k].Shown(Heeding, units, spectrum);
                return (spectrum, kind, atBound, shown);
            }
            catch (OperationCanceledException)
            {
                return (Spectrum.Unknown(objective.Dimension), StationaryKind.Undecided, [], null);
            }
        }, progress)!;
        return [.. identified.Clusters.Zip(found, (cluster, f) =>
        {
            var described = PointDescription.Of(objective, cluster, groups, f.spectrum, f.kind, f.shown);
            var sides = objective.Region.Active(groups.Point(cluster.Best));
            return described with
            {
                AtBound = f.atBound,
                IsOnBoundary = sides.Any(s => !s.IsFixed),
                Orbit = sides.Count > 0 ? null : objective.Symmetry?.OrbitOf([.. described.Point], identified.SamePlace),
            };
        })];
    }

    /// <summary>The clusters of which whole spectra are found: the lowest, as many as the work allows.</summary>
    private static HashSet<int> Whole(Objective objective, IdentifiedMinima identified, EndpointGroups groups, double product)
    {
        double d = objective.Dimension;
        // Householder's reduction, and a product for each row.
        var each = (4.0 / 3 * d * d * d) + (d * product);
        return d > MostOfWhole ? [] : [.. Enumerable.Range(0, identified.Clusters.Count).OrderBy(k => groups.Value(identified.Clusters[k].Best)).Take((int)Math.Min(int.MaxValue, MostFlops / each))];
    }

    private static int[] CoordinatesOf(IEnumerable<int> held, IReadOnlyList<ActiveConstraint> sides) =>
        [.. held.Select(k => sides[k].Coordinate).OfType<int>()];
}
