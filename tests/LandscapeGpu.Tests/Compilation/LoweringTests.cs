using LandscapeGpu.Compilation;

namespace LandscapeGpu.Tests.Compilation;

/// <summary>Where programs read, write and loop.</summary>
public class LoweringTests
{
    public static TheoryData<int, int> Widths => Rows.Of(
        from bits in new[] { 0, 128, 256, 512 }
        where bits <= LaneTarget.WidestBits
        from width in bits == 0 ? new[] { 1 } : [1, 2, 4]
        select (bits, width));

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_vector_is_rotated_in_its_own_place(int bits, int width) =>
        Assert.Equal([2, 3, 4, 5, 1], InPlace(bits, width, x => Vector(5, i => x[(i + 1) % 5])));

    [Theory]
    [MemberData(nameof(Widths))]
    public void Two_numbers_are_swapped_in_their_own_place(int bits, int width) =>
        Assert.Equal([2, 1, 3, 4, 5], InPlace(bits, width, x => Vector(x[1], x[0], x[2], x[3], x[4])));

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_cycle_of_components_reads_each_before_it_is_overwritten(int bits, int width) =>
        Assert.Equal([5, 1, 2, 3, 9], InPlace(bits, width, x => Vector(x[4], x[0], x[1], x[2], x[3] + x[4])));

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_left_neighbour_is_the_old_one(int bits, int width) =>
        Assert.Equal([6, 3, 5, 7, 9], InPlace(bits, width, x => Vector(5, i => x[i] + x[(i - 1) % 5])));

    [Theory]
    [MemberData(nameof(Widths))]
    public void Components_that_read_by_a_loop_see_the_old_vector(int bits, int width) =>
        Assert.Equal([15, 30, 1, 4, 55], InPlace(bits, width, x => Vector(Sum(x), 2 * Sum(x), x[0], x[3], Sum(5, i => x[i] * x[i]))));

