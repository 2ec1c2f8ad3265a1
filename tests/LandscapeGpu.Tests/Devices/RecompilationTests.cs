namespace LandscapeGpu.Tests.Devices;

public sealed class RecompilationTests
{
    private static readonly DescentOptions Plain = new() { Rule = new Momentum { Step = 1e-3 }, Stop = new() { Iterations = 50 } };

    /// <summary>Pairs of options that differ in a number.</summary>
    public static TheoryData<DescentOptions, DescentOptions> Tunable() => new()
    {
        { Plain, Plain with { Rule = new Momentum { Step = 2e-3 } } },
        { Plain with { Rule = new Adam() }, Plain with { Rule = new Adam { Step = 0.03 } } },
        { Plain with { Rule = new Armijo() }, Plain with { Rule = new Armijo { FirstStep = 0.1 } } },
        { Plain with { Rule = new AdaptiveStep() }, Plain with { Rule = new AdaptiveStep { FirstStep = 1e-4 } } },
        { Plain with { Rule = new Lbfgs { LongestStep = 0.1 } }, Plain with { Rule = new Lbfgs { LongestStep = 0.2 } } },
        { Plain with { Schedule = LandscapeGpu.Descent.Schedule.Exponential(0.99) }, Plain with { Schedule = LandscapeGpu.Descent.Schedule.Exponential(0.9) } },
        { Plain with { Schedule = LandscapeGpu.Descent.Schedule.Cosine(30) }, Plain with { Schedule = LandscapeGpu.Descent.Schedule.Cosine(40) } },
        { Plain with { Schedule = LandscapeGpu.Descent.Schedule.WarmRestarts(5, 2) }, Plain with { Schedule = LandscapeGpu.Descent.Schedule.WarmRestarts(7, 3) } },
        { Plain, Plain with { Stop = new() { Iterations = 20 } } },
        { Plain, Plain with { Stop = new() { Iterations = 50, GradientTolerance = 10 } } },
        { Plain with { Stop = new() { Iterations = 50, Plateau = 3 } }, Plain with { Stop = new() { Iterations = 50, Plateau = 9 } } },
        { Plain with { Clip = 1 }, Plain with { Clip = 0.1 } },
        { Plain with { WeightDecay = 0.1 }, Plain with { WeightDecay = 0.5 } },
        { Plain with { Temperature = 0.1 }, Plain with { Temperature = 0.4 } },
    };

    [Theory]
    [MemberData(nameof(Tunable))]
    public void Another_number_compiles_nothing_and_does_what_a_program_of_its_own_does(DescentOptions first, DescentOptions second)
    {
        foreach (var device in new Device[] { new LaneDevice(1), new ReferenceDevice(1) })
        {
            var objective = Catalogue.Find("muller-brown").Create();
            var one = Points(device, objective, first);
            var compiled = CompiledOnce.CountOf(objective.Value);
            var two = Points(device, objective, second);
            Assert.Equal(compiled, CompiledOnce.CountOf(objective.Value));
            Assert.Equal(Points(device, Catalogue.Find("muller-brown").Create(), second), two);
            Assert.NotEqual(one, two);
        }
    }

    private static double[] Points(Device device, Objective objective, DescentOptions options) =>
        device.Compile(objective, options).Run(new RestartRange(UniformBox.Over(2, -1, 1), 3, 0, 40)).Points;

    [Fact]
    public void Another_sum_over_samples_is_another_program()
    {
        // Batches are of the sum that was said to be over samples: which, the formula alone does not tell.
        var options = Plain with { Batch = new(2) };
        foreach (var device in new Device[] { new LaneDevice(1), new ReferenceDevice(1) })
        {
            var both = TwoSums();
            Objective four = both with { Samples = 4 }, six = both with { Samples = 6 };
            var one = Ends(device, four, options);
            var two = Ends(device, six, options);
            Assert.Equal(Ends(device, TwoSums() with { Samples = 6 }, options), two);
            Assert.NotEqual(one, two);

            // By the programs of another, which was said to be over the other sum.
            Assert.Equal(Ends(device, six.WithProgramsOf(TwoSums() with { Samples = 6 })!, options), Ends(device, six.WithProgramsOf(four)!, options));
        }
    }

    private static Objective TwoSums()
    {
        var (a, b) = (new Data("a", [1, -2, 3, 0.5]), new Data("b", [2, 5, -1, 4, 0, 8]));
        return Objective.Define("two sums", 1, x => Sum(4, i => Square(x[0] - a[i])) + Sum(6, i => Square(x[0] - b[i])));
    }

    private static double[] Ends(Device device, Objective objective, DescentOptions options) =>
        device.Compile(objective, options).Run(new RestartRange(UniformBox.Over(1, -1, 1), 3, 0, 40)).Points;

    [Theory]
    [InlineData("adam")]
    [InlineData("rmsprop")]
    public void Compiling_an_objective_again_gives_the_same_bits(string rule)
    {
        var objective = Catalogue.Find("muller-brown").Create();
        double[] Points() => new LaneDevice(1).Compile(objective, new() { Rule = Rules.Named(rule), Stop = new() { Iterations = 200 } })
            .Run(new RestartRange(UniformBox.Over(2, -1, 1), 3, 0, 100)).Points;

        Assert.Equal(Points(), Points());
    }
}
