using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Devices.Kernels;
using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Starts;
using LandscapeGpu.Tests.Objectives;

namespace LandscapeGpu.Tests.Devices;

public class KernelParityTests
{
    [Theory]
    [MemberData(nameof(RulesAndResidences))]
    public void Kernels_go_where_lanes_go(string rule, bool inMemory)
    {
        foreach (var objective in Parity.Objectives)
        {
            Parity.Require(objective, new() { Rule = Rules.Named(rule), IsDouble = true }, new ReferenceDevice(2) { IsMemoryOnly = inMemory });
        }
    }

    [Theory]
    [MemberData(nameof(SetsAndRules))]
    public void Kernels_stay_on_the_sets_that_lanes_stay_on(string objective, string rule)
    {
        var made = CatalogueMembers.Find(objective);
        foreach (var inMemory in new[] { false, true })
        {
            Parity.Require(made, new() { Rule = Rules.Named(rule), IsDouble = true }, new ReferenceDevice(2) { IsMemoryOnly = inMemory }, [3]);
        }
    }

    [Theory]
    [InlineData("exponential:0.99")]
    [InlineData("cosine:40")]
    [InlineData("warm-restarts:5:2")]
    public void Schedules_noise_decay_and_clipping_are_the_lanes_own(string schedule)
    {
        var options = new DescentOptions
        {
            Rule = new Momentum { Step = 1e-3 },
            Schedule = Schedule.Parse(schedule),
            Temperature = 1e-3,
            WeightDecay = 1e-3,
            Clip = 10,
            IsDouble = true,
        };
        foreach (var inMemory in new[] { false, true })
        {
            Parity.Require(Catalogue.Find("rastrigin").Create(5), options, new ReferenceDevice(2) { IsMemoryOnly = inMemory });
        }
    }

    [Fact]
    public void Single_precision_finds_the_same_minima()
    {
        var objective = Catalogue.Find("himmelblau").Create();
        var range = new RestartRange(objective.DefaultStarts, 3, 0, 500);
        var lanes = new LaneDevice(1).Compile(objective, new()).Run(range);
        var kernels = new ReferenceDevice(1).Compile(objective, new()).Run(range);
        Assert.Equal(lanes.Totals, kernels.Totals);
        // Minima are units apart, endpoints within 1e-3/‖Hessian's least eigenvalue‖ of them.
        Assert.All(lanes.Points.Zip(kernels.Points), p => Assert.Equal(p.First, p.Second, 1e-2));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Surveys_on_kernels_find_the_lanes_minima_and_counts_on_every_family(string name) =>
        SurveyParity.Require(Catalogue.Find(name).Create(), "reference", 100);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Starts_drawn_by_kernels_are_the_samplers_own_bit_for_bit(int dimension)
    {
        Sampler[] samplers =
        [
            UniformBox.Over(dimension, -1.3, 2.7), new UniformBox(-1e-3, 5), new Gaussian(0.7, 1.9), new Gaussian(3),
            new UniformSphere(2.5), new UniformBall(1.5), new Sobol(-1, 3),
        ];
        foreach (var sampler in samplers)
        {
            Assert.Equal(StartsOf(sampler, dimension, onDevice: false), StartsOf(sampler, dimension, onDevice: true));
        }
    }

    public static TheoryData<string> Families() => [.. Catalogue.Families.Select(f => f.Name)];

    public static TheoryData<string, bool> RulesAndResidences()
    {
        var cases = new TheoryData<string, bool>();
        foreach (var rule in Rules.Names)
        {
            cases.Add(rule, false);
            cases.Add(rule, true);
        }

        return cases;
    }

    /// <summary>Every kind of set, written out and in loops.</summary>
    public static TheoryData<string, string> SetsAndRules()
    {
        var cases = new TheoryData<string, string>();
        foreach (var set in new[] { "thomson electrons=4", "overcomplete-tensor d=20", "brockett", "brockett n=6 p=3", "procrustes", "motzkin-straus d=4", "motzkin-straus d=20", "species-competition" })
        {
            cases.Add(set, "lbfgs");
            cases.Add(set, "momentum");
        }

        return cases;
    }

    /// <summary>Where restarts of a constant function end is where they began.</summary>
    private static double[] StartsOf(Sampler sampler, int dimension, bool onDevice)
    {
        const long first = (1L << 40) + 5;
        const int count = 20;
        if (onDevice)
        {
            var flat = Objective.Define("flat", dimension, x => 0 * x[0]);
            return new ReferenceDevice(1).Compile(flat, new() { Rule = new GradientDescent { Step = 1 }, IsDouble = true })
                .Run(new RestartRange(sampler, 77, first, count)).Points;
        }

        var points = new double[count * dimension];
        for (var r = 0; r < count; r++)
        {
            sampler.Draw(77, first + r, points.AsSpan(r * dimension, dimension));
        }

        return points;
    }
}
