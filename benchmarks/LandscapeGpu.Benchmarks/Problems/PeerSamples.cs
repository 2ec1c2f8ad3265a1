using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Objectives.Datasets;

namespace LandscapeGpu.Benchmarks.Problems;

/// <summary>The catalogue's objectives over the peers' samples, number for number.</summary>
internal static class PeerSamples
{
    /// <summary>½ mean (σ(⟨w, xₛ⟩) − yₛ)² over 1000 normal inputs, σ logistic; targets by one weight vector, with uniform noise.</summary>
    public static Objective Glm(int d)
    {
        const int Count = 1000;
        var inputs = Normal(103, Count, d);
        var targets = Enumerable.Range(0, Count).Select(s =>
        {
            var t = Enumerable.Range(0, d).Sum(j => inputs[s, j] * PeerNumbers.Normal(104, (ulong)j) / Math.Sqrt(d));
            return (1 / (1 + Math.Exp(-t))) + (0.1 * (PeerNumbers.Uniform(105, (ulong)s) - 0.5));
        });
        return Catalogue.Find("glm").Create(d, data: new Samples(inputs, [.. targets]));
    }

    /// <summary>½ mean (f(xₛ) − yₛ)² over 200 normal inputs with 10 coordinates, f a tanh network; targets by one of three units.</summary>
    public static Objective Mlp(int units)
    {
        const int Count = 200;
        const int Inputs = 10;
        var inputs = Normal(106, Count, Inputs);
        var targets = Enumerable.Range(0, Count).Select(s => Enumerable.Range(0, 3).Sum(u =>
        {
            var z = Enumerable.Range(0, Inputs).Sum(k => inputs[s, k] * PeerNumbers.Normal(107, (ulong)((u * Inputs) + k)));
            return (u == 1 ? -1 : 1) * Math.Tanh(Math.Sqrt(2.0 / Inputs) * z);
        }) / Math.Sqrt(3));
        return Catalogue.Find("perceptron").Create(settings: new Dictionary<string, double> { ["width"] = units }, data: new Samples(inputs, [.. targets]));
    }

    private static double[,] Normal(ulong seed, int count, int d)
    {
        var inputs = new double[count, d];
        for (var s = 0; s < count; s++)
        {
            for (var j = 0; j < d; j++)
            {
                inputs[s, j] = PeerNumbers.Normal(seed, (ulong)((s * d) + j));
            }
        }

        return inputs;
    }
}
