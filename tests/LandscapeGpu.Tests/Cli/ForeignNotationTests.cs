using LandscapeGpu.Cli.Scripting;

namespace LandscapeGpu.Tests.Cli;

/// <summary>Formulas as Python, NumPy and textbooks write them are refused with how they are written here, which means the same.</summary>
public class ForeignNotationTests
{
    private static readonly Dictionary<string, double> Settings = new() { ["a"] = 3, ["k1"] = 0.5 };

    // What each is at x = (0.7, -0.4, 1.3).
    public static TheoryData<string, Func<double[], double>> Formulas { get; } = new()
    {
        { "x[0]**2 - x[1]^3", x => (x[0] * x[0]) - (x[1] * x[1] * x[1]) },
        { "-x[0]**2", x => -(x[0] * x[0]) },
        { "2**-x[0]**2", x => Math.Pow(2, -x[0] * x[0]) },
        { "2**3**x[0]", x => Math.Pow(2, Math.Pow(3, x[0])) },
        { "a - (k1 - x[0]) - -x[1]**2", x => 3 - (0.5 - x[0]) + (x[1] * x[1]) },
        { "a/(k1*x[0])/2*x[1]**2", x => 3 / (0.5 * x[0]) / 2 * x[1] * x[1] },
        { "-(x[0] + x[1])*x[2]**1", x => -(x[0] + x[1]) * x[2] },
        { "1/2*x[0]**2 + 3/4", x => (0.5 * x[0] * x[0]) + 0.75 },
        { "np.sin(x0) + math.exp(-x2)*numpy.abs(x1)", x => Math.Sin(x[0]) + (Math.Exp(-x[2]) * Math.Abs(x[1])) },
        { "sin(x1)*x2 - x_3", x => (Math.Sin(x[0]) * x[1]) - x[2] },
        { "(x**2 + y - 11)**2 + (x + y**2 - 7)**2", x => Math.Pow((x[0] * x[0]) + x[1] - 11, 2) + Math.Pow(x[0] + (x[1] * x[1]) - 7, 2) },
        { "2x*(x - 1)(x + 1)", x => 2 * x[0] * (x[0] - 1) * (x[0] + 1) },
        { "e^(-x[0]) + ln(x[2]) + pi", x => Math.Exp(-x[0]) + Math.Log(x[2]) + Math.PI },
        { "log10(x[2])/2", x => Math.Log10(x[2]) / 2 },
        { "1 if x[0] > 0 and x[1] > 0 else x[2]", x => x[2] },
        { "x[0] > x[1] ? x[0] : x[1]*x[2]", x => x[0] },
        { "np.where(x[0] < 0, x[0]**2, maximum(x[1], x[2]))", x => Math.Max(x[1], x[2]) },
        { "10*len(x) + np.sum(x**2 - 10*np.cos(2*np.pi*x))", x => 30 + x.Sum(v => (v * v) - (10 * Math.Cos(2 * Math.PI * v))) },
        { "sum(100*(x[1:] - x[:-1]**2)**2 + (1 - x[:-1])**2)", x => Enumerable.Range(0, 2).Sum(i => (100 * Math.Pow(x[i + 1] - (x[i] * x[i]), 2)) + Math.Pow(1 - x[i], 2)) },
        { "sum((i+1)*x[i]**2 for i in range(len(x)))", x => Enumerable.Range(0, 3).Sum(i => (i + 1) * x[i] * x[i]) },
        { "sum(i*(x[i] - x[i-1])**2 for i in range(1, len(x)))", x => Enumerable.Range(1, 2).Sum(i => i * Math.Pow(x[i] - x[i - 1], 2)) },
        { "sum(sum(x[i]*x[j] for j in range(3)) for i in range(2))", x => (x[0] + x[1]) * x.Sum() },
        { "-20*exp(-0.2*sqrt(mean(x**2))) - exp(mean(cos(2*pi*x))) + 20 + e", x => (-20 * Math.Exp(-0.2 * Math.Sqrt(x.Average(v => v * v)))) - Math.Exp(x.Average(v => Math.Cos(2 * Math.PI * v))) + 20 + Math.E },
        { "Sum(d, i => x[i]^2 + 13.8*(Real)i - cos(x[i]))", x => Enumerable.Range(0, 3).Sum(i => (x[i] * x[i]) + (13.8 * i) - Math.Cos(x[i])) },
        { "x(1)^2 + sum(x.^2./3) - x(3)", x => (x[0] * x[0]) + (x.Sum(v => v * v) / 3) - x[2] },
        { "2/cosh(x0) + np.sinh(x1)", x => (2 / Math.Cosh(x[0])) + Math.Sinh(x[1]) },
        { "Asinh(x[1])*Acosh(x[2]) - Atanh(x[0])", x => (Math.Asinh(x[1]) * Math.Acosh(x[2])) - Math.Atanh(x[0]) },
        { "arcsinh(x[2]) + np.arctanh(x[1]-0.1)", x => Math.Asinh(x[2]) + Math.Atanh(x[1] - 0.1) },
        { "Exp2(x[0]) - 3*exp10(-x[1])/Hypot(x[0], x[1]+1)", x => Math.Pow(2, x[0]) - (3 * Math.Pow(10, -x[1]) / Math.Sqrt((x[0] * x[0]) + Math.Pow(x[1] + 1, 2))) },
        { "cbrt(x[1]) + Cbrt(x[0])**2", x => Math.Cbrt(x[1]) + Math.Pow(Math.Cbrt(x[0]), 2) },
        { "sign(x[1])*np.sign(x[0])*Sign(x[2]-1.3) - sgn(x[1])", x => -Math.Sign(x[1]) },
        { "1/sec(x[0])/cot(x[2]) + Csc(x[1])", x => (Math.Cos(x[0]) * Math.Tan(x[2])) + (1 / Math.Sin(x[1])) },
        { "2*log(x[2], 3)**2 + expm1(x[0])*log1p(-x[1])", x => (2 * Math.Pow(Math.Log(x[2], 3), 2)) + ((Math.Exp(x[0]) - 1) * Math.Log(1 - x[1])) },
        { "np.clip(x[2], 0, 1) + heaviside(x[0]) + max(x[0], x[1], x[2])", x => 1 + 1 + x.Max() },
        { "cube(x[1]) - 2*sqr(x[0] - 1)", x => Math.Pow(x[1], 3) - (2 * Math.Pow(x[0] - 1, 2)) },
        { "np.linalg.norm(x)**2", x => x.Sum(v => v * v) },
    };

