namespace LandscapeGpu.Surveys;

/// <summary>Goes down to a minimum where f may have no gradient: by quasi-Newton steps, along creases, and down what gradients nearby have in common.</summary>
/// <remarks>
/// Where <see cref="QuasiNewtonSteps"/> comes to a stop, one step goes down the shortest vector of the convex hull
/// of the gradients nearby: J. Burke, A. Lewis, M. Overton: A robust gradient sampling algorithm for nonsmooth, nonconvex optimization (SIAM J. Optim. 15,
/// 2005, 751). All is in units of the scale.
/// </remarks>
/// <param name="values">The landscape.</param>
/// <param name="scale">The unit of each coordinate.</param>
/// <param name="hasCreases">Whether the formula can have creases, cusps or jumps at all.</param>
internal sealed class KinkDescent(MirroredValues values, double[] scale, bool hasCreases)
{
    private const int MostHulls = 16;

    // Each axis takes a search of its own.
    private const int MostSettled = 8;

    private readonly int d = scale.Length;
    private readonly double[] gradient = new double[scale.Length];
    private readonly QuasiNewtonSteps steps = new(values, scale);
    private readonly CreaseWalk crease = new(values, scale);
    private readonly JumpSides sides = new(values, scale);

    /// <summary>Whether the last descent came to a cusp.</summary>
    public bool WasSteep { get; private set; }

    /// <summary>Goes down from a point, in place; returns the value there.</summary>
    /// <param name="point">d coordinates.</param>
    /// <param name="seed">Random directions follow from it.</param>
    /// <param name="most">No more evaluations than about so many.</param>
    /// <param name="hulls">How many times a new start is made where steps end; once is enough to come to a crease.</param>
    public double Run(double[] point, int seed, long most, int hulls = MostHulls)
    {
        var end = values.Evaluations + most;
        steps.Nearby.Forget();
        var f = steps.Look(point, gradient);
        var start = (Point: (double[])point.Clone(), Value: f);
        if (!gradient.All(double.IsFinite))
        {
            // On the axis of a cusp there is no gradient to begin with.
            var aside = Orthonormal.Rows(1, d, (ulong)seed);
            for (var i = 0; i < d; i++)
            {
                point[i] += QuasiNewtonSteps.FirstStep * scale[i] * aside[i];
            }

            f = steps.Look(point, gradient);
        }

        var (hasWalked, hasFollowed) = (false, false);
        WasSteep = false;
        for (var turn = 1; values.Evaluations < end && double.IsFinite(f); turn++)
        {
            var before = f;
            f = steps.Down(point, f, end);
            if (turn >= hulls)
            {
                break;
            }

            // What a walk along a crease has come to and steps do not lower by more than its rounding is the bottom.
            if (hasWalked && !(f < before - Known(point, f)))
            {
                break;
            }

            hasWalked = hasCreases && crease.TryDown(point, ref f, Known(point, f), end);
            hasFollowed |= hasWalked;
            if (!hasWalked && !TryAlong(point, ref f, Hull(point, KinkKinds.Nearby, seed + turn).Down) && !TryAxes(point, ref f))
            {
                break;
            }
        }

        if (hasCreases && hulls > 1 && d is > 1 and <= MostSettled)
        {
            WasSteep = crease.IsSteep(point);
            if (WasSteep || hasFollowed)
            {
                crease.Settle(point, ref f);
            }
        }

        if (!(f <= start.Value))
        {
            start.Point.CopyTo(point, 0);
            f = start.Value;
        }

        values.Inside(point);
        if (values.OntoEdge(point, f) is var (onto, edge, _))
        {
            onto.CopyTo(point, 0);
            f = edge;
        }

        return f;
    }

    /// <summary>The shortest vector of the hull of gradients near a point.</summary>
    public GradientHull Hull(double[] point, double radius, int seed, int bases = 1) => steps.Nearby.Hull(point, radius, seed, bases);

    /// <summary>Whether f falls by more than its rounding down the shortest vector of a hull, or along the crease that a point is on.</summary>
    public bool Falls(double[] point, double f, double rounding, GradientHull hull) =>
        hull.Length > 0 && (Lowest(Along(point, hull.Down).Values, f, rounding) >= 0 || (hasCreases && crease.Falls(point, f, rounding)));

    /// <summary>Whether f falls along the crease that a point is on, by more than its rounding and what it changes by over a step that is hardly one.</summary>
    public bool FallsAlongCrease(double[] point, double f, double rounding) => crease.Falls(point, f, Math.Max(rounding, 0) + Known(point, f));

    /// <summary>The lowest of values along a way that is reached without a rise: what lies beyond a ridge is another minimum's, however low.</summary>
    /// <param name="along">The values, the nearest last.</param>
    /// <param name="f">The value that the way begins at.</param>
    /// <param name="rounding">What is no fall yet, and no rise either.</param>
    /// <returns>Which of them; −1 where f rises before it falls.</returns>
    private static int Lowest(double[] along, double f, double rounding)
    {
        var (best, least, most) = (-1, f - rounding, f + rounding);
        for (var k = along.Length - 1; k >= 0 && along[k] <= most; k--)
        {
            // Of level ground the far end: its edge is not what the rest of it is like.
            if (along[k] < least || (best >= 0 && along[k] == least))
            {
                (best, least, most) = (k, along[k], along[k]);
            }
        }

        return best;
    }

    /// <summary>Points along a unit vector, a unit of the scale away and nearer and nearer, with their values.</summary>
    private (double[] Points, double[] Values) Along(double[] point, double[] way)
    {
        var (along, found) = (new double[QuasiNewtonSteps.MostTrials * d], new double[QuasiNewtonSteps.MostTrials]);
        for (var e = 0; e < along.Length; e++)
        {
            along[e] = point[e % d] + (Math.ScaleB(1, -(e / d)) * scale[e % d] * way[e % d]);
        }

        values.At(along, found);
        return (along, found);
    }

    /// <summary>Along a unit vector; whether f was seen to be lower.</summary>
    private bool TryAlong(double[] point, ref double f, double[] way)
    {
        if (!way.All(double.IsFinite))
        {
            return false;
        }

        var (along, lower) = Along(point, way);
        // What rounding may have done is no way down.
        var best = Lowest(lower, f, Stationarity.Margin * Stationarity.UnitRoundoff * Math.Abs(f));
        if (best < 0)
        {
            return false;
        }

        along.AsSpan(best * d, d).CopyTo(point);
        f = lower[best];
        return true;
    }

    /// <summary>Along each axis: the other coordinates keep their last digits, which on a steep crease may be worth more than all there is to gain.</summary>
    private bool TryAxes(double[] point, ref double f)
    {
        var isLower = false;
        for (var i = 0; i < 2 * d; i++)
        {
            isLower |= TryAlong(point, ref f, [.. Enumerable.Range(0, d).Select(k => k != i / 2 ? 0.0 : i % 2 == 0 ? 1 : -1)]);
        }

        return isLower;
    }

    /// <summary>How well f is known at a point: to its last digits, and to what it changes by over a step that is hardly one.</summary>
    private double Known(double[] point, double f) => (Stationarity.Margin * Stationarity.UnitRoundoff * Math.Abs(f)) + sides.BlurAt(point, f);
}
