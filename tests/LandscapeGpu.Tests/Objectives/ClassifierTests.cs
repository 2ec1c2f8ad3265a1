using System.IO.Compression;
using LandscapeGpu.Objectives.Datasets;
using Family = LandscapeGpu.Objectives.Catalogue.Catalogue;

namespace LandscapeGpu.Tests.Objectives;

/// <summary>Networks with an output for each class, the files such data come in, and samples that are held out.</summary>
public sealed class ClassifierTests : InFolder
{
    private static Samples Five(params double[] labels)
    {
        var inputs = new double[5, 2];
        for (var s = 0; s < 5; s++)
        {
            (inputs[s, 0], inputs[s, 1]) = (Math.Cos(2 * s), Math.Cos((2 * s) + 3));
        }

        return new(inputs, labels.Length > 0 ? labels : [0, 1, 2, 0, 1]);
    }

    private static double[] Weights(int dimension) => [.. Enumerable.Range(1, dimension).Select(i => Math.Sin(i) / 2)];

    private static Dictionary<string, double> Set(params (string, double)[] settings) => settings.ToDictionary(s => s.Item1, s => s.Item2);

    [Theory]
    // By NumPy: forward passes as matrix products, 1 or 2 tanh layers of 2 units, 3 outputs, decay 0.1.
    [InlineData(2, 1, 1.198995038496494)]
    [InlineData(0, 1, 0.4537163550876522)]
    [InlineData(2, 2, 1.285614846897122)]
    public void Losses_of_several_outputs_are_what_numpy_computes(int loss, int layers, double expected)
    {
        var objective = Family.Find("perceptron").Create(null, Set(("loss", loss), ("targets", 1), ("width", 2), ("layers", layers), ("decay", 0.1)), Five());
        Assert.Equal(layers == 1 ? 15 : 21, objective.Dimension);
        // A few roundings of numbers near 1.
        Assert.Equal(expected, objective.Evaluate(Weights(objective.Dimension)), 1e-14);
        if (layers == 1)
        {
            var score = objective.ScoresAt([Weights(15)])[0];
            Assert.Equal(0.4, score.TrainAccuracy!.Value, 1e-15);
            Assert.Equal(expected - 0.09837548862578765, score.TrainLoss!.Value, 1e-14);
            Assert.Null(score.TestLoss);
        }
    }

    [Fact]
    public void Outputs_and_loss_of_the_model_are_the_objective()
    {
        var objective = Family.Find("perceptron").Create(null, Set(("loss", 2), ("width", 2)), Five());
        var (w, model) = (Weights(objective.Dimension), objective.Model!);
        Assert.Equal(15, model.Count);
        Assert.Equal(objective.Evaluate(w), model.Loss.Evaluate(model.Outputs(w)), 1e-14);
    }

    [Fact]
    public void Of_equal_outputs_none_is_right()
    {
        var objective = Family.Find("perceptron").Create(null, Set(("loss", 2), ("width", 2)), Five());
        Assert.Equal(0, objective.ScoresAt([new double[objective.Dimension]])[0].TrainAccuracy);
    }

