using System.Globalization;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>Descents recorded step by step.</summary>
public class TrajectoryTests
{
    private static readonly Objective Himmelblau = Catalogue.Find("himmelblau").Create();

    [Fact]
    public void Gradient_descent_is_recorded_step_by_step_as_its_formula_says()
    {
        var sine = Objective.Define("tilted sine", 1, x => Sin(x[0]) + (0.2 * x[0]));
        var path = Trajectory.Record(sine, new() { Starts = new GivenPoints([5.0]), Descent = new() { Rule = new GradientDescent { Step = 0.01 }, IsDouble = true, Stop = new() { Iterations = 200 } } }).Single();
        Assert.Equal(Enumerable.Range(0, 201), path.Points.Select(p => p.Step));
        Assert.Equal(Outcome.IterationLimit, path.Outcome);
        var x = 5.0;
        foreach (var p in path.Points)
        {
            // 200 steps that contract: rounding does not grow.
            Assert.Equal(x, p.Point[0], 13);
            Assert.Equal(Math.Sin(x) + (0.2 * x), p.Value, 13);
            Assert.Equal(Math.Abs(Math.Cos(x) + 0.2), p.GradientNorm, 13);
            x -= 0.01 * (Math.Cos(x) + 0.2);
        }
    }

    [Theory]
    [InlineData("lbfgs")]
    [InlineData("adam")]
    [InlineData("momentum")]
    public void A_trajectory_ends_where_the_restart_of_a_run_ends(string rule)
    {
        var options = new DescentOptions { Rule = Rules.Named(rule, rule switch { "momentum" => 0.005, "adam" => 0.01, _ => null }), IsDouble = true };
        var ends = new LaneDevice().Compile(Himmelblau, options).Run(new(Himmelblau.Region.Starts, 3, 0, 8));
        foreach (var path in Trajectory.Record(Himmelblau, new() { Descent = options, Seed = 3, Restarts = [1, 2, 6], Every = 3 }))
        {
            Assert.Equal(ends.Points.AsSpan(2 * (int)path.Restart, 2).ToArray(), path.Points[^1].Point);
            Assert.Equal(ends.Steps[path.Restart], path.Steps);
            Assert.Equal((Outcome)ends.Outcomes[path.Restart], path.Outcome);
            Assert.All(path.Points.SkipLast(1), p => Assert.Equal(0, p.Step % 3));
            Assert.Equal(path.Points.Zip(path.Points.Skip(1), (a, b) => Math.Sqrt(a.Point.Zip(b.Point, (u, v) => (u - v) * (u - v)).Sum())), path.Points.Skip(1).Select(p => p.Moved));
        }
    }

    [Fact]
    public void Devices_record_the_same_way()
    {
        var options = new TrajectoryOptions { Restarts = [0, 1, 2], Every = 5, Descent = new() { Rule = new Momentum { Step = 0.005 }, IsDouble = true, Stop = new() { Iterations = 60 } } };
        var (lanes, reference) = (Trajectory.Record(Himmelblau, options), Trajectory.Record(Himmelblau, options with { Device = "reference" }));
        Assert.NotEqual(lanes[0].Device, reference[0].Device);
        foreach (var (a, b) in lanes.Zip(reference))
        {
            Assert.Equal(a.Points.Select(p => p.Step), b.Points.Select(p => p.Step));
            // Sixty steps round differently: contraction of multiply-adds may differ between devices.
            Assert.All(a.Points.Zip(b.Points), p => Assert.Equal(p.First.Value, p.Second.Value, 1e-9 * (1 + Math.Abs(p.First.Value))));
        }
    }

    [Fact]
    public void A_landscape_with_its_own_coordinates_or_units_is_recorded_in_those_of_its_formula()
    {
        var simplex = Trajectory.Record(Catalogue.Find("motzkin-straus").Create(), new() { Restarts = [0] }).Single();
        // The weights of a simplex add up to 1 to rounding.
        Assert.All(simplex.Points, p => Assert.Equal(1, p.Point.Sum(), 12));
        var small = Objective.Define("nanometres", 1, x => 1e12 * Square(1e9 * x[0] - 2)) with { Region = Region.Box(1, -1e-8, 1e-8) };
        var path = Trajectory.Record(small, new() { Starts = new GivenPoints([5e-9]) }).Single();
        Assert.Equal(5e-9, path.Points[0].Point[0]);
        Assert.Equal(2e-9, path.Points[^1].Point[0], 1e-15);
    }

    [Fact]
    public void Csv_has_a_row_for_each_point_and_loses_no_digit()
    {
        var paths = Trajectory.Record(Himmelblau, new() { Restarts = [0, 4] });
        var rows = Trajectory.Csv(paths).TrimEnd('\n').Split('\n');
        Assert.Equal("restart,step,value,gradient norm,moved,x0,x1", rows[0]);
        var cells = rows.Skip(1).Select(r => r.Split(',').Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray()).ToList();
        Assert.Equal(paths.SelectMany(p => p.Points.Select(q => (double[])[p.Restart, q.Step, q.Value, q.GradientNorm, q.Moved, .. q.Point])), cells);
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Trajectory.Record(Himmelblau, new() { Restarts = [] }));
        Assert.Throws<ArgumentException>(() => Trajectory.Record(Himmelblau, new() { Every = 0 }));
        Assert.Throws<ArgumentException>(() => Trajectory.Record(Himmelblau, new() { Restarts = [-1] }));
        Assert.ThrowsAny<OperationCanceledException>(() => Trajectory.Record(Himmelblau, null, new(canceled: true)));
    }
}
