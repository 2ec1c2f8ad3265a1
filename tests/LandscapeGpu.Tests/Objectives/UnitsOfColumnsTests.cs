using LandscapeGpu.Objectives.Datasets;

namespace LandscapeGpu.Tests.Objectives;

/// <summary>Columns of a user's data have units of their own: a linear model's fit, in these, is the same.</summary>
public sealed class UnitsOfColumnsTests
{
    private static readonly double[] Units = [1e6, 1, 1e-6];

    [Theory]
    [InlineData("least-squares")]
    [InlineData("logistic-regression")]
    [InlineData("glm")]
    public void A_linear_model_is_fitted_in_whatever_units_its_columns_are(string family)
    {
        var (plain, other) = (Fit(family, [1, 1, 1]), Fit(family, Units));

        Assert.Equal(plain.Value, other.Value, 1e-9);
        Assert.Equal(plain.Count, other.Count);
        // Curvatures differ by up to 1e24: weights are known to the digits that descent in these units leaves.
        Assert.All(plain.Point.Zip(other.Point, Units), p => Assert.Equal(1, p.Second * p.Third / p.First, 1e-5));
    }

    [Theory]
    [InlineData(1e6, true)]
    [InlineData(1e-3, true)]
    [InlineData(1, false)]
    public void A_network_that_begins_saturated_or_blind_is_told(double unit, bool isTold) =>
        Assert.Equal(isTold, Catalogue.Find("perceptron").Create(data: Of([unit, unit, unit], false)).Doubt?.Contains("Standardise", StringComparison.Ordinal) == true);

    private static StationaryPoint Fit(string family, double[] units) =>
        Assert.Single(Survey.Run(Catalogue.Find(family).Create(data: Of(units, family == "logistic-regression")), new() { Restarts = 20 }).Minima);

    // A noisy rule: labels that no plane parts.
    private static Samples Of(double[] units, bool isSigned)
    {
        var random = new Random(3);
        double[][] rows = [.. Enumerable.Range(0, 60).Select(_ => Enumerable.Range(0, 3).Select(_ => (2 * random.NextDouble()) - 1).ToArray())];
        var inputs = new double[60, 3];
        for (var e = 0; e < inputs.Length; e++)
        {
            inputs[e / 3, e % 3] = rows[e / 3][e % 3] * units[e % 3];
        }

        return new(inputs, [.. rows.Select(r => (r[0] - (2 * r[1]) + (0.5 * r[2]) + random.NextDouble() - 0.5 > 0 ? 1 : isSigned ? -1 : 0.0))]);
    }
}
