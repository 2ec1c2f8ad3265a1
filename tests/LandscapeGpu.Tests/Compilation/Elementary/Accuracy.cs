using LandscapeGpu.Tests.Numerics;

namespace LandscapeGpu.Tests.Compilation.Elementary;

/// <summary>The worst error of a function over many arguments, in units in the last place of the true value.</summary>
internal readonly record struct Accuracy(double Ulp, double Argument)
{
    public static Accuracy OfDouble(Func<double, double> function, Func<double, BigFloat> truth, IEnumerable<double> arguments) =>
        Worst(arguments, x => Error(function(x), truth(x), 52, -1022));

    public static Accuracy OfSingle(Func<float, float> function, Func<double, double> truth, IEnumerable<double> arguments) =>
        Worst(arguments.Select(x => (double)(float)x), x => SingleError(function((float)x), truth(x)));

    /// <summary>|computed − true| over the spacing of doubles (fraction bits, least exponent) at the true value.</summary>
    private static double Error(double computed, BigFloat exact, int fractionBits, int leastExponent)
    {
        if (!double.IsFinite(computed))
        {
            return double.PositiveInfinity;
        }

        if (exact.Sign == 0)
        {
            return computed == 0 ? 0 : double.PositiveInfinity;
        }

        var order = Math.Max(exact.Order, leastExponent);
        return Math.Abs((double)(computed - exact).Scale(fractionBits - order));
    }

    // The truth is a double, whose own error of 2^-29 of a float's last place is invisible here.
    private static double SingleError(float computed, double exact)
    {
        if (!float.IsFinite(computed))
        {
            return double.PositiveInfinity;
        }

        if (exact == 0)
        {
            return computed == 0 ? 0 : double.PositiveInfinity;
        }

        return Math.Abs(computed - exact) * Math.ScaleB(1, 23 - Math.Max(Math.ILogB(exact), -126));
    }

    private static Accuracy Worst(IEnumerable<double> arguments, Func<double, double> error)
    {
        var worst = new Accuracy(0, 0);
        foreach (var x in arguments)
        {
            var ulp = error(x);
            if (!(ulp <= worst.Ulp))
            {
                worst = new Accuracy(ulp, x);
            }
        }

        return worst;
    }
}
