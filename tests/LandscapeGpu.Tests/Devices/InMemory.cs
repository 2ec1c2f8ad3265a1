using static LandscapeGpu.Expressions.Functions;

namespace LandscapeGpu.Tests.Devices;

/// <summary>Objectives whose state is in memory, with loops over coordinates that lanes of a warp can share.</summary>
internal static class InMemory
{
    public static IReadOnlyList<string> Names { get; } =
        ["pca", "atoms", "relu", "spin glass", "network", "classes", "deep network", "transposed", "short rows", "two norms"];

    public static Objective Make(string name) => name switch
    {
        // Numbers that 32 divides, and that leave few or many lanes without a last coordinate.
        "pca" => Catalogue.Find("pca").Create(43),
        "atoms" => Of("lennard-jones", ("atoms", 12)),
        "relu" => Catalogue.Find("two-layer-relu").Create(),
        "spin glass" => Catalogue.Find("spherical-spin-glass").Create(12),
        "network" => Of("perceptron", ("inputs", 70), ("width", 12), ("n", 24)),
        "classes" => Of("perceptron", ("inputs", 65), ("width", 9), ("classes", 4), ("loss", 2), ("n", 17), ("decay", 0.01)),
        "deep network" => Of("perceptron", ("inputs", 33), ("width", 8), ("layers", 2), ("normalise", 1), ("n", 16)),
        "transposed" => Transposed(),
        "short rows" => ShortRows(),
        "two norms" => TwoNorms(),
        _ => throw new ArgumentException($"{name} is not made here."),
    };

    /// <summary>784-128-1 on some samples.</summary>
    public static Objective Large(int samples) => Of("perceptron", ("inputs", 784), ("width", 128), ("n", samples));

    private static Objective Of(string name, params (string Name, double Value)[] settings) => Catalogue.Find(name).Create(null, settings.ToDictionary(s => s.Name, s => s.Value));

    /// <summary>A matrix that is read along its rows, and along its columns.</summary>
    private static Objective Transposed()
    {
        const int d = 90;
        var m = new Data("m", [.. Enumerable.Range(0, d * d).Select(k => Math.Sin(k))]);
        return Objective.Define("transposed", d, x => Sum(d, i => Square(Sum(d, j => m[(j * d) + i] * Tanh(x[j])) - x[i])))
            with
        { Region = Region.Box(d, -1, 1) };
    }

    /// <summary>Rows shorter than a warp, of which a coordinate has several.</summary>
    private static Objective ShortRows()
    {
        const int rows = 37, length = 5;
        return Objective.Define("short rows", rows * length, x => Sum(rows, i => Square(1 - Sum(length, j => Square(x[(i * length) + j])))) + (0.01 * Sum(rows * length, i => Sin(3 * x[i]))))
            with
        { Region = Region.Box(rows * length, -2, 2) };
    }

    /// <summary>Sums that need one another, and neighbours that read each other.</summary>
    private static Objective TwoNorms()
    {
        const int d = 150;
        return Objective.Define("two norms", d, x => Sqrt(1 + Sum(d, i => Square(x[i]))) * Log(2 + Sum(d, i => Square(x[i] - x[(i + 1) % d]))))
            with
        { Region = Region.Box(d, -2, 2) };
    }
}
