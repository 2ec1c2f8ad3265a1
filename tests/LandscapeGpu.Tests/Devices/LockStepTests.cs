using System.Globalization;
using LandscapeGpu.Compilation;

namespace LandscapeGpu.Tests.Devices;

/// <summary>Restarts that step together by products of matrices go where lanes go, whatever the network and the rule.</summary>
public class LockStepTests
{
    private static readonly string[] Networks =
    [
        "loss=2 inputs=9 width=6 classes=4 n=33 decay=0.01",
        "loss=2 inputs=5 width=4 classes=3 layers=2 n=20",
        "inputs=7 width=5 n=19 layers=3 decay=0.1",
        "loss=1 inputs=6 width=8 n=25 activation=2 skip=1",
        "inputs=6 width=5 n=17 layers=2 normalise=1 activation=4",
        "targets=1 inputs=4 width=6 n=18 layers=3 skip=1 classes=3 activation=1",
    ];

    private static readonly string[] SomeRules = ["gradient-descent", "momentum", "adam", "lbfgs", "armijo", "adaptive"];

    public static TheoryData<string, string, bool> Descents() =>
        Rows.Of(Networks.SelectMany((network, k) => LongTests.Slice(SomeRules, k, 6).Select(rule => (network, rule, k % 2 == 0))));

    [Theory]
    [MemberData(nameof(Descents))]
    public void Restarts_in_lock_step_go_where_lanes_go(string network, string rule, bool isDouble)
    {
        var (objective, options) = (Network(network), new DescentOptions { Rule = Rules.Named(rule), IsDouble = isDouble });
        Assert.IsType<MatrixDescent>(Wherever.Compile(objective, options));
        Parity.Require(objective, options, Wherever, [1, 7]);
    }

    /// <summary>Formulas that are no networks, with bounds, given starts and data that are exchanged.</summary>
    [Fact]
    public void Nothing_names_a_network()
    {
        var random = new Random(1);
        var a = new Data("a", [.. Enumerable.Range(0, 30).Select(_ => random.NextDouble())]);
        var factors = Objective.Define("factors", 11 * 2, x => Sum(6, i => Sum(5, j => Square(Sum(2, k => x[(i * 2) + k] * x[12 + (j * 2) + k]) - a[(i * 5) + j])))) with { Region = Region.Box(22, -1, 0.5) };
        var options = new DescentOptions { Rule = new Momentum { Step = 0.01 }, IsDouble = true };
        Assert.IsType<MatrixDescent>(Wherever.Compile(factors, options));
        Parity.Require(factors, options, Wherever, [1, 12]);
    }

    [Fact]
    public void Seats_take_one_restart_after_another_until_each_has_ended_as_on_lanes()
    {
        var (objective, options) = (Network(Networks[2]), new DescentOptions { Rule = new Lbfgs(), IsDouble = true, Stop = new() { GradientTolerance = 1e-3, Iterations = 200 } });
        var range = new RestartRange(objective.DefaultStarts, 3, 17, 70);
        var (lanes, told) = (new LaneDevice(1).Compile(objective, options).Run(range), 0L);
        var ends = Wherever.Compile(objective, options).Run(range, done => told += done);
        Assert.Equal(range.Count, told);
        Assert.Equal(lanes.Totals, ends.Totals);
        // They end at different steps, so that seats are out of step with each other.
        Assert.InRange(ends.Steps.Distinct().Count(), 5, 200);
        // Roundings differ: now and then by the one step that decides.
        Assert.InRange(ends.Steps.Zip(lanes.Steps, (one, other) => Math.Abs(one - other)).Average(), 0, 1);
    }

    [Fact]
    public void A_descent_is_complete_and_says_so_whichever_call_into_its_device_fails()
    {
        var objective = Network("inputs=2 width=1 n=6 decay=0.1");
        var options = new DescentOptions { Rule = new GradientDescent { Step = 0.1 }, IsDouble = true, Stop = new() { Iterations = 3, OnlyIterations = true } };
        var range = new RestartRange(objective.DefaultStarts, 1, 0, 20);
        var whole = new LaneDevice(1).Compile(objective, options).Run(range);
        var none = Failing(int.MaxValue);
        Assert.Empty(Run(none));
        // Starts, plans, products and kernels of three steps, what is looked at, fetched and given back.
        Assert.InRange(none.Calls, 50, 500);
        for (var call = 0; call < none.Calls; call++)
        {
            Assert.True(Run(Failing(call)).Count <= 1, $"call {call}");
        }

        Assert.Single(Run(Failing(0)));

        static FailingDevice Failing(int call) => new(call, staysLost: true, Wherever) { ByMatrices = true };

        IReadOnlyList<string> Run(FailingDevice device)
        {
            var fallback = new FallbackDevice(device, new LaneDevice(1));
            var ends = fallback.Compile(objective, options).Run(range);
            Assert.Equal(whole.Outcomes, ends.Outcomes);
            Assert.Equal(whole.Steps, ends.Steps);
            Assert.All(whole.Points.Zip(ends.Points), p => Assert.Equal(p.First, p.Second, 1e-12));
            return fallback.Warnings;
        }
    }

    [Fact]
    public void Where_memory_has_no_room_for_all_that_a_step_keeps_threads_carry_restarts()
    {
        // 784 samples of 100 units are kept in lock step, and one at a time by a thread.
        var objective = Network("inputs=2 width=100 n=784");
        var options = new DescentOptions { Rule = new GradientDescent { Step = 0.1 }, Stop = new() { Iterations = 1, OnlyIterations = true } };
        var range = new RestartRange(objective.DefaultStarts, 1, 0, 3);
        var small = new SmallDevice(1e7) { ByMatrices = true };
        Assert.IsType<MatrixDescent>(small.Compile(objective, options));
        Assert.Equal(new ReferenceDevice(1).Compile(objective, options).Run(range).Points, small.Compile(objective, options).Run(range).Points);
    }