    [Fact]
    public void Classes_may_have_any_whole_numbers_and_nothing_else()
    {
        var settings = Set(("loss", 2), ("width", 2), ("decay", 0.1));
        var (a, b) = (Family.Find("perceptron").Create(null, settings, Five()), Family.Find("perceptron").Create(null, settings, Five(-3, 7, 100, -3, 7)));
        Assert.Equal(a.Evaluate(Weights(15)), b.Evaluate(Weights(15)));
        Assert.Contains("one is 0.5", Assert.Throws<ArgumentException>(() => Family.Find("perceptron").Create(null, settings, Five(0, 0.5, 1, 0, 1))).Message, StringComparison.Ordinal);
        Assert.Contains("have 1 of them", Assert.Throws<ArgumentException>(() => Family.Find("perceptron").Create(null, settings, Five(1, 1, 1, 1, 1))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.4, 2)]
    [InlineData(2, 2)]
    [InlineData(0.01, 1)]
    [InlineData(4, 4)]
    public void Held_out_samples_and_the_others_are_all_of_them(double howMany, int expected)
    {
        var all = Five(10, 11, 12, 13, 14);
        var split = all.HoldOut(howMany);
        Assert.Equal(expected, split.HeldOut!.Count);
        Assert.Equal([10.0, 11, 12, 13, 14], split.Targets.Concat(split.HeldOut.Targets).Order());
        // Each with its own inputs.
        Assert.All(Enumerable.Range(0, split.Count), s => Assert.Equal(Math.Cos(2 * (split.Targets[s] - 10)), split.Inputs[s, 0]));
        Assert.Equal(split.Targets, all.HoldOut(howMany).Targets);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void What_leaves_no_samples_or_holds_none_out_is_refused(double howMany) => Assert.Throws<ArgumentException>(() => Five().HoldOut(howMany));

    [Fact]
    public void Minima_are_judged_by_held_out_samples()
    {
        var objective = Family.Find("perceptron").Create(null, Set(("loss", 2), ("n", 40), ("test", 0.25), ("decay", 0.01), ("width", 2)));
        var best = Survey.Run(objective, new() { Restarts = 20 }).Minima[0];
        Assert.Equal(objective.Scores!.TestLoss!.Evaluate([.. best.Point]), best.Score.TestLoss!.Value, 1e-13);
        Assert.Equal(best.Value - (0.005 * best.Point.Sum(w => w * w)), best.Score.TrainLoss!.Value, 1e-13);
        Assert.InRange(best.Score.TestAccuracy!.Value * 10, 0, 10);
        Assert.Equal(Math.Round(best.Score.TestAccuracy.Value * 10), best.Score.TestAccuracy.Value * 10, 1e-12);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Images_and_labels_are_read_as_mnist_has_them(bool isCompressed)
    {
        var images = Write("images", isCompressed, [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255, 51, 102, 153, 204]);
        var labels = Write("labels", isCompressed, [0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 9]);
        var samples = Samples.FromIdx(images, labels);
        Assert.Equal([0, 1, 0.2, 0.4, 0.6, 0.8], samples.Inputs.Cast<double>());
        Assert.Equal([7.0, 0, 9], samples.Targets);
        Assert.Equal([7.0, 0], Samples.FromIdx(images, labels, rows: 2).Targets);
        Assert.Contains("it has 3", Assert.Throws<DataFileException>(() => DataFile.Table(Write("c.csv", false, "1,2\n3,4\n5,6\n"u8.ToArray()), 4)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_of_every_type_are_read_and_damaged_ones_are_refused()
    {
        Assert.Equal([-1.0, 2], IdxFile.Read(Write("bytes", false, [0, 0, 9, 1, 0, 0, 0, 2, 255, 2])).Values);
        Assert.Equal([258.0], IdxFile.Read(Write("shorts", false, [0, 0, 0x0B, 1, 0, 0, 0, 1, 1, 2])).Values);
        Assert.Equal([-2.0], IdxFile.Read(Write("ints", false, [0, 0, 0x0C, 1, 0, 0, 0, 1, 255, 255, 255, 254])).Values);
        Assert.Equal([1.5], IdxFile.Read(Write("floats", false, [0, 0, 0x0D, 1, 0, 0, 0, 1, 0x3F, 0xC0, 0, 0])).Values);
        Assert.Equal([1.5], IdxFile.Read(Write("doubles", false, [0, 0, 0x0E, 1, 0, 0, 0, 1, 0x3F, 0xF8, 0, 0, 0, 0, 0, 0])).Values);
        Assert.Contains("ends before its array does", Assert.Throws<DataFileException>(() => IdxFile.Read(Write("short", false, [0, 0, 8, 1, 0, 0, 0, 3, 1]))).Message, StringComparison.Ordinal);
        Assert.Contains("must be at least 1", Assert.Throws<DataFileException>(() => IdxFile.Read(Write("empty", false, [0, 0, 8, 1, 0, 0, 0, 0]))).Message, StringComparison.Ordinal);
        Assert.Contains("numbers, or more", Assert.Throws<DataFileException>(() => IdxFile.Read(Write("vast", false, [0, 0, 8, 2, 127, 0, 0, 0, 127, 0, 0, 0]))).Message, StringComparison.Ordinal);
        Assert.Contains("stands for a value that is missing", Assert.Throws<DataFileException>(() => DataFile.Table(Write("nan.csv", false, "1,NaN\n"u8.ToArray()))).Message, StringComparison.Ordinal);
    }

    private string Write(string name, bool isCompressed, byte[] bytes)
    {
        var path = At(name);
        using var file = File.Create(path);
        using Stream stream = isCompressed ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(bytes);
        return path;
    }
}
