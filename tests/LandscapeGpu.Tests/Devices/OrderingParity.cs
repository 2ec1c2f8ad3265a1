namespace LandscapeGpu.Tests.Devices;

/// <summary>Comparisons, minima and maxima of what is no number: the same everywhere, whichever side a constant is on.</summary>
internal static class OrderingParity
{
    // No number left of 0.
    private static readonly (string Name, Func<Point, Real> Formula)[] Formulas =
    [
        ("max(0, no number)", x => Max(0, Log(x[0])) + Square(x[0])),
        ("max(no number, 0)", x => Max(Log(x[0]), 0) + Square(x[0])),
        ("min(0, no number)", x => Min(0, Log(x[0])) + Square(x[0])),
        ("min(no number, 0)", x => Min(Log(x[0]), 0) + Square(x[0])),
        ("max(x, no number)", x => Max(x[1], Log(x[0])) + Square(x[0])),
        ("min(no number, x)", x => Min(Log(x[0]), x[1]) + Square(x[0])),
        ("no number < 0", x => Select(Log(x[0]) < 0, x[0], 2 * x[0])),
        ("no number > 0", x => Select(Log(x[0]) > 0, x[0], 2 * x[0])),
        ("no number <= 0", x => Select(Log(x[0]) <= 0, x[0], 2 * x[0])),
        ("no number >= 0", x => Select(Log(x[0]) >= 0, x[0], 2 * x[0])),
        ("no number < x", x => Select(Log(x[0]) < x[1], x[0], 2 * x[0])),
        ("x <= no number", x => Select(x[1] <= Log(x[0]), x[0], 2 * x[0])),
        ("no number cut off from below", x => Square(Select(Log(x[0]) <= 0.5, 0.5, Log(x[0])))),
        ("no number let through from above", x => Square(Select(0.5 < Log(x[0]), Log(x[0]), 0.5))),
        ("no number < a sum of constants", x => Select(Log(x[0]) < Sum(2, i => i + 1), x[0], 2 * x[0])),
        ("a sum of constants < no number", x => Select(Sum(2, i => i + 1) < Log(x[0]), x[0], 2 * x[0])),
    ];

    public static void Require(Device device)
    {
        var starts = new GivenPoints([-1, 0.5, -2, 0.5, -1, -0.5, 0.25, 0.5], 2);
        foreach (var (name, formula) in Formulas)
        {
            foreach (var isDouble in new[] { true, false })
            {
                var options = new DescentOptions { Rule = new GradientDescent { Step = 0.125 }, IsDouble = isDouble, Stop = new() { Iterations = 1, OnlyIterations = true } };
                var (objective, range) = (Objective.Define(name, 2, formula), new RestartRange(starts, 1, 0, 4));
                var compiled = device.Compile(objective, options);
                var (expected, found) = (new LaneDevice(1).Compile(objective, options).Run(range), compiled.Run(range));
                Assert.Empty(compiled.Warnings);
                // Powers of two: no step is rounded, but where the logarithm is a number.
                Assert.All(expected.Points.Zip(found.Points), p => Assert.Equal(p.First, p.Second, isDouble ? 1e-12 : 1e-6));
            }
        }
    }
}
