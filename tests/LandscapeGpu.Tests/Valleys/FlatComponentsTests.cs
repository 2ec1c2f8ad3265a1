using LandscapeGpu.Polish;
using LandscapeGpu.Valleys;

namespace LandscapeGpu.Tests.Valleys;

public class FlatComponentsTests
{
    // Level lines at four heights, each in two parts: 0–3 and 20–23.
    private static readonly double[] Heights = [0, 10, 20, 30];
    private static readonly double[] Along = [0, 1.13, 1.98, 3.01, 20, 21.17, 22.29, 23.03];

    [Fact]
    public void Points_of_different_values_are_walked_side_by_side_and_none_twice()
    {
        var (calls, walked) = (0, new List<(int Call, (double X, double Y) Start)>());
        var points = Heights.SelectMany(y => Along.Select(x => new[] { x, y })).ToArray();
        var values = points.Select(p => p[1]).ToArray();
        var paths = new FlatPaths(2, (between, count) =>
        {
            calls++;
            walked.AddRange(Enumerable.Range(0, count).Select(k => (calls, (between[2 * k], between[(2 * k) + 1]))));
            return Floor(between, count);
        });

        var roots = new FlatComponents(points, values, new double[points.Length], paths, 2).Find();

        Assert.Equal(Enumerable.Range(0, points.Length).Select(k => Along.Length / 2 * (k / (Along.Length / 2))), roots);
        // Two that are each other's nearest are tried from both sides, in one call.
        Assert.DoesNotContain(walked.GroupBy(w => w.Start), g => g.DistinctBy(w => w.Call).Count() > 1);
        // As many calls as one group alone would need.
        var alone = 0;
        _ = new FlatComponents([.. points.Take(Along.Length)], [.. values.Take(Along.Length)], new double[Along.Length], new FlatPaths(2, (between, count) =>
        {
            alone++;
            return Floor(between, count);
        }), 2).Find();
        Assert.Equal(alone, calls);
    }

    [Fact]
    public void How_many_points_were_tried_is_told_to_the_last()
    {
        var told = new List<SurveyProgress>();

        _ = Survey.Run(Objective.Define("troughs", 2, x => Square(Square(x[0]) - 1) + (0 * x[1])) with { Region = Region.Box(2, -2, 2) }, new() { Restarts = 50 }, p => { lock (told) { told.Add(p); } });

        var flat = told.Where(p => p.Stage == "flat sets").ToList();
        Assert.Equal((50, 50), (flat.Max(p => p.Done), flat.Max(p => p.Total)));
    }

    /// <summary>Every point is level where it lies, but in the gap from 4 to 19, whose points are higher.</summary>
    private static PolishedSet Floor(double[] between, int count)
    {
        var set = new PolishedSet(2, count);
        between.AsSpan(0, 2 * count).CopyTo(set.Points);
        for (var k = 0; k < count; k++)
        {
            set.Stationary[k] = true;
            set.Residuals[k] = 0;
            set.Values[k] = between[(2 * k) + 1] + (between[2 * k] is > 4 and < 19 ? 1 : 0);
        }

        return set;
    }
}
