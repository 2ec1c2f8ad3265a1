using LandscapeGpu.Compilation;

namespace LandscapeGpu.Tests.Devices;

/// <summary>Where a restart ends is a function of the seed and its number alone.</summary>
public class InvarianceTests
{
    [Theory]
    [InlineData("rastrigin")]
    [InlineData("muller-brown")]
    [InlineData("shekel")]
    [InlineData("lennard-jones")]
    [InlineData("ackley")]
    public void Endpoints_are_the_same_bit_for_bit_for_any_threads_and_widths(string name)
    {
        var objective = Catalogue.Find(name).Create();
        foreach (var isDouble in new[] { false, true })
        {
            Endpoints? first = null;
            foreach (var (threads, bits) in new[] { (1, 128), (2, 256), (3, 512), (3, 128), (1, 256) }.Where(r => r.Item2 <= LaneTarget.WidestBits))
            {
                var end = new LaneDevice(threads, bits).Compile(objective, new() { IsDouble = isDouble, Stop = new() { Iterations = 300 } })
                    .Run(new(objective.DefaultStarts, 4, 0, 333));
                first ??= end;
                Assert.Equal(first.Points, end.Points);
                Assert.Equal(first.Outcomes, end.Outcomes);
                Assert.Equal(first.Steps, end.Steps);
            }
        }
    }

    [Fact]
    public void Restarts_made_in_pieces_are_the_restarts_made_at_once()
    {
        var objective = Catalogue.Find("rastrigin").Create(5);
        var descent = new LaneDevice(2).Compile(objective, new());
        var whole = descent.Run(new(objective.DefaultStarts, 4, 1000, 500));
        double[] pieces = [.. new[] { (1000, 1), (1001, 99), (1100, 400) }.SelectMany(p => descent.Run(new(objective.DefaultStarts, 4, p.Item1, p.Item2)).Points)];
        Assert.Equal(whole.Points, pieces);
    }

    [Theory]
    [InlineData("himmelblau")]
    [InlineData("rastrigin")]
    [InlineData("lennard-jones")]
    public void Minima_and_their_counts_are_the_same_for_any_threads_and_widths(string name)
    {
        SurveyResult? first = null;
        foreach (var (threads, bits) in new[] { (1, 128), (2, 256), (3, 512) }.Where(r => r.Item2 <= LaneTarget.WidestBits))
        {
            var found = Survey.Run(Catalogue.Find(name).Create(), new() { Restarts = 700, Threads = threads, VectorBits = bits });
            first ??= found;
            Assert.Equal(first.Minima.Select(m => (m.Value, m.Count)), found.Minima.Select(m => (m.Value, m.Count)));
            Assert.Equal(first.Minima.SelectMany(m => m.Point), found.Minima.SelectMany(m => m.Point));
            Assert.Equal(first.Outcomes, found.Outcomes);
        }
    }
}
