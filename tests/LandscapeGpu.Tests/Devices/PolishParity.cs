namespace LandscapeGpu.Tests.Devices;

/// <summary>Lanes and kernels polish the same endpoints.</summary>
internal static class PolishParity
{
    /// <summary>Where a survey's descent would end, in single precision.</summary>
    public static double[] Endpoints(Objective objective, int count) =>
        new LaneDevice(1).Compile(objective, new() { Stop = new() { Iterations = 500 } }).Run(new RestartRange(objective.DefaultStarts, 3, 0, count)).Points;

    /// <summary>The same endpoints are stationary, and then at the same place with the same value.</summary>
    public static void Require(Objective objective, KernelDevice device, int count)
    {
        var d = objective.Dimension;
        var points = Endpoints(objective, count);
        var lanes = new LanePolish(objective, Derivatives.Of(objective), 1) { ByOrders = false }.Run(points, count);
        var kernels = new KernelPolish(objective, device).Run(points);
        // What lanes bring to an end, kernels do. A walk from where descent was cut short may use up its steps on lanes, where a kernel's is given some
        // more: on Michalewicz' plateaus one in eight comes to an end by them.
        // Where all second derivatives vanish lanes take longer steps; what kernels leave there a survey looks at on lanes.
        int[] ordinary = [.. Enumerable.Range(0, count).Where(k => !lanes.Stationary[k] || !HasNoCurvature(objective, lanes, points, k))];
        // On a plateau along one direction a walk ends where its steps are used up, on either.
        Assert.All(ordinary.Where(k => !lanes.Stationary[k] || !IsFlat(objective, lanes, k)), k => Assert.True(kernels.Stationary[k] || !lanes.Stationary[k], $"endpoint {k}"));
        Assert.InRange(ordinary.Count(k => lanes.Stationary[k] != kernels.Stationary[k]), 0, count / 8);
        for (var k = 0; k < count; k++)
        {
            if (!lanes.Stationary[k] || !kernels.Stationary[k])
            {
                continue;
            }

            // Both end where rounding does; the value is flat there, and so wrong by roundings of its largest term only.
            Assert.Equal(lanes.Values[k], kernels.Values[k], 1e-10 * Math.Max(1, Math.Abs(lanes.Values[k])));
            if (objective.Surface is null && !IsFlat(objective, lanes, k))
            {
                // A gradient of 1e-9 of the largest curvature, which is as long as polishing leaves one, over the least that is not flat here.
                AssertNear(lanes.Points.AsSpan(k * d, d), kernels.Points.AsSpan(k * d, d), 1e-5);
            }
        }
    }

    /// <summary>Whether curvature at the end is nothing beside that where the walk began.</summary>
    private static bool HasNoCurvature(Objective objective, PolishedSet set, double[] points, int k)
    {
        var d = objective.Dimension;
        return Steepest(objective, set.Points.AsSpan(k * d, d)) <= Stationarity.HalfTheDigits * Steepest(objective, points.AsSpan(k * d, d));
    }

    private static double Steepest(Objective objective, ReadOnlySpan<double> point) => Magnitudes(objective, point).Max();

    private static List<double> Magnitudes(Objective objective, ReadOnlySpan<double> point)
    {
        var d = objective.Dimension;
        using var hessians = new LaneHessians(Derivatives.Of(objective), objective);
        hessians.Set(0, point);
        hessians.Compute();
        return [.. SymmetricEigenvalues.Of([.. Enumerable.Range(0, d * d).Select(e => hessians.Entries[e * hessians.Count])], d).Select(Math.Abs)];
    }

    /// <summary>Along a flat direction there is nothing to say where on it a point ends.</summary>
    private static bool IsFlat(Objective objective, PolishedSet set, int k)
    {
        var d = objective.Dimension;
        var magnitudes = Magnitudes(objective, set.Points.AsSpan(k * d, d));
        return magnitudes.Min() < 1e-4 * magnitudes.Max();
    }

    private static void AssertNear(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}
