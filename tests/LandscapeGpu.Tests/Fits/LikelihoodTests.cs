namespace LandscapeGpu.Tests.Fits;

/// <summary>Likelihoods without a maximum: whatever the units, no restart comes to a minimum, and it is said where they go.</summary>
public sealed class LikelihoodTests
{
    private static readonly double[] Times = [.. Enumerable.Range(0, 20).Select(i => i * 0.37)];

    public static TheoryData<string, double, double> InAllUnits =>
        Rows.Each(["counts of 0 in one group", "separable labels"], from factor in new[] { 1, 1e8, 1e-8 } from unit in new[] { 1, 1e-6, 1e6 } select (factor, unit));

    [Theory]
    [MemberData(nameof(InAllUnits))]
    public void A_likelihood_without_a_maximum_runs_to_infinity(string name, double factor, double unit)
    {
        var d = name == "separable labels" ? 2 : 3;
        var objective = Objective.Define(name, d, x => factor * Likelihood(name, [.. Enumerable.Range(0, d).Select(i => x[i] / unit)])) with { Scale = [.. Enumerable.Repeat(unit, d)] };

        var found = Survey.Run(objective, new() { Restarts = 100 });

        Assert.Empty(found.AllMinima);
        Assert.Equal(100, found.Endless + found.Outcomes.LeftDomain + found.Stationary.Where(p => p.Kind == StationaryKind.Tail).Sum(p => p.Count));
    }

    private static Real Likelihood(string name, Real[] b)
    {
        var t = new Data("t", Times);
        if (name == "separable labels")
        {
            var label = new Data("label", [.. Times.Select(u => u > 3.3 ? 1.0 : 0)]);
            return Sum(Times.Length, k => Log(1 + Exp(b[0] + (b[1] * t[k]))) - (label[k] * (b[0] + (b[1] * t[k]))));
        }

        var (group, count) = (new Data("group", [.. Times.Select((_, k) => (double)(k % 2))]), new Data("count", [.. Times.Select((_, k) => k % 2 == 1 ? 0.0 : (k * 7 / 2) % 5)]));
        return Sum(Times.Length, k => Exp(b[0] + (b[1] * group[k]) + (b[2] * t[k])) - (count[k] * (b[0] + (b[1] * group[k]) + (b[2] * t[k]))));
    }
}
