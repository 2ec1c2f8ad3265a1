using LandscapeGpu.Objectives.Symmetries;
using Family = LandscapeGpu.Objectives.Catalogue.Catalogue;

namespace LandscapeGpu.Tests.Objectives;

/// <summary>Frames of blocks as long as images: as tight as short ones, and quick.</summary>
public class TightFrameTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(795)]
    [InlineData(3083)]
    public void Squares_along_the_directions_add_up_to_the_length(int dimension)
    {
        var frame = new TightFrame(dimension);
        foreach (var x in new[] { Unit(dimension, 0), Unit(dimension, dimension - 1), [.. Enumerable.Range(0, dimension).Select(i => Math.Sin(i * i))] })
        {
            var along = new double[frame.Count];
            frame.Along(x, along, 1);
            Assert.Equal(x.Sum(v => v * v), along.Sum(a => a * a), 1e-12 * x.Sum(v => v * v));
            // Every direction sees every coordinate: none is so near an axis that it sees only one.
            Assert.True(along.Count(a => Math.Abs(a) > 1e-9) > 0.9 * frame.Count);
            Assert.True(along.Max(Math.Abs) < 0.95 * Math.Sqrt(x.Sum(v => v * v)));
        }
    }

    [Fact]
    public void Networks_on_images_are_told_apart_up_to_the_order_and_signs_of_their_units()
    {
        var objective = Family.Find("perceptron").Create(null, new Dictionary<string, double> { ["loss"] = 2, ["inputs"] = 400, ["n"] = 20, ["width"] = 6, ["classes"] = 4, ["decay"] = 0.1 });
        var (a, b) = (new double[objective.Dimension], new double[objective.Dimension]);
        objective.DefaultStarts.Draw(1, 0, a);
        objective.DefaultStarts.Draw(1, 1, b);
        double[] image = [.. a], nearly = [.. a];
        objective.Symmetry!.Move(image, new Random(3));
        (nearly[7], nearly[407]) = (nearly[407], nearly[7]);
        Assert.NotEqual(a, image);
        double Distance(double[] p, double[] q) => Math.Sqrt(objective.Symmetry.Invariants(p).Zip(objective.Symmetry.Invariants(q), (x, y) => (x - y) * (x - y)).Sum());
        Assert.InRange(Distance(a, image), 0, 1e-13);
        Assert.InRange(Distance(a, b), 0.1, 10);
        // Two weights of two units exchanged: a distance of their own size.
        Assert.InRange(Distance(a, nearly), 0.1 * Math.Abs(a[7] - a[407]), 2 * Math.Abs(a[7] - a[407]));
    }

    private static double[] Unit(int dimension, int at)
    {
        var unit = new double[dimension];
        unit[at] = 1;
        return unit;
    }
}
