namespace LandscapeGpu.Tests.Objectives;

public class CatalogueTests
{
    public static TheoryData<string> Families => [.. Catalogue.Families.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Families))]
    public void A_dimension_the_family_does_not_have_is_refused_with_those_it_has(string name)
    {
        var family = Catalogue.Find(name);
        Assert.Contains($"{name} was asked for with dimension 0; it", Assert.Throws<ArgumentException>(() => family.Create(0)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_setting_the_family_does_not_have_is_refused_with_those_it_has(string name)
    {
        var family = Catalogue.Find(name);
        var error = Assert.Throws<ArgumentException>(() => family.Create(settings: new Dictionary<string, double> { ["colour"] = 1 }));
        Assert.Contains($"{name} has no setting colour; it has {(family.Settings.Count == 0 ? "none" : family.Settings[0].Name)}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lennard-jones", "atoms", 2.5, "whole number")]
    [InlineData("lennard-jones", "atoms", 1, "whole number from 2")]
    [InlineData("shekel", "m", 6, "5, 7 and 10")]
    [InlineData("michalewicz", "m", 0, "whole number from 1 to 100")]
    public void A_value_a_setting_cannot_have_is_refused(string name, string setting, double value, string part)
    {
        var error = Assert.Throws<ArgumentException>(() => Catalogue.Find(name).Create(settings: new Dictionary<string, double> { [setting] = value }));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Contains($"{setting}={value}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dimension_that_contradicts_the_settings_is_refused()
    {
        var family = Catalogue.Find("lennard-jones");
        var thirteen = new Dictionary<string, double> { ["atoms"] = 13 };
        Assert.Equal(39, family.Create(39, thirteen).Dimension);
        Assert.Contains("its settings give it 39", Assert.Throws<ArgumentException>(() => family.Create(21, thirteen)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_name_is_answered_with_the_nearest() =>
        Assert.Contains("did you mean rastrigin", Assert.Throws<ArgumentException>(() => Catalogue.Find("rastrigrin")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_principal_component_matrix_is_the_one_other_programs_make_from_the_same_seed()
    {
        var basis = SeededMatrices.Orthonormal(101, 10);
        var matrix = SeededMatrices.Symmetric(basis, i => Math.Pow(0.8, i));
        // Computed by an independent program; other libraries' logarithm and cosine may differ in the last place.
        Assert.Equal(0.37571394933598207, basis[0][0], 1e-13);
        Assert.Equal(0.008800106059102832, basis[9][9], 1e-13);
        Assert.Equal(0.5018653495118321, matrix[0, 0], 1e-13);
        Assert.Equal(-0.0004141674769354794, matrix[3, 7], 1e-13);
        Assert.True(new Data("M", matrix).IsSymmetric);
    }

    [Fact]
    public void The_principal_component_objective_is_the_squared_distance_it_was_expanded_from()
    {
        var basis = SeededMatrices.Orthonormal(101, 10);
        var matrix = SeededMatrices.Symmetric(basis, i => Math.Pow(0.8, i));
        var random = new Random(7);
        double[] x = [.. Enumerable.Range(0, 10).Select(_ => (2 * random.NextDouble()) - 1)];
        var expected = 0.5 * Enumerable.Range(0, 100).Sum(k => Math.Pow(matrix[k / 10, k % 10] - (x[k / 10] * x[k % 10]), 2));
        // A hundred terms of order 1.
        Assert.Equal(expected, Catalogue.Find("pca").Create().Evaluate(x), 1e-14 * 100);
    }
}
