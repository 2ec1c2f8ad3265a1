using System.Globalization;
using System.Text.RegularExpressions;
using LandscapeGpu.Tests.Cli;

namespace LandscapeGpu.Tests.Reporting;

/// <summary>What the library and the command say does not depend on how numbers are written where they run.</summary>
public sealed partial class CultureTests
{
    /// <summary>Numbers as no country writes them: a decimal comma, other signs, other words.</summary>
    private static CultureInfo Strange { get; } = Made();

    public static TheoryData<string> Commands =>
    [
        "explore himmelblau --restarts 60 --seed 3", "explore himmelblau --restarts 60 --seed 3 --json -", "explore rosenbrock --restarts 20 --rule adam --step 0.125 --schedule warm-restarts:400:1.5",
        "explore thomson --set electrons=4 --restarts 20", "verify double-well --saddle-starts 20", "compare six-hump-camel --rules lbfgs,gradient-descent:0.01 --restarts 30",
        "explain rastrigin", "list", "list pca", "explore --formula Square(x[0]-0.5)-0.25*x[0] --domain -1.5,2.5 --restarts 20",
        "explore himmelblau --domain 3,-3", "explore rastrigin --dimension -2", "explore shekel --set m=5.5", "explore himmelblau --step -0.5 --rule adam", "explore pl-sine --set nothing=-1.5",
        "explore himmelblau --tolerance -0.5", "explore himmelblau --until-coverage 1.5", "explore --formula Log(-1.5)+x[0]", "explore glm --rule lbfgs:-2",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_prints_the_same_everywhere(string line)
    {
        var (here, there) = (Printed(CultureInfo.InvariantCulture, line), Printed(Strange, line));
        Assert.Equal(here, there);
    }

    /// <summary>Numbers that are wrong, with signs and fractions, in words.</summary>
    private static Action[] Mistakes { get; } =
    [
        () => new Parameter("p", double.NaN), () => Define(x => Mean(-3, i => x[0])), () => Define(x => Vector(-2, i => x[0])[0]), () => Define(x => x[-1]), () => Define(x => Product(-4, i => x[0])),
        () => Define(x => Sum(3, i => x[i - 2])), () => Define(x => Sum(-2, i => x[0])), () => Define(x => Sum(2, i => x[i / ((LandscapeGpu.Expressions.Index)(-2))])), () => Define(x => x[0] + Sqrt(-1.5)),
        () => Objective.Define("none", -3, x => x[0]), () => _ = new Gaussian(-1.5), () => _ = new LogUniform(-0.5, 2), () => _ = new GivenPoints([0.5, double.NaN], 2), () => Schedule.Exponential(1.5), () => Schedule.WarmRestarts(10, 0.5),
        () => new StopRule { Escape = -1.5 }.Require(), () => Rules.Named("adam", -0.25), () => Catalogue.Find("pl-sine").Create(settings: new Dictionary<string, double> { ["none"] = 1.5 }),
        () => Region.Box(2, 1.5, -1.5), () => Region.Ball(-2.5), () => Samplers.Named("normal:-0.5", new Gaussian(1), 2), () => new Data("d", [1, double.NegativeInfinity]),
    ];

    private static object[] Described { get; } =
    [
        new Adam { Step = 0.125 }, new Momentum { Step = 0.125, Mass = 0.75 }, new AdamW(), new Lbfgs { LongestStep = 2.5 }, new Armijo { FirstStep = 0.5 }, new AdaptiveStep { FirstStep = 0.5 }, new Nesterov { Mass = 0.75 },
        Schedule.Exponential(0.75), Schedule.WarmRestarts(100, 1.5), new Gaussian(1.5), new UniformBall(2.5), new Sobol(-1.5, 1.5), Region.Box(2, -1.5, 2.5), Region.Ball(2.5), Region.WholeSpace,
        Objective.Define("f", 1, x => (-1.5 * x[0]) + Pow(x[0], -3) + Sum(3, i => x[0] * (i - 2))),
    ];

    [Fact]
    public void Mistakes_and_descriptions_are_the_same_everywhere()
    {
        Assert.Equal(In(CultureInfo.InvariantCulture, Said), In(Strange, Said));
        Assert.DoesNotContain(In(Strange, Said), text => text.Contains('~', StringComparison.Ordinal));
    }

    private static List<string> Said() => [.. Mistakes.Select(m => Record.Exception(m)?.Message ?? "nothing"), .. Described.Select(d => d.ToString()!)];

    private static Objective Define(Func<Point, Real> formula) => Objective.Define("wrong", 1, formula);

    private static string Printed(CultureInfo culture, string line)
    {
        var done = In(culture, () => CommandLine.Run(line.Split(' ')));
        // How far it is, which goes to the error stream, is told by the clock; how many gradients polish takes depends on which points share a vector.
        return Times().Replace($"{done.Status}\n{done.Out}\n{(done.Status == LandscapeGpu.Cli.ExitCode.Mistake ? done.Error : "")}", "TIME");
    }

    private static T In<T>(CultureInfo culture, Func<T> action)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            return action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static CultureInfo Made()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        var numbers = culture.NumberFormat;
        (numbers.NumberDecimalSeparator, numbers.NumberGroupSeparator, numbers.PercentDecimalSeparator, numbers.PercentGroupSeparator) = (",", "'", ",", "'");
        (numbers.NegativeSign, numbers.NaNSymbol, numbers.PositiveInfinitySymbol, numbers.NegativeInfinitySymbol) = ("~", "~nothing", "~end", "~start");
        return culture;
    }

    /// <summary>What took how long differs from run to run, and with it the width of columns.</summary>
    [GeneratedRegex(@"""time"": ""[^""]*""|[\d,]+ gradient evaluations|\d[\d.,e~+-]* ?(s|ms|µs|ns|min|h)\b|""seconds"": \{[^}]*\}|""[a-z_]*seconds"": [\d.,eE~+-]+|  +|-{2,}|[─━═]+")]
    private static partial Regex Times();
}
