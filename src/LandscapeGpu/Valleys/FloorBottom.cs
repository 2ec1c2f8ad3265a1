namespace LandscapeGpu.Valleys;

/// <summary>Where the bottom of a floor lies, and which ways along it have no curvature.</summary>
/// <param name="objective">The landscape: on the whole space or in a box.</param>
/// <param name="derivatives">Its derivatives.</param>
/// <param name="slopes">The same at single points.</param>
/// <param name="rounding">Bounds of the value's rounding.</param>
internal sealed class FloorBottom(Objective objective, Derivatives derivatives, PointDerivatives slopes, HessianRounding rounding) : IDisposable
{
    // Against curvatures of 1: where such a shift has not led down nothing does.
    private const double MostShift = 1e6;
    private const double Damping = 10;

    private readonly Region region = objective.Region;
    // Of all lanes: d² numbers for each, which most points never ask for.
    private readonly Lazy<LaneHessians> hessians = new(() => new(derivatives, objective));
    private readonly int d = derivatives.Dimension;
    private readonly double flops = (derivatives.Dimension * derivatives.ProductFlops) + Math.Pow(derivatives.Dimension, 3);
    private readonly double[] gradient = new double[derivatives.Dimension];

    /// <summary>How many operations have been taken.</summary>
    public double Spent { get; private set; }

    public double[] HessianAt(double[] place) => hessians.Value.At(place);

    public void Dispose()
    {
        if (hessians.IsValueCreated)
        {
            hessians.Value.Dispose();
        }
    }

    /// <summary>Curvatures at a place and their directions, in units that make curvatures alike; none where they are not known.</summary>
    public IEnumerable<(double Value, double[] Direction)> Curvatures(double[] place)
    {
        Spent += flops;
        var hessian = HessianAt(place);
        if (!double.IsFinite(Inner.Largest(hessian)))
        {
            return [];
        }

        double[] scale = [.. Equilibration.Of(hessian, d).Select(s => s > 0 && double.IsFinite(s) ? s : 1)];
        var basis = SymmetricEigenvalues.Decompose(Equilibration.Apply(scale, hessian), d);
        return Enumerable.Range(0, d).Select(k => (basis.Values[k], basis.Vector(k).ToArray().Zip(scale, (v, s) => v * s).ToArray()));
    }

    /// <summary>Directions without curvature at a place.</summary>
    public List<double[]> Flat(double[] place)
    {
        var curvatures = Curvatures(place).ToList();
        var none = Stationarity.HalfTheDigits * curvatures.Select(c => Math.Abs(c.Value)).DefaultIfEmpty(0).Max();
        return [.. curvatures.Where(c => Math.Abs(c.Value) <= none).Select(c => c.Direction)];
    }

    /// <summary>How a way goes on along what has no curvature at a place; null where all has.</summary>
    public double[]? Turned(double[] place, double[] way)
    {
        var turned = new double[d];
        foreach (var direction in Flat(place))
        {
            Inner.Add(Inner.Product(way, direction) / Inner.Product(direction, direction), direction, turned);
        }

        return TryMakeUnit(turned) ? turned : null;
    }

    /// <summary>Makes a direction one of length 1; false where it has none.</summary>
    public static bool TryMakeUnit(double[] way)
    {
        var length = Inner.Norm(way);
        Inner.Scale(1 / length, way);
        return double.IsFinite(1 / length);
    }

    /// <summary>The bottom of what lies across a way, by damped Newton steps; null where nothing is known of the value.</summary>
    public FloorPlace? Settled(double[] start, double[] way, HashSet<int> held, int most)
    {
        double[] place = [.. start];
        var value = slopes.Gradient(place, gradient);
        var (bound, toFall, shift) = (rounding.ExactValueBound(place), 0.0, Stationarity.HalfTheDigits);
        for (var k = 0; k < most; k++)
        {
            Spent += flops;
            var hessian = HessianAt(place);
            if (!double.IsFinite(value + bound) || !double.IsFinite(Inner.Largest(hessian)))
            {
                return null;
            }

            var form = new AcrossForm(hessian, way, held);
            var (next, reached) = (place, double.NaN);
            toFall = double.NaN;
            for (; shift < MostShift && !(reached < value); shift *= Damping)
            {
                if (form.Step(gradient, shift) is not { } step)
                {
                    continue;
                }

                // Of Newton's own step, or nearly that.
                toFall = double.IsNaN(toFall) ? step.Fall : toFall;
                if (Stationarity.IsHidden(step.Fall, bound))
                {
                    break;
                }

                next = [.. place.Zip(step.Step, (x, p) => x + p)];
                region.TryProject(next);
                reached = slopes.Value(next);
            }

            if (!(reached < value))
            {
                break;
            }

            (place, shift) = (next, Math.Max(shift / (Damping * Damping), Stationarity.HalfTheDigits));
            value = slopes.Gradient(place, gradient);
            bound = rounding.ExactValueBound(place);
        }

        return double.IsFinite(toFall + bound) ? new(place, value, bound + toFall) : null;
    }
}
