namespace LandscapeGpu.Surveys;

/// <summary>Goes down along a crease, or along the edge of a jump: steps along what is left of the slope, each followed by a search across that brings it back to the bottom.</summary>
/// <remarks>
/// At the bottom of √|l(x)| the slopes across are as long as one looks near, and a way that leaves the crease by a rounding rises before it falls. C. Lemaréchal,
/// F. Oustry, C. Sagastizábal: The U-Lagrangian of a convex function (Trans. AMS 352, 2000, 711) calls these subspaces V and U. All is in units of the scale.
/// </remarks>
internal sealed class CreaseWalk
{
    /// <summary>How far a first step goes.</summary>
    public const double FirstStep = 1e-3;

    // How near one is none.
    private const double NearestStep = 1e-12;
    private const double LongestStep = 0.25;

    /// <summary>Of what the slope promises, a step along a crease comes to this, or it went elsewhere.</summary>
    public const double Promised = 0.25;

    // So many corners are passed.
    private const int MostCorners = 8;

    /// <summary>Where it is looked whether f falls, the nearest first.</summary>
    public static readonly double[] Lengths = [CreaseShape.Farther, 1e-5, 1e-4, 1e-3, 1e-2];

    private readonly MirroredValues values;
    private readonly double[] scale;
    private readonly int d;
    private readonly CreaseSteps steps;
    private readonly CreaseShape shape;
    private readonly CreaseCorners corners;

    /// <param name="values">The landscape.</param>
    /// <param name="scale">The unit of each coordinate.</param>
    public CreaseWalk(MirroredValues values, double[] scale)
    {
        (this.values, this.scale, d) = (values, scale, scale.Length);
        steps = new(values, scale);
        shape = new(values, scale, steps);
        corners = new(shape, steps, scale);
    }

    private int MostSteps => 40 + (10 * d);

    /// <summary>Goes down along the crease that a point is on, in place; whether f is lower there by more than its rounding.</summary>
    /// <param name="point">d coordinates.</param>
    /// <param name="f">f there.</param>
    /// <param name="rounding">What is no fall yet.</param>
    /// <param name="last">No step begins after so many evaluations.</param>
    public bool TryDown(double[] point, ref double f, double rounding, long last)
    {
        var from = f;
        if (d == 1)
        {
            return false;
        }

        for (var corner = 0; corner < MostCorners && values.Evaluations < last; corner++)
        {
            Follow((at, _) => shape.HasTwoSides(at) ? shape.CreaseAt(at) : null, point, ref f, rounding, last);
            Follow(shape.EdgeAt, point, ref f, rounding, last);
            if (!shape.IsSteep(point) || corners.AroundCorner(point, f, rounding) is not var (there, low))
            {
                break;
            }

            there.CopyTo(point, 0);
            f = low;
        }

        return f < from - rounding;
    }

    /// <summary>Whether f falls along the crease that a point is on, about as much as the slope along it promises, or along one of those that meet there.</summary>
    /// <param name="point">d coordinates.</param>
    /// <param name="f">f there.</param>
    /// <param name="rounding">What is no fall yet.</param>
    public bool Falls(double[] point, double f, double rounding)
    {
        if (d == 1)
        {
            return false;
        }

        var isOnCrease = shape.HasTwoSides(point);
        return FallsAlong(isOnCrease ? shape.CreaseAt(point) : null) || FallsAlong(shape.EdgeAt(point, f)) || (isOnCrease && shape.IsSteep(point) && corners.AroundCorner(point, f, rounding) is not null);

        bool FallsAlong(Crease? crease) => crease is not null && Lengths.Any(length => steps.Along(point, crease, length).Value is var low && low < f - rounding && low < f - (Promised * crease.Slope * length));
    }

    /// <summary>Takes a point to the corner beside it where creases and jumps meet, in place.</summary>
    public void Settle(double[] point, ref double f) => corners.Settle(point, ref f);

    /// <summary>Whether slopes are longer the nearer one looks, as beside a cusp: kinks that are none are met by other steps.</summary>
    public bool IsSteep(double[] point) => shape.IsSteep(point);

    /// <summary>Steps along a crease until its bottom or its end.</summary>
    private void Follow(Func<double[], double, Crease?> wayAt, double[] point, ref double f, double rounding, long last)
    {
        var (crease, length) = (wayAt(point, f), FirstStep);
        for (var step = 0; crease is not null && step < MostSteps && length > NearestStep && values.Evaluations < last; step++)
        {
            var (there, low) = steps.Along(point, crease, length);
            var isThere = low <= f + rounding && KinkSearch.Apart(there, point, scale) is var moved && moved > Promised * length && moved < length / Promised;
            var next = isThere ? wayAt(there, low) : null;
            // A value that rounding hides is judged by the slope: it has to be shorter.
            if (!isThere || !(low < f - rounding || next is null || next.Slope < 0.5 * crease.Slope))
            {
                length *= 0.25;
                continue;
            }

            there.CopyTo(point, 0);
            f = low;
            // As long as the slope along the way has changed by, the next step is that of its zero.
            var bent = next is null ? 0 : crease.Slope + Inner.Product(next.Vector, crease.Down);
            length = Math.Min(LongestStep, bent > 0 ? Math.Min(4 * length, length * next!.Slope / bent) : 4 * length);
            crease = next;
        }
    }
}
