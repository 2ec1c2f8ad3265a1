using LandscapeGpu.Differentiation;
using LandscapeGpu.Identity;
using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Symmetries;
using LandscapeGpu.Spectra;

namespace LandscapeGpu.Surveys;

/// <summary>Minima at kinks and jumps: places where restarts came to a stop without a short gradient, and f is higher all round.</summary>
/// <remarks>
/// From the lowest endpoint of each place a direct search goes down to the digits of double precision: it tries steps along all directions of an
/// orthonormal basis that is turned at random every time, halved where none is lower (Audet and Dennis, Mesh adaptive direct search, SIAM J. Optim. 17
/// (2006) 188). What it comes to is a minimum at a kink if f is nowhere lower along many directions at three distances, and rises from it like less
/// than the square of the distance: like |x| or a jump, and not as a smooth minimum does.
/// </remarks>
internal sealed class KinkSearch : IDisposable
{
    // Direct search needs some d² evaluations.
    private const int MostCoordinates = 64;
    private const int MostPlaces = 256;
    private const long MostEvaluations = 4_000_000;

    // In units of the scale.
    private const double FirstStep = 1e-4;
    private const double LastStep = 1e-14;
    private const double SamePlace = 1e-6;

    private readonly Objective objective;
    private readonly double[] scale;
    private readonly LaneValues values;
    private readonly PointDerivatives derivatives;
    private readonly double[] trials;
    private readonly double[] found;
    private long left = MostEvaluations;

    private KinkSearch(Objective objective, double[] scale, int? bits)
    {
        (this.objective, this.scale) = (objective, scale);
        (values, derivatives) = (new(objective, bits), new(objective, bits));
        trials = new double[2 * scale.Length * scale.Length];
        found = new double[2 * scale.Length];
    }

    public void Dispose()
    {
        values.Dispose();
        derivatives.Dispose();
    }

    /// <summary>The minima at kinks among the places where restarts stopped, with how many did.</summary>
    public static IReadOnlyList<StationaryPoint> Among(Objective objective, EndpointGroups places, int? bits, CancellationToken cancellation)
    {
        if (places.Count == 0 || objective.Dimension > MostCoordinates)
        {
            return [];
        }

        using var search = new KinkSearch(objective, [.. places.Scale], bits);
        var kinks = new List<StationaryPoint>();
        foreach (var place in Enumerable.Range(0, places.Count).OrderByDescending(places.CountOf).Take(MostPlaces))
        {
            if (cancellation.IsCancellationRequested || search.left <= 0)
            {
                break;
            }

            var point = places.Point(place).ToArray();
            var value = search.Descend(point, places.Value(place), place);
            var known = kinks.FindIndex(k => search.Distance([.. k.Place], point) <= SamePlace);
            if (known >= 0)
            {
                var lower = value < kinks[known].Value ? search.Describe(point, value, 0) : kinks[known];
                kinks[known] = lower with { Count = kinks[known].Count + places.CountOf(place) };
            }
            else if (search.IsMinimumAtKink(point, value))
            {
                kinks.Add(search.Describe(point, value, places.CountOf(place)));
            }
        }

        return kinks;
    }

    /// <summary>Goes down from a point, in place; returns the value.</summary>
    private double Descend(double[] point, double value, int seed)
    {
        var d = point.Length;
        for (var (step, turn) = (FirstStep, 0); step > LastStep && left > 0; turn++)
        {
            var basis = Orthonormal.Rows(d, d, ((ulong)seed << 32) + (ulong)turn);
            var best = Lowest(point, basis, step);
            if (found[best] < value)
            {
                value = found[best];
                trials.AsSpan(best * d, d).CopyTo(point);
                step *= 2;
            }
            else
            {
                step *= 0.25;
            }
        }

        return value;
    }

    /// <summary>Evaluates both ways along the rows of a basis; returns which is lowest.</summary>
    private int Lowest(double[] point, double[] basis, double step)
    {
        var d = point.Length;
        for (var k = 0; k < 2 * d; k++)
        {
            var sign = k % 2 == 0 ? step : -step;
            for (var i = 0; i < d; i++)
            {
                trials[(k * d) + i] = point[i] + (sign * scale[i] * basis[(k / 2 * d) + i]);
            }

            Place(trials.AsSpan(k * d, d));
        }

        values.At(trials, found);
        left -= 2 * d;
        var best = 0;
        for (var k = 1; k < found.Length; k++)
        {
            best = found[k] < found[best] || double.IsNaN(found[best]) ? k : best;
        }

        return best;
    }

    private bool IsMinimumAtKink(double[] point, double value)
    {
        // How much f rises on the average at a distance, for as many random directions as 16 bases have.
        const int Bases = 16;
        var rises = new List<double>();
        foreach (var distance in (double[])[1e-7, 1e-6, 1e-5, 1e-4])
        {
            double sum = 0;
            for (var turn = 0; turn < Bases; turn++)
            {
                var lowest = found[Lowest(point, Orthonormal.Rows(point.Length, point.Length, ulong.MaxValue - (ulong)turn), distance)];
                if (!(lowest >= value - (64 * 1.1e-16 * Math.Abs(value))))
                {
                    return false;
                }

                sum += found.Where(double.IsFinite).Sum(f => f - value);
            }

            rises.Add(sum);
        }

        // The exponent of the rise, between the nearest distances at which it is no rounding.
        for (var k = 0; k + 1 < rises.Count; k++)
        {
            if (rises[k] > 1e6 * 1.1e-16 * Math.Abs(value) * Bases * found.Length)
            {
                return Math.Log10(rises[k + 1] / rises[k]) < 1.9;
            }
        }

        return false;
    }

    private StationaryPoint Describe(double[] point, double value, long count) => new()
    {
        Kind = StationaryKind.MinimumAtKink,
        Value = value,
        Point = objective.Shown(point),
        Place = [.. point],
        Count = count,
        Share = double.NaN,
        ShareLow = double.NaN,
        ShareHigh = double.NaN,
        GradientNorm = double.NaN,
        Eigenvalues = [],
        Index = 0,
        FlatDirections = 0,
        Trace = double.NaN,
        ConditionNumber = double.NaN,
        Sharpness = double.NaN,
    };

    /// <summary>The nearest point of the region, in place.</summary>
    private void Place(Span<double> point)
    {
        if (!objective.Region.TryProject(point))
        {
            derivatives.Retract(point.ToArray()).CopyTo(point);
        }
    }

    private double Distance(double[] a, double[] b)
    {
        double square = 0;
        for (var i = 0; i < a.Length; i++)
        {
            square += (a[i] - b[i]) / scale[i] * ((a[i] - b[i]) / scale[i]);
        }

        return Math.Sqrt(square);
    }
}
