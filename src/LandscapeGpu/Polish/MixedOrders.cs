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
    private readonly PivotedFactors factors = new(d);
    private readonly double[] before = new double[d * d];
    private readonly double[] stepBefore = new double[d];
    private bool hasBefore;
    private bool isKnown;

    /// <summary>A unit of each coordinate, in which the Hessian's diagonal is 1.</summary>
    public double[] Scale => factors.Scale;

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
        if (!hessian.All(double.IsFinite))
        {
            // What is not a number has no pivots, as what has no curvature: a step that is no step would end there as if it had arrived.
            IsWhole = false;
            Array.Fill(direction, double.NaN);
            return;
        }

        factors.Find(hessian, _ => true);
        var right = factors.Right(direction);
        IsWhole = !factors.CurvesDown && factors.IsRounding(direction, errors, right);
        factors.Solve(right, Newton);
        var level = factors.Level();
        foreach (var v in level)
        {
            // Of all steps that solve the equations the shortest.
            Inner.Add(-Inner.Product(v, Newton), v, Newton);
        }

        var (way, length) = Downhill(level, direction, errors, longest);
        Inner.Add(length, way, Newton);
        IsLeap = hasBefore && length == 0 && TryLengthen(right);
        if (IsLeap)
        {
            factors.Solve(right, direction);
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

    /// <summary>Finds Newton's step along some coordinates, at the same point: others that have arrived, as far as rounding tells, say nothing of how far these have to go.</summary>
    /// <param name="direction">−∇f along them, and 0 along the others; overwritten.</param>
    public void SolveAlong(double[] direction)
    {
        Forget();
        factors.Find(hessian, i => direction[i] != 0);
        factors.Solve(factors.Right(direction), direction);
    }

    /// <summary>Lengthens what is along each direction of the pencil as its order asks for; false where none does.</summary>
    /// <param name="now">L⁻¹ times the right side.</param>
    private bool TryLengthen(double[] now)
    {
        var rank = factors.Rank;
        var pencil = new double[rank * rank];
        for (var i = 0; i < rank; i++)
        {
            for (var j = 0; j < rank; j++)
            {
                pencil[(i * rank) + j] = factors.Entry(before, i, j);
            }
        }

        Inner.OnBothSides(pencil, rank, factors.Forward);
        var spectrum = SymmetricEigenvalues.Decompose(pencil, rank);
        var then = factors.Transposed(stepBefore);
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
}
