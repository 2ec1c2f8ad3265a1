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
    [InlineData("-a*x[0]", -3 * 5)]
    [InlineData("+a*x[0]*-b", 3 * 5 * -2)]
    [InlineData("a*b*x[0]", 3 * 2 * 5)]
    [InlineData("(a - b)/a*x[0]", 5.0 / 3)]
    [InlineData("Select(a > 1.5, 1, 2)*x[0] + Select(b < a, 0, 1)", 5)]
    [InlineData("Exp(-a*x[0])*Pow(x[0], b)", 7.647558012545645e-6)]
    public void What_can_be_written_with_a_coordinate_can_be_written_with_a_setting(string formula, double value) =>
        Assert.Equal(value, Formula.Compile(formula, 1, new Dictionary<string, double> { ["a"] = 3, ["b"] = 2 }).Evaluate([5]), 1e-12 * Math.Abs(value));

    [Fact]
    public void A_product_of_whole_numbers_that_overflows_is_refused()
    {
        var message = Assert.Throws<MistakeException>(() => Formula.Compile("Sum(d, i => Square(x[i]))/(d*d*d)", 2_000, NoSettings)).Message;

        Assert.Contains("beyond 2147483647; make one of them a real number, as in 1.0*d*d*d.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_of_the_library_are_multiplied_with_each_other_as_with_reals()
    {
        var (a, b) = (new Parameter("a", 3), new Parameter("b", 2));

        Assert.Equal(((6 + 5 - 1) * 5) + 1.5 - 3, Objective.Define("f", 1, x => (((a * b) + (a + b) - (a - b)) * x[0]) + (a / b) + -a).Evaluate([5]));
    }

    [Theory]
    [InlineData("0.2*x[0] + Sine(x[0])", "at column 12: The name 'Sine' does not exist; did you mean Sin?")]
    [InlineData("sin(x[0])", "did you mean Sin?")]
    [InlineData("x1^2+x2^2", "at column 1: x1 and x2 do not exist; coordinates are counted from 0: did you mean x[0] and x[1]? And a power is written Pow(x[0], 2).")]
    [InlineData("x_0*x_0 + x_3", "at column 1: x_0 and x_3 do not exist; coordinates are counted from 0: did you mean x[0] and x[3]?")]
    [InlineData("x[0] + 3*x1", "at column 10: x1 does not exist; coordinates are counted from 0: did you mean x[0]?")]
    [InlineData("Square(x[0]) + y*y + z**2", "at column 16: y and z do not exist; coordinates are counted from 0: did you mean x[1] and x[2]? And a power is written Pow(x[0], 2).")]
    [InlineData("x1+x2+x3+x4+x5", "x1, x2, x3, x4, … do not exist; coordinates are counted from 0: did you mean x[0], x[1], x[2], x[3], …?")]
    [InlineData("x[0] + t", "The name 't' does not exist; a formula is numbers")]
    [InlineData("Sum(2, x1 => x[x1]) + x2", "at column 23: x2 does not exist; coordinates are counted from 0: did you mean x[1]?")]
    [InlineData("Sin(x[0]) +", "at column 12: Expected expression.")]
    [InlineData("x[0]^2", "a power is written Pow(x[0], 2)")]
    [InlineData("Square(x[0]) + 1/2*x[0]", "at column 16: 1/2 divides whole numbers and drops what is left; write 1.0/2.")]
    [InlineData("Sum(5, i => Square(x[0] - i/4))", "at column 27: i/4 divides whole numbers and drops what is left; write (Real)i/4.")]
    [InlineData("Sum(3, i => 1/(i + 1)*x[0])", "at column 13: 1/(i + 1) divides whole numbers and drops what is left; write (Real)1/(i + 1).")]
    [InlineData("Sum(4, i => (3*i + 1)/2*x[0])", "write (Real)(3*i + 1)/2.")]
    [InlineData("Pow(x[0], 1/2)", "at column 11: 1/2 divides whole numbers and drops what is left; write 1.0/2.")]
    [InlineData("Pow(x[0] + 1, -(3/2))", "at column 17: 3/2 divides whole numbers and drops what is left; write 3.0/2.")]
    [InlineData("Pow(5/2, 3)*x[0]", "at column 5: 5/2 divides whole numbers")]
    [InlineData("5L/2*x[0]", "at column 1: 5L/2 divides whole numbers")]
    [InlineData("Math.Sin(x[0])", "write Sin, Exp, … without 'Math.'")]
    [InlineData("Floor(x[0])", "The name 'Floor' does not exist; it is level between jumps, and no descent can follow it.")]
    [InlineData("x[0] + round(x[0])", "The name 'round' does not exist; it is level between jumps")]
    [InlineData("Mod(x[0], 2)", "The name 'Mod' does not exist; it jumps, where no descent can follow it; what is periodic is written with Sin or Cos.")]
    [InlineData("x[0] % 2", "a remainder jumps, where no descent can follow it")]
    [InlineData("Gamma(x[0])", "The name 'Gamma' does not exist; it has no series here")]
    [InlineData("Sinc(x[0])", "write Sin(u)/u, or Sin(PI*u)/(PI*u).")]
    [InlineData("Sign(x[0])", "The name 'Sign' does not exist; it is written Select(u < 0, -1.0, Select(u > 0, 1.0, 0.0)).")]
    [InlineData("Cot(x[0])", "The name 'Cot' does not exist; it is written Cos(u)/Sin(u).")]
    [InlineData("Foo(x[0])", "The name 'Foo' does not exist; the functions are Abs, Acos, Asin")]
    [InlineData("Square(x[2147483648])", "an index is a whole number up to 2147483647, or one that a loop or data give")]
    [InlineData("x[0.5]", "an index is a whole number")]
    [InlineData("Sin(x)", "x is all coordinates, one of which is written x[0]")]
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
    [InlineData("Sinh(x[0])", 1e-9)]
    [InlineData("Sinh(x[0])", -3)]
    [InlineData("Sinh(x[0])", 300)]
    [InlineData("Cosh(x[0])", 1e-9)]
    [InlineData("Cosh(x[0])", -300)]
    [InlineData("Log10(x[0])", 1e-30)]
    [InlineData("Log2(x[0])", 1024)]
    public void Hyperbolic_functions_and_logarithms_of_other_bases_are_right_beside_zero_and_far_out_and_so_are_their_slopes(string formula, double at)
    {
        var objective = Formula.Compile(formula, 1, NoSettings);
        var (value, slope) = formula[..4] switch
        {
            "Sinh" => (Math.Sinh(at), Math.Cosh(at)),
            "Cosh" => (Math.Cosh(at), Math.Sinh(at)),
            "Log1" => (Math.Log10(at), 1 / (at * Math.Log(10))),
            _ => (Math.Log2(at), 1 / (at * Math.Log(2))),
        };
        using var derivatives = new PointDerivatives(objective);
        var gradient = new double[1];
        // A few roundings: of the argument, times its size, where it stands in an exponent.
        var close = 8 * Math.Max(1, Math.Abs(at)) * Math.ScaleB(1, -52);
        Assert.InRange(objective.Evaluate([at]) / value, 1 - close, 1 + close);
        derivatives.Gradient([at], gradient);
        // Beside 0 the slope of the even function is a difference of exponentials.
        Assert.InRange(gradient[0] - slope, -close * Math.Max(1, Math.Abs(slope)), close * Math.Max(1, Math.Abs(slope)));
    }

    [Theory]
    [InlineData("Environment.Exit(7)", 1)]
    [InlineData("x[0] + System.Environment.TickCount", 8)]
    [InlineData("x[0] + new Random().Next()", 8)]
    [InlineData("x[0] + typeof(string).Name.Length", 8)]
    [InlineData("Sin(x[0]) + System.IO.File.ReadAllText(\"/etc/hostname\").Length", 13)]
    [InlineData("x[0] + ((Func<int>)(() => { Environment.Exit(7); return 1; }))()", 8)]
    [InlineData("Sum(2, i => { return x[i]; })", 8)]
    [InlineData("Sum(2, (Index i) => x[i])", 8)]
    [InlineData("Sum(2, async i => x[i])", 8)]
    [InlineData("Sum(2, static i => x[i])", 8)]
    [InlineData("Sin(i => x[0])", 5)]
    [InlineData("x[0].GetHashCode() + x[0]", 1)]
    [InlineData("x[0] + x[0].ToString().Length", 8)]
    [InlineData("x.Variable[0] + x[0]", 1)]
    [InlineData("x?[0]", 1)]
    [InlineData("x[^1]", 3)]
    [InlineData("x[0..1]", 3)]
    [InlineData("\"a\".Length * x[0]", 1)]
    [InlineData("$\"{x}\".Length * x[0]", 1)]
    [InlineData("x[0] is Real r ? r : 1", 1)]
    [InlineData("x[0] switch { _ => x[1] }", 1)]
    [InlineData("(x[0], x[1]).Item1", 1)]
    [InlineData("(double)1 * x[0]", 1)]
    [InlineData("(x[0] = x[1])", 2)]
    [InlineData("x[0] + d++", 9)]
    [InlineData("x[0] + sizeof(int)", 8)]
    [InlineData("x[0] + default(int)", 8)]
    [InlineData("x[0] + checked(d * d)", 8)]
    [InlineData("x[0] + nameof(x).Length", 8)]
    [InlineData("x[0]!", 1)]
    [InlineData("Functions.Sin(x[0])", 1)]
    [InlineData("LandscapeGpu.Expressions.Functions.Sin(x[0])", 1)]
    [InlineData("Settings[\"a\"] + x[0]", 1)]
    [InlineData("Sum(d, Sin) + x[0]", 8)]
    [InlineData("Pow(y: 2, x: x[0])", 5)]
    [InlineData("Sqrt<int>(x[0])", 1)]
    [InlineData("\\u0045nvironment.TickCount + x[0]", 1)]
    [InlineData("throw null", 1)]
    [InlineData("Select(x[0] < 0, throw null, x[0])", 18)]
    [InlineData("from i in Enumerable.Range(0, 2) select x[0]", 1)]
    [InlineData("stackalloc int[3]", 1)]
    [InlineData("delegate { return x[0]; }", 1)]
    [InlineData("Math.Sqrt(2) * x[0]", 1)]
    [InlineData("Console.Out.Length", 1)]
    [InlineData("[1, 2]", 1)]
    [InlineData("__makeref(x)", 1)]
    [InlineData("await x[0]", 1)]
    [InlineData("true ? x[0] : x[1]", 1)]
    [InlineData("#load \"other.csx\"\nx[0]", 1)]
    [InlineData("x[0]\n#r \"other.dll\"\n", 7)]
    [InlineData("x[0]); Environment.Exit(7); (", 1)]
    [InlineData("x[0]\n), 0); System.Environment.Exit(7); var y = ((1", 6)]
    public void A_program_is_no_formula_and_is_refused_with_its_place_before_it_is_compiled(string program, int position)
    {
        var mistake = Assert.Throws<MistakeException>(() => Formula.Compile(program, 2, NoSettings));
        var column = program[..(position - 1)].Contains('\n', StringComparison.Ordinal) ? position - 1 - program.LastIndexOf('\n', position - 2) : position;
        Assert.Contains($"column {column}:", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sum(d, i => i < 1 ? x[i] : 2*x[i])")]
    [InlineData("d > 1 ? x[0] + x[1] : x[0] /* two of them */")]
    [InlineData("Select(x[0] > 0 & !(x[1] < 0) | Equal(x[0], 1), -x[0], x[1]) + d % 3 * 3.5e-1")]
    [InlineData("Sum(Vector(x[0], x[1])) + Vector(2, (i) => Mean(2, j => x[i]*x[j]))[1] + Math.PI*a + x.Length + Math.E\n")]
    [InlineData("Product(2, i => Pow(x[i] - PI, 2) + E) + Sum(Vector(3, i => i*x[0]).Length, i => x[0])")]
    [InlineData("Dot(x, x) + Atan2(x[0], x[1]) + Erf(0x10*x[0]) + 1_000*x[0]")]
    public void What_mathematics_needs_is_a_formula(string formula)
    {
        var settings = new Dictionary<string, double> { ["a"] = 3 };
        if (formula.Contains("i < 1 ?", StringComparison.Ordinal))
        {
            // An index of a loop is a symbol: the language says what to write.
            Assert.Contains("Select", Assert.Throws<MistakeException>(() => Formula.Compile(formula, 2, settings)).Message, StringComparison.Ordinal);
            return;
        }

        Assert.True(double.IsFinite(Formula.Compile(formula, 2, settings).Evaluate([0.25, 0.5])));
    }

    [Fact]
    public void A_formula_of_many_terms_is_read()
    {
        var terms = string.Join(" + ", Enumerable.Range(0, 3000).Select(i => $"{i}*x[0]"));
        Assert.Equal(2999 * 3000 / 2, Formula.Compile(terms, 1, NoSettings).Evaluate([1]));
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
        Assert.Equal(2 * Math.Sin(1), ScriptFile.Run(file, dimension, settings, TextWriter.Null).Evaluate([1, 2]), 1e-15);
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
        var mistake = Assert.Throws<MistakeException>(() => ScriptFile.Run(file, null, NoSettings, TextWriter.Null));
        Assert.Contains(expected, mistake.Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(file);

    [Theory]
    [InlineData("x[0]**2", "a power is written Pow(x[0], 2)")]
    [InlineData("Square(x[0]--0.5)", "at column 12: two signs in a row are written apart, as in x[0] - (-0.5).")]
    [InlineData("1 ++x[0]", "at column 3: two signs in a row are written apart, as in x[0] + (-0.5).")]
    [InlineData("Sum(d, i => -13.8*i*x[i])", "(Real)i")]
    public void What_other_languages_write_gets_a_hint(string formula, string hint) =>
        Assert.Contains(hint, CommandLine.Run("explain", "--formula", formula, "--dimension", "2").Error, StringComparison.Ordinal);

    [Fact]
    public void Every_name_of_an_explained_formula_is_written_out_and_the_same_in_every_run()
    {
        var shown = CommandLine.Run("explain", "perceptron", "--set", "activation=relu").Out;
        Assert.Contains("where v1[j] = ", shown, StringComparison.Ordinal);
        Assert.Contains("activation=relu: what a unit does with the sum of its inputs (one of tanh, sigmoid, relu", shown, StringComparison.Ordinal);
        Assert.Contains("for j = 0 … 2", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lennard-jones")]
    [InlineData("perceptron")]
    [InlineData("hartmann-6")]
    [InlineData("muller-brown")]
    public void An_explained_formula_leaves_nothing_out_and_defines_each_name_it_uses(string family)
    {
        var formula = CommandLine.Run("explain", family).Out.Split("\non ")[0].Split($"\n{family}(x) = ")[1];
        Assert.DoesNotContain("…*", formula, StringComparison.Ordinal);
        Assert.DoesNotContain("(…", formula, StringComparison.Ordinal);
        var used = System.Text.RegularExpressions.Regex.Matches(formula, @"\b[sv][0-9]+\b").Select(m => m.Value).ToHashSet();
        Assert.All(used, name => Assert.Matches($@"\n  (where|and) {name}(\[\w+\])? = ", formula));
    }

    [Fact]
    public void Scripts_know_pi_and_where_restarts_can_start()
    {
        File.WriteAllText(file, "Define(1, x => Sin(PI*x[0])) with { Starts = new Gaussian(2) }");
        Assert.IsType<LandscapeGpu.Starts.Gaussian>(ScriptFile.Run(file, null, NoSettings, TextWriter.Null).Starts);
    }
}
