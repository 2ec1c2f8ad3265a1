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

    /// <summary>d.</summary>
    public int Dimension => d;

    /// <summary>How many operations have been taken.</summary>
    public double Spent { get; private set; }

    public double[] HessianAt(double[] place) => hessians.Value.At(place);

    /// <summary>The Hessian's entries that are more than their rounding, and zeros: what is nothing would be scaled up to what is.</summary>
    public double[] KnownHessianAt(double[] place) => RoundedScaling.Known(HessianAt(place), [.. rounding.Bounds(place).Select(b => double.IsFinite(b) ? b : 0)]);

    public void Dispose()
    {
        if (hessians.IsValueCreated)
        {
            hessians.Value.Dispose();
        }
    }

    /// <summary>Curvatures at a place along what sides leave free, and their directions, in units that make curvatures alike; none where they are not known.</summary>
    public IEnumerable<(double Value, double[] Direction)> Curvatures(double[] place, HashSet<int> held)
    {
        Spent += flops;
        var hessian = KnownHessianAt(place);
        int[] free = [.. Enumerable.Range(0, d).Where(i => !held.Contains(i))];
        double[] form = [.. free.SelectMany(i => free.Select(j => hessian[(i * d) + j]))];
        if (free.Length == 0 || !double.IsFinite(Inner.Largest(form)))
        {
            return [];
        }

        double[] scale = [.. Equilibration.Of(form, free.Length).Select(s => s > 0 && double.IsFinite(s) ? s : 1)];
        var basis = SymmetricEigenvalues.Decompose(Equilibration.Apply(scale, form), free.Length);
        return Enumerable.Range(0, free.Length).Select(k => (basis.Values[k], Whole(basis.Vector(k))));

        double[] Whole(ReadOnlySpan<double> v)
        {
            var all = new double[d];
            for (var k = 0; k < free.Length; k++)
            {
                all[free[k]] = v[k] * scale[k];
            }

            return all;
        }
    }

    /// <summary>Directions without curvature at a place, along what sides leave free.</summary>
    public List<double[]> Flat(double[] place, HashSet<int> held)
    {
        var curvatures = Curvatures(place, held).ToList();
        var none = Stationarity.HalfTheDigits * curvatures.Select(c => Math.Abs(c.Value)).DefaultIfEmpty(0).Max();
        return [.. curvatures.Where(c => Math.Abs(c.Value) <= none).Select(c => c.Direction)];
    }

    /// <summary>How a way goes on along what has no curvature at a place; null where all has.</summary>
    public double[]? Turned(double[] place, double[] way, HashSet<int> held) => Along(Flat(place, held), way);

    /// <summary>What orthogonal directions have of a way, of length 1; null where that is nothing.</summary>
    public static double[]? Along(IReadOnlyList<double[]> flat, double[] way)
    {
        var turned = new double[way.Length];
        foreach (var direction in flat)
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
        var (bound, toFall, shift, isCurved) = (rounding.ExactValueBound(place), 0.0, Stationarity.HalfTheDigits, true);
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
            (toFall, isCurved) = (double.NaN, true);
            for (; shift < MostShift && !(reached < value); shift *= Damping)
            {
                if (form.Step(gradient, shift) is not { } step)
                {
                    isCurved = false;
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

        return double.IsFinite(toFall + bound) ? new(place, value, bound + toFall) { MayFallAcross = !isCurved } : null;
    }
}
