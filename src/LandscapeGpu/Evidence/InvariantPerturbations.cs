namespace LandscapeGpu.Evidence;

/// <summary>Parameters near θ with the same outputs: members of {θ + εv : ‖v‖ ≤ 1, y(θ + εv) = y(θ)}.</summary>
/// <remarks>
/// A step into the null space of the Jacobian is brought back to equal outputs by Gauss and Newton's method. Where the Jacobian has full
/// column rank there are none but θ itself.
/// </remarks>
internal static class InvariantPerturbations
{
    private const int Mixed = 4;

    // An axis of which less lies in the null space says nothing of it; and directions within three degrees of one another are one.
    private const double LeastPart = 1e-3;
    private const double SameDirection = 1 - LeastPart;

    /// <param name="jacobian">The model.</param>
    /// <param name="theta">θ.</param>
    /// <param name="columns">The Jacobian there.</param>
    /// <param name="radius">ε.</param>
    public static List<double[]> Of(ModelJacobian jacobian, double[] theta, double[][] columns, double radius)
    {
        var (d, y) = (theta.Length, jacobian.Outputs(theta));
        var flat = NullSpace(columns);
        // Axes before mixtures: the exchanges that leave a network's outputs alone are between a few of its weights.
        var aims = Enumerable.Range(0, d).Select(i => Enumerable.Range(0, d).Select(j => i == j ? 1.0 : 0).ToArray()).ToList();
        for (var k = 0; k < Mixed; k++)
        {
            var mixed = new double[d];
            new UniformSphere().Draw(11, k, mixed);
            aims.Add(mixed);
        }

        var directions = new List<double[]>();
        foreach (var aim in aims)
        {
            var projected = new double[d];
            foreach (var v in flat)
            {
                var along = Inner.Product(v, aim);
                for (var i = 0; i < d; i++)
                {
                    projected[i] += along * v[i];
                }
            }

            var norm = Inner.Norm(projected);
            double[] direction = [.. projected.Select(c => c / norm)];
            if (norm > LeastPart && directions.All(u => Math.Abs(Inner.Product(u, direction)) < SameDirection))
            {
                directions.AddRange([direction, [.. direction.Select(c => -c)]]);
            }
        }

        // What rounding leaves of outputs that are sums over parameters.
        var close = 8 * Stationarity.SumOfRoundings * (Inner.Norm(y) + theta.Select((t, i) => Math.Abs(t) * Inner.Norm(columns[i])).Sum());
        var found = new List<double[]>();
        foreach (var direction in directions)
        {
            // Half the radius, to leave room for the way back to equal outputs.
            var point = theta.Zip(direction, (t, v) => t + (0.5 * radius * v)).ToArray();
            if (TryReturn(jacobian, point, y, close) && Symmetry.Euclidean(point, theta) <= radius)
            {
                found.Add(point);
            }
        }

        return found;
    }

    /// <summary>p ← p − J⁺(y(p) − y) until the outputs are equal to rounding.</summary>
    private static bool TryReturn(ModelJacobian jacobian, double[] point, double[] y, double close)
    {
        for (var step = 0; step < 12; step++)
        {
            var difference = jacobian.Outputs(point).Zip(y, (a, b) => a - b).ToArray();
            if (Inner.Norm(difference) <= close)
            {
                return true;
            }

            var columns = jacobian.Columns(point);
            var (spectrum, floor) = Gram(columns);
            for (var k = 0; k < point.Length; k++)
            {
                if (spectrum.Values[k] > floor)
                {
                    var v = spectrum.Vector(k).ToArray();
                    var along = columns.Select((c, j) => v[j] * Inner.Product(c, difference)).Sum() / spectrum.Values[k];
                    for (var i = 0; i < point.Length; i++)
                    {
                        point[i] -= along * v[i];
                    }
                }
            }
        }

        return false;
    }

    private static List<double[]> NullSpace(double[][] columns)
    {
        var (spectrum, floor) = Gram(columns);
        return [.. Enumerable.Range(0, columns.Length).Where(k => spectrum.Values[k] <= floor).Select(k => spectrum.Vector(k).ToArray())];
    }

    /// <summary>JᵀJ, whose eigenvalues are squares of J's singular values: zero is what is below that share of the largest singular value.</summary>
    private static (SymmetricEigenvectors Spectrum, double Floor) Gram(double[][] columns)
    {
        var d = columns.Length;
        var gram = new double[d * d];
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                gram[(i * d) + j] = Inner.Product(columns[i], columns[j]);
            }
        }

        var spectrum = SymmetricEigenvalues.Decompose(gram, d);
        return (spectrum, ConvexFit.RankTolerance * ConvexFit.RankTolerance * spectrum.Values[^1]);
    }
}
