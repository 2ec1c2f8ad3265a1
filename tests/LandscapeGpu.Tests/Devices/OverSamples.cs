using static LandscapeGpu.Expressions.Functions;

namespace LandscapeGpu.Tests.Devices;

/// <summary>Objectives that are sums over so many samples that warps can carry their restarts.</summary>
internal static class OverSamples
{
    public static IReadOnlyList<string> Names { get; } =
        ["glm", "logistic-regression", "matrix-sensing", "phase-retrieval", "quadratic-network", "perceptron", "deep-regression", "glassy", "a fit", "a mixture", "two losses", "one table", "backwards", "many samples", "columns"];

    public static Objective Make(string name) => name switch
    {
        // Numbers that 32 divides, and that leave few or many lanes without a last sample.
        "glm" => Of(name, 20, ("n", 1000)),
        "logistic-regression" => Of(name, null, ("n", 2017)),
        "matrix-sensing" => Of(name, null, ("m", 1024)),
        "phase-retrieval" => Of(name, null, ("ratio", 150)),
        "quadratic-network" => Of(name, null, ("n", 1055)),
        "perceptron" => Of(name, null, ("n", 1500)),
        "deep-regression" => Of(name, null, ("n", 1300)),
        "glassy" => Of(name, null, ("waves", 1601)),
        "a fit" => Fit(),
        "a mixture" => Mixture(),
        "two losses" => TwoLosses(),
        "one table" => OneTable(),
        // Data that are read in no order of samples.
        "backwards" => Parity.Objectives[^1],
        // So many that blocks of eight warps can carry restarts.
        "many samples" => Of("glm", 20, ("n", 6000)),
        "columns" => Columns(),
        // Of which a lane adds up more than one; registers have room for no more than these, by rules that keep little.
        "many sums" => Of("glm", 40, ("n", 5000)),
        _ => throw new ArgumentException($"{name} is not made here."),
    };

    private static Objective Of(string name, int? dimension, params (string Name, double Value)[] settings) =>
        Catalogue.Find(name).Create(dimension, settings.ToDictionary(s => s.Name, s => s.Value));

    /// <summary>Ten heights and ten rates, fitted to points.</summary>
    private static Objective Fit()
    {
        const int points = 2000, terms = 10;
        var (t, y) = (Numbers("t", points, k => k / 500.0), Numbers("y", points, k => Math.Sin(k / 300.0)));
        return Objective.Define("a fit", 2 * terms, x => Mean(points, k => Square(y[k] - Sum(terms, i => x[i] * Exp(-Square(x[terms + i]) * t[k])))))
            with
        { Region = Region.Box(2 * terms, -2, 2) };
    }

    /// <summary>What --fit makes of y ~ a*Exp(-b*t) + c: a sum of squares over the outputs of a model.</summary>
    private static Objective Columns()
    {
        const int rows = 3001;
        var (t, y) = (Numbers("t", rows, k => k / 700.0), Numbers("y", rows, k => Math.Exp(-k / 900.0) + (0.1 * Math.Sin(k))));
        return Objective.DefineModel("y ~ a*Exp(-b*t) + c", 3, x => Vector(rows, s => (x[0] * Exp(-x[1] * t[s])) + x[2]), outputs => Sum(rows, s => Square(y[s] - outputs[s])))
            with
        { Region = Region.Box(3, 0, 3) };
    }

    /// <summary>The middles of four clouds, and how likely each is, from points of them.</summary>
    private static Objective Mixture()
    {
        const int points = 1300, clouds = 4;
        var y = Numbers("y", points, k => (k % clouds * 2.5) + Math.Sin(k));
        return Objective.Define("a mixture", 2 * clouds, x => -Mean(points, k => Log(Sum(clouds, i => Exp(x[clouds + i] - (0.5 * Square(y[k] - x[i]))))) - Log(Sum(clouds, i => Exp(x[clouds + i])))))
            with
        { Region = Region.Box(2 * clouds, -3, 10) };
    }

    /// <summary>Two sums over samples, of different lengths, between which there is more of the formula.</summary>
    private static Objective TwoLosses()
    {
        const int d = 6;
        var (a, b) = (Numbers("a", 900 * d, k => Math.Sin(k)), Numbers("b", 2500, k => Math.Cos(3 * k)));
        return Objective.Define("two losses", d, x => Mean(900, k => Square(Sin(Sum(d, i => a[(k * d) + i] * x[i])))) + Sum(d, i => 0.1 * Square(x[i])) + Mean(2500, k => Square(b[k] - Tanh(x[0] * b[k] * x[1]))))
            with
        { Region = Region.Box(d, -2, 2) };
    }

    /// <summary>A table of eight columns, not all of which are read, of which one loop has the first rows and another all; outside both some of it is read as well. Robust losses have branches.</summary>
    private static Objective OneTable()
    {
        const int d = 5, columns = 8;
        var t = Numbers("t", 1300 * columns, k => Math.Sin(0.7 * k));
        return Objective.Define("one table", d, x => Mean(1300, k => Sqrt(1 + Square(t[(k * columns) + 7] - Sum(d, i => t[(k * columns) + i + 1] * x[i]))))
            + (0.1 * Mean(902, k => Max(0, 1 - (t[k * columns] * Sum(d, i => t[(k * columns) + i] * x[i]))))) + Sum(d, i => Square(x[i] - t[(columns * i) + 3])))
            with
        { Region = Region.Box(d, -2, 2) };
    }

    private static Data Numbers(string name, int count, Func<int, double> value) => new(name, [.. Enumerable.Range(0, count).Select(value)]);
}
