namespace LandscapeGpu.Valleys;

/// <summary>Tells a stationary point from a place on a tail, where the slope merely fades: 1 − exp(−x) at x = 30 has a slope below all that its value can show, and no zero of it.</summary>
/// <remarks>
/// <para>
/// Along a direction of the Hessian, with what is steep kept at its bottom, let s(t) be the slope. Near a zero of order n − 1 it is like tⁿ⁻¹, on a tail like an exponential, a power
/// with a negative exponent, or a Gaussian far out. Over a distance η with ln s(−η) − ln s(η) = 2L, the second difference of ln s is −L²/(n − 1), at a
/// Gaussian's x standard deviations −L²/x², of an exponential 0, and of falling powers positive. A tail is where it is at least −L²/<see cref="Bend"/>, and where Newton's step is no short one.
/// </para>
/// <para>Nothing here has a unit: distances are those over which the slope itself changes e-fold.</para>
/// </remarks>
/// <param name="derivatives">The landscape's.</param>
/// <param name="bounds">Bounds of the gradient's rounding at a place.</param>
/// <param name="d">The number of coordinates.</param>
internal sealed class FadingSlope(PointDerivatives derivatives, Func<double[], double[]> bounds, int d)
{
    // A Gaussian whose slope has lost half its digits against what it is the tail of is √(2·18) = 6 standard deviations out; 25 is a little less than their square. It lets pass zeros of
    // order 25.
    public const double Bend = 25;

    // The bend of ln s is to be known to a fraction of 1/25: the slope to a hundredth.
    private const double Known = 100;

    // Directions looked at, those of the longest steps first: on a tail of several coordinates all of them tell.
    private const int MostDirections = 4;
    private const int MostDistances = 40;

    // Of Newton's, to a zero of the highest order and as far beyond it.
    private const double MostSteps = 2 * Bend;

    private readonly double[] gradient = new double[d];
    private readonly SteepFloor floor = new(derivatives, d);

    /// <summary>Whether along some direction the slope is more than rounding and has no zero nearby.</summary>
    /// <param name="point">A point that polish holds for stationary.</param>
    /// <param name="hessian">d × d there.</param>
    /// <param name="errors">Bounds of the gradient's rounding.</param>
    /// <param name="held">Coordinates that are held at a bound.</param>
    public bool IsAt(double[] point, ReadOnlySpan<double> hessian, double[] errors, IReadOnlySet<int> held)
    {
        int[] free = [.. Enumerable.Range(0, d).Where(i => !held.Contains(i))];
        derivatives.Gradient(point, gradient);
        double[] slope = [.. free.Select(i => gradient[i])];
        var form = new double[free.Length * free.Length];
        for (var e = 0; e < form.Length; e++)
        {
            form[e] = hessian[(free[e / free.Length] * d) + free[e % free.Length]];
        }

        if (free.All(i => gradient[i] == 0) || !form.All(double.IsFinite) || !slope.All(double.IsFinite))
        {
            return false;
        }

        double[] scale = [.. Equilibration.Of(form, free.Length).Select(s => s > 0 && double.IsFinite(s) ? s : 1)];
        var scaled = Equilibration.Apply(scale, form);
        var basis = SymmetricEigenvalues.Decompose(scaled.ToArray(), free.Length);
        var reach = derivatives.Region.Reach(point);
        return FadesAmong([.. Enumerable.Range(0, free.Length).Select(k => Along(basis.Vector(k), basis.Values[k]))])
            // Where one curvature is nothing beside another scaling makes them alike, and an eigenvector may be of both: the rounding of the steep slope then hides the other.
            || (scale.Min() * scale.Min() < Stationarity.HalfTheDigits * scale.Max() * scale.Max() && FadesAmong([.. Conjugate(scaled, scale).Select(c => Along(c.Vector, c.Curvature))]));

        bool FadesAmong(Direction[] all)
        {
            var stiff = Stationarity.HalfTheDigits * all.Max(a => Math.Abs(a.Curvature));
            var settled = all.Where(a => Math.Abs(a.Curvature) > stiff && !(a.Step > Stationarity.HalfTheDigits * reach)).ToArray();
            double[][] steep = [.. settled.Select(a => a.Vector)];
            var open = all.Where(a => a.IsKnown && a.Step > Stationarity.HalfTheDigits * reach).OrderByDescending(a => a.Step).ToArray();
            return (open.Length > 1 && Fades(point, Together(open), steep, reach)) || open.Take(MostDirections).Any(a => Fades(point, a, steep, reach));
        }

        Direction Along(ReadOnlySpan<double> v, double curvature)
        {
            var (u, s, wrong) = (new double[d], 0.0, 0.0);
            for (var k = 0; k < free.Length; k++)
            {
                u[free[k]] = scale[k] * v[k];
                s += u[free[k]] * slope[k];
                wrong += Math.Abs(u[free[k]]) * (errors[free[k]] + (Stationarity.SumOfRoundings * Math.Abs(slope[k])));
            }

            return new(u, s, curvature, Math.Abs(s / curvature) * Inner.Norm(u), Math.Abs(s) > Known * wrong);
        }
    }

