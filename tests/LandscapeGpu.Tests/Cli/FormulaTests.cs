using LandscapeGpu.Cli;
using LandscapeGpu.Cli.Scripting;

namespace LandscapeGpu.Tests.Cli;

public sealed class FormulaTests : IDisposable
{
    private static readonly Dictionary<string, double> NoSettings = [];
    private readonly string file = Path.Combine(Path.GetTempPath(), $"landscape-{Guid.NewGuid():N}.csx");

    [Fact]
    public void A_formula_takes_its_dimension_from_the_coordinates_it_names_and_its_names_from_the_settings()
    {
        var objective = Formula.Compile("a*Square(x[1]) + Sum(d, i => 3*i) * x[0] + 4/2", null, new Dictionary<string, double> { ["a"] = 3 });
        Assert.Equal(2, objective.Dimension);
        Assert.Equal(12 + 15 + 2, objective.Evaluate([5, 2]));
        Assert.Equal(4 + 15 + 2, objective.With("a", 1).Evaluate([5, 2]));
    }

    [Theory]
    [InlineData("0.2*x[0] + Sine(x[0])", "at column 12: The name 'Sine' does not exist; did you mean Sin?")]
    [InlineData("sin(x[0])", "did you mean Sin?")]
    [InlineData("Sin(x[0]) +", "at column 12: Expected expression.")]
    [InlineData("x[0]^2", "a power is written Pow(x[0], 2)")]
    [InlineData("Square(x[0]) + 1/2*x[0]", "at column 16: 1/2 divides whole numbers and drops what is left; write 1.0/2.")]
    [InlineData("Math.Sin(x[0])", "write Sin, Exp, … without Math.")]
    [InlineData("x(0)", "a coordinate is written x[0]")]
    [InlineData("x => x[0]", "without the arrow")]
    [InlineData("1/0.0 + x[0]", "not finite")]
    [InlineData("", "The formula is empty")]
    [InlineData("Select(x[0] == 1, 2, x[0])", "at column 8: == and != of C# compare symbols, not their values: write Equal(a, b) or !Equal(a, b).")]
    [InlineData("Sum(3, i => i != 2 ? x[0] : x[1])", "write Equal(a, b)")]
    [InlineData("Square(x[99999999])", "names x[99999999]; there can be at most 10000000 coordinates")]
    [InlineData("Sum(2147483647, i => Square(x[0] - i))", "takes about")]
    [InlineData("Product(2147483647, i => x[0] - i)", "written out one by one")]
    [InlineData("Sum(d, i => x[i])", "give --dimension")]
    public void A_typo_is_shown_with_its_place_and_a_remedy(string formula, string expected)
    {
        var mistake = Assert.Throws<MistakeException>(() => Formula.Compile(formula, null, NoSettings));
        Assert.Contains(expected, mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x => Sin(x[0]) * x[1]", 2)]
    [InlineData("(Point x) => Sin(x[0]) * x[1]", 2)]
    [InlineData("Define(2, x => Sin(x[0]) * x[1])", null)]
    [InlineData("Objective.Define(\"mine\", 2, x => Setting(\"a\", 5) * Sin(x[0]) * x[1])", null, "a", 1.0)]
    public void A_script_s_value_is_an_objective_or_a_function(string code, int? dimension, string? setting = null, double value = 0)
    {
        File.WriteAllText(file, code);
        var settings = setting is null ? NoSettings : new() { [setting] = value };
        Assert.Equal(2 * Math.Sin(1), ScriptFile.Run(file, dimension, settings).Evaluate([1, 2]), 1e-15);
    }

    [Theory]
    [InlineData("throw new FormatException(\"no data\");", "threw FormatException: no data")]
    [InlineData("// first\nvar y = Foo(3);\ny", "at line 2, column 9: The name 'Foo' does not exist")]
    [InlineData("var y = 1;", "has no value")]
    [InlineData("\"text\"", "a value of type String")]
    [InlineData("x => x[0]", "give --dimension")]
    public void A_script_that_is_no_objective_says_why(string code, string expected)
    {
        File.WriteAllText(file, code);
        var mistake = Assert.Throws<MistakeException>(() => ScriptFile.Run(file, null, NoSettings));
        Assert.Contains(expected, mistake.Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(file);
}