    [Theory]
    [MemberData(nameof(Formulas))]
    public void The_refusal_says_how_it_is_written_here_and_that_is_the_same(string formula, Func<double[], double> truth)
    {
        const string Before = " Here it is written: ";
        var message = Assert.Throws<MistakeException>(() => Formula.Compile(formula, 3, Settings)).Message;
        Assert.Contains(Before, message, StringComparison.Ordinal);
        var ours = message[(message.IndexOf(Before, StringComparison.Ordinal) + Before.Length)..];
        double[] x = [0.7, -0.4, 1.3];
        // A few roundings of the terms, the largest of which is below a hundred.
        Assert.Equal(truth(x), Formula.Compile(ours, 3, Settings).Evaluate(x), 1e-12);
        Assert.DoesNotContain(FormulaLanguage.Allowed, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x[0]!")]
    [InlineData("x(0)^2")]
    [InlineData("x (x - 1)")]
    [InlineData("foo(x[0])**2")]
    [InlineData("x[0] +* 2")]
    [InlineData("0 < x[0] < 1")]
    [InlineData("|x[0]|")]
    [InlineData("sum(x[1:]*x[:-2])")]
    [InlineData("sum(x[i]**2 for i in range(d) if i > 1)")]
    [InlineData("x[0]**2; y = 3")]
    [InlineData("sum(1)**2")]
    [InlineData("x[::2]**2")]
    public void What_is_not_understood_is_refused_without_advice_of_that_kind(string formula) =>
        Assert.DoesNotContain("Here it is written", Assert.Throws<MistakeException>(() => Formula.Compile(formula, 3, Settings)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_right_is_not_rewritten_and_nothing_else_is_its_mistake()
    {
        Assert.Equal(0.49, Formula.Compile("Square(x[0])", null, Settings).Evaluate([0.7]), 1e-15);
        // How many coordinates there are is asked for after the formula is right.
        Assert.Contains("Sum(d, i => Pow(x[i], 2))", Assert.Throws<MistakeException>(() => Formula.Compile("sum(x**2)", null, Settings)).Message, StringComparison.Ordinal);
        Assert.EndsWith("give --dimension.", Assert.Throws<MistakeException>(() => Formula.Compile("Sum(d, i => Pow(x[i], 2))", null, Settings)).Message, StringComparison.Ordinal);
    }
}
