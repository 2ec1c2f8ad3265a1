namespace LandscapeGpu.Evidence;

/// <summary>The least loss over an affine space of outputs: min over α of loss(c + Bα).</summary>
/// <remarks>
/// In an orthonormal basis U of B's columns, by Newton's method with step halving: one step of squared loss. The loss is taken to be
/// convex in the outputs, as squared and logistic loss are; where it has no minimum (separable data) the infimum is approached.
/// </remarks>
internal sealed class ConvexFit(Objective objective) : IDisposable
{
    private const int MostSteps = 100;

    // Directions that stand out of the others by less carry more of the rounding of a polished point's gradient than of themselves:
    // a gradient of 1e-13 over 1e-7 moves the value by 1e-12.
    // The same square decides about eigenvalues of Gram matrices.
    internal const double RankTolerance = 1e-7;

    private readonly PointDerivatives loss = new(objective.Model!.LossWith(objective.Parameters));

    public double Loss(double[] outputs) => loss.At(outputs).Value;

    /// <summary>The loss's gradient by the outputs.</summary>
    public double[] Slopes(double[] outputs)
    {
        var gradient = new double[outputs.Length];
        loss.Gradient(outputs, gradient);
        return gradient;
    }

    /// <summary>The loss's Hessian by the outputs, times a direction.</summary>
    public double[] CurvatureAlong(double[] outputs, double[] direction)
    {
        var product = new double[outputs.Length];
        loss.Product(outputs, direction, product);
        return product;
    }

    /// <summary>The least loss, how many dimensions the space has, and whether a point of it has that loss: where none has, Newton's steps do not become shorter (of e⁻ᵐ each is 1).</summary>
    /// <param name="origin">c.</param>
    /// <param name="columns">B, column by column.</param>
    /// <param name="begin">Outputs to begin at; the nearest point of the space is used.</param>
    public (double Value, int Rank, bool IsAttained) Minimise(double[] origin, IEnumerable<double[]> columns, double[] begin)
    {
        var basis = OrthonormalBasis.Of(columns, RankTolerance);
        var (n, r) = (origin.Length, basis.Count);
        var y = (double[])origin.Clone();
        var difference = begin.Zip(origin, (b, o) => b - o).ToArray();
        foreach (var u in basis)
        {
            Inner.Add(Inner.Product(u, difference), u, y);
        }

        var (gradient, trial) = (new double[n], new double[n]);
        var value = loss.Gradient(y, gradient);
        var (last, longest) = (0.0, Inner.Norm(y));
        for (var step = 0; step < MostSteps && r > 0; step++)
        {
            var slope = basis.Select(u => Inner.Product(u, gradient)).ToArray();
            var newton = Solve(Curvature(basis, y), slope);
            var promised = Inner.Product(newton, slope);
            last = Inner.Norm(newton);
            longest = Math.Max(longest, last);
            if (!(promised > Stationarity.UnitRoundoff * Math.Max(Math.Abs(value), double.Epsilon / Stationarity.UnitRoundoff)))
            {
                break;
            }

            var next = double.NaN;
            for (var share = 1.0; share > Stationarity.MillionRoundings; share *= 0.5)
            {
                y.CopyTo(trial, 0);
                for (var k = 0; k < r; k++)
                {
                    Inner.Add(-share * newton[k], basis[k], trial);
                }

                next = loss.Gradient(trial, gradient);
                if (next < value)
                {
                    break;
                }
            }

            if (!(next < value))
            {
                break;
            }

            (y, trial, value) = (trial, y, next);
        }

        return (value, r, last <= Stationarity.HalfTheDigits * longest);
    }

    public void Dispose() => loss.Dispose();

    /// <summary>UᵀHU of the loss's Hessian H.</summary>
    private double[] Curvature(List<double[]> basis, double[] y)
    {
        var r = basis.Count;
        var curvature = new double[r * r];
        var product = new double[y.Length];
        for (var k = 0; k < r; k++)
        {
            loss.Product(y, basis[k], product);
            for (var l = 0; l < r; l++)
            {
                curvature[(k * r) + l] = Inner.Product(basis[l], product);
            }
        }

        return curvature;
    }

    /// <summary>A⁺b of a positive semidefinite A.</summary>
    private static double[] Solve(double[] a, double[] b)
    {
        var r = b.Length;
        var spectrum = SymmetricEigenvalues.Decompose(a, r);
        var solution = new double[r];
        for (var k = 0; k < r; k++)
        {
            if (spectrum.Values[k] > RankTolerance * RankTolerance * spectrum.Values[^1])
            {
                Inner.Add(Inner.Product(spectrum.Vector(k), b) / spectrum.Values[k], spectrum.Vector(k), solution);
            }
        }

        return solution;
    }
}
