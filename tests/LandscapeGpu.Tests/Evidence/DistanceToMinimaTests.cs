namespace LandscapeGpu.Tests.Evidence;

public class DistanceToMinimaTests
{
    // x²(1 + y²): all of the line x = 0.
    private static readonly Objective Floor = Objective.Define("floor", 2, x => Square(x[0]) * (1 + Square(x[1])));

    private static readonly double[][] Points = [.. Enumerable.Range(0, 200).Select(k => new[] { 1 + (0.01 * k), -2.0 })];

    [Fact]
    public void Floors_are_walked_to_on_as_many_threads_as_were_asked_for()
    {
        var threads = new HashSet<int>();
        var distance = Watched(() =>
        {
            lock (threads)
            {
                threads.Add(Environment.CurrentManagedThreadId);
            }
        });
        distance.Look(Points, new LaneDevice(threads: 1));
        Assert.Equal([Environment.CurrentManagedThreadId], threads);
        Assert.All(Points, p => Assert.InRange(distance.From(p), p[0] * (1 - 1e-9), double.MaxValue));
    }

    [Fact]
    public void Walks_to_floors_end_when_they_are_stopped_and_tell_no_distances()
    {
        var looks = 0;
        Watched(() => looks++).Look(Points, new LaneDevice(threads: 1));
        var whole = looks;
        looks = 0;
        using var source = new CancellationTokenSource();
        var distance = Watched(() =>
        {
            if (++looks == 10)
            {
                source.Cancel();
            }
        });
        Assert.Throws<OperationCanceledException>(() => distance.Look(Points, new LaneDevice(threads: 1), source.Token));
        // Those of one step on the lanes of a thread, and what each kind of walk takes to begin.
        Assert.True(looks < whole / 4, $"{looks} of {whole} looks");
    }

    private static DistanceToMinima Watched(Action look)
    {
        var minimum = Survey.Run(Floor, new() { Restarts = 20, Descent = new() { IsDouble = true } }).AllMinima.First();
        var distance = new DistanceToMinima(Floor with { Region = new Plane(look) }, [minimum]);
        Assert.True(distance.HasFloors);
        return distance;
    }

    /// <summary>The plane; whoever moves a point onto it is seen.</summary>
    private sealed record Plane(Action Look) : Region
    {
        public override bool IsBounded => false;

        public override Sampler Starts => new Gaussian(1);

        public override double Violation(ReadOnlySpan<double> point) => 0;

        public override Vector Project(Vector point, VectorForm form) => point;

        public override (int Value, string Of) EulerCharacteristic(int coordinates, double reach) => (1, "a disc");

        public override bool TryProject(Span<double> point)
        {
            Look();
            return true;
        }
    }
}
