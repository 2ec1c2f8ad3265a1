using System.Globalization;
using LandscapeGpu.Pathways;
using LandscapeGpu.Pictures.Surveys;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>f → a·f + b with b far beyond f: what is lowest, and what is told of it, is what it was; what rounding hides is said alike by all.</summary>
public class ConstantsBesideValuesTests
{
    private static Objective Wells(double factor, double constant) => Objective.Define(
        "wells", 2, x => (factor * (Square(Square(x[0]) - 1) + Square(Square(x[1]) - 2) + (0.3 * x[0] * x[1]) + (0.2 * x[0]) - (0.1 * x[1]))) + constant) with
    { Region = Region.Box(2, -2.5, 2.5) };

    private static SurveyResult Explored(double factor, double constant) => Survey.Run(Wells(factor, constant), new() { Restarts = 60 });

    // By f: the constant is from 10⁸ to 10¹³ times the differences, which are ten to a million roundings of it or more.
    private static readonly string[] InOrder = ["-1.1 1.4", "1.0 -1.4", "-1.0 -1.4", "0.9 1.4"];

    public static TheoryData<double, double> Constants => new() { { 1, 0 }, { 1, 5e10 }, { 1, -5e12 }, { 1e-12, 5 }, { 1e8, 1e20 }, { 1e-20, 1e-10 } };

    [Theory]
    [MemberData(nameof(Constants))]
    public void Lists_are_best_first_and_rows_of_two_values_look_different(double factor, double constant)
    {
        var found = Explored(factor, constant);
        Assert.Equal(InOrder, found.Minima.Select(m => FormattableString.Invariant($"{m.Point[0]:F1} {m.Point[1]:F1}")));
        Assert.Equal(found.Minima, found.AllMinima);
        var values = SurveyTables.Minima(found, 10).Rows.Select(r => r[0]).Distinct();
        Assert.Equal(4, values.Count());
    }

    [Theory]
    [MemberData(nameof(Constants))]
    public void Pictures_and_sentences_name_one_lowest_minimum_of_four(double factor, double constant)
    {
        var found = Explored(factor, constant);
        Assert.DoesNotContain("100% of descents", ContourMap.Of(found, withBasins: false).Title, StringComparison.Ordinal);
        var sentence = LocalVersusGlobal.Of(found).Sentence;
        Assert.StartsWith("3 spurious minima of 4 found, from ", sentence, StringComparison.Ordinal);
        // The values that it names are three.
        var words = sentence.Split(' ', ',', ';').Where(w => w.Length > 5 && double.TryParse(w, NumberStyles.Float, CultureInfo.InvariantCulture, out _)).ToList();
        Assert.Equal((3, 3), (words.Count, words.Distinct().Count()));
    }

    [Theory]
    [InlineData(1, 5e10)]
    [InlineData(1e-12, 5)]
    public void Hops_come_to_one_lowest_minimum(double factor, double constant)
    {
        var found = BasinHopping.Run(Wells(factor, constant), new() { Chains = 4, Hops = 6 });
        Assert.True(found.Minima.Count > 1);
        Assert.Equal(1, found.Lowest);
        Assert.Equal(found.Minima.Min(m => m.Value), found.Minima[0].Value);
    }

    [Fact]
    public void What_rounding_hides_is_one_value_to_all()
    {
        // Neighbouring numbers at 10¹⁷ are 16 apart.
        var found = Explored(1, 1e17);
        Assert.Equal(4, found.Minima.Count);
        Assert.Equal("all 4 minima have", LocalVersusGlobal.Of(found).Sentence.Split(": ")[1][..17]);
        Assert.Contains("100% of descents", ContourMap.Of(found, withBasins: false).Title, StringComparison.Ordinal);
        // At 10¹⁶, 2 apart, which is more than the wells differ by; at 10¹⁷ the units that hops are measured in leave no curvature beyond its rounding, and they say that they found nothing.
        var hops = BasinHopping.Run(Wells(1, 1e16), new() { Chains = 4, Hops = 6 });
        Assert.Equal(hops.Minima.Count, hops.Lowest);
    }
}
