namespace LandscapeGpu.Surveys;

/// <summary>Newton's method down a formula whose kinks are rounded off over a distance, |u| being √(u² + μ²): the bottoms lie on a path that leads to a minimum at kinks as the distance goes to nothing.</summary>
/// <remarks>On the path u/√(u² + μ²) goes to the kink's multiplier, and 1 − |u|/√(u² + μ²) like μ² to nothing where the minimum does not lie on the kink: A. Conn, R. Andersen, E. Christiansen, M. Overton: An efficient primal-dual
/// interior-point method for minimizing a sum of Euclidean norms (SIAM J. Sci. Comput. 22, 2000, 243).</remarks>
/// <param name="form">The formula.</param>
/// <param name="steps">Newton steps within the region.</param>
internal sealed class RoundedKinks(KinkForm form, FreeSteps steps)
{
    // A step and quarters of it, to a billionth: as many as lie side by side in two or four runs.
    private const int Shares = 16;

    // What a bottom of the rounded formula still has to fall, against what rounding lifts it by.
    private const double Settled = 1e-3;

    private const int MostSteps = 60;

    /// <summary>The formula rounded off over a distance.</summary>
    /// <param name="x">d coordinates.</param>
    /// <param name="units">The unit of each kink.</param>
    /// <param name="distance">In these units.</param>
    public KinkPlace Place(ReadOnlySpan<double> x, double[] units, double distance)
    {
        var place = form.Place(x);
        place.Tau.Fill(1);
        for (var k = 0; k < units.Length; k++)
        {
            place.Mu[form.Kinks[k].First] = distance * units[k];
        }

        return place;
    }

    /// <summary>Goes down from a place; what it is at the end.</summary>
    /// <param name="place">Where it begins, and then where it ends.</param>
    /// <param name="end">No step begins after so many evaluations.</param>
    /// <param name="passed">Receives the end of each step.</param>
    public KinkLook Down(KinkPlace place, long end, List<double[]> passed)
    {
        var look = form.At(place)[0];
        for (var step = 0; step < MostSteps && form.Evaluations < end && double.IsFinite(look.Value); step++)
        {
            var face = steps.At(place.X, look.Gradient);
            if (face.Count == 0)
            {
                break;
            }

            var way = face.Step(form.Rows(place).Hessian, look.Gradient);
            var fall = -Inner.Product(way, look.Gradient);
            if (!(fall > 0))
            {
                break;
            }

            KinkPlace[] ahead = [.. Enumerable.Range(0, Shares).Select(k => Ahead(place, way, Math.ScaleB(1, -2 * k)))];
            var looks = form.At(ahead);
            var value = look.Value;
            var best = Array.FindIndex(looks, l => l.Value < value);
            while (best >= 0 && best + 1 < Shares && looks[best + 1].Value < looks[best].Value)
            {
                best++;
            }

            if (best < 0)
            {
                break;
            }

            ahead[best].X.CopyTo(place.X);
            passed.Add(place.X.ToArray());
            look = looks[best];
            // A whole step from where little is left to fall arrives.
            if (best == 0 && fall <= Settled * Lifted(place, look))
            {
                break;
            }
        }

        return look;
    }

    /// <summary>How much of a kink's slope rounding off leaves out: 1 − ‖u‖/√(‖u‖² + μ²).</summary>
    public static double Open(KinkPlace place, KinkLook look, KinkNorm kink)
    {
        var (u, mu) = (look.Length(kink), place.Mu[kink.First]);
        var root = Math.Sqrt((u * u) + (mu * mu));
        return mu / root * (mu / (root + u));
    }

    /// <summary>The most that rounding off lifts the value by, wherever the weights are those of a place.</summary>
    public double MostLifted(KinkPlace place, KinkLook look) => form.Kinks.Sum(kink => Math.Abs(look.Weight(kink)) * place.Mu[kink.First]);

    /// <summary>By how much rounding off lifts the value.</summary>
    private double Lifted(KinkPlace place, KinkLook look)
    {
        var sum = 0.0;
        foreach (var kink in form.Kinks)
        {
            sum += Math.Abs(look.Weight(kink)) * place.Mu[kink.First] * Math.Sqrt(Open(place, look, kink));
        }

        return sum;
    }

    private KinkPlace Ahead(KinkPlace place, double[] way, double share)
    {
        var ahead = place with { Wide = [.. place.Wide] };
        steps.Ahead(place.X, way, share, ahead.X);
        return ahead;
    }
}
