namespace LandscapeGpu.Tests.Surveys;

/// <summary>Fits that fitters bring, with no domain and data in days, in seconds, in micrometres: what is found and what is said hang on no unit.</summary>
public sealed class FitsInUnitsTests
{
    private const int Restarts = 100;

    private static readonly double[] Days = [.. Enumerable.Range(0, 25).Select(k => 1.25 * k)];
    private static readonly double[] Dose = [0.1, 0.3, 1, 2, 3, 5, 8, 12, 20, 50];

    // Residuals of a fiftieth or so, so that no fit is perfect.
    private static double[] Noisy(double[] x, Func<double, double> y) => [.. x.Select((v, k) => y(v) + (0.02 * y(x[^1]) * Math.Sin(1 + (7 * k))))];

    private static readonly Dictionary<string, (double[] X, double[] Y, int D, Func<Vector, Real, Real> Model)> Fits = new()
    {
        ["growth"] = (Days, Noisy(Days, t => 10 / (1 + Math.Exp(-0.4 * (t - 12)))), 3, (p, t) => p[0] / (1 + Exp(-(t - p[1]) / p[2]))),
        ["Hill"] = (Dose, Noisy(Dose, s => 4 * s * s / (9 + (s * s))), 3, (p, s) => p[0] * Pow(s, p[1]) / (Pow(p[2], p[1]) + Pow(s, p[1]))),
        ["Weibull"] = (Dose, Noisy(Dose, s => 1 - Math.Exp(-Math.Pow(s / 6, 1.5))), 3, (p, s) => p[0] * (1 - Exp(-Pow(s / p[1], p[2])))),
        ["decay"] = (Days, Noisy(Days, t => (4 * Math.Exp(-0.2 * t)) + 1), 3, (p, t) => (p[0] * Exp(-t / p[1])) + p[2]),
    };

    private static SurveyResult Explored(string name, double unit, double factor)
    {
        var (x, y, d, model) = Fits[name];
        var (measured, seen) = (new Data("x", [.. x.Select(v => v * unit)]), new Data("y", [.. y.Select(v => v * factor)]));
        return Survey.Run(Objective.Define(name, d, p => Sum(x.Length, k => Square(seen[k] - model(p, measured[k])))), new() { Restarts = Restarts });
    }

    public static TheoryData<string, double, double> Units => Rows.Each(Fits.Keys, (1.0, 1.0), (86400.0, 1e6), (86400.0, 1.0), (1e-3, 1e-9), (1e9, 1e-20));

    [Theory]
    [MemberData(nameof(Units))]
    public void Only_the_fit_is_a_minimum_and_ways_to_where_a_parameter_vanishes_are_a_row_or_two(string name, double unit, double factor)
    {
        var found = Explored(name, unit, factor);

        var best = Assert.Single(found.AllMinima);
        Assert.Equal(StationaryKind.Minimum, best.Kind);
        var residuals = Math.Sqrt(best.Value / Fits[name].Y.Length) / factor;
        Assert.InRange(residuals / Fits[name].Y[^1], 0, 0.05);
        Assert.InRange(found.Stationary.Count, 0, 2);
    }

    [Theory]
    [InlineData(86400, 1e6)]
    [InlineData(86400, 1)]
    [InlineData(1e-6, 1e-9)]
    [InlineData(1, 1e12)]
    public void Restarts_begin_and_end_alike_in_all_units(double unit, double factor)
    {
        var (usual, other) = (Explored("decay", 1, 1), Explored("decay", unit, factor));

        // Rounding moves those that run along where an exponential has underflowed: three deviations of the difference of two counts of half of all. Where units decided it was two thirds of all.
        Assert.InRange(other.Outcomes.LeftDomain + other.Endless - usual.Outcomes.LeftDomain - usual.Endless, -21, 21);
        Assert.InRange(other.Outcomes.Converged - usual.Outcomes.Converged, -21, 21);
        double[] starts = [.. Starts(usual)], others = [.. Starts(other)];
        Assert.Equal([factor, unit, factor], others.Zip(starts, (o, s) => o / s), (a, b) => Math.Abs(a - b) < 1e-5 * a);

        static IEnumerable<double> Starts(SurveyResult result)
        {
            var deviation = ((Gaussian)UntoldScale.Told(result.Objective, null).ShownStarts).StandardDeviation;
            return Enumerable.Range(0, 3).Select(i => deviation[i]);
        }
    }

    [Fact]
    public void A_minimum_of_its_own_beside_where_a_logarithm_ends_is_none_of_the_ways_there()
    {
        // Flat along the second coordinate; nobody tells that the first is 10⁻¹⁵.
        var found = Survey.Run(Objective.Define("log", 2, x => Square(Log(x[0]) + 34) + (0 * x[1])), new() { Restarts = 40 });

        Assert.Contains(found.AllMinima, m => m.Value < 1e-9);
        Assert.DoesNotContain(found.Stationary, s => s.Kind == StationaryKind.Tail);
    }
}
