namespace LandscapeGpu.Valleys;

/// <summary>Tells a place on a tail whose slope has drowned in rounding, or underflowed, from one on a floor: by where and how the slope comes out again.</summary>
/// <remarks>A floor that is bounded is left on both sides, and a plateau, as of units that are switched off, ends in a kink or in a slope of ordinary size. A tail fades through every magnitude, one way for ever.</remarks>
/// <param name="slopes">The landscape's.</param>
/// <param name="bounds">Bounds of the gradient's rounding at a point.</param>
/// <param name="d">The number of coordinates.</param>
internal sealed class DrownedTail(PointDerivatives slopes, Func<double[], double[]> bounds, int d)
{
    private const int Bisections = 20;

    // A tail is followed along so many axes.
    private const int MostTailAxes = 16;

    // Where a slope has just come out of its rounding it is little more than that; where a plateau ends in a kink it is any number.
    private const double MostAtEdge = 4 * Stationarity.Margin;

    // A slope that is so many times what it came out of its rounding with is clear, and looked for in such steps. The logarithm of what fades exponentially grows as much over
    // the second half of a way as over the first; that of the sixteenth power by three quarters of it.
    private const double Clear = 1e4;
    private const double Farther = 1.25;
    private const double Steadily = 0.8;

    // The cube root of the least normal number, since derivatives divide by second and third powers of what overflows: what an ordinary slope is nowhere near.
    private const double LeastSlope = 2.8e-103;

    // Two places, as a slope may be short at one by accident.
    private static readonly double[] OnTheWay = [0.5, 0.75];

    // Of a zero of the slope: as many derivatives as are told from a tail elsewhere.
    private const double MostOrder = FadingSlope.Bend;

    /// <summary>What the formula's value is multiplied by: it underflows before.</summary>
    public double ValueUnit { get; init; } = 1;

    /// <summary>Whether the formula has no kinks: no plateau of it ends, and what does so within a last digit along one way, as a logistic curve whose width is 10⁻¹⁴, fades along another.</summary>
    public bool IsSmooth { get; init; }

    /// <summary>Whether a gradient of exactly zero is one that has underflowed, or that rounding has swallowed, as 1 − σ where σ is 1 to rounding: where it is not zero any more, it is still too small to be told from nothing.</summary>
    /// <remarks>A plateau, as of units that are switched off, ends in a kink or in a slope of ordinary size; a tail fades through every magnitude.</remarks>
    /// <param name="point">The point.</param>
    /// <param name="coordinates">Those along which slope and curvature are exactly zero.</param>
    public bool HasUnderflowed(double[] point, IReadOnlyList<int> coordinates)
    {
        var gradient = new double[d];
        var ended = Ray.From(point, Axes(coordinates), slopes).Select(ray => (Ray: ray, End: EndOf(point, ray, SlopeAt))).Where(way => way.End.Sloping > 0);
        return (IsSmooth ? ended : ended.Take(1)).Any(way =>
        {
            // Beside a zero of order 12 the slope is as short as what underflows, and not level anywhere.
            var edge = SlopeAt(way.Ray, way.End.Sloping);
            // A formula like x/tanh x is level to rounding beside its minimum too, but it slopes on both sides.
            return (way.End.Level > 0 && edge < LeastSlope * ValueUnit) || (edge <= BoundAt(way.Ray, way.End.Sloping) && IsLevelBehind(point, way.Ray, SlopeAt));
        });

        double BoundAt(Ray ray, double radius)
        {
            var rounding = bounds(ray.At(point, radius, slopes));
            return coordinates.Select(i => rounding[i]).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        }

        double SlopeAt(Ray ray, double radius)
        {
            slopes.Gradient(ray.At(point, radius, slopes), gradient);
            return coordinates.Max(i => Math.Abs(gradient[i]));
        }
    }

    /// <summary>Whether a point all of whose slopes and curvatures are rounding lies on a tail: one way the slope comes out of the rounding smoothly, and the other way never.</summary>
    /// <remarks>
    /// A loss of classes that can be told apart, log Σ exp z − z of the class, is rounding wherever all samples are far on the right side; its infimum is at infinity. A bounded
    /// floor is left on both sides, and a plateau ends in a kink, where the slope is far above the rounding at once.
    /// </remarks>
    /// <param name="point">The point.</param>
    public bool IsAt(double[] point)
    {
        // Scores of networks grow along the weights themselves, not along any one of them.
        double[][] directions = [.. Inner.Norm(point) is var norm and > 0 ? [point.Select(e => e / norm).ToArray()] : Array.Empty<double[]>(), .. Axes([.. Enumerable.Range(0, d)])];
        return IsAt(point, directions);
    }

