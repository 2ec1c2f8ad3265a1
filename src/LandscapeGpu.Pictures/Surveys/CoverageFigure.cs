using MathNet.Numerics;

namespace LandscapeGpu.Pictures.Surveys;

/// <summary>How many minima fewer restarts would have found, and how much of the landscape they would have seen: rarefaction curves.</summary>
/// <remarks>
/// With nᵢ restarts at minimum i of n in all, m restarts are expected to find Σ(1 − C(n − nᵢ, m)/C(n, m)) minima (S. Hurlbert, Ecology 52, 1971), and
/// their coverage is 1 − Σ (nᵢ/n)·C(n − nᵢ, m)/C(n − 1, m) (A. Chao, L. Jost, Ecology 93, 2012). A curve that still rises says that more are to be found.
/// </remarks>
public static class CoverageFigure
{
    private const int Places = 120;

    /// <summary>Both curves of a survey.</summary>
    /// <param name="result">The survey.</param>
    /// <exception cref="ArgumentException">No restart came to a minimum.</exception>
    public static Figure Of(SurveyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        long[] counts = [.. result.AllMinima.Select(m => m.Count).Where(c => c > 0)];
        var n = counts.Sum();
        if (n == 0)
        {
            throw new ArgumentException($"No restart on {result.Objective.Name} came to a minimum; there is nothing to count.");
        }

        double[] m = [.. Enumerable.Range(0, Places).Select(k => Math.Round(Math.Pow(n, k / (Places - 1.0)))).Distinct()];
        double[] found = [.. m.Select(k => counts.Sum(c => 1 - Missed(n, c, k)))];
        var c = result.Coverage;
        double[] seen = [.. m.Select(k => k >= n ? c.GoodTuring : 1 - counts.Sum(count => (double)count / n * Missed(n - 1, count - 1, k)))];
        var minima = new List<Series>
        {
            new Line("minima found, expected", m, found) { Ink = Colours.Blue, Width = 2.4 },
            new Points("this survey", [n], [counts.Length]) { Ink = Colours.Vermilion, Shape = Shape.Diamond, Size = 11, Details = [$"{n:N0} restarts, {counts.Length} minima"] },
            new Level($"at least {Number(c.Chao1)} (Chao1)", c.Chao1, IsVertical: false) { Ink = Colours.Green },
        };
        return new("coverage", $"{result.Objective.Name}: {Count(counts.Length, "minimum", "minima")} after {Count(n, "restart")}; one more ends at one of them with probability {Percent(c.GoodTuring)} ({Percent(c.GoodTuringLow)} – {Percent(c.GoodTuringHigh)})",
        [
            new("minima", new("restarts that came to a minimum, m") { IsLogarithmic = true }, new("number of minima") { Low = 0 }, minima),
            new("coverage", new("restarts that came to a minimum, m") { IsLogarithmic = true }, new("coverage") { Low = 0, High = 1.02 },
            [
                new Line("coverage of m restarts, expected", m, seen) { Ink = Colours.Blue, Width = 2.4 },
                new Points("this survey, 95% interval", [n], [c.GoodTuring]) { Ink = Colours.Vermilion, Shape = Shape.Diamond, Size = 11, Low = [c.GoodTuringLow], High = [c.GoodTuringHigh] },
            ]),
        ])
        { RowHeight = 320 };
    }

    private static double Factorial(double n) => SpecialFunctions.GammaLn(n + 1);

    /// <summary>C(n − c, m)/C(n, m): the probability that m of n restarts pass by one that c of them came to.</summary>
    private static double Missed(long n, long c, double m)
    {
        if (m > n - c)
        {
            return 0;
        }

        // Factor by factor where there are few; else by the gamma function, whose rounding is far below a pixel.
        const int Few = 100;
        var logarithm = c <= Few ? Enumerable.Range(0, (int)c).Sum(j => Math.Log((n - m - j) / (n - j)))
            : m <= Few ? Enumerable.Range(0, (int)m).Sum(j => Math.Log((double)(n - c - j) / (n - j)))
            : Factorial(n - c) + Factorial(n - m) - Factorial(n - c - m) - Factorial(n);
        return Math.Exp(logarithm);
    }
}
