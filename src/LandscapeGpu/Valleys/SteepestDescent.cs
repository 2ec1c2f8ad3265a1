namespace LandscapeGpu.Valleys;

/// <summary>Steepest descent from one point, with steps by Barzilai and Borwein (1988), halved until the value falls.</summary>
internal static class SteepestDescent
{
    // A step that so many halvings do not save is less than a rounding of the point.
    private const int MostHalvings = 60;

    // A fall is at its end where a step gains this share of all it has gained.
    private const double Little = 1e-3;

    // Of what steps are short against: nearly every landscape is a slope over so little.
    internal const double FirstStep = 1e-3;

    /// <summary>Moves a point downhill until the value is below a bound and falls no further, or the steps are used up; returns the value there.</summary>
    public static double Run(PointDerivatives slopes, double[] x, double bound, int steps) =>
        Run((at, g) => slopes.Gradient(at, g), trial => slopes.Retract(trial), x, FirstStep * slopes.Region.Reach(x), bound, steps);

    /// <summary>The same of any function.</summary>
    /// <param name="gradient">The value at a point; writes the gradient there.</param>
    /// <param name="put">Puts a point back where points may be.</param>
    /// <param name="x">The point.</param>
    /// <param name="length">The length of the first step tried.</param>
    /// <param name="bound">What the value has to fall below.</param>
    /// <param name="steps">How many steps there may be.</param>
    public static double Run(Func<double[], double[], double> gradient, Action<double[]> put, double[] x, double length, double bound, int steps)
    {
        var (g, trial, trialGradient) = (new double[x.Length], new double[x.Length], new double[x.Length]);
        var value = gradient(x, g);
        var rate = length / Inner.Norm(g);
        for (var k = 0; k < steps && double.IsFinite(value) && double.IsFinite(rate); k++)
        {
            var reached = double.NaN;
            for (var halving = 0; halving < MostHalvings && !(reached < value); halving++)
            {
                for (var i = 0; i < x.Length; i++)
                {
                    trial[i] = x[i] - (rate * g[i]);
                }

                put(trial);
                reached = gradient(trial, trialGradient);
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

            var isDone = reached < bound && value - reached < Little * (bound - reached);
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
}
