using System.Globalization;
using LandscapeGpu.Compilation;
using Family = LandscapeGpu.Objectives.Catalogue.Catalogue;

namespace LandscapeGpu.Tests.Compilation;

/// <summary>Formulas with large sums of products run as products of matrices, and say the same as on lanes.</summary>
public class MatrixProgramTests
{
    public static TheoryData<string> Networks => new(
        "loss=2 inputs=50 width=16 classes=4 n=600 decay=0.001",
        "loss=2 inputs=13 width=7 classes=5 layers=2 n=2003",
        "inputs=40 width=10 n=900 layers=3 decay=0.1",
        "inputs=64 width=32 n=500",
        "loss=1 inputs=64 width=20 n=500 activation=2 skip=1",
        "inputs=30 width=20 n=700 layers=2 normalise=1 activation=4",
        "targets=1 inputs=30 width=20 n=700 layers=3 skip=1 classes=5 activation=1");

    [Theory]
    [MemberData(nameof(Networks))]
    public void Value_gradient_and_products_are_those_of_lanes(string settings)
    {
        var objective = Network(settings);
        var near0 = Near0(objective, seed: 1);
        var (x, v) = (near0(), near0());
        var (matrices, lanes) = (Derivatives(objective, x, v, onLanes: false), Derivatives(objective, x, v, onLanes: true));
        // Sums in another order: a few roundings of the largest entry for each factor of ten in the number of terms.
        Assert.Equal(lanes.Value, matrices.Value, 1e-13 * Math.Abs(lanes.Value));
        AssertNear(lanes.Gradient, matrices.Gradient);
        AssertNear(lanes.Product, matrices.Product);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Products_with_one_vector_after_another_are_each_what_they_are_alone(string settings)
    {
        var objective = Network(settings);
        var near0 = Near0(objective, seed: 4);
        double[][] points = [near0(), near0()], vectors = [near0(), near0(), near0()];
        using var kept = new PointDerivatives(objective);
        foreach (var (point, vector) in new[] { (0, 0), (0, 1), (0, 2), (1, 0), (1, 2), (0, 1) })
        {
            using var fresh = new PointDerivatives(objective);
            var (one, other) = (new double[objective.Dimension], new double[objective.Dimension]);
            kept.Product(points[point], vectors[vector], one);
            fresh.Product(points[point], vectors[vector], other);
            Assert.Equal(other, one);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Threads_that_work_together_leave_the_same_bits(string settings)
    {
        var objective = Network(settings + (settings.Contains("n=2003", StringComparison.Ordinal) ? "" : " seed=3"));
        var near0 = Near0(objective, seed: 5);
        double[][] points = [near0(), near0()], vectors = [near0(), near0()];
        var derivatives = LandscapeGpu.Differentiation.Derivatives.Of(objective);
        using var alone = new PointDerivatives(objective, derivatives);
        foreach (var threads in new[] { 2, 3, 7 })
        {
            using var together = new PointDerivatives(objective, derivatives, threads);
            foreach (var (point, vector) in new[] { (0, 0), (0, 1), (1, 1), (1, 0) })
            {
                var (one, other) = (new double[objective.Dimension], new double[objective.Dimension]);
                Assert.Equal(alone.Gradient(points[point], one), together.Gradient(points[point], other));
                Assert.Equal(one, other);
                alone.Product(points[point], vectors[vector], one);
                together.Product(points[point], vectors[vector], other);
                Assert.Equal(one, other);
            }
        }
    }

    [Fact]
    public void One_restart_and_one_vector_use_all_threads_and_come_to_the_same_bits()
    {
        var objective = Network("loss=2 inputs=40 width=6 classes=3 n=800 decay=0.05");
        SurveyResult Run(int threads) => Survey.Run(objective, new() { Restarts = 1, Threads = threads });
        var (one, three) = (Run(1), Run(3));
        Assert.Equal(one.Minima[0].Point, three.Minima[0].Point);
        Assert.Equal(one.Minima[0].Eigenvalues, three.Minima[0].Eigenvalues);
    }

    [Fact]
    public void Work_that_does_not_depend_on_the_vector_is_done_once_a_point()
    {
        var curvature = DerivativePrograms.Write(Network("loss=2 inputs=50 width=16 classes=4 n=600 decay=0.001"), productsOnly: true).Curvature;
        var products = new LandscapeGpu.Expressions.Trace().Run(() => MatrixPlanner.Of(curvature.Formulas!)).All.OfType<ProductWork>().ToList();
        // The derivative of the forward pass and its gradient: two products of samples, units and inputs; the forward pass itself is a third.
        Assert.Equal([2, 1], new[] { true, false }.Select(v => products.Count(p => p.Varies == v && p.Flops == 2.0 * 600 * 50 * 16)));
    }

    [Fact]
    public void The_gradient_is_the_slope_of_the_value()
    {
        var objective = Network("loss=2 inputs=50 width=16 classes=4 n=600 decay=0.001");
        var random = new Random(2);
        double[] x = [.. Enumerable.Range(0, objective.Dimension).Select(_ => random.NextDouble() - 0.5)], v = [.. x.Select(_ => random.NextDouble() - 0.5)];
        double At(double t) => Derivatives(objective, [.. x.Zip(v, (a, b) => a + (t * b))], v, onLanes: false).Value;
        var slope = Derivatives(objective, x, v, onLanes: false).Gradient.Zip(v, (a, b) => a * b).Sum();
        // A central difference of step 1e-5: its own error is of the order of 1e-10 of the value.
        Assert.Equal((At(1e-5) - At(-1e-5)) / 2e-5, slope, 1e-8);
    }

    [Theory]
    [InlineData("gradient-descent")]
    [InlineData("adam")]
    [InlineData("lbfgs")]
    public void A_descent_ends_where_it_does_on_lanes_whatever_the_threads_and_vectors(string rule)
    {
        var objective = Network("loss=2 inputs=50 width=16 classes=3 n=400 decay=0.01");
        Endpoints Run(int threads, int bits) => new LaneDevice(threads, bits).Compile(objective, new() { Rule = Rules.Named(rule), IsDouble = true, Stop = new() { Iterations = 60 } })
            .Run(new(objective.StartsFrom(null), 1, 0, 3));
        var (one, two, narrow, scalar) = (Run(1, 512), Run(2, 512), Run(2, 256), Run(2, 0));
        Assert.Equal(one.Points, two.Points);
        Assert.Equal(one.Points, narrow.Points);
        Assert.Equal(one.Outcomes, scalar.Outcomes);
        // Sixty steps let rounding grow a little.
        AssertNear(scalar.Points, one.Points, 1e-9);
    }

    [Fact]
    public void A_batch_of_all_samples_is_the_whole_sum_and_a_small_one_costs_less()
    {
        var objective = Network("loss=2 inputs=60 width=20 classes=3 n=500 decay=0.01");
        CompiledDescent Descent(MiniBatch? batch, int bits = 256) => new LaneDevice(1, bits).Compile(objective, new() { Rule = new GradientDescent { Step = 0.1 }, Batch = batch, IsDouble = true, Stop = new() { Iterations = 20 } });
        Endpoints Run(CompiledDescent descent) => descent.Run(new(objective.StartsFrom(null), 1, 0, 2));
        AssertNear(Run(Descent(null)).Points, Run(Descent(500)).Points, 1e-12);
        AssertNear(Run(Descent(100, 0)).Points, Run(Descent(100)).Points, 1e-12);
        Assert.True(Descent(100).FlopsPerStep < 0.25 * Descent(null).FlopsPerStep);
    }

    [Fact]
    public void Small_formulas_and_those_without_products_run_on_lanes()
    {
        Assert.False(Compiled(Network("n=40")).IsOfMatrices);
        Assert.False(Compiled(Family.Find("rastrigin").Create(1000)).IsOfMatrices);
        Assert.True(Compiled(Network("loss=2 inputs=50 width=16 classes=4 n=600")).IsOfMatrices);
    }

    [Fact]
    public void A_formula_of_the_users_own_is_seen_to_be_products_too()
    {
        // Two layers of different widths with a residual, written by hand: nothing names a network.
        var (n, d, m, k) = (300, 40, 24, 12);
        var random = new Random(3);
        var data = new double[n, d];
        for (var i = 0; i < n * d; i++)
        {
            data[i / d, i % d] = random.NextDouble() - 0.5;
        }

        var x = new Data("X", data);
        var objective = Objective.Define("mine", (d * m) + (m * k) + k, w => Mean(n, s =>
        {
            var h = Vector(m, i => Sin(Sum(d, j => w[(j * m) + i] * x[s, j])));
            var o = Vector(k, i => Sum(m, j => w[(d * m) + (i * m) + j] * Square(h[j])) + (w[(d * m) + (m * k) + i] * x[s, i]));
            return Sum(k, i => Square(o[i] - x[s, i + 1]));
        }));
        double[] at = [.. Enumerable.Range(0, objective.Dimension).Select(_ => random.NextDouble() - 0.5)], v = [.. at.Select(_ => random.NextDouble() - 0.5)];
        Assert.True(Compiled(objective).IsOfMatrices);
        var (matrices, lanes) = (Derivatives(objective, at, v, onLanes: false), Derivatives(objective, at, v, onLanes: true));
        AssertNear(lanes.Gradient, matrices.Gradient);
        AssertNear(lanes.Product, matrices.Product);
        Assert.Equal(objective.Evaluate(at), matrices.Value, 1e-12);
    }

    [Theory]
    [InlineData("flat")]
    [InlineData("nested")]
    [InlineData("softmax")]
    [InlineData("last")]
    public void A_loss_over_outputs_that_are_counted_in_one_row_is_products_too(string loss)
    {
        var (n, d, m, k) = (800, 30, 20, 5);
        var random = new Random(7);
        double[,] Table(int rows, int columns)
        {
            var table = new double[rows, columns];
            for (var e = 0; e < rows * columns; e++)
            {
                table[e / columns, e % columns] = random.NextDouble() - 0.5;
            }

            return table;
        }

        var (x, y) = (new Data("X", Table(n, d)), new Data("Y", Table(n, k)));
        Real Output(Point w, LandscapeGpu.Expressions.Index s, LandscapeGpu.Expressions.Index o) => Sum(m, h => w[(d * m) + (o * m) + h] * Tanh(Sum(d, j => w[(h * d) + j] * x[s, j])));
        var objective = Objective.DefineModel("model", (d + k) * m, w => Vector(n * k, i => Output(w, i / k, i % k)), z => loss switch
        {
            "flat" => 0.5 * Mean(n * k, i => Square(z[i] - y[i / k, i % k])),
            "nested" => Mean(n, s => Sum(k, o => Square(z[(s * k) + o] - y[s, o]))),
            "softmax" => Mean(n, s => LogSumExp(Vector(k, o => z[(s * k) + o])) - Sum(k, o => y[s, o] * z[(s * k) + o])),
            _ => Mean(n, s => Square(z[(s * k) + k - 1] - y[s, 0]) + Square(z[s * k] - y[s, 1])),
        });
        double[] at = [.. Enumerable.Range(0, objective.Dimension).Select(_ => random.NextDouble() - 0.5)], v = [.. at.Select(_ => random.NextDouble() - 0.5)];
        var (matrices, lanes) = (Derivatives(objective, at, v, onLanes: false), Derivatives(objective, at, v, onLanes: true));
        AssertNear(lanes.Gradient, matrices.Gradient);
        AssertNear(lanes.Product, matrices.Product);
        // By loops, number by number.
        double Z(int s, int o) => Enumerable.Range(0, m).Sum(h => at[(d * m) + (o * m) + h] * Math.Tanh(Enumerable.Range(0, d).Sum(j => at[(h * d) + j] * x.Values[(s * d) + j])));
        double Y(int s, int o) => y.Values[(s * k) + o];
        var expected = Enumerable.Range(0, n).Average(s => loss switch
        {
            "flat" => 0.5 / k * Enumerable.Range(0, k).Sum(o => Math.Pow(Z(s, o) - Y(s, o), 2)),
            "nested" => Enumerable.Range(0, k).Sum(o => Math.Pow(Z(s, o) - Y(s, o), 2)),
            "softmax" => Math.Log(Enumerable.Range(0, k).Sum(o => Math.Exp(Z(s, o)))) - Enumerable.Range(0, k).Sum(o => Y(s, o) * Z(s, o)),
            _ => Math.Pow(Z(s, k - 1) - Y(s, 0), 2) + Math.Pow(Z(s, 0) - Y(s, 1), 2),
        });
        Assert.Equal(expected, matrices.Value, 1e-12);
    }

    private static Func<double[]> Near0(Objective objective, int seed)
    {
        var random = new Random(seed);
        return () => [.. Enumerable.Range(0, objective.Dimension).Select(_ => random.NextDouble() - 0.5)];
    }

    private static Objective Network(string settings) =>
        Family.Find("perceptron").Create(null, settings.Split(' ').Select(s => s.Split('=')).ToDictionary(s => s[0], s => double.Parse(s[1], CultureInfo.InvariantCulture)));

    private static CompiledProgram Compiled(Objective objective) => CompiledProgram.Compile(DerivativePrograms.Write(objective, productsOnly: true).Slope, new LaneTarget(256, true), 1);

    private static (double Value, double[] Gradient, double[] Product) Derivatives(Objective objective, double[] x, double[] v, bool onLanes)
    {
        var programs = DerivativePrograms.Write(objective, productsOnly: true);
        CompiledProgram Code(LandscapeGpu.Compilation.Program program) => onLanes ? CompiledProgram.OnLanes(program, new LaneTarget(256, true), 1) : CompiledProgram.Compile(program, new LaneTarget(256, true), 1);
        var (slope, curvature) = (Code(programs.Slope), Code(programs.Curvature));
        Assert.Equal(!onLanes, slope.IsOfMatrices);
        Assert.Equal(!onLanes, curvature.IsOfMatrices);
        var (gradient, product) = (new double[x.Length], new double[x.Length]);
        using var slopes = new Lanes(slope);
        using var slopeData = slope.NewData(objective.Parameters, objective.Replaced);
        slopes.Write(programs.X, 0, x);
        slopes.Run(slopeData);
        slopes.Read(programs.Gradient, 0, gradient);
        using var curvatures = new Lanes(curvature);
        using var curvatureData = curvature.NewData(objective.Parameters, objective.Replaced);
        curvatures.Write(programs.At, 0, x);
        curvatures.Write(programs.Direction!, 0, v);
        curvatures.Run(curvatureData);
        curvatures.Read(programs.Result, 0, product);
        return (slopes.Read(programs.Value, 0, 0), gradient, product);
    }

    private static void AssertNear(double[] expected, double[] actual, double tolerance = 1e-13)
    {
        var scale = expected.Max(Math.Abs);
        Assert.True(scale > 0);
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, tolerance * scale));
    }
}
