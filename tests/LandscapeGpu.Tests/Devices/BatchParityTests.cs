using LandscapeGpu.Compilation;
using LandscapeGpu.Tests.Objectives;

namespace LandscapeGpu.Tests.Devices;

/// <summary>Kernels draw the samples that lanes draw, and make the same steps of them.</summary>
public class BatchParityTests
{
    internal static string[] BatchRules { get; } = ["gradient-descent", "momentum", "nesterov", "rmsprop", "adam", "adamw"];

    [Theory]
    [InlineData("glm")]
    [InlineData("perceptron")]
    [InlineData("deep")]
    [InlineData("matrix-completion")]
    [InlineData("gathered")]
    public void Kernels_take_the_steps_lanes_take(string objective)
    {
        var made = FiniteSumTests.Made(objective);
        foreach (var rule in BatchRules)
        {
            Parity.Require(made, new() { Rule = Rules.Named(rule), Batch = 3, IsDouble = true }, new ReferenceDevice(2), [1, 5]);
            Parity.Require(made, new() { Rule = Rules.Named(rule), Batch = new(2) { WithReplacement = true } }, new ReferenceDevice(2) { IsMemoryOnly = true }, [3]);
        }
    }

    public static TheoryData<string> WithSamples() => [.. Catalogue.Families.Where(f => f.Create().Samples is >= 2).Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(WithSamples))]
    public void Every_objective_of_the_catalogue_that_has_samples_descends_by_them_everywhere(string objective) =>
        Parity.Require(Catalogue.Find(objective).Create(), new() { Rule = new GradientDescent { Step = 1e-4 }, Batch = 2, IsDouble = true }, new ReferenceDevice(2), [3]);

    [Fact]
    public void Batches_go_together_with_noise_clipping_decay_and_schedules()
    {
        var options = new DescentOptions
        {
            Rule = new Momentum { Step = 0.05 },
            Batch = 4,
            Temperature = 1e-3,
            Clip = 0.3,
            WeightDecay = 0.1,
            Schedule = LandscapeGpu.Descent.Schedule.Cosine(20),
            IsDouble = true,
        };
        Parity.Require(FiniteSumTests.Made("glm"), options, new ReferenceDevice(2));
        Parity.Require(FiniteSumTests.Made("glm"), options, new LaneDevice(1, 0));
    }

    [Theory]
    [InlineData("gathered", 2, "memory-resident")]
    [InlineData("glm", 3, "register-resident")]
    [InlineData("perceptron", 30, "register-resident")]
    public void What_is_drawn_stays_in_memory_where_the_kernel_writes_it(string objective, int batch, string residence)
    {
        var plan = KernelPlan.Make(StepProgram.Write(FiniteSumTests.Made(objective), new() { Rule = new GradientDescent(), Batch = batch }));
        Assert.False(plan.Residence.IsRegister(plan.Program.Batch!));
        // Coordinates that a sample chooses cannot be registers, and then nothing is.
        Assert.StartsWith(residence, plan.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_listing_shows_the_batch()
    {
        var text = new LaneDevice(1).Explain(FiniteSumTests.Made("matrix-completion"), new() { Rule = new GradientDescent(), Batch = 3 });
        Assert.Contains("batch[", text, StringComparison.Ordinal);
    }
}
