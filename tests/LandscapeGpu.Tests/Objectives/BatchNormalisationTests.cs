using LandscapeGpu.Objectives.Datasets;

namespace LandscapeGpu.Tests.Objectives;

/// <summary>Batch normalisation beside plain loops, and beside the network without it that computes the same.</summary>
public class BatchNormalisationTests
{
    private const double Least = 1e-5;
    private const int D = 2, M = 3;

    private static readonly Samples Data = new(
        new double[,] { { 0.3, -1.2 }, { 1.1, 0.4 }, { -0.7, 0.9 }, { 2.0, -0.1 }, { -1.5, -0.6 }, { 0.2, 1.7 }, { 0.9, 0.8 } }, [0.5, -1, 0.25, 2, -0.75, 1, 0.1])
    {
        HeldOut = new(new double[,] { { 0.4, 0.4 }, { -2, 1 } }, [1, -1]),
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_value_is_that_of_loops_with_mean_and_variance_over_the_samples(int layers)
    {
        var objective = Network("normalise=batch", layers);
        var w = CatalogueMembers.RandomPoint(objective, new(3));
        var (train, test) = Losses(w, layers);
        Assert.Equal(train, objective.Evaluate(w), 1e-12);
        // Held-out samples are normalised by what they are not part of.
        Assert.Equal(test, objective.Scores!.TestLoss!.Evaluate(w), 1e-12);
    }

    [Theory]
    [InlineData("")]
    [InlineData("activation=relu")]
    [InlineData("activation=softplus skip=on")]
    public void With_one_hidden_layer_it_computes_what_the_network_without_does_and_nothing_else(string how)
    {
        var (plain, normalised) = (Network(how, 1), Network($"normalise=batch {how}", 1));
        var w = CatalogueMembers.RandomPoint(plain, new(4));
        var rest = plain.Dimension - (M * (D + 2));
        var folded = new double[normalised.Dimension];
        for (var k = 0; k < M; k++)
        {
            var from = w.AsSpan(k * (D + 2), D + 2).ToArray();
            double Of(int s) => Enumerable.Range(0, D).Sum(j => from[j] * Data.Inputs[s, j]);
            var mean = Enumerable.Range(0, Data.Count).Average(Of);
            // Any scale of the incoming weights will do: γ makes up for it.
            var scale = k + 0.5;
            from[..D].Select(a => scale * a).ToArray().CopyTo(folded, k * (D + 2));
            folded[(k * (D + 2)) + D] = Math.Sqrt((scale * scale * Enumerable.Range(0, Data.Count).Average(s => Math.Pow(Of(s) - mean, 2))) + Least) / scale;
            folded[(k * (D + 2)) + D + 1] = from[D] + mean;
            folded[(M * (D + 2)) + k] = from[D + 1];
        }

        w[^rest..].CopyTo(folded, M * (D + 3));
        Assert.Equal(plain.Evaluate(w), normalised.Evaluate(folded), 1e-12);
        Assert.Equal(plain.Scores!.TestLoss!.Evaluate(w), normalised.Scores!.TestLoss!.Evaluate(folded), 1e-12);
    }

    [Fact]
    public void Its_orbits_have_a_dimension_for_the_scale_of_each_units_incoming_weights()
    {
        var objective = CatalogueMembers.Find("perceptron n=10 width=3 layers=2 normalise=batch");
        Assert.Equal(6, objective.Symmetry!.OrbitOf(CatalogueMembers.RandomPoint(objective, new(2)), 1e-9)!.Dimension);
        // With decay lengths count, and nothing is left but signs and exchanges: 2 of each unit's weights and γ, 2 of tanh, 3! in each layer.
        var decayed = CatalogueMembers.Find("perceptron n=10 width=3 layers=2 normalise=batch decay=0.1");
        var orbit = decayed.Symmetry!.OrbitOf(CatalogueMembers.RandomPoint(decayed, new(2)), 1e-9)!;
        Assert.Equal(0, orbit.Dimension);
        Assert.Equal(36 * 64 * 64, (int)orbit.Size!.Value);
    }

    private static Objective Network(string how, int layers)
    {
        var family = Catalogue.Find("perceptron");
        var settings = how.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append($"layers={layers}").Append("width=3").Select(p => p.Split('=')).ToDictionary(p => p[0], p => family.Settings.Single(s => s.Name == p[0]).Parse(p[1]));
        return family.Create(settings: settings, data: Data);
    }

    /// <summary>½ mean (f − y)² on both sets of samples: a layer at a time.</summary>
    private static (double Train, double Test) Losses(double[] w, int layers)
    {
        var at = 0;
        double[][] Rows(Samples of) => [.. Enumerable.Range(0, of.Count).Select(s => Enumerable.Range(0, D).Select(j => of.Inputs[s, j]).ToArray())];
        var (h, t) = (Rows(Data), Rows(Data.HeldOut!));
        for (var l = 0; l < layers; l++)
        {
            var inputs = h[0].Length;
            var (next, nextTest) = (h.Select(_ => new double[M]).ToArray(), t.Select(_ => new double[M]).ToArray());
            for (var k = 0; k < M; k++)
            {
                var begin = at;
                double Of(double[] row) => Enumerable.Range(0, inputs).Sum(j => w[begin + j] * row[j]);
                var mean = h.Average(Of);
                var deviation = Math.Sqrt(h.Average(row => Math.Pow(Of(row) - mean, 2)) + Least);
                double Unit(double[] row) => Math.Tanh((w[begin + inputs] * (Of(row) - mean) / deviation) + w[begin + inputs + 1]);
                for (var s = 0; s < h.Length; s++)
                {
                    next[s][k] = Unit(h[s]);
                }

                for (var s = 0; s < t.Length; s++)
                {
                    nextTest[s][k] = Unit(t[s]);
                }

                at += inputs + 2;
            }

            (h, t) = (next, nextTest);
        }

        double Loss(double[][] rows, IReadOnlyList<double> targets) => 0.5 * rows.Select((row, s) => Math.Pow(row.Select((u, k) => u * w[at + k]).Sum() + w[at + M] - targets[s], 2)).Average();
        return (Loss(h, Data.Targets), Loss(t, Data.HeldOut!.Targets));
    }
}
