namespace LandscapeGpu.Valleys;

/// <summary>Steepest descent from one point, with steps by Barzilai and Borwein (1988), halved until the value falls.</summary>
internal static class SteepestDescent
{
    // A step that so many halvings do not save is less than a rounding of the point.
    private const int MostHalvings = 60;

    /// <summary>Moves a point downhill until the value is below a bound and falls no further, or the steps are used up; returns the value there.</summary>
    public static double Run(PointDerivatives slopes, double[] x, double bound, int steps)
    {
        var (g, trial, trialGradient) = (new double[x.Length], new double[x.Length], new double[x.Length]);
        var value = slopes.Gradient(x, g);
        var rate = 1e-3 * (1 + Norm(x)) / Norm(g);
        for (var k = 0; k < steps && double.IsFinite(value) && double.IsFinite(rate); k++)
        {
            var reached = double.NaN;
            for (var halving = 0; halving < MostHalvings && !(reached < value); halving++)
            {
                for (var i = 0; i < x.Length; i++)
                {
                    trial[i] = x[i] - (rate * g[i]);
                }

                slopes.Retract(trial);
                reached = slopes.Gradient(trial, trialGradient);
                rate /= 2;
            }

            if (!(reached < value))
            {
                break;
            }

            var (moved, bent) = (0.0, 0.0);
            for (var i = 0; i < x.Length; i++)
            {
                moved += (trial[i] - x[i]) * (trial[i] - x[i]);
                bent += (trial[i] - x[i]) * (trialGradient[i] - g[i]);
            }

            var isDone = reached < bound && value - reached < 1e-3 * (bound - reached);
            trial.CopyTo(x, 0);
            trialGradient.CopyTo(g, 0);
            value = reached;
            if (isDone)
            {
                break;
            }

            rate = bent > 0 ? moved / bent : 4 * rate;
        }

        return value;
    }

    private static double Norm(double[] v) => Math.Sqrt(v.Sum(e => e * e));
}
