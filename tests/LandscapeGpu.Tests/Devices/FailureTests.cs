using LandscapeGpu.Pathways;
using LandscapeGpu.Tests.Evidence;

namespace LandscapeGpu.Tests.Devices;

public class FailureTests
{
    private const int Restarts = 150;

    private static readonly Objective Camel = Catalogue.Find("six-hump-camel").Create();

    /// <summary>Many Hessians, by products: what spectra of a larger landscape ask of a device.</summary>
    private static readonly Objective Rosenbrock = Catalogue.Find("rosenbrock").Create(3);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_survey_is_complete_and_says_so_whichever_call_into_its_device_fails(bool staysLost)
    {
        var whole = Run(Camel, null);
        var none = new FailingDevice(int.MaxValue, staysLost);
        Assert.Empty(Run(Camel, none).Warnings);
        // Descent, polish, Hessians and eigenvalues: memory is asked for, opened, run, looked at, fetched and given back.
        Assert.InRange(none.Calls, 20, 500);
        for (var call = 0; call < none.Calls; call++)
        {
            var survey = Run(Camel, new FailingDevice(call, staysLost));
            var differences = SurveyAgreement.Differences(whole, survey);
            Assert.True(differences.Count == 0, $"call {call}: {string.Join("; ", differences)}");
            Assert.Equal(whole.Outcomes.Converged, survey.Outcomes.Converged);
            Assert.All(survey.Minima, m => Assert.Equal(2, m.Eigenvalues.Count));
            // Memory that cannot be given back by a device that is lost takes nothing from anybody.
            Assert.All(survey.Warnings, w => Assert.Contains("an illegal memory access was encountered", w.Message, StringComparison.Ordinal));
            Assert.True(survey.Warnings.Count <= 1, string.Join(" ", survey.Warnings));
        }

        Assert.Single(Run(Camel, new FailingDevice(0, staysLost)).Warnings);
    }

    [Fact]
    public void Minima_where_derivatives_vanish_are_found_whichever_call_fails_and_a_batch_is_polished_alike_whatever_came_before()
    {
        // Newton's steps on a device come to no end there; lanes take longer ones.
        var quartic = Objective.Define("x⁴ + y⁴", 2, x => Pow(x[0], 4) + Pow(x[1], 4)) with { Region = Region.Box(2, -1, 2) };
        var options = new SurveyOptions { Restarts = 40, Descent = new() { IsDouble = true }, Threads = 1 };
        var whole = Survey.Run(quartic, options);
        var none = new FailingDevice(int.MaxValue, staysLost: true);
        Assert.Empty(SurveyAgreement.Differences(whole, Survey.Run(quartic, options with { Searcher = none })));
        for (var call = 0; call < none.Calls; call++)
        {
            var differences = SurveyAgreement.Differences(whole, Survey.Run(quartic, options with { Searcher = new FailingDevice(call, staysLost: true) }));
            Assert.True(differences.Count == 0, $"call {call}: {string.Join("; ", differences)}");
        }

        // Lanes finish what comes to 0, the device what comes to 1: resumed surveys and shards begin anywhere, and have the same bits.
        var both = Objective.Define("x⁴(x − 1)²", 1, x => Pow(x[0], 4) * Square(x[0] - 1)) with { Region = Region.Box(1, -2, 1.2) };
        var polish = new FallbackDevice(new FailingDevice(int.MaxValue, staysLost: true), new LaneDevice(1)).Polish(both);
        var ends = new LaneDevice(1).Compile(both, options.Descent).Run(new RestartRange(both.DefaultStarts, 1, 0, 40));
        var first = polish.Run(ends.Points, 40)!;
        Assert.All(first.Stationary, Assert.True);
        Assert.InRange(first.Points.Count(x => Math.Abs(x) < 0.5), 21, 39);
        Assert.Equal(first.Points, polish.Run(ends.Points, 40)!.Points);
    }

    [Fact]
    public void Evidence_is_complete_and_says_so_whichever_call_into_its_device_fails()
    {
        // A model, so that its tangent kernel is looked at too.
        var network = Catalogue.Find("perceptron").Create(settings: new Dictionary<string, double> { ["width"] = 1, ["n"] = 8 });
        var survey = Run(network, null);
        var whole = Examined(survey, null);
        Assert.Empty(whole.Warnings);
        var none = new FailingDevice(int.MaxValue, staysLost: true);
        RequireSame(whole, Examined(survey, none), -1);
        Assert.InRange(none.Calls, 10, 200);
        for (var call = 0; call < none.Calls; call++)
        {
            var found = Examined(survey, new FailingDevice(call, staysLost: true));
            RequireSame(whole, found, call);
            Assert.All(found.Warnings, w => Assert.Contains("an illegal memory access was encountered", w.Message, StringComparison.Ordinal));
        }

        Assert.Single(Examined(survey, new FailingDevice(0, staysLost: true)).Warnings);

        static void RequireSame(Verification whole, Verification found, int call)
        {
            // Eigenvalues of Hessians by lanes and by kernels differ by rounding; descents end at half the digits of the gradient.
            Assert.True(Math.Abs((found.Conditions!.Smoothness.Value / whole.Conditions!.Smoothness.Value) - 1) < 1e-9, $"call {call}");
            Assert.Equal(whole.TangentKernel!.EndLoss, found.TangentKernel!.EndLoss, 1e-7);
        }
    }

