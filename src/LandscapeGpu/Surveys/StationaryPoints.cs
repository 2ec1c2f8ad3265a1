using LandscapeGpu.Devices;
using LandscapeGpu.Differentiation;
using LandscapeGpu.Identity;
using LandscapeGpu.Objectives;
using LandscapeGpu.Polish;
using LandscapeGpu.Spectra;
using LandscapeGpu.Statistics;
using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>Distinct stationary points with their spectra and kinds.</summary>
/// <param name="All">The points, those of one flat valley made one.</param>
/// <param name="PointOfGroup">For each group of endpoints, which of them it came to.</param>
/// <param name="Identified">The groups.</param>
internal sealed record StationaryPoints(IReadOnlyList<StationaryPoint> All, IReadOnlyList<int> PointOfGroup, IdentifiedMinima Identified)
{
    // Matrices in hand at a time stay below 64 MB.
    private const int MostEntries = 1 << 23;

    /// <param name="objective">Whose points they are.</param>
    /// <param name="identified">Which endpoints are one point.</param>
    /// <param name="polished">The endpoints.</param>
    /// <param name="device">Where spectra are computed.</param>
    /// <param name="progress">Told how many more points have their eigenvalues.</param>
    public static StationaryPoints Of(Objective objective, IdentifiedMinima identified, PolishedSet polished, FallbackDevice device, Action<long>? progress = null)
    {
        if (objective.Dimension > LanePolish.MostCoordinates)
        {
            var extremes = FromExtremes(objective, identified, polished, device, progress);
            return new(extremes, [.. Enumerable.Range(0, extremes.Count)], identified);
        }

        var valleys = new FlatValleys(objective, Derivatives.Of(objective, device.Lanes.Bits), device.Lanes.Threads);
        var (points, pointOf) = valleys.Joined(FromHessians(objective, identified, polished, device, progress), polished.Count);
        return new(points, pointOf, identified);
    }

    /// <summary>How likely one more restart is to end at one of them.</summary>
    public Coverage Seen => Coverage.Of(All.Select(p => p.Count));

    public SurveyResult Result(Objective objective, SurveyOptions options, EndpointPool endpoints, string device, SurveyClock clock, bool stopped)
    {
        var minima = Where(StationaryKind.Minimum, StationaryKind.DegenerateMinimum);
        var outcomes = endpoints.Outcomes;
        return new SurveyResult
        {
            Objective = objective,
            Options = options,
            Restarts = endpoints.Restarts,
            Device = device,
            Rule = options.Descent.Batch is { } batch ? $"{options.Descent.Rule}, {batch}" : options.Descent.Rule.ToString(),
            Outcomes = outcomes,
            Minima = minima,
            BoundaryMinima = Where(StationaryKind.BoundaryMinimum),
            Stationary = Where(StationaryKind.StrictSaddle, StationaryKind.Maximum, StationaryKind.FallingValley),
            Unpolished = endpoints.Unpolished,
            Endless = endpoints.Endless,
            // How complete the list of minima is; saddles that restarts ended at are not what is counted.
            Coverage = CoverageSummary.Of(minima),
            IdentityMargin = Identified.Margin,
            GradientEvaluations = (long)Math.Ceiling(endpoints.Steps * (options.Descent.Batch?.ShareOf(objective) ?? 1)) + endpoints.PolishEvaluations,
            Seconds = clock.Seconds,
            Stopped = stopped || outcomes.Unfinished > 0,
            Endpoints = endpoints,
        };
    }

    private List<StationaryPoint> Where(params StationaryKind[] kinds) => ListOrder.Of(All.Where(p => kinds.Contains(p.Kind)));

    private static List<StationaryPoint> FromHessians(Objective objective, IdentifiedMinima identified, PolishedSet polished, FallbackDevice device, Action<long>? progress)
    {
        var d = objective.Dimension;
        var derivatives = Derivatives.Of(objective, device.Lanes.Bits);
        var differentiator = device.Differentiate(objective);
        using var slopes = new PointDerivatives(objective, derivatives);
        var found = new List<StationaryPoint>();
        var box = objective.Domain as Domain.BoxDomain;
        var gradient = new double[d];
        foreach (var group in identified.Clusters.Chunk(Math.Max(1, MostEntries / (d * d))))
        {
            var matrices = differentiator.Hessians([.. group.SelectMany(cluster => PointOf(polished, cluster.Best).ToArray())])!;
            var eigenvalues = differentiator.Eigenvalues(matrices, d)!;
            progress?.Invoke(group.Length);
            for (var l = 0; l < group.Length; l++)
            {
                var point = PointOf(polished, group[l].Best);
                if (box is not null && IsAtBound(box, point))
                {
                    slopes.Gradient(point, gradient);
                    var held = Classification.OfBoxPoint(matrices.AsSpan(l * d * d, d * d), gradient, BoundsOf(box, point));
                    found.Add(Describe(objective, group[l], polished, held.Spectrum, held.Kind) with { AtBound = held.Held });
                }
                else
                {
                    // The largest belong to the manifold's normals.
                    var spectrum = Spectrum.Of(eigenvalues.AsSpan(l * d, d - derivatives.Normals));
                    var kind = Classification.Classify(spectrum);
                    if (kind == StationaryKind.DegenerateMinimum && objective is { Domain: Domain.WholeSpace, Manifold: null }
                        && FallingValley.RunsFrom(slopes, point, matrices.AsSpan(l * d * d, d * d), spectrum.Threshold))
                    {
                        kind = StationaryKind.FallingValley;
                    }

                    var described = Describe(objective, group[l], polished, spectrum, kind);
                    found.Add(described with { Orbit = objective.Symmetry?.OrbitOf([.. described.Point], identified.SamePlace) });
                }
            }
        }

        return found;
    }

