using LandscapeGpu.Differentiation;
using LandscapeGpu.Execution;
using LandscapeGpu.Kernels;
using LandscapeGpu.Objectives;

namespace LandscapeGpu.Valleys;

/// <summary>How the value is around a point that derivatives do not decide about.</summary>
internal enum Around
{
    /// <summary>It does not change as far as was looked.</summary>
    Level,

    /// <summary>It rises, and descents from there do not come below the point.</summary>
    Rising,

    /// <summary>It falls, or a descent from nearby comes below the point.</summary>
    Falling,
}

/// <summary>Looks around a point along given directions, at the distance where the value first can be seen to change, and descends from there.</summary>
/// <remarks>
/// Where the Hessian has zeros, first and second order say nothing along them: x² + y³ has a vanishing gradient and no negative curvature at 0, and no
/// minimum. A point is a minimum there only if descents that start all round it, at the scale of its flat directions, do not fall below it.
/// </remarks>
internal sealed class Surroundings : IDisposable
{
    // From a ten-thousandth of 1 + ‖x‖ to an eighth, four times as far each time: x⁸ beside a value of 1 is seen from 0.02 on.
    private const int Nearest = 13;
    private const int Farthest = 3;
    private const int MostAxes = 16;
    private const int Mixtures = 16;
    private const int MostDescents = 12;
    private const int DescentSteps = 60;

    private readonly int d;
    private readonly RoundedDerivatives rounded;
    private readonly PointDerivatives slopes;
    private readonly Lanes lanes;
    private readonly AlignedMemory data;

    public Surroundings(Objective objective, Derivatives derivatives)
    {
        (d, rounded) = (derivatives.Dimension, derivatives.Rounded);
        slopes = new(objective, derivatives);
        lanes = new(rounded.Slope);
        data = rounded.Slope.NewData(objective.Parameters, objective.Replaced);
    }

    /// <param name="point">The point.</param>
    /// <param name="directions">Orthonormal directions, d coordinates each, that span what is to be looked at.</param>
    public Around Of(double[] point, IReadOnlyList<double[]> directions)
    {
        var rays = Rays(directions);
        var reach = 1 + Math.Sqrt(point.Sum(e => e * e));
        var at = Values([point])[0];
        var open = Enumerable.Range(0, rays.Count).ToList();
        var (isRising, descents) = (false, 0);
        for (var halvings = Nearest; halvings >= Farthest && open.Count > 0; halvings -= 2)
        {
            var radius = Math.ScaleB(reach, -halvings);
            double[][] around = [.. open.Select(k => slopes.Retract([.. point.Zip(rays[k], (x, r) => x + (radius * r))]))];
            var values = Values(around);
            var left = new List<int>();
            for (var k = 0; k < around.Length; k++)
            {
                var (value, bound) = values[k];
                if (!double.IsFinite(value))
                {
                    continue;
                }

                var isSeen = Math.Abs(value - at.Value) > Stationarity.Margin * (bound + at.Bound);
                if (!isSeen)
                {
                    left.Add(open[k]);
                }
                else if (value < at.Value || (descents++ < MostDescents && FallsFrom(around[k], point, at, radius)))
                {
                    return Around.Falling;
                }

                isRising |= isSeen;
            }

            open = left;
        }

        return isRising ? Around.Rising : Around.Level;
    }

    public void Dispose()
    {
        slopes.Dispose();
        lanes.Dispose();
        data.Dispose();
    }

    /// <summary>Both ways along each axis, and mixtures of all.</summary>
    private List<double[]> Rays(IReadOnlyList<double[]> directions)
    {
        var rays = new List<double[]>();
        foreach (var axis in directions.Take(MostAxes))
        {
            rays.Add(axis);
            rays.Add([.. axis.Select(e => -e)]);
        }

        var random = new Random(1);
        for (var k = 0; k < Mixtures && directions.Count > 1; k++)
        {
            var mixture = new double[d];
            foreach (var axis in directions)
            {
                // A sum of twelve uniform numbers is normal enough for a direction.
                var weight = Enumerable.Range(0, 12).Sum(_ => random.NextDouble() - 0.5);
                for (var i = 0; i < d; i++)
                {
                    mixture[i] += weight * axis[i];
                }
            }

            var length = Math.Sqrt(mixture.Sum(e => e * e));
            rays.Add([.. mixture.Select(e => e / length)]);
        }

        return rays;
    }

    /// <summary>Whether steepest descent, as far from the point as it began at most four times, comes to a value clearly below it.</summary>
    private bool FallsFrom(double[] start, double[] point, (double Value, double Bound) at, double radius)
    {
        var end = (double[])start.Clone();
        SteepestDescent.Run(slopes, end, at.Value - (2 * Stationarity.Margin * at.Bound), DescentSteps);
        var (value, bound) = Values([end])[0];
        var distance = Math.Sqrt(end.Zip(point, (a, b) => (a - b) * (a - b)).Sum());
        return value < at.Value - (Stationarity.Margin * (bound + at.Bound)) && distance <= 4 * radius;
    }

    private (double Value, double Bound)[] Values(double[][] points)
    {
        var values = new (double, double)[points.Length];
        for (var begin = 0; begin < points.Length; begin += lanes.Count)
        {
            for (var l = 0; l < lanes.Count; l++)
            {
                rounded.Write(lanes, l, points[Math.Min(begin + l, points.Length - 1)]);
            }

            lanes.Run(data);
            for (var l = 0; l < lanes.Count && begin + l < points.Length; l++)
            {
                values[begin + l] = (lanes.Read(rounded.Value, 0, l), lanes.Read(rounded.ValueError, 0, l));
            }
        }

        return values;
    }
}
