namespace LandscapeGpu.Polish;

/// <summary>Newton's steps towards a minimum where derivatives vanish in several orders along several directions, as at that of x² + y⁴ + z¹⁰ in any coordinates.</summary>
/// <remarks>
/// <para>
/// Along a direction where f is like tᵖ a step of Newton's method leaves t the share ρ = (p − 2)/(p − 1), and the curvature ρᵖ⁻²: 1 of it where p is 2, and between a half and 1/e where p is
/// more. So the Hessian before a whole step and the one behind it have, as a pencil, directions in common that tell the orders apart, whatever the coordinates and their units;
/// along each of them two steps tell ρ, and a step that is 1/(1 − ρ) times as long ends at the minimum. L. Rall, Convergence of the Newton process to multiple solutions (Numerische
/// Mathematik 9, 1966), says so of one direction.
/// </para>
/// <para>
/// Curvatures of different orders are of different sizes, and what half the digits hide of a sum is one of them here: pivots count down to the rounding of such a sum, each against its own
/// diagonal entry. What is less cannot be told from none, and no step is made along it.
/// </para>
/// </remarks>
/// <param name="d">The number of coordinates.</param>
internal sealed class MixedOrders(int d)
{
    /// <summary>What no longer differs from 1, with which steps last as along exp(−x).</summary>
    public const double MostRatio = 0.98;

    // Less than that of two derivatives, ½.
    private const double LeastRatio = 0.4;

    // A half way, as logarithms, between a curvature that stays and one that falls to a half or less.
    private const double LeastFall = 1.4;

    private readonly double[] hessian = new double[d * d];
    private readonly double[] lower = new double[d * d];
    private readonly double[] reduced = new double[d];
    private readonly int[] order = new int[d];
    private readonly double[] before = new double[d * d];
    private readonly double[] stepBefore = new double[d];
    private bool hasBefore;
    private bool isKnown;

    /// <summary>A unit of each coordinate, in which the Hessian's diagonal is 1.</summary>
    public double[] Scale { get; } = new double[d];

    /// <summary>Whether the direction that was found last leaves no slope: along what has no curvature there was none but rounding.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Newton's step.</summary>
    public double[] Newton { get; } = new double[d];

    /// <summary>The share of the way to where derivatives vanish that a step is to make. Who arrives there along one direction sees no curvature along it, and strays from it on the way along others.</summary>
    public double Part { get; init; } = 1;

    /// <summary>Whether the direction that was found last is longer than Newton's.</summary>
    public bool IsLeap { get; private set; }

    /// <summary>Forgets the step before, and where it is now.</summary>
    public void Forget() => (hasBefore, isKnown, IsLeap, IsWhole) = (false, false, false, false);

    /// <summary>Goes back from a longer step to Newton's.</summary>
    public void TakeNewton(double[] direction)
    {
        Newton.CopyTo(direction, 0);
        (hasBefore, IsLeap) = (false, false);
    }

    /// <summary>Notes that Newton's step was made whole.</summary>
    public void Keep()
    {
        hasBefore = isKnown;
        hessian.CopyTo(before, 0);
        Newton.CopyTo(stepBefore, 0);
    }

    /// <summary>Finds the direction at a point.</summary>
    /// <param name="matrix">The Hessian there, without what sides hold.</param>
    /// <param name="direction">−∇f, without what sides hold; overwritten.</param>
    /// <param name="errors">Bounds of the rounding of ∇f.</param>
    /// <param name="longest">How far a slope is followed along which there is no curvature.</param>
    public void Solve(double[] matrix, double[] direction, double[] errors, double longest)
    {
        matrix.CopyTo(hessian, 0);
        (isKnown, IsLeap) = (true, false);
        var (rank, curvesDown) = Factor(_ => true);
        var right = Right(direction, rank);
        IsWhole = !curvesDown && IsRounding(direction, errors, right, rank);
        Write(right, rank, Newton);
        var level = Level(rank);
        foreach (var v in level)
        {
            // Of all steps that solve the equations the shortest.
            Inner.Add(-Inner.Product(v, Newton), v, Newton);
        }

        var (way, length) = Downhill(level, direction, errors, longest);
        Inner.Add(length, way, Newton);
        IsLeap = hasBefore && length == 0 && TryLengthen(right, rank);
        if (IsLeap)
        {
            Write(right, rank, direction);
            foreach (var v in level)
            {
                Inner.Add(-Inner.Product(v, direction), v, direction);
            }
        }
        else
        {
            Newton.CopyTo(direction, 0);
        }
    }

    /// <summary>Where the slope along directions without curvature is more than rounding: the way down along them, and how far.</summary>
    private (double[] Way, double Length) Downhill(List<double[]> level, double[] slope, double[] errors, double longest)
    {
        var way = new double[d];
        foreach (var v in level)
        {
            var (along, wrong) = (Inner.Product(v, slope), 0.0);
            for (var i = 0; i < d; i++)
            {
                wrong += v[i] == 0 ? 0 : Math.Abs(v[i]) * errors[i];
            }

            Inner.Add(Stationarity.IsZero(along, wrong) ? 0 : along, v, way);
        }

        var norm = Inner.Norm(way);
        return (way, norm > 0 ? longest / norm : 0);
    }

