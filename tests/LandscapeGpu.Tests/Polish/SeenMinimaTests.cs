using LandscapeGpu.Compilation;

namespace LandscapeGpu.Tests.Polish;

public class SeenMinimaTests
{
    public static TheoryData<string, string, int, int> Costly => new()
    {
        { "two-layer-relu", "units", 8, 1_000 },
        { "two-layer-relu", "units", 16, 200 },
        { "lennard-jones", "atoms", 11, 2_000 },
    };

    /// <summary>Counted in operations of the programs that run, so that no load of a machine decides: a number in double precision takes two lanes of single precision.</summary>
    [Theory]
    [MemberData(nameof(Costly))]
    public void Polish_costs_no_more_than_twice_the_descent_where_minima_are_seen_again(string name, string setting, int size, int restarts)
    {
        var objective = Problem(name, setting, size);
        var (ends, steps) = Descended(objective, restarts);
        var (derivatives, programs) = (Derivatives.Of(objective), DerivativePrograms.Write(objective));
        var polish = new LanePolish(objective, derivatives, 1);
        var set = SeenMinima.For(objective, null, 1)!.Run(ends, restarts, some => polish.Run(Some(objective, ends, some), some.Length), null, default);

        var slope = OperationCount.Flops(programs.Slope);
        var bounded = OperationCount.Flops(RoundingPrograms.Write(objective).Slope) / slope;
        var others = Math.Max(1, OperationCount.Flops(programs.Curvature) / slope);
        var gradients = 2 * ((bounded * set.Bounded) + (others * (set.Evaluations - set.Bounded)));

        Assert.All(set.Stationary, Assert.True);
        Assert.True(gradients <= 2.0 * steps, $"Polish took {gradients / restarts:F0} gradients a restart, the descent {(double)steps / restarts:F0}.");
    }

    [Theory]
    [InlineData("two-layer-relu", "units", 6, 200)]
    [InlineData("lennard-jones", "atoms", 8, 200)]
    public void What_an_endpoint_comes_to_depends_on_those_before_it_and_not_on_threads_or_batches(string name, string setting, int size, int restarts)
    {
        var objective = Problem(name, setting, size);
        var d = objective.Dimension;
        var (ends, _) = Descended(objective, restarts);
        var polish = new LanePolish(objective, Derivatives.Of(objective), 1);
        PolishedSet[] Pieces(int length, int threads)
        {
            var seen = SeenMinima.For(objective, null, threads)!;
            return [.. Enumerable.Range(0, restarts).Chunk(length).Select(piece =>
            {
                var some = Some(objective, ends, piece);
                return seen.Run(some, piece.Length, of => polish.Run(Some(objective, some, of), of.Length), null, default);
            })];
        }

        double[] Rows(PolishedSet[] sets) => [.. sets.SelectMany(s => s.Points), .. sets.SelectMany(s => s.Values), .. sets.SelectMany(s => s.CopyOf.Select(c => (double)c))];
        var oneByOne = Rows(Pieces(1, 1));

        Assert.Equal(oneByOne, Rows(Pieces(restarts, 1)));
        Assert.Equal(oneByOne, Rows(Pieces(restarts, 3)));
        Assert.Equal(oneByOne, Rows(Pieces(77, 2)));
    }

    [Theory]
    [InlineData("two-layer-relu", "units", 6)]
    [InlineData("lennard-jones", "atoms", 9)]
    [InlineData("thomson", "electrons", 12)]
    [InlineData("styblinski-tang", null, 14)]
    public void Endpoints_that_are_taken_without_polish_are_where_it_would_have_led_them(string name, string? setting, int size)
    {
        const int Restarts = 300;
        var objective = setting is null ? Catalogue.Find(name).Create(size) : Problem(name, setting, size);
        var (ends, _) = Descended(objective, Restarts);
        var polish = new LanePolish(objective, Derivatives.Of(objective), 1);
        var all = polish.Run(ends, Restarts);
        if (SeenMinima.For(objective, null, 1) is not { } seen)
        {
            // On a surface every endpoint is polished.
            Assert.NotNull(objective.Surface);
            return;
        }

        var taken = seen.Run(ends, Restarts, some => polish.Run(Some(objective, ends, some), some.Length), null, default);

        for (var k = 0; k < Restarts; k++)
        {
            Assert.Equal(all.Stationary[k], taken.Stationary[k]);
            Assert.True(SameValue.Are((all.Values[k], all.Residuals[k], all.Roundings[k]), (taken.Values[k], taken.Residuals[k], taken.Roundings[k]), 1e-9));

            // A cluster of atoms may have turned on its way; what else there is stands in one place. A millionth is what tells minima apart at most.
            var (polished, copied) = (Place(all, k, objective), Place(taken, k, objective));
            Assert.All(polished.Zip(copied), p => Assert.Equal(p.First, p.Second, 1e-6));
        }
    }

    private static double[] Place(PolishedSet set, int item, Objective objective) =>
        set.Points.AsSpan(item * objective.Dimension, objective.Dimension).ToArray() is var point && objective.Symmetry is RigidMotions motions ? motions.Invariants(point) : point;

    /// <summary>Minima at ±e of a deep valley that is otherwise wide: from between them Newton's method leads anywhere.</summary>
    [Fact]
    public void An_endpoint_between_two_minima_is_polished()
    {
        const int D = 16;
        var objective = Objective.Define("close", D, x => Square(Square(x[0] / 1e-3) - 1) + (0.1 * x[0] / 1e-3) + Sum(D, i => Square(x[i])));
        var polish = new LanePolish(objective, Derivatives.Of(objective), 1);
        double[] ends = [.. new[] { 1e-3, -1e-3, 0.9e-3, 0.05e-3, -0.2e-3, 0.999e-3 }.SelectMany(a => Enumerable.Range(0, D).Select(i => i == 0 ? a : 0.0))];
        var polished = new List<int>();

        var set = SeenMinima.For(objective, null, 1)!;
        _ = set.Run(ends[..(2 * D)], 2, Polished, null, default);
        polished.Clear();
        var found = set.Run(ends, 6, Polished, null, default);

        // The first two have just been found, and the last lies beside one; ridge and slopes are no basin.
        Assert.Equal([2, 3, 4], polished);
        Assert.Equal([0, 1], new[] { found.CopyOf[0], found.CopyOf[1] });
        Assert.Equal(0, found.CopyOf[5]);

        PolishedSet Polished(int[] some)
        {
            polished.AddRange(some);
            return polish.Run(Some(objective, ends, some), some.Length);
        }
    }

    private static Objective Problem(string name, string setting, int size) => Catalogue.Find(name).Create(null, new Dictionary<string, double> { [setting] = size });

    private static (double[] Points, long Steps) Descended(Objective objective, int restarts)
    {
        var ends = new LaneDevice(1).Compile(objective, new DescentOptions()).Run(new(objective.StartsFrom(null), 1, 0, restarts));
        return (ends.Points, ends.Steps.Sum(s => (long)s));
    }

    private static double[] Some(Objective objective, double[] points, int[] some) => [.. some.SelectMany(k => points.AsSpan(k * objective.Dimension, objective.Dimension).ToArray())];

}