    /// <summary>Each coordinate with those that are steeper kept at their bottom: conjugate directions, from the steepest on.</summary>
    private static List<(double[] Vector, double Curvature)> Conjugate(ReadOnlySpan<double> scaled, double[] scale)
    {
        var n = scale.Length;
        var found = new List<(double[] Vector, double Curvature)>();
        foreach (var i in Enumerable.Range(0, n).OrderBy(i => scale[i]))
        {
            var row = scaled.Slice(i * n, n);
            var v = new double[n];
            v[i] = 1;
            var curvature = row[i];
            foreach (var (other, own) in found.Where(f => f.Curvature != 0))
            {
                var share = Inner.Product(row, other) / own;
                Inner.Add(-share, other, v);
                curvature -= share * share * own;
            }

            found.Add((v, curvature));
        }

        return found;
    }

    /// <summary>Whether ln s bends so little as on a tail, by two slopes against that in the middle between them, and half of what their logarithms differ by.</summary>
    public static bool Bends(double ahead, double behind, double half) => -(Math.Log(ahead) + Math.Log(behind)) <= half * half / Bend;

    /// <summary>A direction of the scaled Hessian, with the slope and curvature along it, and the length of Newton's step.</summary>
    private sealed record Direction(double[] Vector, double Slope, double Curvature, double Step, bool IsKnown);

    /// <summary>Newton's step: of a tail exp(−φ) it goes along φ''⁻¹∇φ, where ln s bends least.</summary>
    private static Direction Together(Direction[] open)
    {
        var (step, slope) = (new double[open[0].Vector.Length], 0.0);
        foreach (var a in open)
        {
            var share = -a.Slope / a.Curvature;
            Inner.Add(share, a.Vector, step);
            slope += share * a.Slope;
        }

        return new(step, slope, double.NaN, Inner.Norm(step), true);
    }

    private bool Fades(double[] point, Direction along, double[][] settled, double reach)
    {
        // What is steep may be a rounding above its bottom, and a slope that this alone makes is none: a·exp(−bt) has one along b unless a is 0 to the last digit.
        var (here, _) = floor.SlopeAt(point, along.Vector, 0, settled);
        if (!(Math.Abs(here - along.Slope) <= 0.1 * Math.Abs(along.Slope)))
        {
            return false;
        }

        var length = Inner.Norm(along.Vector);
        var distance = Math.Min(along.Step, reach) / 8 / length;
        var (low, high) = (0.0, double.PositiveInfinity);
        for (var k = 0; k < MostDistances && distance * length < reach; k++)
        {
            var ((one, front), (other, back)) = (floor.SlopeAt(point, along.Vector, distance, settled), floor.SlopeAt(point, along.Vector, -distance, settled));
            var (ahead, behind) = (one / here, other / here);
            if (double.IsNaN(ahead) || double.IsNaN(behind) || ahead < 0 || behind < 0)
            {
                // Nothing is known there, or the slope has a zero on the way.
                return false;
            }

            var half = Math.Abs(Math.Log(ahead / behind)) / 2;
            if (half is >= 1 and <= 2)
            {
                return Bends(ahead, behind, half) && IsKnownAt(front, along, one) && IsKnownAt(back, along, other) && !HasZeroAhead(point, along, here, settled);
            }

            (low, high) = half < 1 ? (distance, high) : (low, distance);
            distance = double.IsPositiveInfinity(high) ? 2 * distance : low == 0 ? distance / 2 : Math.Sqrt(low * high);
        }

        return false;
    }

    /// <summary>Whether downhill the slope gets shorter and shorter until it has passed a zero: where orders meet, as of t⁴ + 10⁶t¹⁰, ln s may bend less than that of either, or the other way.</summary>
    /// <remarks>
    /// The zero of order n − 1 is n − 1 of Newton's steps away. What lies beyond it may be of any size: the higher order's slope soon is. Down from a plateau into a well, where another minimum is, the slope
    /// gets longer first.
    /// </remarks>
    private bool HasZeroAhead(double[] point, Direction along, double here, double[][] settled)
    {
        var step = -Math.Sign(here) * along.Step / Inner.Norm(along.Vector);
        for (var steps = 1; steps <= 2 * MostSteps; steps *= 2)
        {
            var (slope, place) = floor.SlopeAt(point, along.Vector, steps * step, settled);
            if (slope / here >= 1 || (slope / here < 0 && IsKnownAt(place, along, slope)))
            {
                return slope / here < 0;
            }
        }

        return false;
    }

    /// <summary>Whether a slope is more than rounding: near 0/0 slopes are all rounding, and bend in any way.</summary>
    private bool IsKnownAt(double[] place, Direction along, double slope)
    {
        var rounding = bounds(place);
        var wrong = Enumerable.Range(0, d).Where(i => along.Vector[i] != 0).Sum(i => Math.Abs(along.Vector[i]) * rounding[i]);
        return Math.Abs(slope) > Known * wrong;
    }
}
