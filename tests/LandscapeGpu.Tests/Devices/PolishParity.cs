using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Devices.Kernels;
using LandscapeGpu.Minima;
using LandscapeGpu.Objectives;

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
        var points = Endpoints(objective, count);
        var lanes = new Polish(objective, Derivatives.Of(objective), 1).Run(points, count);
        var kernels = new KernelPolish(objective, device).Run(points);
        var d = objective.Dimension;
        for (var k = 0; k < count; k++)
        {
            Assert.True(lanes.Stationary[k] == kernels.Stationary[k], $"{objective.Name}: endpoint {k} is stationary on lanes: {lanes.Stationary[k]} (residual {lanes.Residuals[k]:E2}), in kernels: {kernels.Stationary[k]} ({kernels.Residuals[k]:E2}).");
            if (!lanes.Stationary[k])
            {
                continue;
            }

            // Both end where rounding does; the value is flat there, and so wrong by roundings of its largest term only.
            Assert.Equal(lanes.Values[k], kernels.Values[k], 1e-10 * Math.Max(1, Math.Abs(lanes.Values[k])));
            Assert.Equal(lanes.Moments[2 * k], kernels.Moments[2 * k], 1e-4 * Math.Max(1, Math.Abs(lanes.Moments[2 * k])));
        }
    }
}
