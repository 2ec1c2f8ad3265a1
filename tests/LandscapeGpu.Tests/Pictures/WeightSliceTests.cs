using LandscapeGpu.Objectives.Symmetries;
using LandscapeGpu.Pathways;
using LandscapeGpu.Pictures;
using LandscapeGpu.Pictures.Reports;
using LandscapeGpu.Pictures.Surveys;

namespace LandscapeGpu.Tests.Pictures;

/// <summary>Slices along directions that are as long as the weights, between images under the symmetry, and what pictures say of values that lie near each other.</summary>
public class WeightSliceTests
{
    private static readonly Objective Perceptron = Catalogue.Find("perceptron").Create();

    [Fact]
    public void Weights_are_changed_unit_by_unit_by_up_to_their_own_size() =>
        Structure.Check(SliceFigure.OfWeights(Survey.Run(Perceptron, new() { Restarts = 20 })), "weights");

    [Fact]
    public void The_filters_of_a_network_are_the_weights_into_each_unit_and_into_each_output()
    {
        // Two inputs, three units of two weights, a bias and an outgoing weight each, and the output's bias.
        Assert.Equal(new[] { 0, 0, 0, 3, 1, 1, 1, 3, 2, 2, 2, 3, 3 }, Perceptron.Symmetry!.Filters(13));
        var direction = SliceDirection.FilterNormalised(Perceptron, [3.0, 4, 0, 1, 1, 0, 0, 2, 0, 0, 5, 2, 4]).Vector;
        double[] lengths = [.. Enumerable.Range(0, 4).Select(f => Math.Sqrt(direction.Where((_, i) => Perceptron.Symmetry.Filters(13)![i] == f).Sum(v => v * v)))];
        Assert.All(lengths.Zip([5.0, 1, 5, 5]), p => Assert.Equal(p.Second, p.First, 12));
        Assert.Equal(new[] { 0, 0, 1, 1, 2 }, new BlockPermutations(2) { BlockCount = 2 }.Filters(5));
    }

    [Fact]
    public void Between_two_minima_the_line_goes_to_the_image_that_lies_near()
    {
        var result = Survey.Run(Catalogue.Find("lennard-jones").Create(settings: new Dictionary<string, double> { ["atoms"] = 7 }), new() { Restarts = 100 });
        var (a, b) = (result.Minima[0], result.Minima[1]);
        var turned = result.Objective.Symmetry!.ImageNear(a.Point, b.Point);
        var line = (Line)SliceFigure.Between(result.Objective, a, b).Panels[0].Series[0];
        Assert.Equal(b.Value, result.Objective.Evaluate([.. turned]), 1e-9);
        // Between places far apart atoms run into each other; the barrier of the way that bends is 1.06 (Doye, Miller and Wales 1999).
        Assert.InRange(line.Y.Where((_, k) => line.X[k] is >= 0 and <= 1).Max() - a.Value, 1.06, 10);
    }

    [Fact]
    public void Minima_of_another_landscape_are_refused()
    {
        var minima = Survey.Run(Catalogue.Find("himmelblau").Create(), new() { Restarts = 50 }).Minima;
        Assert.Contains("another landscape", Assert.Throws<ArgumentException>(() => SliceFigure.Between(Catalogue.Find("rastrigin").Create(3), minima[0], minima[1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Minima_that_differ_by_less_than_a_billionth_of_their_value_are_not_one()
    {
        var well = Objective.Define("well", 1, x => Square(Square(x[0]) - 1) + (0.1 * x[0]) + 1e9) with { Region = Region.Box(1, -2, 2) };
        var result = Survey.Run(well, new() { Restarts = 200 });
        var reached = result.Minima[0].Count;
        Assert.InRange(reached, 50, 150);
        Assert.Contains($"{reached} restarts of 200 end at the lowest minimum, 999999999.89", Waterfall.Of(result).Title, StringComparison.Ordinal);
    }

    [Fact]
    public void A_slice_of_a_small_box_ends_at_its_sides()
    {
        // A box of 1e-12 around the origin: what lies outside by its own width is nothing of it.
        var bowl = Objective.Define("bowl", 2, x => Square(1e12 * x[0]) + Square(1e12 * x[1])) with { Region = Region.Box(2, -1e-12, 1e-12) };
        var line = (Line)SliceFigure.AlongLines(bowl, [0.0, 0.0], [SliceDirection.Coordinate(2, 0)], 2e-12).Panels[0].Series[0];
        Assert.All(line.X.Zip(line.Y), p => Assert.Equal(Math.Abs(p.First) <= 1e-12 * (1 + 1e-9), double.IsFinite(p.Second)));
    }

    [Fact]
    public void A_report_of_pathways_has_numbers_and_the_rates_that_were_asked_for()
    {
        var network = TransitionSearch.Run(Catalogue.Find("muller-brown").Create(), new() { Survey = new() { Restarts = 100 } });
        var report = Report.Of(network, temperature: 10);
        Assert.Contains(report.Sections, s => s.Title == "Rates" && s.Tables[0].Rows.Count == 4);
        Assert.Equal("106.0347", report.Sections[0].Tables[0].Rows.Single(r => r[0].StartsWith("lowest barrier", StringComparison.Ordinal))[1]);
        Assert.DoesNotContain(Report.Of(network).Sections, s => s.Title == "Rates");
    }
}
