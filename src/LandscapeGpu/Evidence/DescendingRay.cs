using LandscapeGpu.Valleys;

namespace LandscapeGpu.Evidence;

/// <summary>Whether a stationary point without negative curvature is a local minimum all the same: looks for a way down from it.</summary>
/// <remarks>
/// Where the Hessian has zero eigenvalues the derivatives of higher order decide, and to decide by them is NP-hard in general (Hillar
/// and Lim 2013, Most tensor problems are NP-hard). A direction is sought that makes f least on a small sphere around the point, from
/// several beginnings; if f falls all the way along the ray in that direction, the point is no minimum. Not finding one proves nothing.
/// </remarks>
internal sealed class DescendingRay : IDisposable
{
    private const int Beginnings = 16;
    private const int MostSteps = 60;

    // Against 1 + ‖y‖ in the units of a survey: a fall of third or fourth order shows above the rounding of f.
    private static readonly double[] Radii = [1e-3, 1e-2, 5e-2];

    private readonly Units units;
    private readonly PointDerivatives slopes;
    private readonly RoundingTest rounding;

    public DescendingRay(Objective objective)
    {
        units = UnitChoice.Of(objective, null);
        var moving = objective.InUnits(units);
        (slopes, rounding) = (new(moving), new(moving, Derivatives.Of(moving), 1));
    }

    public void Dispose() => slopes.Dispose();

    /// <summary>Whether a way down from a place was found.</summary>
    public bool LeadsFrom(IReadOnlyList<double> place)
    {
        double[] x = [.. place];
        units.ToMoving(x);
        var scale = 1 + Inner.Norm(x);
        foreach (var radius in Radii)
        {
            for (var k = 0; k < Beginnings; k++)
            {
                var u = new double[x.Length];
                new UniformSphere().Draw(7, k, u);
                Lower(x, u, radius * scale);
                var floor = Math.Max(8 * Stationarity.SumOfRoundings, Stationarity.Margin * rounding.ValueBounds((double[])[.. x, .. Along(x, u, radius * scale)], 2).Max());
                if (IsDescending(x, u, radius * scale, floor))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Descends on the sphere of a radius around x: u is put back onto the unit sphere, and the gradient's part along u left out.</summary>
    private void Lower(double[] x, double[] u, double radius) => SteepestDescent.Run(
        (v, g) =>
        {
            var value = slopes.Gradient(Along(x, v, radius), g);
            Inner.Add(-Inner.Product(g, v), v, g);
            return value;
        },
        v => Inner.Scale(1 / Inner.Norm(v), v),
        u,
        length: 1,
        double.NegativeInfinity,
        MostSteps);

    /// <summary>f falls from each of the points at radius·2⁻ᵏ to the next, as far inward as rounding lets it be seen.</summary>
    private bool IsDescending(double[] x, double[] u, double radius, double floor)
    {
        var origin = slopes.Value(x);
        var last = origin;
        var falls = 0;
        for (var k = 12; k >= 0; k--)
        {
            var value = slopes.Value(Along(x, u, radius * Math.ScaleB(1, -k)));
            if (value > last + floor)
            {
                return false;
            }

            // Four halvings of the radius, clear of rounding: not a step over a barrier.
            falls = value < last - floor && value < origin - (10 * floor) ? falls + 1 : 0;
            last = Math.Min(last, value);
        }

        return falls >= 4;
    }

    private double[] Along(double[] x, double[] u, double radius)
    {
        var at = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            at[i] = x[i] + (radius * u[i]);
        }

        return slopes.Retract(at);
    }
}