    [Theory]
    [MemberData(nameof(Widths))]
    public void Two_vectors_change_places(int bits, int width)
    {
        var (trace, x, y) = (new Trace(), new Point("x", 3), new Point("y", 3));
        var (a, b) = (State("a", 3), State("b", 3));
        var outputs = trace.Run<Output[]>(() => [new Output.OfVector(Vector(3, i => y[i] + 0), new(a, 0)), new Output.OfVector(Vector(3, i => x[i] * 10), new(b, 0))]);
        using var run = Start(trace, bits, width, [a, b], new() { [x] = new(a, 0), [y] = new(b, 0) }, outputs);
        run.Write(a, [1, 2, 3]);
        run.Write(b, [4, 5, 6]);
        run.Once();
        Assert.Equal([4, 5, 6], run.Read(a));
        Assert.Equal([10, 20, 30], run.Read(b));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_slot_says_which_part_of_a_circular_memory_is_overwritten(int bits, int width)
    {
        var (trace, x, m) = (new Trace(), new Point("x", 2), new Point("memory", 6));
        var (a, memory, oldest) = (State("x", 2), State("memory", 6), State("oldest", 1));
        var outputs = trace.Run<Output[]>(() =>
        {
            var slot = Index.Slot(0, 3);
            return
            [
                new Output.OfVector(Vector(2, i => x[i] + 1), new(a, 0)),
                new Output.OfVector(Vector(2, i => 1 * x[i]), new(memory, slot * 2)),
                new Output.OfReal(m[(((slot + 1) % 3) * 2) + 1], new(oldest, 0)),
            ];
        });
        using var run = Start(trace, bits, width, [a, memory, oldest], new() { [x] = new(a, 0), [m] = new(memory, 0) }, outputs);
        run.Write(a, [0, 100]);
        for (var turn = 0; turn < 5; turn++)
        {
            run.Lanes.SetSlot(0, turn % 3);
            run.Once();
        }

        // Steps 0 … 4 wrote to places 0, 1, 2, 0, 1; in the last, the oldest pair was that of step 2, at place 2.
        Assert.Equal([3, 103, 4, 104, 2, 102], run.Read(memory));
        Assert.Equal([102], run.Read(oldest));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Rows_of_a_matrix_product_are_right_for_every_remainder_of_a_tile(int bits, int width)
    {
        for (var n = 1; n <= 13; n++)
        {
            var (trace, x, size) = (new Trace(), new Point("x", 5), n);
            var weights = new double[n, 5];
            for (var k = 0; k < n * 5; k++)
            {
                weights[k / 5, k % 5] = (k % 7) - 3;
            }

            var w = new Data("W", weights);
            var (a, y, total) = (State("x", 5), State("y", n), State("total", 1));
            var outputs = trace.Run<Output[]>(() =>
            {
                var product = Vector(size, i => Sum(5, j => w[i, j] * x[j]));
                return [new Output.OfVector(product, new(y, 0)), new Output.OfReal(Sum(size, i => product[i] * product[size - 1 - i]), new(total, 0))];
            });
            using var run = Start(trace, bits, width, [a, y, total], new() { [x] = new(a, 0) }, outputs);
            run.Write(a, [1, 2, 3, 4, 5]);
            run.Once();
            double[] expected = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, 5).Sum(j => weights[i, j] * (j + 1)))];
            Assert.Equal(expected, run.Read(y));
            // Whole numbers: every order of additions is exact.
            Assert.Equal([expected.Select((p, i) => p * expected[n - 1 - i]).Sum()], run.Read(total));
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_kept_row_is_one_row_also_where_another_loop_over_rows_runs_several_at_once(int bits, int width)
    {
        // The first loop over rows is short enough to run several together, each with its own copy of v; the second is not.
        var (trace, x) = (new Trace(), new Point("x", 6));
        var (a, sum, gradient) = (State("x", 6), State("sum", 1), State("g", 6));
        var outputs = trace.Run<Output[]>(() =>
        {
            var value = Sum(5, i =>
            {
                var v = Vector(6, j => x[(i + j) % 6]);
                return 1 / (1 + Square(Sum(6, j => v[j] * x[(j * j) % 6])));
            });
            return [new Output.OfReal(value, new(sum, 0)), new Output.OfVector(ReverseMode.Gradient(value, x), new(gradient, 0))];
        });
        using var run = Start(trace, bits, width, [a, sum, gradient], new() { [x] = new(a, 0) }, outputs);
        double[] at = [0.1, -0.2, 0.3, 0.15, -0.25, 0.05];
        run.Write(a, at);
        run.Once();
        // Nine digits: a few roundings of numbers of order 1, and differences of them over 1e-6 to seven.
        Assert.Equal(Value(at), run.Read(sum)[0], 1e-12);
        for (var k = 0; k < 6; k++)
        {
            double At(double h) => Value([.. at.Select((p, i) => i == k ? p + h : p)]);
            Assert.Equal((At(1e-6) - At(-1e-6)) / 2e-6, run.Read(gradient)[k], 1e-8);
        }

        static double Value(double[] x) => Enumerable.Range(0, 5).Sum(i => 1 / (1 + Math.Pow(Enumerable.Range(0, 6).Sum(j => x[(i + j) % 6] * x[j * j % 6]), 2)));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Indices_read_from_data_are_there_where_nothing_but_a_scattered_gradient_needs_them(int bits, int width)
    {
        var (trace, x, at) = (new Trace(), new Point("x", 4), new IndexData("at", [3, 1, 3, 0, 3]));
        var (a, g) = (State("x", 4), State("g", 4));
        var outputs = trace.Run<Output[]>(() => [new Output.OfVector(ReverseMode.Gradient(Sum(5, k => ((Real)k + 1) * x[at[k]]), x), new(g, 0))]);
        using var run = Start(trace, bits, width, [a, g], new() { [x] = new(a, 0) }, outputs);
        run.Once();
        Assert.Equal([4, 2, 0, 9], run.Read(g));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Rows_may_have_lengths_read_from_data(int bits, int width)
    {
        var (trace, x, lengths) = (new Trace(), new Point("x", 3), new IndexData("lengths", [2, 0, 3, 1]));
        var (a, sum) = (State("x", 3), State("sum", 1));
        var outputs = trace.Run<Output[]>(() => [new Output.OfReal(Sum(4, i => Sum(lengths[i], j => x[j] * ((Real)i + 1))), new(sum, 0))]);
        using var run = Start(trace, bits, width, [a, sum], new() { [x] = new(a, 0) }, outputs);
        run.Write(a, [1, 10, 100]);
        run.Once();
        Assert.Equal([(11 * 1) + (111 * 3) + (1 * 4)], run.Read(sum));
    }

    [Fact]
    public void Value_and_gradient_of_a_sum_run_as_one_loop()
    {
        var (trace, x) = (new Trace(), new Point("x", 50));
        var (a, f, g) = (State("x", 50), State("f", 1), State("g", 50));
        var program = trace.Run(() =>
        {
            var value = Sum(50, i => Square(x[i]) - Cos(2 * Math.PI * x[i]));
            return Lowering.Lower(true, [a, f, g], new Dictionary<Vector, Storage> { [x] = new(a, 0) }, [new Output.OfReal(value, new(f, 0)), new Output.OfVector(ReverseMode.Gradient(value, x), new(g, 0))]);
        });
        Assert.Single(program.Blocks().SelectMany(b => b.Statements).OfType<Loop>());
        // Nothing is kept between: the coordinate's cosine and sine share their reduction in the same iteration.
        Assert.Equal(3, program.State.Count);
    }

    [Fact]
    public void Flags_answer_for_each_lane()
    {
        foreach (var (bits, width) in new[] { (0, 1), (128, 4), (256, 2), (512, 4) }.Where(w => w.Item1 <= LaneTarget.WidestBits))
        {
            var (trace, x) = (new Trace(), new Point("x", 1));
            var a = State("x", 1);
            using var run = Start(trace, bits, width, [a], new() { [x] = new(a, 0) }, trace.Run<Output[]>(() => [new Output.Any((x[0] > 2).Mask)]));
            ulong expected = 0;
            for (var lane = 0; lane < run.Lanes.Count; lane++)
            {
                run.Lanes.Write(a, 0, lane, lane % 5);
                expected |= lane % 5 > 2 ? 1UL << lane : 0;
            }

            Assert.Equal(expected, run.Once());
        }
    }

    private static ProgramArray State(string name, int length) => new(name, length, Memory.State);

    private static double[] InPlace(int bits, int width, Func<Point, Vector> next)
    {
        var (trace, x, a) = (new Trace(), new Point("x", 5), State("x", 5));
        using var run = Start(trace, bits, width, [a], new() { [x] = new(a, 0) }, trace.Run<Output[]>(() => [new Output.OfVector(next(x), new(a, 0))]));
        run.Write(a, [1, 2, 3, 4, 5]);
        run.Once();
        return run.Read(a);
    }

    private static Running Start(Trace trace, int bits, int width, ProgramArray[] state, Dictionary<Vector, Storage> inputs, Output[] outputs)
    {
        Target target = bits == 0 ? new ScalarTarget(true) : new LaneTarget(bits, true);
        return new(CompiledProgram.Compile(trace.Run(() => Lowering.Lower(true, state, inputs, outputs)), target, width));
    }

    private sealed class Running(CompiledProgram program) : IDisposable
    {
        private readonly AlignedMemory data = program.NewData([]);

        public Lanes Lanes { get; } = new(program);

        public ulong Once() => Lanes.Run(data);

        public void Write(ProgramArray array, double[] values)
        {
            for (var lane = 0; lane < Lanes.Count; lane++)
            {
                Lanes.Write(array, lane, values);
            }
        }

        /// <summary>The values in every lane, which must be the same.</summary>
        public double[] Read(ProgramArray array)
        {
            var (first, other) = (new double[array.Length], new double[array.Length]);
            Lanes.Read(array, 0, first);
            for (var lane = 1; lane < Lanes.Count; lane++)
            {
                Lanes.Read(array, lane, other);
                Assert.Equal(first, other);
            }

            return first;
        }

        public void Dispose()
        {
            Lanes.Dispose();
            data.Dispose();
        }
    }
}
