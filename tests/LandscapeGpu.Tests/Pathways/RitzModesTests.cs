namespace LandscapeGpu.Tests.Pathways;

/// <summary>Modes of a Hessian on the space that a few products span.</summary>
public class RitzModesTests
{
    [Fact]
    public void On_the_whole_space_they_are_the_eigenvalues_and_eigenvectors()
    {
        var (matrix, random) = (Symmetric(7), new Random(2));
        double[] guide = [.. Enumerable.Range(0, 7).Select(_ => random.NextDouble())];
        var modes = Of(matrix, null, new double[7], [guide], 7);
        var exact = SymmetricEigenvalues.Decompose(matrix, 7);
        Assert.All(exact.Values.Zip(modes.Values), p => Assert.Equal(p.First, p.Second, 1e-12));
        var vector = new double[7];
        modes.Combine([1, 0, 0, 0, 0, 0, 0], vector);
        Assert.Equal(1, Math.Abs(exact.Vector(0).ToArray().Zip(vector, (a, b) => a * b).Sum()), 1e-12);
        Assert.Equal(0, modes.Outside(vector), 1e-12);
    }

    [Fact]
    public void Products_end_where_the_space_is_closed_and_directions_of_a_symmetry_are_kept_out()
    {
        // A diagonal matrix leaves the span of two axes as it is.
        var diagonal = new double[25];
        for (var i = 0; i < 5; i++)
        {
            diagonal[6 * i] = i + 1;
        }

        Assert.Equal([2, 4], Of(diagonal, null, new double[5], [[0, 1, 0, 0, 0], [0, 0, 0, 1, 0]], 5).Values);
        // All coordinates together move: what is left has no part along that.
        var modes = Of(diagonal, new CommonPhase(), new double[5], [[1, 0, 0, 0, 0]], 5);
        Assert.Equal(4, modes.Values.Length);
        for (var k = 0; k < 4; k++)
        {
            var vector = new double[5];
            modes.Combine([.. Enumerable.Range(0, 4).Select(j => j == k ? 1.0 : 0)], vector);
            Assert.Equal(0, vector.Sum(), 1e-12);
        }
    }

    [Fact]
    public void Newtons_step_without_a_spectrum_solves_the_equations_where_one_curvature_is_negative_and_refuses_elsewhere()
    {
        const int d = 7;
        var matrix = Symmetric(d);
        for (var i = 0; i < d; i++)
        {
            matrix[(i * d) + i] += i == 0 ? -5 : 5;
        }

        double[] down = [1, 0, 0, 0, 0, 0, 0], gradient = [1, -2, 3, 0.5, -0.25, 2, 1];
        var step = new double[d];
        Assert.True(Of(matrix, null, new double[d], [down, gradient], d).TryNewton(gradient, step, out var weight));
        Assert.True(weight > 0);
        for (var i = 0; i < d; i++)
        {
            Assert.Equal(-gradient[i], Enumerable.Range(0, d).Sum(j => matrix[(i * d) + j] * step[j]), 1e-12);
        }

        matrix[(1 * d) + 1] -= 10;
        Assert.False(Of(matrix, null, new double[d], [down, gradient], d).TryNewton(gradient, step, out _));
        matrix[0] += 10;
        Assert.False(Of(matrix, null, new double[d], [down, gradient], d).TryNewton(gradient, step, out _));
    }

    private static RitzModes Of(double[] matrix, Symmetry? symmetry, double[] point, double[][] guides, int most)
    {
        var d = point.Length;
        var modes = new RitzModes(d, symmetry);
        modes.Begin(point, guides, most);
        while (modes.IsOpen)
        {
            for (var i = 0; i < d; i++)
            {
                modes.Product[i] = Enumerable.Range(0, d).Sum(j => matrix[(i * d) + j] * modes.Direction[j]);
            }

            modes.Take();
        }

        Assert.True(modes.TrySolve());
        return modes;
    }

    private static double[] Symmetric(int d)
    {
        var (matrix, random) = (new double[d * d], new Random(1));
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                matrix[(i * d) + j] = matrix[(j * d) + i] = random.NextDouble() - 0.5;
            }
        }

        return matrix;
    }
}
