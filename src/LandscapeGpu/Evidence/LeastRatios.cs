using LandscapeGpu.Objectives.Regions;

namespace LandscapeGpu.Evidence;

/// <summary>Where the constants of growth conditions are least on a bounded domain: descents on the ratios themselves, from the lowest points of a sample.</summary>
/// <remarks>
/// Each constant is the infimum of a ratio N/D: ½‖∇f‖²/(f − f*), ⟨∇f, x − x*⟩/(f − f*), ⟨∇f, x − x*⟩/‖x − x*‖². A sample's constant is too large by as
/// much as the sample is coarse; from its lowest points projected gradients, with the steps of Barzilai and Borwein (Birgin, Martínez and Raydan
/// 2000, Nonmonotone spectral projected gradient methods on convex sets), find what more sampling would not. It is still no proof.
/// A ratio's gradient takes one product with the Hessian.
/// </remarks>
internal sealed class LeastRatios(PointDerivatives slopes, GlobalReference global, Region domain, CancellationToken stop)
{
    private const int Starts = 16;
    private const int MostSteps = 20_000;

    // A step may be no better than the worst of so many before: along bent valleys a monotone descent creeps.
    private const int Memory = 10;

    private enum Ratio
    {
        PolyakLojasiewicz,
        WeakQuasiConvexity,
        RestrictedSecant,
    }

    /// <summary>Points of a domain where a ratio is low; none on surfaces and where the domain has no end.</summary>
    /// <remarks>None either where there are several global minima, or images of one: a stationary point between them makes all three ratios 0 or less.</remarks>
    public static IReadOnlyList<double[]> Of(Objective objective, GlobalReference global, LandscapeSample sample, Region domain, CancellationToken stop = default)
    {
        if (sample.Count == 0 || domain is not (Ball or Box) || !domain.IsBounded || objective.Surface is not null || objective.MovingSymmetry is not null || global.Minima.Count != 1)
        {
            return [];
        }

        using var slopes = new PointDerivatives(objective);
        var search = new LeastRatios(slopes, global, domain, stop);
        return
        [
            .. from ratio in Enum.GetValues<Ratio>()
               from begin in search.Begin(ratio, sample)
               select search.Lowest(ratio, begin),
        ];
    }

    /// <summary>The lowest points of a sample that are a tenth of the domain apart: points side by side come to one place.</summary>
    private List<double[]> Begin(Ratio ratio, LandscapeSample sample)
    {
        var begin = new List<double[]>();
        foreach (var (point, _) in sample.Points.Select(p => (Point: p, At: At(ratio, p).Value)).Where(p => double.IsFinite(p.At)).OrderBy(p => p.At).TakeWhile(_ => begin.Count < Starts))
        {
            if (begin.TrueForAll(b => Symmetry.Euclidean(b, point) > 0.1 * Diameter(point.Length)))
            {
                begin.Add(point);
            }
        }

        return begin;
    }

    private double[] Lowest(Ratio ratio, double[] begin)
    {
        var (x, (value, gradient)) = (begin, At(ratio, begin));
        var (lowest, low, last) = (x, value, new Queue<double>([value]));
        // The first trial is a tenth of the domain away.
        var step = 0.1 * Diameter(begin.Length) / Inner.Norm(gradient);
        for (var k = 0; k < MostSteps && double.IsFinite(step) && !stop.IsCancellationRequested; k++)
        {
            var towards = Projected(x, gradient, step);
            var slope = Inner.Product(gradient, towards);
            // As long as the projected step promises a change of the ratio that double precision shows.
            if (!(slope < -Stationarity.ThreeQuartersOfTheDigits * Math.Abs(value)))
            {
                break;
            }

            (double[] Point, double Value, double[] Gradient)? better = null;
            var worst = last.Max();
            for (var share = 1.0; share > Stationarity.HalfTheDigits && better is null; share *= 0.5)
            {
                var trial = x.Zip(towards, (a, t) => a + (share * t)).ToArray();
                var (next, slopeThere) = At(ratio, trial);
                better = next <= worst + (Stationarity.SufficientDecrease * share * slope) ? (trial, next, slopeThere) : null;
            }

            if (better is not { } found)
            {
                break;
            }

            var moved = found.Point.Zip(x, (a, b) => a - b).ToArray();
            var curvature = Inner.Product(moved, [.. found.Gradient.Zip(gradient, (a, b) => a - b)]);
            step = curvature > 0 ? Inner.Product(moved, moved) / curvature : 4 * step;
            (x, value, gradient) = found;
            (lowest, low) = value < low ? (x, value) : (lowest, low);
            last.Enqueue(value);
            if (last.Count > Memory)
            {
                last.Dequeue();
            }
        }

        return lowest;
    }

    private double Diameter(int coordinates) => domain is Ball ball ? 2 * ball.Radius : Math.Sqrt(Enumerable.Range(0, coordinates).Sum(i => Math.Pow(domain.Length(i) ?? 0, 2)));

    /// <summary>P(x − ηg) − x.</summary>
    private double[] Projected(double[] x, double[] gradient, double step)
    {
        double[] to = [.. x.Zip(gradient, (a, g) => a - (step * g))];
        domain.TryProject(to);
        return [.. to.Zip(x, (a, b) => a - b)];
    }

    /// <summary>A ratio and its gradient (∇N − r∇D)/D; infinite where f − f* is no more than rounding, so that 0/0 is not sought.</summary>
    private (double Value, double[] Gradient) At(Ratio ratio, double[] x)
    {
        var (g, product) = (new double[x.Length], new double[x.Length]);
        var above = slopes.Gradient(x, g) - global.Value;
        double[] from = [.. x.Zip(global.Nearest(x)!, (a, m) => a - m)];
        slopes.Product(x, ratio == Ratio.PolyakLojasiewicz ? g : from, product);
        var numerator = ratio == Ratio.PolyakLojasiewicz ? 0.5 * Inner.Product(g, g) : Inner.Product(g, from);
        var denominator = ratio == Ratio.RestrictedSecant ? Inner.Product(from, from) : above;
        var value = numerator / denominator;
        return above > global.Floor
            ? (value, [.. Enumerable.Range(0, x.Length).Select(i => (product[i] + (ratio == Ratio.PolyakLojasiewicz ? 0 : g[i]) - (value * (ratio == Ratio.RestrictedSecant ? 2 * from[i] : g[i]))) / denominator)])
            : (double.PositiveInfinity, g);
    }
}
