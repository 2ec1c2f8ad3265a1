namespace LandscapeGpu.Surveys;

/// <summary>Quasi-Newton steps down to where they come to a stop; their matrix learns creases as the steep directions that they are.</summary>
/// <remarks>
/// BFGS with a line search that asks for a fall and for a slope that has become less steep, and for no more: A. Lewis, M. Overton: Nonsmooth optimization
/// via quasi-Newton methods (Mathematical Programming 141, 2013, 135).
/// </remarks>
/// <param name="values">The landscape.</param>
/// <param name="scale">The unit of each coordinate.</param>
internal sealed class QuasiNewtonSteps(MirroredValues values, double[] scale)
{
    // Of Lewis and Overton.
    private const double LessSteep = 0.5;

    // Halvings and doublings of a step: a double's digits and some.
    public const int MostTrials = 60;

    // How far the first step is.
    public const double FirstStep = 1e-4;

    // A step that is shorter is none.
    private const double NearestStep = 1e-15;

    private readonly int d = scale.Length;
    private readonly double[] gradient = new double[scale.Length];
    private readonly double[] direction = new double[scale.Length];
    private readonly double[] next = new double[scale.Length];
    private readonly double[] nextGradient = new double[scale.Length];
    private readonly InverseHessian inverse = new(scale.Length);
    private readonly double[] value = new double[1];

    /// <summary>Gradients that were seen on the way.</summary>
    public NearbyGradients Nearby { get; } = new(values, scale);

    private int MostSteps => 50 + (10 * d);

    /// <summary>Goes down from a point of a value, in place; returns the value there.</summary>
    public double Down(double[] point, double f, long end)
    {
        Look(point, gradient);
        var isNew = true;
        var small = 0;
        for (var steps = 0; steps < MostSteps && values.Evaluations < end && small < 2; steps++)
        {
            if (isNew)
            {
                var length = Math.Sqrt(gradient.Sum(g => g * g));
                inverse.Reset(length > 0 ? FirstStep / length : 0);
            }

            var slope = 0.0;
            for (var i = 0; i < d; i++)
            {
                direction[i] = -inverse.Row(i, gradient);
                slope += direction[i] * gradient[i];
            }

            if (!(slope < 0))
            {
                return f;
            }

            var before = f;
            if (!TryStep(point, ref f, slope, out var share, out var hasTurned))
            {
                return f;
            }

            values.Retract(point);
            // Nor is a fall that is less than what f changes by over a step that is none.
            small = share * Math.Sqrt(direction.Sum(e => e * e)) < NearestStep || before - f < NearestStep * Math.Sqrt(gradient.Sum(g => g * g)) ? small + 1 : 0;
            if (hasTurned)
            {
                inverse.Learn([.. direction.Select(e => share * e)], [.. nextGradient.Zip(gradient, (after, before) => after - before)], isNew);
                isNew = false;
            }

            nextGradient.CopyTo(gradient, 0);
        }

        return f;
    }

    /// <summary>A step along the direction at whose end f is lower and its slope less steep; the best there was where none has both.</summary>
    private bool TryStep(double[] point, ref double f, double slope, out double share, out bool hasTurned)
    {
        var (low, high) = (0.0, double.PositiveInfinity);
        (share, hasTurned) = (1, false);
        for (var trial = 0; trial < MostTrials; trial++)
        {
            Ahead(point, direction, share);
            var there = Look(next, nextGradient);
            if (!(there <= f + (Stationarity.SufficientDecrease * share * slope) && there < f))
            {
                high = share;
            }
            else if (Inner.Product(nextGradient, direction) < LessSteep * slope)
            {
                low = share;
            }
            else if (nextGradient.All(double.IsFinite))
            {
                next.CopyTo(point, 0);
                f = there;
                return hasTurned = true;
            }
            else
            {
                high = share;
            }

            share = double.IsInfinity(high) ? 2 * share : 0.5 * (low + high);
        }

        if (low == 0)
        {
            return false;
        }

        share = low;
        Ahead(point, direction, share);
        f = Look(next, nextGradient);
        next.CopyTo(point, 0);
        return true;
    }

    /// <summary>f and the gradient in units of the scale.</summary>
    public double Look(double[] at, double[] slope)
    {
        values.At(at, value, slope);
        for (var i = 0; i < d; i++)
        {
            slope[i] *= scale[i];
        }

        Nearby.Note(at, slope);
        return value[0];
    }

    private void Ahead(double[] point, double[] along, double share)
    {
        for (var i = 0; i < d; i++)
        {
            next[i] = point[i] + (share * scale[i] * along[i]);
        }
    }
}