    /// <summary>Whether what no curvature is known along has no slope either, but rounding.</summary>
    private bool IsRounding(double[] slope, double[] errors, double[] right, int rank)
    {
        for (var k = rank; k < d; k++)
        {
            var (scale, i) = (Scale[order[k]], order[k]);
            var left = scale > 0 ? (scale * slope[i]) - Inner.Product(lower.AsSpan(k * d, rank), right) : slope[i];
            if (!Stationarity.IsZero(left, (scale > 0 ? scale : 1) * errors[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Finds Newton's step along some coordinates, at the same point: others that have arrived, as far as rounding tells, say nothing of how far these have to go.</summary>
    /// <param name="direction">−∇f along them, and 0 along the others; overwritten.</param>
    public void SolveAlong(double[] direction)
    {
        Forget();
        var (rank, _) = Factor(i => direction[i] != 0);
        Write(Right(direction, rank), rank, direction);
    }

    private double[] Right(double[] direction, int rank)
    {
        var right = new double[rank];
        for (var k = 0; k < rank; k++)
        {
            right[k] = Scale[order[k]] * direction[order[k]];
        }

        Forward(right, rank);
        return right;
    }

    /// <summary>Cholesky's factors of the matrix scaled to a diagonal of ones, the largest pivot first, as far as pivots are more than rounding, those below zero by their size; answers how many, and whether there are such.</summary>
    private (int Rank, bool CurvesDown) Factor(Func<int, bool> isMeant)
    {
        for (var i = 0; i < d; i++)
        {
            var size = isMeant(i) ? Math.Abs(hessian[(i * d) + i]) : 0;
            (Scale[i], reduced[i], order[i]) = (size > 0 ? 1 / Math.Sqrt(size) : 0, size > 0 ? Math.Sign(hessian[(i * d) + i]) : 0, i);
        }

        var curvesDown = false;
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
                return (k, curvesDown);
            }

            curvesDown |= reduced[order[k]] < 0;
            var pivot = Math.Sqrt(Math.Abs(reduced[order[k]]));
            lower[(k * d) + k] = pivot;
            for (var i = k + 1; i < d; i++)
            {
                var sum = Entry(hessian, i, k) - Inner.Product(lower.AsSpan(i * d, k), lower.AsSpan(k * d, k));
                lower[(i * d) + k] = sum / pivot;
                reduced[order[i]] -= sum / pivot * (sum / pivot);
            }
        }

        return (d, curvesDown);

        // Those above zero first.
        static double Size(double pivot) => pivot > Stationarity.SumOfRoundings ? pivot : -1 / Math.Max(Math.Abs(pivot), double.Epsilon);
    }

    /// <summary>Lengthens what is along each direction of the pencil as its order asks for; false where none does.</summary>
    /// <param name="now">L⁻¹ times the right side.</param>
    /// <param name="rank">How many pivots there are.</param>
    private bool TryLengthen(double[] now, int rank)
    {
        var pencil = new double[rank * rank];
        for (var i = 0; i < rank; i++)
        {
            for (var j = 0; j < rank; j++)
            {
                pencil[(i * rank) + j] = Entry(before, i, j);
            }

            Forward(pencil.AsSpan(i * rank, rank), rank);
        }

        var column = new double[rank];
        for (var j = 0; j < rank; j++)
        {
            for (var i = 0; i < rank; i++)
            {
                column[i] = pencil[(i * rank) + j];
            }

            Forward(column, rank);
            for (var i = 0; i < rank; i++)
            {
                pencil[(i * rank) + j] = column[i];
            }
        }

        var spectrum = SymmetricEigenvalues.Decompose(pencil, rank);
        // Lᵀ times the step before, in the coordinates of the factors.
        var then = new double[rank];
        for (var k = 0; k < d; k++)
        {
            var columns = Math.Min(k + 1, rank);
            Inner.Add(Scale[order[k]] > 0 ? stepBefore[order[k]] / Scale[order[k]] : 0, lower.AsSpan(k * d, columns), then.AsSpan(0, columns));
        }

        var (isAny, longer) = (false, new double[rank]);
        for (var k = 0; k < rank; k++)
        {
            var axis = spectrum.Vector(k);
            var (part, earlier) = (Inner.Product(axis, now), Inner.Product(axis, then));
            var ratio = part / earlier;
            var isDegenerate = spectrum.Values[k] > LeastFall && ratio > LeastRatio && ratio < MostRatio;
            isAny |= isDegenerate;
            Inner.Add(isDegenerate ? part * Part / (1 - ratio) : part, axis, longer);
        }

        longer.CopyTo(now, 0);
        return isAny;
    }

    private double Entry(double[] matrix, int i, int j) => Scale[order[i]] * matrix[(order[i] * d) + order[j]] * Scale[order[j]];

    private void Forward(Span<double> b, int rank)
    {
        for (var i = 0; i < rank; i++)
        {
            b[i] = (b[i] - Inner.Product(lower.AsSpan(i * d, i), b[..i])) / lower[(i * d) + i];
        }
    }

    /// <summary>The step whose product with Lᵀ is given, in the coordinates.</summary>
    private void Write(double[] product, int rank, double[] step)
    {
        var solution = (double[])product.Clone();
        Array.Clear(step);
        for (var i = rank - 1; i >= 0; i--)
        {
            solution[i] /= lower[(i * d) + i];
            Inner.Add(-solution[i], lower.AsSpan(i * d, i), solution.AsSpan(0, i));
            step[order[i]] = Scale[order[i]] * solution[i];
        }
    }

    /// <summary>An orthonormal basis of what no curvature is known along.</summary>
    private List<double[]> Level(int rank)
    {
        var free = Enumerable.Range(rank, d - rank).Where(k => Scale[order[k]] > 0);
        var basis = new List<double[]>();
        foreach (var k in free)
        {
            // What the others do when this coordinate moves.
            var column = new double[rank];
            lower.AsSpan(k * d, rank).CopyTo(column);
            var vector = new double[d];
            vector[order[k]] = Scale[order[k]];
            for (var i = rank - 1; i >= 0; i--)
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
