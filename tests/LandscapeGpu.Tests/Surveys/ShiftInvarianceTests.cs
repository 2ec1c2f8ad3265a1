using LandscapeGpu.Differentiation;
using LandscapeGpu.Polish;
using static LandscapeGpu.Expressions.Functions;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>Where the origin of coordinates lies, and what is added to the value, decides nothing.</summary>
public sealed class ShiftInvarianceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(45)]
    [InlineData(-1e6)]
    public void What_stopped_beside_a_maximum_leaves_it_wherever_the_box_is(double shift)
    {
        var wave = Objective.Define("wave", 1, x => Sin(x[0] - shift) + (0.2 * (x[0] - shift))) with { Region = Region.Box(1, shift - 20, shift + 20) };
        // Maxima are where cos is −0.2 and sin positive: minima are nearly half a period from them, farther than the one beside the origin is from it.
        double[] starts = [.. Enumerable.Range(-3, 6).SelectMany(k => (double[])[-1e-5, 1e-5], (k, aside) => shift + Math.Acos(-0.2) + (2 * Math.PI * k) + aside).Where(x => Math.Abs(x - shift) < 20)];
        Assert.True(starts.Length >= 10, "Nothing is tried.");

        var ends = new LanePolish(wave, Derivatives.Of(wave, null), 1).Run(starts, starts.Length);

        for (var k = 0; k < starts.Length; k++)
        {
            Assert.True(ends.Stationary[k], $"What began at {starts[k] - shift} beside the shift came to no stationary point.");
            Assert.True(ends.Values[k] < Math.Sin(starts[k] - shift) + (0.2 * (starts[k] - shift)) - 1, "It is no minimum that it came to.");
        }
    }

    public static TheoryData<double, double, double> Units => new() { { 1, 0, 1 }, { 1, 0, 1e-20 }, { 1e-9, 0, 1e20 }, { 1, 60, 1 }, { 1e6, 6e9, 1 }, { 1e-6, -4e-4, 1e-12 } };

    [Theory]
    [MemberData(nameof(Units))]
    public void A_kink_at_whose_bottom_slopes_are_all_rounding_is_one_in_any_units(double length, double shift, double factor)
    {
        var cone = Objective.Define("cone and waves", 2, x =>
        {
            var (u, v) = ((x[0] - shift) / length, (x[1] - shift) / length);
            return factor * ((-20 * Exp(-0.2 * Sqrt(0.5 * (Square(u) + Square(v))))) - Exp(0.5 * (Cos(2 * Math.PI * u) + Cos(2 * Math.PI * v))));
        }) with
        { Region = Region.Box(2, shift - (3 * length), shift + (3 * length)) };

        foreach (var isDouble in (bool[])[false, true])
        {
            var found = Survey.Run(cone, new() { Restarts = 200, Descent = new() { IsDouble = isDouble } });

            var kink = Assert.Single(found.KinkMinima);
            Assert.Equal(-20 - Math.E, kink.Value / factor, 1e-6);
            Assert.All(kink.Point, x => Assert.Equal(0, (x - shift) / length, 1e-6));
            Assert.All(found.Minima, m => Assert.True(m.Value / factor > -20.2, "The bottom is listed as smooth, too."));
        }
    }

    [Theory]
    [InlineData(1e16, 1e-20)]
    [InlineData(1e-9, 1e20)]
    public void What_is_no_number_in_single_precision_descends_in_double_by_any_rule(double time, double amplitude)
    {
        // Squares of residuals are 1e-40 or 1e40, beyond single precision; polish would come to the minima from where restarts begin, and to the one three times as often as to its copy.
        double[] t = [.. Enumerable.Range(0, 20).Select(k => time * k / 4)], y = [.. t.Select(u => amplitude * ((2 * Math.Exp(-0.4 * u / time)) + (1.5 * Math.Exp(-2.5 * u / time)) + (0.02 * Math.Sin(7 * u / time))))];
        Data times = new("t", t), heights = new("y", y);
        var fit = Objective.Define("two exponentials", 4, x => Sum(t.Length, k => Square(heights[k] - (x[0] * Exp(-x[1] * times[k])) - (x[2] * Exp(-x[3] * times[k]))))) with
        {
            Region = Region.Box([0, 0, 0, 0], [5 * amplitude, 5 / time, 5 * amplitude, 5 / time]),
        };

        var (rough, fine) = (Run(false), Run(true));

        Assert.Equal(2, fine.Minima.Count);
        Assert.Contains(rough.Warnings, w => w.Code == Warning.Precision);
        foreach (var minimum in fine.Minima)
        {
            // The same minimum, from the same starts but for a few beside the edge of its basin.
            var same = Assert.Single(rough.Minima, m => Math.Sign(m.Point[1] - m.Point[3]) == Math.Sign(minimum.Point[1] - minimum.Point[3]));
            Assert.InRange(same.Count, minimum.Count - 5, minimum.Count + 5);
        }

        SurveyResult Run(bool isDouble) => Survey.Run(fit, new() { Restarts = 100, Descent = new() { IsDouble = isDouble } });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Endpoints_of_far_boxes_are_no_nearer_to_each_other(bool isDouble)
    {
        // Of what lies a thousand widths from the origin nothing is near because it is far from there.
        Objective Cluster(double shift) => Objective.Define("waves", 2, x => Cos(3 * (x[0] - shift)) + Cos(3 * (x[1] - shift)) + (0.1 * (x[0] - shift)) + (0.05 * (x[1] - shift))) with { Region = Region.Box(2, shift - 3, shift + 3) };

        var (here, there) = (Run(0), Run(6e3));

        Assert.Equal(here.Minima.Count, there.Minima.Count);
        Assert.Equal(here.BoundaryMinima.Count, there.BoundaryMinima.Count);
        Assert.Equal(here.Outcomes.Converged, there.Outcomes.Converged);
        Assert.All(here.AllMinima.Zip(there.AllMinima), pair => Assert.Equal(pair.First.Value, pair.Second.Value, 1e-9));

        SurveyResult Run(double shift) => Survey.Run(Cluster(shift), new() { Restarts = 300, Descent = new() { IsDouble = isDouble } });
    }
}