    [Fact]
    public void A_search_for_saddles_is_complete_and_says_so_whichever_call_into_its_device_fails()
    {
        var options = new SaddleSearchOptions { Starts = 50, Climbs = 0, Threads = 1 };
        var whole = SaddleSearch.Run(Camel, options);
        var none = new FailingDevice(int.MaxValue, staysLost: true);
        RequireSame(none);
        Assert.InRange(none.Calls, 10, 100);
        for (var call = 0; call < none.Calls; call++)
        {
            RequireSame(new(call, staysLost: true));
        }

        void RequireSame(FailingDevice device)
        {
            var found = SaddleSearch.Run(Camel, options, new FallbackDevice(device, new LaneDevice(1)));
            Assert.Equal(whole.Points.Select(p => (p.Kind, p.Count)), found.Points.Select(p => (p.Kind, p.Count)));
            Assert.All(found.Warnings, w => Assert.Contains("an illegal memory access was encountered", w.Message, StringComparison.Ordinal));
            Assert.True(found.Warnings.Count <= 1);
        }
    }

    [Fact]
    public void A_device_that_fails_is_told_of_by_trajectories_and_hopping()
    {
        DeviceCatalogue.Register("fails at once", () => new FailingDevice(0, staysLost: true));
        var warning = Assert.Single(Trajectory.Record(Camel, new() { Device = "fails at once" })[0].Warnings);
        Assert.Contains("an illegal memory access was encountered", warning.Message, StringComparison.Ordinal);
        Assert.Equal(Warning.Device, Assert.Single(SaddleSearch.Run(Camel, new() { Starts = 50, Device = "fails at once" }).Warnings).Code);
        Assert.Contains(BasinHopping.Run(Camel, new() { Chains = 2, Hops = 2, Survey = new() { Device = "fails at once" } }).Warnings, w => w.Code == Warning.Device);
    }

    [Fact]
    public void Batches_after_a_failure_do_not_ask_the_device_again()
    {
        var device = new FailingDevice(5, staysLost: false);
        var descent = new FallbackDevice(device, new LaneDevice(1)).Compile(Rosenbrock, new());
        var range = new RestartRange(Rosenbrock.DefaultStarts, 1, 0, 100);
        descent.Run(range);
        var calls = device.Calls;
        Assert.Equal(0, descent.Run(range with { First = 100 }).Totals.Unfinished);
        Assert.Equal(calls, device.Calls);
        Assert.Single(descent.Warnings);
    }

    [Fact]
    public void A_measurement_of_a_device_that_fails_fails() => Assert.ThrowsAny<DeviceFailedException>(() => new Bench
    {
        Objective = Camel,
        Device = new FailingDevice(7, staysLost: true),
        Options = new() { Rule = new GradientDescent(), Stop = new() { Iterations = 50, OnlyIterations = true } },
        Restarts = 100,
        Repetitions = 3,
    }.Run(default));

    [Fact]
    public void Warnings_are_in_the_JSON() =>
        Assert.Contains("an illegal memory access was encountered", SurveyJson.Write(Run(Camel, new FailingDevice(3, staysLost: true))), StringComparison.Ordinal);

    [Fact]
    public void Auto_takes_a_GPU_only_where_the_work_pays_for_compiling_its_kernels()
    {
        var gpu = new FailingDevice(int.MaxValue, false);
        FoundDevice[] found = [new("cuda", "a GPU") { IsGpu = true, Open = () => gpu }];
        var lanes = new LaneDevice(1);
        var little = AutomaticChoice.By(0.02, lanes, found, Fail);
        Assert.Same(lanes, little.Device);
        Assert.Contains("auto took lanes: the run takes less than a second there", little.Reason, StringComparison.Ordinal);
        var much = AutomaticChoice.By(20_000, lanes, found, Fail);
        Assert.Same(gpu, much.Device);
        Assert.Contains("auto took the GPU: lanes would take about", much.Reason, StringComparison.Ordinal);
        // Nothing is said where nothing is chosen.
        Assert.Null(AutomaticChoice.For(Camel, new(), Pilot(Camel), 10_000_000_000, lanes, [], Fail).Reason);
        var notes = new List<string>();
        var closed = AutomaticChoice.By(20_000, lanes, [found[0] with { Open = () => throw new DeviceFailedException("it is in use") }], notes.Add);
        Assert.Same(lanes, closed.Device);
        Assert.Contains("it is in use", Assert.Single(notes), StringComparison.Ordinal);

        static void Fail(string note) => Assert.Fail(note);
    }

    private static RestartRange Pilot(Objective objective) => new(objective.DefaultStarts, 1, 0, 0);

    private static Verification Examined(SurveyResult survey, Device? device) => Verification.Of(survey with { Options = survey.Options with { Searcher = device } }, new() { SaddleStarts = 0, Samples = 7, Paths = 1, PathSteps = 10, InducedMinima = 1 });

    private static SurveyResult Run(Objective objective, Device? device) =>
        Survey.Run(objective, new() { Restarts = Restarts, Descent = new() { IsDouble = true }, Threads = 1, Searcher = device });
}
