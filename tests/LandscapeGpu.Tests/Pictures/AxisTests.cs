using System.Xml.Linq;
using LandscapeGpu.Pictures;
using LandscapeGpu.Pictures.Drawing;

namespace LandscapeGpu.Tests.Pictures;

/// <summary>Marks of axes, whatever is measured.</summary>
public class AxisTests
{
    public static TheoryData<double, double, bool> Ranges() => Rows.Of(
    [
        (0.0, 1.0, false), (-1, 1, false), (-3e-9, 2e-9, false), (1e-21, 7e-21, false), (-1e-300, 1e-300, false), (-2e300, 3e300, false), (0, 999_999, false), (0, 1e6, false),
        // What differs only behind many digits.
        (-1_000_050, -999_950, false), (1e12, 1e12 + 1, false), (-1e-21 - 1e-27, -1e-21 + 1e-27, false), (100, 100.05, false), (5, 5 + 1e-12, false),
        (1e-300, 1e300, true), (1e-12, 1, true), (2e-21, 3e-21, true), (1, 1.001, true), (0.9, 1.1, true), (3, 40, true), (0.05, 0.4, true), (1e5, 3e6, true),
    ]);

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Marks_are_several_all_different_and_short(double low, double high, bool isLogarithmic)
    {
        var texts = Marks(new Axis("y") { IsLogarithmic = isLogarithmic }, low, high);
        Assert.InRange(texts.Count, 2, 30);
        Assert.Equal(texts.Distinct(), texts);
        Assert.All(texts, t => Assert.InRange(t.Length, 1, 8));
    }

    [Fact]
    public void A_label_says_what_its_marks_leave_out()
    {
        Assert.Equal("y, in 10⁻⁹", Scale(-3e-9, 2e-9).Label);
        Assert.Equal("y + 1000000", Scale(-1_000_050, -999_950).Label);
        Assert.Equal("y − 1000000000000", Scale(1e12, 1e12 + 1).Label);
        Assert.Equal("y", Scale(-2, 900).Label);
        var scale = Scale(1e12, 1e12 + 1);
        Assert.Equal(1, scale.At(1e12 + 1), 3);
    }

    [Fact]
    public void What_is_rounding_is_drawn_as_one_number()
    {
        // Two ways to compute one number.
        var scale = Scale(0.1 + 0.2, 0.3);
        Assert.True(scale.High - scale.Low > 0.1);
        var eigenvalues = Figure(new Axis("y") { Resolution = 1e-8 }, 4 - 1e-9, 4 + 1e-9).Panels[0];
        Assert.True(AxisScale.Of(eigenvalues, isX: false) is { Low: < 3, High: > 5 });
    }

    [Fact]
    public void On_a_logarithmic_axis_0_has_a_place_where_it_is_given_one()
    {
        var marks = Marks(new Axis("y") { IsLogarithmic = true, Zero = 1e-9 }, 0, 1);
        Assert.Equal("0", marks[0]);
        Assert.DoesNotContain("10⁻⁹", marks);
    }

    private static AxisScale Scale(double low, double high) => AxisScale.Of(Figure(new("y"), low, high).Panels[0], isX: false);

    private static Figure Figure(Axis axis, double low, double high) =>
        new("axis", "An axis", [new("", new("x") { Names = ["a", "b"] }, axis, [new Line("", [0.0, 1.0], [low, high])])]);

    [Fact]
    public void What_is_drawn_is_drawn_once()
    {
        Assert.Single(Texts(Figure(new("the value"), 0, 1)), "the value");
    }

    /// <summary>What stands beside the vertical axis, from below.</summary>
    private static List<string> Marks(Axis axis, double low, double high) =>
        [.. Texts(Figure(axis, low, high)).Where(t => t is not ("a" or "b" or "x" or "An axis") && !t.StartsWith('y'))];

    private static IEnumerable<string> Texts(Figure figure) =>
        XDocument.Parse(figure.Svg()).Root!.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value.Trim());
}
