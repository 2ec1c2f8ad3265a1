namespace LandscapeGpu.Tests.Fits;

/// <summary>The models of NIST's regressions, as their files print them: b are the parameters, x the predictors of one sample.</summary>
internal static class StrdModels
{
    public static IReadOnlyDictionary<string, Func<Point, Real[], Real>> All { get; } = new Dictionary<string, Func<Point, Real[], Real>>
    {
        ["Bennett5"] = (b, x) => b[0] * Pow(b[1] + x[0], -1 / b[2]),
        ["BoxBOD"] = (b, x) => b[0] * (1 - Exp(-b[1] * x[0])),
        ["Chwirut1"] = (b, x) => Exp(-b[0] * x[0]) / (b[1] + (b[2] * x[0])),
        ["Chwirut2"] = (b, x) => Exp(-b[0] * x[0]) / (b[1] + (b[2] * x[0])),
        ["DanWood"] = (b, x) => b[0] * Pow(x[0], b[1]),
        ["Eckerle4"] = (b, x) => b[0] / b[1] * Exp(-0.5 * Square((x[0] - b[2]) / b[1])),
        ["ENSO"] = (b, x) => b[0]
            + (b[1] * Cos(2 * Math.PI * x[0] / 12)) + (b[2] * Sin(2 * Math.PI * x[0] / 12))
            + (b[4] * Cos(2 * Math.PI * x[0] / b[3])) + (b[5] * Sin(2 * Math.PI * x[0] / b[3]))
            + (b[7] * Cos(2 * Math.PI * x[0] / b[6])) + (b[8] * Sin(2 * Math.PI * x[0] / b[6])),
        ["Gauss1"] = TwoPeaks,
        ["Gauss2"] = TwoPeaks,
        ["Gauss3"] = TwoPeaks,
        ["Hahn1"] = CubicOverCubic,
        ["Kirby2"] = (b, x) => (b[0] + (b[1] * x[0]) + (b[2] * Square(x[0]))) / (1 + (b[3] * x[0]) + (b[4] * Square(x[0]))),
        ["Lanczos1"] = ThreeDecays,
        ["Lanczos2"] = ThreeDecays,
        ["Lanczos3"] = ThreeDecays,
        ["MGH09"] = (b, x) => b[0] * (Square(x[0]) + (x[0] * b[1])) / (Square(x[0]) + (x[0] * b[2]) + b[3]),
        ["MGH10"] = (b, x) => b[0] * Exp(b[1] / (x[0] + b[2])),
        ["MGH17"] = (b, x) => b[0] + (b[1] * Exp(-x[0] * b[3])) + (b[2] * Exp(-x[0] * b[4])),
        ["Misra1a"] = (b, x) => b[0] * (1 - Exp(-b[1] * x[0])),
        ["Misra1b"] = (b, x) => b[0] * (1 - Pow(1 + (b[1] * x[0] / 2), -2)),
        ["Misra1c"] = (b, x) => b[0] * (1 - Pow(1 + (2 * b[1] * x[0]), -0.5)),
        ["Misra1d"] = (b, x) => b[0] * b[1] * x[0] / (1 + (b[1] * x[0])),
        ["Nelson"] = (b, x) => b[0] - (b[1] * x[0] * Exp(-b[2] * x[1])),
        ["Rat42"] = (b, x) => b[0] / (1 + Exp(b[1] - (b[2] * x[0]))),
        ["Rat43"] = (b, x) => b[0] / Pow(1 + Exp(b[1] - (b[2] * x[0])), 1 / b[3]),
        ["Roszman1"] = (b, x) => b[0] - (b[1] * x[0]) - (Atan(b[2] / (x[0] - b[3])) / Math.PI),
        ["Thurber"] = CubicOverCubic,
    };

    private static Real TwoPeaks(Point b, Real[] x) => (b[0] * Exp(-b[1] * x[0]))
        + (b[2] * Exp(-Square((x[0] - b[3]) / b[4]))) + (b[5] * Exp(-Square((x[0] - b[6]) / b[7])));

    private static Real ThreeDecays(Point b, Real[] x) => (b[0] * Exp(-b[1] * x[0])) + (b[2] * Exp(-b[3] * x[0])) + (b[4] * Exp(-b[5] * x[0]));

    private static Real CubicOverCubic(Point b, Real[] x) =>
        (b[0] + (x[0] * (b[1] + (x[0] * (b[2] + (x[0] * b[3])))))) / (1 + (x[0] * (b[4] + (x[0] * (b[5] + (x[0] * b[6]))))));
}
