namespace LandscapeGpu.Polish;

/// <summary>Cholesky's factors L of a matrix scaled to a diagonal of ones, the largest pivot first, as far as pivots are more than rounding, those below zero by their size.</summary>
/// <param name="d">The number of coordinates.</param>
internal sealed class PivotedFactors(int d)
{
    private readonly double[] lower = new double[d * d];
    private readonly double[] reduced = new double[d];
    private readonly int[] order = new int[d];

    /// <summary>A unit of each coordinate, in which the diagonal is 1; 0 of one that is left out.</summary>
    public double[] Scale { get; } = new double[d];

    /// <summary>How many pivots there are.</summary>
    public int Rank { get; private set; }

    /// <summary>Whether some of them are below zero.</summary>
    public bool CurvesDown { get; private set; }

    /// <summary>Finds the factors of a matrix.</summary>
    /// <param name="matrix">d × d, symmetric.</param>
    /// <param name="isMeant">Which coordinates; others are left out.</param>
    public void Find(double[] matrix, Func<int, bool> isMeant)
    {
        for (var i = 0; i < d; i++)
        {
            var size = isMeant(i) ? Math.Abs(matrix[(i * d) + i]) : 0;
            (Scale[i], reduced[i], order[i]) = (size > 0 ? 1 / Math.Sqrt(size) : 0, size > 0 ? Math.Sign(matrix[(i * d) + i]) : 0, i);
        }

        CurvesDown = false;
        for (var k = 0; k < d; k++)
        {
            var best = k;
            for (var j = k + 1; j < d; j++)
            {
                best = Size(reduced[order[j]]) > Size(reduced[order[best]]) ? j : best;
            }

            (order[k], order[best]) = (order[best], order[k]);
            for (var m = 0; m < k; m++)
            {
                (lower[(k * d) + m], lower[(best * d) + m]) = (lower[(best * d) + m], lower[(k * d) + m]);
            }

            if (!(Math.Abs(reduced[order[k]]) > Stationarity.SumOfRoundings))
            {
                Rank = k;
                return;
            }

            CurvesDown |= reduced[order[k]] < 0;
            var pivot = Math.Sqrt(Math.Abs(reduced[order[k]]));
            lower[(k * d) + k] = pivot;
            for (var i = k + 1; i < d; i++)
            {
                var sum = Entry(matrix, i, k) - Inner.Product(lower.AsSpan(i * d, k), lower.AsSpan(k * d, k));
                lower[(i * d) + k] = sum / pivot;
                reduced[order[i]] -= sum / pivot * (sum / pivot);
            }
        }

        Rank = d;

        // Those above zero first.
        static double Size(double pivot) => pivot > Stationarity.SumOfRoundings ? pivot : -1 / Math.Max(Math.Abs(pivot), double.Epsilon);
    }

    /// <summary>Whether what no curvature is known along has no slope either, but rounding.</summary>
    public bool IsRounding(double[] slope, double[] errors, double[] right)
    {
        for (var k = Rank; k < d; k++)
        {
            var (scale, i) = (Scale[order[k]], order[k]);
            var left = scale > 0 ? (scale * slope[i]) - Inner.Product(lower.AsSpan(k * d, Rank), right) : slope[i];
            if (!Stationarity.IsZero(left, (scale > 0 ? scale : 1) * errors[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>L⁻¹ times a right side.</summary>
    public double[] Right(double[] side)
    {
        var right = new double[Rank];
        for (var k = 0; k < Rank; k++)
        {
            right[k] = Scale[order[k]] * side[order[k]];
        }

        Forward(right);
        return right;
    }

    /// <summary>An entry of a matrix in the order and the scale of the factors.</summary>
    public double Entry(double[] matrix, int i, int j) => Scale[order[i]] * matrix[(order[i] * d) + order[j]] * Scale[order[j]];

    /// <summary>Solves with L, in the order of pivots.</summary>
    public void Forward(Span<double> b)
    {
        for (var i = 0; i < Rank; i++)
        {
            b[i] = (b[i] - Inner.Product(lower.AsSpan(i * d, i), b[..i])) / lower[(i * d) + i];
        }
    }

    /// <summary>Lᵀ times a step, in the order of pivots.</summary>
    public double[] Transposed(double[] step)
    {
        var product = new double[Rank];
        for (var k = 0; k < d; k++)
        {
            var columns = Math.Min(k + 1, Rank);
            Inner.Add(Scale[order[k]] > 0 ? step[order[k]] / Scale[order[k]] : 0, lower.AsSpan(k * d, columns), product.AsSpan(0, columns));
        }

        return product;
    }

    /// <summary>The step whose product with Lᵀ is given, in the coordinates.</summary>
    public void Solve(double[] product, double[] step)
    {
        var solution = (double[])product.Clone();
        Array.Clear(step);
        for (var i = Rank - 1; i >= 0; i--)
        {
            solution[i] /= lower[(i * d) + i];
            Inner.Add(-solution[i], lower.AsSpan(i * d, i), solution.AsSpan(0, i));
            step[order[i]] = Scale[order[i]] * solution[i];
        }
    }

    /// <summary>An orthonormal basis of what no curvature is known along.</summary>
    public List<double[]> Level()
    {
        var free = Enumerable.Range(Rank, d - Rank).Where(k => Scale[order[k]] > 0);
        var basis = new List<double[]>();
        foreach (var k in free)
        {
            // What the others do when this coordinate moves.
            var column = new double[Rank];
            lower.AsSpan(k * d, Rank).CopyTo(column);
            var vector = new double[d];
            vector[order[k]] = Scale[order[k]];
            for (var i = Rank - 1; i >= 0; i--)
            {
                column[i] /= lower[(i * d) + i];
                Inner.Add(-column[i], lower.AsSpan(i * d, i), column.AsSpan(0, i));
                vector[order[i]] = -Scale[order[i]] * column[i];
            }

            if (Orthogonalisation.TryLeave(vector, Inner.Norm(vector), basis))
            {
                basis.Add(vector);
            }
        }

        return basis;
    }
}
