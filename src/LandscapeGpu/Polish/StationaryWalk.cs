namespace LandscapeGpu.Polish;

/// <summary>One start on its way to a stationary point of any index: Levenberg and Marquardt's method on ∇f, then Newton's.</summary>
/// <remarks>
/// Far away a step solves (H² + λI) p = −Hg, the damped Gauss–Newton step for ½‖∇f‖², whose Jacobian is the Hessian H; λ follows
/// the gain ratio (Nielsen 1999, Damping parameter in Marquardt's method). Near a zero of ∇f, p = −H⁺g from H's spectrum: that
/// does not square H's condition number, and leaves flat directions alone. H and g are divided by the largest entry of H, so that no square of
/// them underflows far out on a tail.
/// </remarks>
/// <param name="dimension">The number of coordinates.</param>
/// <param name="region">Where a walk stays on the face that it begins on; null where it knows no sides.</param>
internal sealed class StationaryWalk(int dimension, Region? region = null) : HessianWalk(dimension)
{
    /// <summary>The trial points of one walk, at most.</summary>
    /// <remarks>Newton's method doubles the digits a step; degenerate points gain only a constant factor and need the rest.</remarks>
    public int MostSteps { get; init; } = 300;

    /// <summary>Whether a walk stays where it begins if the gradient is zero to its rounding there: where all curvature is rounding as well, as on a level floor, Newton's step leads anywhere.</summary>
    public bool StaysWhereLevel { get; init; }

    /// <summary>Of 1 + ‖x‖: Newton's step is trusted where it is this short.</summary>
    public const double Near = 1e-3;

    // The first damping, against the largest entry of H²: Marquardt's customary share.
    private const double FirstDamping = 1e-3;

    // Beyond this a step is shorter than a rounding of the point.
    private const double MostDamping = 1 / (Stationarity.UnitRoundoff * Stationarity.UnitRoundoff);

    private readonly double[] step = new double[dimension];
    private readonly double[] scaled = new double[dimension * dimension];
    private readonly double[] square = new double[dimension * dimension];
    private readonly double[] factor = new double[dimension * dimension];
    private readonly double[] pivots = new double[dimension];
    private readonly double[] right = new double[dimension];
    private double damping;
    private double growth;
    private double predicted;
    private double largest;
    private double length;
    private bool refining;
    private int[] sides = [];
    private HeldFace face = HeldFace.None;
    private HeldFace ahead = HeldFace.None;

    /// <summary>
    /// The gradient is zero to its rounding, and Newton's step leads nowhere. On a tail, where slope and curvature fade together, the gradient is far
    /// above the rounding of its own formula however short it is.
    /// </summary>
    public override bool IsStationary => Steps > 0 && IsZero && (Norm == 0 || length <= Stationarity.QuarterOfTheDigits * Scale);

    public override void Begin(int item, ReadOnlySpan<double> start)
    {
        base.Begin(item, start);
        (refining, damping, growth, length) = (false, -1, 2, double.PositiveInfinity);
        sides = region is null ? [] : [.. region.Active(start).Select(s => s.First)];
    }

    /// <summary>Takes the trial point if ‖∇f‖ is smaller there; true if the walk has ended.</summary>
    protected override bool HasEnded(Trial trial)
    {
        if (sides.Length > 0)
        {
            ahead = HeldFace.OfThose(region!, Ahead, trial.Gradient, sides);
            ahead.Free(Ahead, trial.Gradient, trial.Errors);
        }

        var norm = Length(trial.Gradient);
        var finite = double.IsFinite(trial.Value) && double.IsFinite(norm);
        if (Steps == 0 && !finite)
        {
            return true;
        }

        if (Steps > 0 && !(finite && norm < Norm))
        {
            damping *= growth;
            growth *= 2;
            // Where Newton's step does not shorten the gradient any more, rounding does not let it.
            return refining || damping > MostDamping || ++Steps > MostSteps;
        }

        if (Steps > 0 && !refining)
        {
            var gain = 0.5 * ((Norm / largest * (Norm / largest)) - (norm / largest * (norm / largest))) / Math.Max(predicted, double.Epsilon);
            damping *= Math.Max(1.0 / 3, 1 - Math.Pow((2 * gain) - 1, 3));
            growth = 2;
        }

        Accept(trial);
        face = ahead;
        if (Steps == 1 && StaysWhereLevel && IsZero)
        {
            length = 0;
            return true;
        }

        return Steps > MostSteps || norm == 0 || HasEscaped;
    }

    /// <summary>The next trial point from the Hessian at the present one; true if the walk has ended.</summary>
    public override bool Turn(double[] hessian)
    {
        face.Project(hessian, D);
        largest = Inner.Largest(hessian);
        if (!double.IsFinite(largest) || largest == 0)
        {
            return true;
        }

        for (var e = 0; e < hessian.Length; e++)
        {
            scaled[e] = hessian[e] / largest;
        }

        if (!refining)
        {
            if (!TryDampen())
            {
                return true;
            }

            refining = Length(step) <= Near * Scale;
        }

        if (refining)
        {
            Refine();
            if (length > 100 * Near * Scale)
            {
                // A nearly singular Hessian promises a zero far away.
                return true;
            }
        }

        Advance(step);
        var isHidden = IsHidden(step);
        if (sides.Length > 0)
        {
            // A step along a curved side leaves it.
            region!.TryProject(Ahead);
        }

        return isHidden;
    }

    private bool TryDampen()
    {
        // H² and −Hg, of the upper triangle.
        Array.Clear(square);
        for (var i = 0; i < D; i++)
        {
            var row = scaled.AsSpan(i * D, D);
            right[i] = -Inner.Product(row, Gradient) / largest;
            for (var k = 0; k < D; k++)
            {
                Inner.Add(row[k], scaled.AsSpan((k * D) + i, D - i), square.AsSpan((i * D) + i, D - i));
            }
        }

        if (damping < 0)
        {
            damping = FirstDamping * LargestPivot(square);
        }

        var factors = ArrayFactors.Of(square, factor, pivots);
        while (!factors.TryFactor(damping))
        {
            damping = Math.Max(10 * damping, Stationarity.UnitRoundoff);
            if (!(damping <= MostDamping))
            {
                return false;
            }
        }

        right.CopyTo(step, 0);
        factors.Substitute(new(step));
        predicted = 0;
        for (var i = 0; i < D; i++)
        {
            predicted += 0.5 * step[i] * ((damping * step[i]) + right[i]);
        }

        length = Length(step);
        return true;
    }

    private void Refine()
    {
        var spectrum = SymmetricEigenvalues.Decompose(scaled, D);
        var values = spectrum.Values;
        var floor = Stationarity.HalfTheDigits * Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
        Array.Clear(step);
        for (var k = 0; k < D; k++)
        {
            if (Math.Abs(values[k]) <= floor)
            {
                continue;
            }

            var v = spectrum.Vector(k);
            Inner.Add(-Inner.Product(v, Gradient) / largest / values[k], v, step);
        }

        length = Length(step);
    }
}
