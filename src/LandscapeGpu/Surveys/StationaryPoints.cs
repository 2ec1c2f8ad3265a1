using LandscapeGpu.Devices;
using LandscapeGpu.Minima;
using LandscapeGpu.Objectives;
using LandscapeGpu.Spectra;

namespace LandscapeGpu.Surveys;

/// <summary>Distinct stationary points with their spectra and kinds.</summary>
internal sealed record StationaryPoints(IReadOnlyList<StationaryPoint> All, IdentifiedMinima Identified)
{
    public static StationaryPoints Of(Objective objective, IdentifiedMinima identified, PolishedSet polished, LaneDevice device)
    {
        var derivatives = Derivatives.Of(objective, device.Bits);
        var found = objective.Dimension <= Polish.MostCoordinates
            ? new FlatValleys(objective, derivatives, device.Threads).Joined(FromHessians(objective, derivatives, identified, polished, device.Threads), polished.Count)
            : FromExtremes(objective, derivatives, identified, polished);
        return new(found, identified);
    }

    public SurveyResult Result(Objective objective, SurveyOptions options, EndpointPool endpoints, string device, SurveyClock clock, bool stopped)
    {
        var minima = Where(StationaryKind.Minimum, StationaryKind.DegenerateMinimum);
        var outcomes = endpoints.Outcomes;
        // How complete the list of minima is; saddles that restarts ended at are not what is counted.
        var sizes = minima.Select(m => (int)m.Count).ToList();
        var (coverage, chao) = (Coverage.Of(sizes), Chao1.Of(sizes));
        return new SurveyResult
        {
            Objective = objective,
            Options = options,
            Restarts = endpoints.Restarts,
            Device = device,
            Rule = options.Batch is null ? options.Rule.ToString() : $"{options.Rule}, {options.Batch}",
            Outcomes = outcomes,
            Minima = minima,
            BoundaryMinima = Where(StationaryKind.BoundaryMinimum),
            Stationary = Where(StationaryKind.StrictSaddle, StationaryKind.Maximum, StationaryKind.FallingValley),
            Unpolished = endpoints.Unpolished,
            Endless = endpoints.Endless,
            Coverage = new()
            {
                GoodTuring = coverage.Estimate,
                GoodTuringLow = coverage.Interval.Lower,
                GoodTuringHigh = coverage.Interval.Upper,
                Chao1 = chao.Estimate,
                Chao1Low = chao.Interval.Lower,
                Chao1High = chao.Interval.Upper,
            },
            IdentityMargin = Identified.Margin,
            GradientEvaluations = (long)Math.Ceiling(endpoints.Steps * (options.Batch?.ShareOf(objective) ?? 1)) + endpoints.PolishEvaluations,
            Seconds = clock.Seconds,
            Stopped = stopped || outcomes.Unfinished > 0,
            Endpoints = endpoints,
        };
    }

    private List<StationaryPoint> Where(params StationaryKind[] kinds) => [.. All.Where(p => kinds.Contains(p.Kind)).OrderBy(p => p.Value)];

    private static List<StationaryPoint> FromHessians(Objective objective, Derivatives derivatives, IdentifiedMinima identified, PolishedSet polished, int threads)
    {
        var d = objective.Dimension;
        using var hessians = new LaneHessians(derivatives, objective);
        using var slopes = new Slopes(objective, derivatives);
        var found = new List<StationaryPoint>();
        var box = objective.Domain as Domain.BoxDomain;
        var gradient = new double[d];
        foreach (var group in identified.Clusters.Chunk(hessians.Count))
        {
            for (var l = 0; l < group.Length; l++)
            {
                hessians.Set(l, PointOf(polished, group[l].Best));
            }

            hessians.ComputeApart();
            var matrices = new double[group.Length * d * d];
            for (var l = 0; l < group.Length; l++)
            {
                hessians.CopyTo(matrices.AsSpan(l * d * d, d * d), l);
            }

            var eigenvalues = new double[group.Length * d];
            SymmetricEigenvalues.Batch(matrices, d, group.Length, eigenvalues, threads);
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

    private static List<StationaryPoint> FromExtremes(Objective objective, Derivatives derivatives, IdentifiedMinima identified, PolishedSet polished)
    {
        using var slopes = new Slopes(objective, derivatives);
        var found = new List<StationaryPoint>();
        foreach (var cluster in identified.Clusters)
        {
            var point = PointOf(polished, cluster.Best).ToArray();
            SymmetricOperator product = (v, result) => slopes.Product(point, v, result);
            var extremes = Extremes(slopes, point, derivatives.Normals);
            var trace = TraceEstimate.Hutchinson(product, objective.Dimension, 32);
            var spectrum = Spectrum.OfExtremes(extremes, trace.Value);
            found.Add(Describe(objective, cluster, polished, spectrum, Classification.Classify(spectrum)));
        }

        return found;
    }

    /// <summary>The three lowest and highest eigenvalues; a manifold's normals are put above all others for the one, and below for the other.</summary>
    private static ExtremeEigenvalues Extremes(Slopes slopes, double[] point, int normals)
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
            Dimension = point.Length - normals,
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
            Lanczos.Extremes((v, result) => slopes.Product(point, v, result, normal), point.Length, new LanczosOptions { Lowest = lowest, Highest = highest });
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
