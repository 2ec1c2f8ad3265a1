using LandscapeGpu.Compilation;
using LandscapeGpu.Compilation.Elementary;
using Xunit.Abstractions;

namespace LandscapeGpu.Tests.Compilation.Elementary;

/// <summary>What a function costs where it is inlined: the distinct operations of its program, constants free.</summary>
public class OperationCountTests(ITestOutputHelper output)
{
    // A limit is what was reached, so that growth is noticed and decided.
    public static TheoryData<string, int, int> Limits => new()
    {
        { "sin", 16, 20 }, { "cos", 17, 21 }, { "tan", 18, 21 }, { "sinTurns", 11, 14 }, { "cosTurns", 12, 16 },
        { "turns", 17, 24 }, { "exp", 15, 21 }, { "sigmoid", 16, 22 }, { "softplus", 25, 35 }, { "log", 21, 23 },
        { "tanh", 15, 22 }, { "asin", 16, 23 }, { "acos", 14, 25 }, { "atan", 17, 28 }, { "atan2", 27, 38 },
        { "erf", 19, 33 }, { "pow", 90, 100 },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void Functions_cost_no_more_operations_than_they_did(string name, int single, int real)
    {
        var counts = (Single: Count(name, false), Double: Count(name, true));
        output.WriteLine($"{{ \"{name}\", {counts.Single}, {counts.Double} }},");
        Assert.True(counts.Single <= single && counts.Double <= real, $"{name}: {counts}");
    }

    private static int Count(string name, bool isDouble)
    {
        var p = new Program(isDouble);
        string[] results = name switch
        {
            "sin" => [Trigonometric.Sin(p, "x")],
            "cos" => [Trigonometric.Cos(p, "x")],
            "tan" => [Trigonometric.Tan(p, "x")],
            "sinTurns" => [Turns.Sin(p, "x")],
            "cosTurns" => [Turns.Cos(p, "x")],
            "turns" => [Turns.Sin(p, "x"), Turns.Cos(p, "x")],
            "exp" => [Exponential.Exp(p, "x")],
            "sigmoid" => [Exponential.Sigmoid(p, "x")],
            "softplus" => [Exponential.Softplus(p, "x")],
            "log" => [Logarithm.Log(p, "x")],
            "tanh" => [Hyperbolic.Tanh(p, "x")],
            "asin" => [InverseTrigonometric.Asin(p, "x")],
            "acos" => [InverseTrigonometric.Acos(p, "x")],
            "atan" => [ArcTangent.Atan(p, "x")],
            "atan2" => [ArcTangent.Atan2(p, "y", "x")],
            "erf" => [ErrorFunction.Erf(p, "x")],
            _ => [Power.Pow(p, "x", "y")],
        };
        Assert.All(results, Assert.NotEmpty);
        return p.Operations;
    }

    /// <summary>A program under construction, where a value is the name of its operation and equal operations are one.</summary>
    private sealed class Program(bool isDouble) : IPrimitives<string>
    {
        private readonly Dictionary<string, string> _names = [];

        public int Operations => _names.Count;

        public bool IsDouble => isDouble;

        public string Constant(double value) => value.ToString("R");

        public string Add(string a, string b) => Node($"{a} + {b}");

        public string Subtract(string a, string b) => Node($"{a} - {b}");

        public string Multiply(string a, string b) => Node($"{a} * {b}");

        public string Divide(string a, string b) => Node($"{a} / {b}");

        public string FusedMultiplyAdd(string a, string b, string c) => Node($"{a} * {b} + {c}");

        public string Negate(string a) => Node($"-{a}");

        public string Abs(string a) => Node($"|{a}|");

        public string Sqrt(string a) => Node($"sqrt {a}");

        public string Min(string a, string b) => Node($"min {a} {b}");

        public string Round(string a) => Node($"round {a}");

        public string CopySign(string magnitude, string sign) => Node($"sign {magnitude} {sign}");

        public string Less(string a, string b) => Node($"{a} < {b}");

        public string LessOrEqual(string a, string b) => Node($"{a} <= {b}");

        public string Equal(string a, string b) => Node($"{a} = {b}");

        public string Select(string mask, string then, string otherwise) => Node($"{mask} ? {then} : {otherwise}");

        public string ScaleByPowerOfTwo(string x, string n) => Node($"scale {x} {n}");

        public string Exponent(string x) => Node($"exponent {x}");

        private string Node(string operation)
        {
            if (!_names.TryGetValue(operation, out var name))
            {
                _names[operation] = name = $"v{_names.Count}";
            }

            return name;
        }
    }
}
