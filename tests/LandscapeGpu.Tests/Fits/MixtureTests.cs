namespace LandscapeGpu.Tests.Fits;

/// <summary>Likelihoods of mixtures: where two components have become one their weight is free, and the data's fourth moment alone says which way is down.</summary>
public sealed class MixtureTests
{
    private static readonly double[] Samples = [.. Enumerable.Range(0, 15).Select(k => 1.3 * Math.Sin(5.1 * k)), .. Enumerable.Range(0, 15).Select(k => 4 + (0.9 * Math.Cos(3.7 * k)))];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1e8, 1e-6)]
    [InlineData(1e-12, 1e3)]
    public void Components_that_have_become_one_are_flat_along_their_difference_and_their_weight_only(double factor, double unit)
    {
        var z = new Data("z", Samples);
        Real Component(Real mean, Real width, Index k) => Exp(-0.5 * Square((z[k] - mean) / width)) / width;
        var likelihood = Objective.Define("two components", 4, x => -factor * Sum(Samples.Length, k =>
            Log((x[3] * Component(x[0] / unit, x[2] / unit, k)) + ((1 - x[3]) * Component(x[1] / unit, x[2] / unit, k))))) with
        {
            Region = Region.Box([-5 * unit, -5 * unit, 0.1 * unit, 0], [10 * unit, 10 * unit, 5 * unit, 1]),
        };

        var found = Survey.Run(likelihood, new() { Restarts = 100 });

        // The two, with their names exchanged.
        Assert.Equal(2, found.Minima.Count);
        var mean = Samples.Average();
        var variance = Samples.Average(s => (s - mean) * (s - mean));
        var one = Assert.Single(found.Stationary);
        Assert.Equal((StationaryKind.DegenerateSaddle, 2), (one.Kind, one.FlatDirections));
        // The normal distribution's own: n/σ² along both means, shared by their weights, and 2n/σ² along its width.
        var (n, weight) = (Samples.Length, one.Point[3]);
        double[] own = [n * ((weight * weight) + ((1 - weight) * (1 - weight))) / variance, 2 * n / variance];
        var scaled = one.Eigenvalues.Select(l => l * unit * unit / factor).TakeLast(2);
        // The place is known to a quarter of the digits, as of what rises like the fourth power.
        Assert.All(own.Order().Zip(scaled.Order()), e => Assert.Equal(e.First, e.Second, 1e-3 * e.First));
    }
}
