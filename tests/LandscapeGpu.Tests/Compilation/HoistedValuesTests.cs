using LandscapeGpu.Tests.Devices;

namespace LandscapeGpu.Tests.Compilation;

/// <summary>What depends on an inner loop's index alone is not computed once for each iteration of the outer one.</summary>
public sealed class HoistedValuesTests
{
    private static readonly Dictionary<string, Func<Point, Real>> Hoisted = new()
    {
        ["a square of differences"] = x => Sum(20, i => Sum(20, j => Square(x[i] - Exp(x[j])))),
        ["a triangle"] = x => Sum(20, i => Sum(i, j => Square(x[i] - Exp(x[j])))),
        ["a vector's elements"] = x => { var v = Vector(20, i => Exp(x[i])); return Sum(20, i => Sum(i, j => Square(v[i] - (1 / v[j])))); },
        ["a sum inside"] = x => Sum(20, i => Sum(20, j => Square(x[i] - Sum(3, k => Exp(x[j] * (1 + (Real)k)))))),
        ["the quotient of a product"] = x => Sum(20, i => Sum(i, j => Square((x[i] + x[j]) / ((2 + Exp(x[i])) * (3 + Exp(x[j])))))),
    };

    private static readonly Dictionary<string, Func<Point, Real>> Needed = new()
    {
        ["both indices"] = x => Sum(20, i => Sum(20, j => Exp(x[i] * x[j]))),
        ["both indices in a triangle"] = x => Sum(20, i => Sum(i, j => Exp(x[i] * x[j]))),
        ["both indices as numbers"] = x => Sum(20, i => Sum(i, j => Exp(x[j] * (Real)i))),
    };

    public static TheoryData<string> Names => [.. Hoisted.Keys, .. Needed.Keys];

    public static TheoryData<string> HoistedNames => [.. Hoisted.Keys];

    [Theory]
    [MemberData(nameof(HoistedNames))]
    public void Functions_of_one_index_are_computed_in_no_nested_loop(string name)
    {
        var text = new LaneDevice().Explain(Objective.Define(name, 20, Hoisted[name]), new() { Rule = new GradientDescent(), Stop = new() { OnlyIterations = true } });

        // An exponential ends by scaling with a power of two; what stands in a loop in a loop stands six spaces in.
        Assert.DoesNotContain(text.Split('\n'), line => line.StartsWith("      v", StringComparison.Ordinal) && !line.Contains("[k", StringComparison.Ordinal) && (line.Contains("Scale", StringComparison.Ordinal) || line.Contains("= 1/", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_and_derivatives_are_what_they_are_written_out(string name)
    {
        var f = Objective.Define(name, 20, Hoisted.TryGetValue(name, out var formula) ? formula : Needed[name]);
        double[] x = [.. Enumerable.Range(0, 20).Select(i => Math.Sin(i) / 4)], v = [.. Enumerable.Range(0, 20).Select(i => Math.Cos(3 * i))];
        var right = new DerivedFormula(f).Interpret(DoubleArithmetic.Instance, x, v);

        foreach (var (where, numbers) in Everywhere.Derived(f, x, v))
        {
            // Sums of some thousand products of single precision, of numbers up to the largest here.
            var digits = where.Contains("single", StringComparison.Ordinal) || where.Contains("False", StringComparison.Ordinal) ? 1e-4 : 1e-12;
            Assert.All(right.Zip(numbers), pair => Assert.Equal(pair.First, pair.Second, digits * right.Max(Math.Abs)));
        }
    }
}