    /// <summary>
    /// Whether the slope along a direction, which is rounding here, grows faster than any power one way, and stays rounding the other way for longer: what has curvature beside the direction bends a
    /// straight way off in the end. For floors of many dimensions, whose bends are not followed.
    /// </summary>
    /// <param name="point">The point.</param>
    /// <param name="direction">Of length one.</param>
    public bool FadesAlong(double[] point, double[] direction)
    {
        var gradient = new double[d];
        return Ray.From(point, [direction], slopes).Any(Fades);

        bool Fades(Ray ray)
        {
            if (!(EdgeOf(point, ray, Known) is var edge and > 0 && Known(ray, edge) is var first && first <= MostAtEdge))
            {
                return false;
            }

            var (far, most) = (edge, ray.FarRadii(point).Last());
            while (!(Known(ray, far) > Clear * first) && far < most)
            {
                far *= Farther;
            }

            // The logarithm of a power grows less and less.
            var (middle, last) = (Known(ray, 0.5 * (edge + far)), Known(ray, far));
            var behind = ray with { Direction = [.. ray.Direction.Select(e => -e)] };
            return last > Clear * first && Math.Log(last / middle) > Steadily * Math.Log(middle / first) && new[] { 0.25, 0.5, 1, 1.5 }.All(share => Known(behind, share * far) == 0);
        }

        double Known(Ray ray, double radius)
        {
            var there = ray.At(point, radius, slopes);
            slopes.Gradient(there, gradient);
            var (along, rounding, errors) = (Inner.Product(gradient, ray.Direction), 0.0, bounds(there));
            for (var i = 0; i < d; i++)
            {
                rounding += Math.Abs(ray.Direction[i]) * errors[i];
            }

            return Math.Abs(along) > Stationarity.Margin * rounding ? Math.Abs(along) / rounding : 0;
        }
    }

    /// <summary>Whether a slope that is known, though f's rounding hides what it does to the value, is that of a tail: until the value shows a change it grows by more than away from any zero that Newton's step leads to.</summary>
    /// <remarks>
    /// Along a way let s(t) be the slope and p Newton's step. From a zero of order n that is n steps behind, s grows by (1 + t/np)ⁿ over t; over orders up to that of <see cref="FadingSlope"/> by most where n is the largest. Beside a model
    /// that has underflowed to 10⁻²⁰⁰ it grows to ordinary size over a few steps, whatever the signs of the curvatures are. The other way there may be no zero.
    /// </remarks>
    /// <param name="point">What polish holds for stationary.</param>
    /// <param name="hessian">d × d there.</param>
    /// <param name="coordinates">Those that are not held.</param>
    /// <param name="valueBound">Bounds the value's rounding at a place.</param>
    public bool HasSunk(double[] point, ReadOnlySpan<double> hessian, IReadOnlyList<int> coordinates, Func<double[], double> valueBound)
    {
        var (own, errors) = (new double[d], bounds(point));
        var value = slopes.Gradient(point, own);
        var newton = NewtonStep(hessian, own, coordinates);
        if (!(newton > Stationarity.HalfTheDigits * slopes.Region.Reach(point)))
        {
            return false;
        }

        var (gradient, known, curvature) = (new double[d], valueBound(point), hessian.ToArray());
        return Ray.From(point, Axes(coordinates), slopes).Any(ray =>
        {
            var i = Array.FindIndex(ray.Direction, e => Math.Abs(e) == 1);
            if (i < 0 || OfWay(own, errors) is not (var here and not 0) || EdgeOf(point, ray, ChangeAt) is not (var edge and > 0))
            {
                return false;
            }

            var step = Math.Min(newton, Math.Abs(here / curvature[(i * d) + i]));
            var behind = ray with { Direction = [.. ray.Direction.Select(e => -e)] };
            var there = Growth(edge);
            // At an inflection Newton's step says nothing of zeros; of none of that order behind does the slope grow by more than its power of the distance.
            return there > MostOrder * Math.Log(1 + (edge / (MostOrder * step)))
                && OnTheWay.All(part => there - Growth(part * edge) > -MostOrder * Math.Log(part))
                && behind.FarRadii(point).All(radius => Known(behind, radius) / here >= 0);

            // ln s against that of the point; NaN where it is nothing, or has another sign.
            double Growth(double radius) => Known(ray, radius) / here is > 0 and var ratio ? Math.Log(ratio) : double.NaN;

            double Known(Ray way, double radius)
            {
                var place = way.At(point, radius, slopes);
                slopes.Gradient(place, gradient);
                return OfWay(gradient, bounds(place));
            }

            double OfWay(double[] slope, double[] rounding) => Math.Abs(slope[i]) > Stationarity.Margin * rounding[i] ? ray.Direction[i] * slope[i] : 0;
        });

        double ChangeAt(Ray ray, double radius)
        {
            var there = ray.At(point, radius, slopes);
            var change = Math.Abs(slopes.Value(there) - value);
            return change > Stationarity.Margin * (known + valueBound(there)) ? change : 0;
        }
    }