    [Theory]
    [InlineData("loss=2 inputs=300 width=40 n=100 classes=3", null, "all restarts of a launch in lock step: 9 products")]
    [InlineData("loss=2 inputs=30 width=40 n=1000 classes=3", null, "coordinates are fewer than the 10,000")]
    [InlineData("loss=2 inputs=300 width=40 n=100 classes=3", 50, "noise and batches are drawn by threads")]
    public void Which_problems_are_taken_and_why_is_explained(string network, int? batch, string words)
    {
        var options = new DescentOptions { Rule = new GradientDescent(), Batch = batch is { } size ? new(size) : null };
        var text = Network(network).Explain(options);
        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.Contains("on a GPU: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_without_a_library_says_so_and_one_with_a_library_takes_large_networks_only()
    {
        var (large, small) = (Network("loss=2 inputs=300 width=40 n=100 classes=3"), Network(Networks[0]));
        Assert.IsType<KernelDescent>(new ReferenceDevice(1).Compile(large, new()));
        Assert.Contains("no library that multiplies", new ReferenceDevice(1).Explain(large), StringComparison.Ordinal);
        Assert.IsType<MatrixDescent>(new SmallDevice(1e9).Compile(large, new()));
        Assert.IsType<KernelDescent>(new SmallDevice(1e9).Compile(small, new()));
        Assert.DoesNotContain("products of matrices", small.Explain(), StringComparison.Ordinal);
    }

    /// <summary>As a library reads it, column by column; and as the kernel does that stands for one.</summary>
    [Fact]
    public void What_a_library_is_asked_for_is_the_product()
    {
        var random = new Random(2);
        for (var trial = 0; trial < 200; trial++)
        {
            var (rows, columns, inner, apart) = (random.Next(1, 6), random.Next(1, 6), random.Next(1, 6), random.Next(0, 3));
            var turned = trial % 2 == 1;
            var launch = new Launch { FirstSeat = 1, Seats = 2, StateElements = 300 };
            var product = new BatchedProduct(
                rows, columns, inner,
                turned ? new(trial % 3 == 0, 3, 1, rows + apart) : new(trial % 3 == 0, 3, inner + apart, 1),
                new(trial % 5 == 0, 101, columns + apart, 1),
                new(false, 202, columns + apart, 1));
            Assert.True(product.IsOfBlas);
            var (state, shared) = (Numbers(), Numbers());
            var expected = state.ToArray();
            for (var seat = 1; seat < 3; seat++)
            {
                double Of(MatrixPlace m, int i, int j) => (m.IsShared ? shared : state)[(m.IsShared ? 0 : 300 * seat) + m.At + (i * m.Row) + (j * m.Column)];
                foreach (var (i, j) in from i in Enumerable.Range(0, rows) from j in Enumerable.Range(0, columns) select (i, j))
                {
                    expected[(300 * seat) + 202 + (i * product.C.Row) + j] += Enumerable.Range(0, inner).Sum(k => Of(product.A, i, k) * Of(product.B, k, j));
                }
            }

            var call = GemmCall.Of(product, launch);
            Assert.True(call.First.Leading >= call.M && call.Second.Leading >= (call.IsTurned ? call.N : call.K) && call.Result.Leading >= call.M);
            for (var seat = 0; seat < call.Count; seat++)
            {
                double At(GemmCall.Operand m, int i, int j) => (m.IsShared ? shared : state)[m.At + (seat * m.Stride) + i + ((long)j * m.Leading)];
                foreach (var (i, j) in from i in Enumerable.Range(0, call.M) from j in Enumerable.Range(0, call.N) select (i, j))
                {
                    state[call.Result.At + (seat * call.Result.Stride) + i + (j * call.Result.Leading)] += Enumerable.Range(0, call.K).Sum(k => At(call.First, i, k) * (call.IsTurned ? At(call.Second, j, k) : At(call.Second, k, j)));
                }
            }

            Assert.Equal(expected, state);

            double[] Numbers() => [.. Enumerable.Range(0, 900).Select(_ => (double)random.Next(-9, 9))];
        }

        // Neither rows nor columns in one piece, and rows that overlap.
        Assert.False(new BatchedProduct(3, 3, 3, new(false, 0, 6, 2), new(false, 0, 3, 1), new(false, 0, 3, 1)).IsOfBlas);
        Assert.False(new BatchedProduct(3, 3, 3, new(false, 0, 3, 1), new(true, 0, 1, 1), new(false, 0, 3, 1)).IsOfBlas);
    }

    private static ReferenceDevice Wherever { get; } = new(1) { ByMatrices = true };

    private static Objective Network(string settings) =>
        Catalogue.Find("perceptron").Create(null, settings.Split(' ').Select(s => s.Split('=')).ToDictionary(s => s[0], s => double.Parse(s[1], CultureInfo.InvariantCulture)));

    /// <summary>The reference device with so much memory, and a library.</summary>
    private sealed class SmallDevice(double bytes) : KernelDevice
    {
        private readonly ReferenceDevice inner = new(1);

        public override string Description => "a device with a library";

        internal override ProductLibrary Products => ProductLibrary.Typical;

        internal override KernelLimits Limits => inner.Limits with { Bytes = bytes };

        internal override Multiprocessor? Multiprocessor => inner.Multiprocessor;

        internal override Type MemoryType(bool isDouble) => inner.MemoryType(isDouble);

        internal override Type BlockMemoryType(bool isDouble) => inner.BlockMemoryType(isDouble);

        internal override KernelBatch Open(Type kernel, KernelBuffers buffers, double[] starts) => inner.Open(kernel, buffers, starts);
    }
}
