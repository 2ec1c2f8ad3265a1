using LandscapeGpu.Evidence;
using LandscapeGpu.Objectives.Datasets;
using LandscapeGpu.Spectra;

namespace LandscapeGpu.Tests.Surveys;

public class ModelSpectraTests
{
    private const int Samples = 30;
    private const int Inputs = 7;
    private const int Width = 6;
    private const int Outputs = 3;

    // Of the largest entry: a hundred roundings of sums of a thousand terms.
    private const double Rounding = 1e-11;

    [Theory]
    [InlineData("softmax")]
    [InlineData("squared")]
    [InlineData("quartic of one's own, outputs counted the other way")]
    public void Products_are_those_of_matrices_that_are_formed(string loss)
    {
        var objective = Network(loss, Samples, Inputs, Width, Outputs);
        var point = PointOf(objective);
        using var jacobian = new ModelJacobian(objective);
        using var products = new ModelProducts(objective, point);
        var columns = jacobian.Columns(point);
        var (n, d) = (jacobian.Count, jacobian.Dimension);
        Close(jacobian.Outputs(point), [.. products.Outputs]);
        var (along, back) = (new double[n], new double[d]);
        double[] v = [.. Enumerable.Range(0, d).Select(i => Math.Sin(1 + (7 * i)))], c = [.. Enumerable.Range(0, n).Select(i => Math.Cos(3 * i))];
        products.Along(v, along);
        products.Back(c, back);
        Close([.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, d).Sum(j => columns[j][i] * v[j]))], along);
        Close([.. columns.Select(column => column.Zip(c, (a, b) => a * b).Sum())], back);
    }

    [Fact]
    public void Ends_traces_and_counts_are_those_of_matrices_that_are_formed()
    {
        var objective = Network("softmax", Samples, Inputs, Width, Outputs);
        var point = PointOf(objective);
        using var jacobian = new ModelJacobian(objective);
        var columns = jacobian.Columns(point);
        var (n, d) = (jacobian.Count, jacobian.Dimension);
        var losses = objective.Model!.Loss.Hessian(jacobian.Outputs(point));
        double[] gaussNewton = [.. from i in Enumerable.Range(0, d)
                                   let weighed = Enumerable.Range(0, n).Select(p => Enumerable.Range(0, n).Sum(q => losses[p, q] * columns[i][q])).ToArray()
                                   from j in Enumerable.Range(0, d)
                                   select weighed.Zip(columns[j], (a, b) => a * b).Sum()];
        double[] kernel = [.. from p in Enumerable.Range(0, n) from q in Enumerable.Range(0, n) select columns.Sum(column => column[p] * column[q])];
        var found = ModelSpectra.At(objective, point, new() { Probes = 40, Steps = 200 });
        Agrees(SymmetricEigenvalues.Of(gaussNewton, d), found.GaussNewton);
        Agrees(SymmetricEigenvalues.Of(kernel, n), found.TangentKernel);
        Agrees(HessianSpectrum.Eigenvalues(objective, point), found.Hessian);
    }

    [Fact]
    public void Spectra_are_the_same_bits_on_any_number_of_threads()
    {
        var objective = Network("softmax", Samples, Inputs, Width, Outputs);
        var point = PointOf(objective);
        var (one, three) = (ModelSpectra.At(objective, point, new() { Probes = 4, Steps = 20, Threads = 1 }), ModelSpectra.At(objective, point, new() { Probes = 4, Steps = 20, Threads = 3 }));
        foreach (var (a, b) in one.All.Zip(three.All))
        {
            Assert.Equal(a.Spectrum.Highest, b.Spectrum.Highest);
            Assert.Equal(a.Spectrum.Lowest, b.Spectrum.Lowest);
            Assert.Equal(a.Spectrum.Density.Masses, b.Spectrum.Density.Masses);
        }
    }

    [Fact]
    public void Large_models_are_products_of_matrices_and_have_their_spectra_in_a_survey()
    {
        var objective = Network("softmax", 1500, 24, 12, 4);
        var programs = ModelPrograms.Of(objective);
        Assert.True(programs.Forward.IsOfMatrices && programs.Reverse.IsOfMatrices);
        var result = Survey.Run(objective, new() { Restarts = 1 });
        var spectra = result.ModelSpectra!;
        // At a minimum with decay the Hessian is the Gauss–Newton matrix, the decay and what the outputs' own curvature adds.
        Assert.Equal(result.Minima[0].Eigenvalues[^1], spectra.Hessian.Highest[0], 1e-6 * spectra.Hessian.Highest[0]);
        Assert.Equal((6000, 352, 0.0), (spectra.TangentKernel.Rows, spectra.TangentKernel.OperatorRows, spectra.TangentKernel.Lowest));
        Assert.Contains("Spectra of the model at the lowest minimum, by products", LandscapeGpu.Reporting.SurveyText.Report(result), StringComparison.Ordinal);
    }

    private static void Agrees(IReadOnlyList<double> all, OperatorSpectrum found)
    {
        var (least, largest) = (all.Min(), all.Max());
        Assert.Equal(all.Count, found.Rows);
        Assert.Equal(largest, found.Highest[0], 1e-7 * largest);
        Assert.Equal(all.OrderDescending().ElementAt(2), found.Highest[2], 1e-7 * largest);
        Assert.True(found.IsLowestFound ? Math.Abs(least - found.Lowest) <= 1e-6 * largest : least <= found.Lowest);
        // Four standard errors: one in sixteen thousand.
        Assert.Equal(all.Sum(), found.Trace.Value, 4 * found.Trace.StandardError);
        var above = found.CountAbove(0.01 * largest);
        Assert.Equal(all.Count(l => l > 0.01 * largest), above.Value, 4 * above.StandardError);
    }

    private static void Close(double[] expected, double[] found)
    {
        var scale = expected.Max(Math.Abs);
        Assert.All(expected.Zip(found), p => Assert.Equal(p.First, p.Second, Rounding * scale));
    }

    private static double[] PointOf(Objective objective) => [.. Enumerable.Range(0, objective.Dimension).Select(i => 0.4 * Math.Sin(1 + (i * i)))];

    private static Objective Network(string loss, int n, int d, int m, int k)
    {
        double At(int i, int j) => Math.Sin(1 + (3 * i) + (17 * j) + (i * j));
        var x = new Data("X", GeneratedNumbers.Matrix(n, d, At));
        var y = new Data("Y", GeneratedNumbers.Matrix(n, k, (s, o) => s % k == o ? 1 : 0));
        Vector Hidden(Point w, LandscapeGpu.Expressions.Index s) => Vector(m, h => Tanh(Sum(d, j => w[(h * d) + j] * x[s, j]) + w[(d * m) + h]));
        Real Output(Point w, LandscapeGpu.Expressions.Index s, LandscapeGpu.Expressions.Index o)
        {
            var hidden = Hidden(w, s);
            return Sum(m, h => w[((d + 1) * m) + (o * m) + h] * hidden[h]) + w[((d + 1) * m) + (k * m) + o];
        }

        var size = ((d + 1) * m) + (k * m) + k;
        Real Penalty(Point w) => 0.01 * Sum(size, i => Square(w[i]));
        var isTurned = loss.StartsWith("quartic", StringComparison.Ordinal);
        return Objective.DefineModel(
            loss,
            size,
            w => isTurned ? Vector(n * k, i => Output(w, i % n, i / n)) : Vector(n * k, i => Output(w, i / k, i % k)),
            outputs => loss == "softmax" ? Mean(n, s => LogSumExp(Vector(k, o => outputs[(s * k) + o])) - Sum(k, o => y[s, o] * outputs[(s * k) + o]))
                : loss == "squared" ? 0.5 * Mean(n, s => Sum(k, o => Square(outputs[(s * k) + o] - y[s, o])))
                : Mean(n, s => Sum(k, o => Pow(outputs[(o * n) + s] - y[s, o], 4))),
            Penalty) with
        {
            Starts = new Gaussian(0.3),
        };
    }
}
