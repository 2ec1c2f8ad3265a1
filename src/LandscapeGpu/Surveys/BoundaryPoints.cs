using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>Points of a region's boundary that are stationary within their face and held there by the gradient.</summary>
/// <param name="Held">Those points, by value; their index is that within the face.</param>
/// <param name="WithoutPush">How many were met whose multiplier is zero to rounding on some side: whether these are held cannot be told.</param>
/// <remarks>
/// They count in Morse's sum as points inside do, with the index within the face, and those where descent leads inwards do not: M. Morse, G. B. Van Schaack (1934), The critical
/// point theory under general boundary conditions, Annals of Mathematics 35, 545; M. Goresky, R. MacPherson (1988), Stratified Morse Theory.
/// </remarks>
internal sealed record BoundaryPoints(IReadOnlyList<StationaryPoint> Held, int WithoutPush)
{
    // Starts on each face: the faces of two coordinates get about as many as the inside.
    private const int LeastStarts = 32;

    /// <summary>Looks for them on every face; null where a region has too many, or they are not known.</summary>
    /// <param name="moving">The landscape, in the units it is explored in.</param>
    /// <param name="sampler">Where searches begin, before they are taken onto a face, in the formula's units.</param>
    /// <param name="options">The search's.</param>
    /// <param name="device">What computes.</param>
    /// <param name="stop">Stops early: null is returned.</param>
    public static BoundaryPoints? Of(Objective moving, Sampler sampler, SaddleSearchOptions options, FallbackDevice device, CancellationToken stop)
    {
        var (d, region) = (moving.Dimension, moving.Region);
        if (region.Faces(d) is not (> 0 and var faces))
        {
            return null;
        }

        var starts = Starts(moving, sampler, options, faces);
        var derivatives = Derivatives.Of(moving, device.Lanes.Bits);
        var ended = new StationarySearch(moving, derivatives, device.Lanes.Threads) { Walk = n => new StationaryWalk(n, region) }.Run(starts, starts.Length / d, null, stop);
        var withoutPush = new EndpointGroups(RegionScale.Of(moving), device.Lanes.Threads);
        var inside = new EndpointGroups(RegionScale.Of(moving), device.Lanes.Threads);
        var weak = Split(moving, derivatives, ended);
        inside.Add(ended);
        withoutPush.Add(weak);
        var told = new SurveyOptions { Identity = IdentityKind.Location, Tolerance = options.Tolerance, Threads = options.Threads };
        var held = StationaryPoints.Of(moving, IdentifiedMinima.Of(moving, told, inside, separateDimensions: true, stop: stop), inside, device, new(sampler, options.Seed, 0, 0), stop: stop).All;
        return stop.IsCancellationRequested ? null : new(ListOrder.Of(held, moving.Units), IdentifiedMinima.Of(moving, told, withoutPush, separateDimensions: true, stop: stop).Clusters.Count);
    }

    private static double[] Starts(Objective moving, Sampler sampler, SaddleSearchOptions options, int faces)
    {
        var d = moving.Dimension;
        var each = Math.Max(LeastStarts, options.Starts / (2 * d));
        var starts = new List<double>();
        var start = new double[d];
        for (var face = 0; face < faces; face++)
        {
            for (var k = 0; k < each; k++)
            {
                sampler.Draw(options.Seed, ((long)face * each) + k, start);
                moving.Units.ToMoving(start);
                if (moving.Region.TryTakeOnto(face, start))
                {
                    starts.AddRange(start);
                }
            }
        }

        return [.. starts, .. options.OnFaces.SelectMany(place => moving.Units.Moving(place))];
    }

    /// <summary>Leaves what all sides hold in the set, and returns what some side may hold, to rounding.</summary>
    private static PolishedSet Split(Objective moving, Derivatives derivatives, PolishedSet ended)
    {
        var (d, weak) = (moving.Dimension, new PolishedSet(moving.Dimension, ended.Count));
        using var slopes = new PointDerivatives(moving, derivatives);
        using var kinds = new PointKinds(moving, derivatives);
        var gradient = new double[d];
        for (var k = 0; k < ended.Count; k++)
        {
            if (!ended.Stationary[k])
            {
                continue;
            }

            var point = ended.Points.AsSpan(k * d, d).ToArray();
            slopes.Gradient(point, gradient);
            var bounds = kinds.Rounding.GradientBounds(point);
            ActiveConstraint[] sides = [.. moving.Region.Active(point).Where(s => !s.IsFixed)];
            var isInside = moving.Region.Contains(point) && sides.All(s => s.Multiplier(gradient) >= -Rounding(s, bounds));
            if (isInside && sides.Any(s => s.Multiplier(gradient) <= Rounding(s, bounds)))
            {
                ended.Take(k, weak, k);
                weak.Stationary[k] = true;
                isInside = false;
            }

            ended.Stationary[k] = isInside;
        }

        return weak;

        static double Rounding(ActiveConstraint side, double[] bounds) =>
            Stationarity.Margin * side.Normal.Select((n, i) => double.IsFinite(bounds[side.First + i]) ? Math.Abs(n) * bounds[side.First + i] : 0).Sum();
    }
}
