namespace LandscapeGpu.Tests.Devices;

/// <summary>A device's starts are the samplers', bit for bit, in any dimension.</summary>
internal static class StartParity
{
    private const long First = (1L << 40) + 5;
    private const int Count = 20;

    public static void Require(Device device)
    {
        foreach (var dimension in new[] { 1, 7 })
        {
            Sampler[] samplers =
            [
                UniformBox.Over(dimension, -1.3, 2.7), new UniformBox(-1e-3, 5), new Gaussian(0.7, 1.9), new Gaussian(3),
                new UniformSphere(2.5), new UniformBall(1.5), new Sobol(-1, 3),
            ];
            foreach (var sampler in samplers)
            {
                Assert.Equal(Drawn(sampler, dimension), OfDevice(device, sampler, dimension));
            }
        }
    }

    private static double[] Drawn(Sampler sampler, int dimension)
    {
        var points = new double[Count * dimension];
        for (var r = 0; r < Count; r++)
        {
            sampler.Draw(77, First + r, points.AsSpan(r * dimension, dimension));
        }

        return points;
    }

    /// <summary>Where restarts of a constant function end is where they began.</summary>
    private static double[] OfDevice(Device device, Sampler sampler, int dimension)
    {
        var flat = Objective.Define("flat", dimension, x => 0 * x[0]);
        var descent = device.Compile(flat, new() { Rule = new GradientDescent { Step = 1 }, IsDouble = true });
        var points = descent.Run(new RestartRange(sampler, 77, First, Count)).Points;
        // A device that failed would have left the work to lanes.
        Assert.Empty(descent.Warnings);
        return points;
    }
}