    private static List<StationaryPoint> FromExtremes(Objective objective, IdentifiedMinima identified, PolishedSet polished, FallbackDevice device, Action<long>? progress)
    {
        var (d, normals) = (objective.Dimension, objective.Manifold?.Normals(objective.Dimension) ?? 0);
        var points = identified.Clusters.Select(c => PointOf(polished, c.Best).ToArray()).ToList();
        var found = device.Differentiate(objective).ForEach(
            points, hessian => Spectrum.OfExtremes(Extremes(hessian, d, normals), TraceEstimate.Hutchinson(hessian(0), d, 32).Value), progress)!;
        return [.. identified.Clusters.Zip(found, (cluster, spectrum) => Describe(objective, cluster, polished, spectrum, Classification.Classify(spectrum)))];
    }

    /// <summary>The three lowest and highest eigenvalues; a manifold's normals are put above all others for the one, and below for the other.</summary>
    private static ExtremeEigenvalues Extremes(Func<double, SymmetricOperator> hessian, int dimension, int normals)
    {
        var both = Of(3, 3, 0);
        if (normals == 0)
        {
            return both;
        }

        // Lanczos' method finds the largest |λ| nearly at once, from below.
        var apart = 1 + (2 * Math.Max(Math.Abs(both.Lowest[0]), Math.Abs(both.Highest[^1])));
        var (low, high) = (Of(3, 0, apart), Of(0, 3, -apart));
        return both with
        {
            Dimension = dimension - normals,
            Lowest = low.Lowest,
            LowestResiduals = low.LowestResiduals,
            LowestVectors = low.LowestVectors,
            Highest = high.Highest,
            HighestResiduals = high.HighestResiduals,
            HighestVectors = high.HighestVectors,
            Converged = low.Converged && high.Converged,
            Products = both.Products + low.Products + high.Products,
        };

        ExtremeEigenvalues Of(int lowest, int highest, double normal) =>
            Lanczos.Extremes(hessian(normal), dimension, new LanczosOptions { Lowest = lowest, Highest = highest });
    }

    private static StationaryPoint Describe(Objective objective, (int Best, int Count) cluster, PolishedSet polished, Spectrum spectrum, StationaryKind kind)
    {
        var share = new Proportion(cluster.Count, polished.Count);
        return new()
        {
            Kind = kind,
            Value = polished.Values[cluster.Best],
            Point = objective.Shown(PointOf(polished, cluster.Best)),
            Place = PointOf(polished, cluster.Best).ToArray(),
            Count = cluster.Count,
            Share = share.Share,
            ShareLow = share.Interval.Lower,
            ShareHigh = share.Interval.Upper,
            GradientNorm = polished.Residuals[cluster.Best],
            Eigenvalues = spectrum.Eigenvalues,
            Index = spectrum.Index,
            FlatDirections = spectrum.FlatDirections,
            Trace = spectrum.Trace,
            ConditionNumber = spectrum.ConditionNumber,
            Sharpness = spectrum.Sharpness,
        };
    }

    private static ReadOnlySpan<double> PointOf(PolishedSet polished, int k) => polished.Points.AsSpan(k * polished.Dimension, polished.Dimension);

    private static bool IsAtBound(Domain.BoxDomain box, ReadOnlySpan<double> point)
    {
        for (var i = 0; i < point.Length; i++)
        {
            if (point[i] <= box.Lower[i] || point[i] >= box.Upper[i])
            {
                return true;
            }
        }

        return false;
    }

    private static Bound[] BoundsOf(Domain.BoxDomain box, ReadOnlySpan<double> point)
    {
        var bounds = new Bound[point.Length];
        for (var i = 0; i < point.Length; i++)
        {
            bounds[i] = point[i] <= box.Lower[i] ? Bound.Lower : point[i] >= box.Upper[i] ? Bound.Upper : Bound.None;
        }

        return bounds;
    }
}
