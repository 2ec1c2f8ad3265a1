using LandscapeGpu.Arithmetic;

namespace LandscapeGpu.Evidence;

/// <summary>How far around a point a model's outputs are one smooth formula: no unit of a ReLU network bends at any sample.</summary>
internal static class KinkDistance
{
    // Halvings of the radius before a kink counts as being at the point itself: nearer than half the digits of a coordinate nothing is told from rounding.
    private const int MostHalvings = 27;

    /// <summary>The largest of r, r/2, r/4, … without a kink in the box θ ± r, by interval arithmetic; 0 if there is none.</summary>
    /// <param name="objective">One with a model.</param>
    /// <param name="units">Those of the point and of the radius.</param>
    /// <param name="theta">θ.</param>
    /// <param name="most">The largest radius.</param>
    public static double Of(Objective objective, Units units, double[] theta, double most)
    {
        for (var (radius, k) = (most, 0); k < MostHalvings; (radius, k) = (radius / 2, k + 1))
        {
            var arithmetic = new SmoothIntervals();
            Interval[] box = [.. theta.Select((t, i) => new Interval(units.Length(i) * (t - radius), units.Length(i) * (t + radius)))];
            _ = objective.Evaluate<Interval>(arithmetic, box, objective.Model!.OutputVector);
            if (arithmetic.IsSmooth)
            {
                return radius;
            }
        }

        return 0;
    }
}
