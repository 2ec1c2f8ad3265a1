namespace LandscapeGpu.Tests.Evidence;

/// <summary>Landscapes small enough that what theory says of them is known exactly.</summary>
internal static class SmallLandscapes
{
    /// <summary>x² + 3 sin² x: satisfies the Polyak–Łojasiewicz condition and is not convex (Karimi, Nutini and Schmidt 2016, §2).</summary>
    public static Objective Karimi { get; } = Objective.Define("x² + 3 sin² x", 1, x => Square(x[0]) + (3 * Square(Sin(x[0])))) with
    {
        Starts = new UniformBox(-10, 10),
        Known = new() { GlobalValue = 0 },
    };

    /// <summary>½‖Ax − b‖² with fewer equations than unknowns: no strong convexity, and μ is the least squared singular value of A.</summary>
    public static Objective LeastSquares(int rows, int columns)
    {
        var a = Numbers(3, rows * columns);
        var b = Numbers(4, rows);
        var (matrix, right) = (new Data("A", a), new Data("b", b));
        return Objective.DefineModel("least squares", columns, x => Vector(rows, i => Sum(columns, j => matrix[(i * columns) + j] * x[j])), y => 0.5 * Sum(rows, i => Square(y[i] - right[i]))) with
        {
            Starts = new Gaussian(1),
            Known = new() { GlobalValue = 0 },
        };
    }

    /// <summary>The squared singular values of <see cref="LeastSquares"/>'s A that are not zero, ascending.</summary>
    public static double[] SquaredSingularValues(int rows, int columns)
    {
        var a = Numbers(3, rows * columns);
        var gram = new double[rows * rows];
        for (var i = 0; i < rows; i++)
        {
            for (var k = 0; k < rows; k++)
            {
                for (var j = 0; j < columns; j++)
                {
                    gram[(i * rows) + k] += a[(i * columns) + j] * a[(k * columns) + j];
                }
            }
        }

        return SymmetricEigenvalues.Of(gram, rows);
    }

    /// <summary>½(abc − 1)²: a deep linear network of three layers of one unit. All minima are global; the origin is a degenerate saddle.</summary>
    public static Objective DeepLinear { get; } = Objective.Define("deep linear", 3, x => 0.5 * Square((x[0] * x[1] * x[2]) - 1)) with
    {
        Starts = new Gaussian(1),
        Known = new() { GlobalValue = 0 },
    };

    /// <summary>Σ(¼x⁴ − ½x²) + weak springs on a chain: at zero coupling 3ᴺ stationary points, 2ᴺ of them minima; by continuity at weak coupling too.</summary>
    public static Objective Chain(int sites, double coupling) => Objective.Define("φ⁴ chain", sites, x =>
        Sum(sites, i => (0.25 * Pow(x[i], 4)) - (0.5 * Square(x[i]))) + (0.5 * coupling * Sum(sites - 1, i => Square(x[i + 1] - x[i])))) with
    {
        Starts = new UniformBox(-1.5, 1.5),
    };

    /// <summary>A tanh network 1 – width – 1 with linear last layer and bias on fixed noisy samples, ½ mean squared loss.</summary>
    public static Objective TanhNetwork(int width, int samples, double scale = 1)
    {
        double[] inputs = [.. Enumerable.Range(0, samples).Select(k => -3 + (6.0 * k / (samples - 1)))];
        var noise = Numbers(8, samples);
        // Two units' worth of signal, so that the minima of small networks are not at infinity.
        var (u, t) = (new Data("u", inputs), new Data("t", [.. inputs.Select((x, k) => Math.Tanh((1.5 * x) + 1) - (0.8 * Math.Tanh((0.9 * x) - 1)) + (0.05 * noise[k]))]));
        // Weights, biases, outgoing weights, and the output's bias.
        return Objective.DefineModel(
            $"tanh 1-{width}-1", (3 * width) + 1,
            x => Vector(samples, k => x[3 * width] + Sum(width, h => x[(2 * width) + h] * Tanh((x[h] * u[k]) + x[width + h]))),
            y => 0.5 * Mean(samples, k => Square(y[k] - t[k]))) with
        {
            Starts = new Gaussian(scale),
        };
    }

    /// <summary>Normal numbers that are a function of a seed.</summary>
    public static double[] Numbers(ulong seed, int count)
    {
        var numbers = new double[count];
        new Gaussian(1).Draw(seed, 0, numbers);
        return numbers;
    }

    /// <summary>A fit of y = a(1 − e⁻ᵇᵗ), with y and t in units so many times as small.</summary>
    public static Objective Saturation(double y, double t)
    {
        var times = new Data("t", [.. Enumerable.Range(1, 8).Select(k => 0.4 * k * t)]);
        var seen = new Data("y", [.. Enumerable.Range(1, 8).Select(k => y * ((3 * (1 - Math.Exp(-0.28 * k))) + (k % 2 == 0 ? 0.1 : -0.1)))]);
        return Objective.DefineModel("saturation", 2, p => Vector(8, k => p[0] * (1 - Exp(-p[1] * times[k]))), o => Sum(8, k => Square(o[k] - seen[k]))) with
        {
            Region = Region.Box([y, 0.1 / t], [10 * y, 10 / t]),
        };
    }
}
