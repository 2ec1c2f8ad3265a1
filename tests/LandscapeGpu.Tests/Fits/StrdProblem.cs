using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace LandscapeGpu.Tests.Fits;

/// <summary>One nonlinear regression of NIST's Statistical Reference Datasets: data, two starts, and what was certified in 128-bit arithmetic.</summary>
internal sealed partial record StrdProblem(
    string Name, double[] Start1, double[] Start2, double[] Certified, double ResidualSumOfSquares, double[] Y, double[][] X)
{
    /// <summary>Reads a file as NIST publishes it (tests/data/nist-strd).</summary>
    public static StrdProblem Read(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder(), $"{name}.dat"));
        double[][] parameters = [.. lines.Select(l => ParameterLine().Match(l)).Where(m => m.Success).Select(m => Numbers(m.Groups[1].Value))];
        var squares = Numbers(lines.Single(l => l.StartsWith("Residual Sum of Squares:", StringComparison.Ordinal)).Split(':')[1])[0];
        var begin = Array.FindLastIndex(lines, l => l.StartsWith("Data:", StringComparison.Ordinal)) + 1;
        double[][] rows = [.. lines.Skip(begin).Where(l => l.Trim().Length > 0).Select(Numbers)];
        return new(
            name, [.. parameters.Select(p => p[0])], [.. parameters.Select(p => p[1])], [.. parameters.Select(p => p[2])], squares,
            [.. rows.Select(r => r[0])], [.. Enumerable.Range(1, rows[0].Length - 1).Select(c => rows.Select(r => r[c]).ToArray())]);
    }

    /// <summary>Σ(y − model)² over the box that the two starts span, ten times as wide; where they nearly agree, a tenth of their own size each way.</summary>
    public Objective Objective(Func<Point, Real[], Real> model)
    {
        var response = new Data("y", Name == "Nelson" ? [.. Y.Select(y => Math.Log(y))] : Y);
        Data[] predictors = [.. Enumerable.Range(0, X.Length).Select(c => new Data($"x{c}", X[c]))];
        double[] middle = [.. Start1.Zip(Start2, (a, b) => (a + b) / 2)];
        double[] reach = [.. Start1.Zip(Start2, (a, b) => Math.Max(5 * Math.Abs(a - b), Math.Abs(a + b) / 20))];
        return LandscapeGpu.Objectives.Objective.Define(
            Name, Start1.Length, b => Sum(Y.Length, k => Square(response[k] - model(b, [.. predictors.Select(x => x[k])])))) with
        {
            Region = Region.Box([.. middle.Zip(reach, (m, r) => m - r)], [.. middle.Zip(reach, (m, r) => m + r)]),
        };
    }

    private static double[] Numbers(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => double.Parse(n, NumberStyles.Float, CultureInfo.InvariantCulture))];

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "data", "nist-strd");

    [GeneratedRegex(@"^\s*b\d+\s*=\s*(.+)$")]
    private static partial Regex ParameterLine();
}
