using LandscapeGpu.Reporting;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>Places on creases: a derivative there, or a fall that shows at no slope, tells nothing or too little of them.</summary>
public class CreasePlacesTests
{
    // A line with noise and outliers: creases cross where slopes on both sides differ by many factors.
    private static readonly double[] Times = [.. Enumerable.Range(0, 21).Select(k => 0.5 * k)];
    private static readonly double[] Heights =
    [
        1.547990219, 2.186951562, 3.03884134, 16.21298314, 4.724262897, 5.898688564, 7.237966256, 8.18923601, 24.46450851, 10.00314191, 10.56130166,
        12.58417408, 13.32786784, 13.68237877, 15.4127471, 25.00972084, 16.45582137, 17.87389382, 32.84732885, 20.47725445, 20.76237939,
    ];

    public static TheoryData<string, double> Losses => Rows.Each(Loss.Keys, 1, 1e-12, 1e12);

    private static Dictionary<string, Func<Real, Real>> Loss { get; } = new()
    {
        ["absolute"] = r => Square(Sqrt(Abs(r))),
        ["quantile"] = r => Square(Sqrt(Max(0.8 * r, -0.2 * r))),
        ["plain"] = Abs,
    };

    /// <summary>Where one residual is zero to rounding its sign is anything, and so is the gradient, to rounding; and yet f falls along the crease.</summary>
    [Theory]
    [MemberData(nameof(Losses))]
    public void No_place_on_a_crease_is_stationary_however_near_a_vertex_it_is(string loss, double factor)
    {
        var (times, heights) = (new Data("t", Times), new Data("y", Heights));
        var line = Objective.Define(loss, 2, x => factor * Sum(Times.Length, k => Loss[loss](heights[k] - x[0] - (x[1] * times[k])))) with { Region = Region.Box([-50, -10], [50, 10]) };
        // Through each sample, and past the next and the one after the next by a little, as steps that end within rounding of a kink do.
        double[] points =
        [
            .. from one in Enumerable.Range(0, Times.Length - 2)
               from other in (int[])[one + 1, one + 2]
               from aside in (double[])[1e-9, -1e-8, 1e-7]
               let slope = ((Heights[other] - Heights[one]) / (Times[other] - Times[one])) + aside
               from coordinate in (double[])[Heights[one] - (slope * Times[one]), slope]
               select coordinate,
        ];
        var count = points.Length / 2;
        var lanes = new LaneDevice(1);

        var polished = new Refinement(line, new(lanes, lanes)).Run(new([.. Enumerable.Repeat((byte)Outcome.Stalled, count)], [.. Enumerable.Range(0, count)], points), null);

        Assert.DoesNotContain(true, polished.Stationary);
    }

    [Fact]
    public void No_sentence_tells_a_condition_where_all_is_level()
    {
        var level = Objective.Define("level", 2, x => Abs(x[0] + x[1] - 3) + Abs(x[0] + (2 * x[1]) - 4.9) + Abs(x[0] + (3 * x[1]) - 7.2) + Abs(x[0] + (4 * x[1]) - 20)) with { Region = Region.Box([-50, -10], [50, 10]) };
        Assert.DoesNotContain("NaN", SurveyText.Report(Survey.Run(level, new() { Restarts = 200 })), StringComparison.Ordinal);
    }

    /// <summary>Two points and a corner of a square as far from each other as can be: from corners f falls by the square of the way along a crease, and by no slope.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1e8, 1e-6)]
    [InlineData(1e-10, 1e3)]
    public void Where_f_falls_along_a_crease_by_a_square_is_no_minimum_at_a_kink(double factor, double unit)
    {
        Real Apart(Real x, Real y) => Sqrt(Square(x / unit) + Square(y / unit));
        var nearest = Objective.Define("nearest", 4, x => -factor * Min(Min(Apart(x[0] - x[2], x[1] - x[3]), Apart(x[0], x[1])), Apart(x[2], x[3]))) with { Region = Region.Box(4, 0, unit) };

        var found = Survey.Run(nearest, new() { Restarts = 60 });

        Assert.Equal([-1.03527618, -1.03527618], found.KinkMinima.Select(m => Math.Round(m.Value / factor, 8)));
    }
}