    /// <summary>Whether a slope is more than rounding and Newton's step no short one: no stationary point is seen there.</summary>
    /// <param name="point">The point.</param>
    /// <param name="hessian">d × d there.</param>
    /// <param name="coordinates">Those that are not held.</param>
    public bool IsFarFromZero(double[] point, ReadOnlySpan<double> hessian, IReadOnlyList<int> coordinates)
    {
        var (gradient, errors) = (new double[d], bounds(point));
        slopes.Gradient(point, gradient);
        return coordinates.Any(i => !Stationarity.IsZero(gradient[i], errors[i])) && NewtonStep(hessian, gradient, coordinates) > Stationarity.HalfTheDigits * slopes.Region.Reach(point);
    }

    /// <summary>The length of Newton's step along some coordinates; beside what has underflowed numbers are brought near 1 first.</summary>
    private double NewtonStep(ReadOnlySpan<double> hessian, double[] gradient, IReadOnlyList<int> coordinates)
    {
        var n = coordinates.Count;
        var form = new double[n * n];
        for (var e = 0; e < form.Length; e++)
        {
            form[e] = hessian[(coordinates[e / n] * d) + coordinates[e % n]];
        }

        var largest = Inner.Largest(form);
        if (!double.IsFinite(largest) || largest == 0)
        {
            return double.NaN;
        }

        var exponent = -Math.ILogB(largest);
        form = [.. form.Select(h => Math.ScaleB(h, exponent))];
        double[] scale = [.. Equilibration.Of(form, n).Select(s => s > 0 && double.IsFinite(s) ? s : 1)];
        var basis = SymmetricEigenvalues.Decompose(Equilibration.Apply(scale, form), n);
        var step = new double[n];
        for (var k = 0; k < n; k++)
        {
            var v = basis.Vector(k);
            var slope = 0.0;
            for (var i = 0; i < n; i++)
            {
                slope += v[i] * scale[i] * Math.ScaleB(gradient[coordinates[i]], exponent);
            }

            for (var i = 0; i < n; i++)
            {
                step[i] += basis.Values[k] == 0 ? 0 : slope / basis.Values[k] * scale[i] * v[i];
            }
        }

        return Inner.Norm(step);
    }

    private bool IsAt(double[] point, double[][] directions)
    {
        var gradient = new double[d];
        return Ray.From(point, directions, slopes).Any(ray =>
            EdgeOf(point, ray, Known) is var sloping and > 0 && Known(ray, sloping) <= MostAtEdge && IsLevelBehind(point, ray, Known));

        // Against its bound, where it is more than that.
        double Known(Ray ray, double radius)
        {
            var there = ray.At(point, radius, slopes);
            slopes.Gradient(there, gradient);
            var rounding = bounds(there);
            var largest = Enumerable.Range(0, d).Max(i => gradient[i] == 0 ? 0 : Math.Abs(gradient[i]) / rounding[i]);
            return largest > Stationarity.Margin ? largest : 0;
        }
    }

    private double[][] Axes(IReadOnlyList<int> coordinates) => [.. coordinates.Take(MostTailAxes).Select(i => Enumerable.Range(0, d).Select(k => k == i ? 1.0 : 0).ToArray())];

    /// <summary>The nearest place along a ray where there is a slope, as far as bisection tells; 0 where it is level as far as tails are followed.</summary>
    private static double EdgeOf(double[] point, Ray ray, Func<Ray, double, double> slopeAt) => EndOf(point, ray, slopeAt).Sloping;

    /// <summary>The same with the last place before that is level; 0 where none is.</summary>
    private static (double Level, double Sloping) EndOf(double[] point, Ray ray, Func<Ray, double, double> slopeAt)
    {
        var (level, sloping) = FirstSlope(point, ray, slopeAt);
        for (var k = 0; k < Bisections && sloping > 0; k++)
        {
            var middle = 0.5 * (level + sloping);
            (level, sloping) = slopeAt(ray, middle) > 0 ? (level, middle) : (middle, sloping);
        }

        return (level, sloping);
    }

    private static bool IsLevelBehind(double[] point, Ray ray, Func<Ray, double, double> slopeAt) => FirstSlope(point, ray with { Direction = [.. ray.Direction.Select(e => -e)] }, slopeAt).Sloping == 0;

    /// <summary>Where the slope is not zero any more, and the last place before.</summary>
    private static (double Level, double Sloping) FirstSlope(double[] point, Ray ray, Func<Ray, double, double> slopeAt)
    {
        var level = 0.0;
        foreach (var radius in ray.FarRadii(point))
        {
            if (slopeAt(ray, radius) > 0)
            {
                return (level, radius);
            }

            level = radius;
        }

        return (level, 0);
    }
}
