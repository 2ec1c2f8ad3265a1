namespace LandscapeGpu.Tests.Expressions;

public class MeetingSlopesTests
{
    /// <summary>Formulas whose pieces meet with one slope everywhere.</summary>
    private static readonly Dictionary<string, Func<Point, Real>> Smooth = new()
    {
        ["a penalty"] = x => x[0] + (1e5 * Square(Max(0, 1 - (x[0] * x[1])))),
        ["a penalty with the constant behind"] = x => Square(Max(x[0] - 0.5, 0)) + Square(2 * Min(0, x[1])),
        ["a sum of penalties"] = x => Sum(2, i => Square(Max(0, x[i] - 0.2))),
        ["higher powers"] = x => Pow(Max(0, x[0]), 3) + Pow(Max(0, x[1]), 2.5) + Pow(Abs(x[0]), 5),
        ["the sign by its distance"] = x => Abs(x[0] - 0.3) * (x[0] - 0.3),
        ["the square of an absolute value"] = x => Square(Abs(x[0] - x[1])),
        ["a rectified unit's square"] = x => Square(Relu(x[0])) * x[1],
        ["pieces that are squares"] = x => Select(x[0] > 0, Square(x[0]), 0) + Select(x[1] < 0, 2 * Square(x[1]), -Square(x[1])),
        ["a function of a penalty"] = x => Sin(Square(Max(0, x[0]))) * Exp(x[1]),
        ["two that begin together"] = x => Max(0, x[0]) * Abs(x[0]) * x[1],
        ["elements of a vector"] = x => Vector(2, i => Square(Max(0, x[i] - 1))) is var v ? v[0] + (v[1] * x[0]) : 0,
        ["Huber's loss"] = x => Sum(2, i => Huber(x[i] - (0.5 * x[0]), 0.3)),
        ["Huber's loss of tiny residuals"] = x => 1e9 * Huber(1e-9 * x[0] * x[1], 1.7e-9),
        ["Huber's loss with a setting"] = x => Huber(x[0] - x[1], new Parameter("delta", 0.7)),
        ["Huber's loss by its data"] = x => new Data("delta", [0.4, 2.0]) is var delta ? Sum(2, i => Huber(x[i], Abs(delta[i]) + 0.1)) : 0,
        ["Huber's loss by two conditions"] = x => Select(x[0] > 0.5, 0.5 * (x[0] - 0.25), Select(x[0] < -0.5, -0.5 * (x[0] + 0.25), 0.5 * Square(x[0]))),
        ["Huber's loss by the smaller and the larger"] = x => (0.5 * Square(Min(Abs(x[0]), 0.3))) + (0.3 * Max(0, Abs(x[0]) - 0.3)),
        ["a dead zone"] = x => x[0] + (1e4 * Square(Max(Abs(1 - (x[0] * x[1])) - 0.01, 0))),
        ["a dead zone from two sides"] = x => Square(Max(x[0] - 2, 0)) + Square(Min(x[0] + 2, 0)),
        ["a spline"] = x => Select(x[0] < 1, Pow(x[0], 3), (3 * Square(x[0])) - (3 * x[0]) + 1),
        ["a truncated bowl that ends level"] = x => Square(Square(Min(Abs(x[0]), 1)) - 1),
    };

    /// <summary>Formulas with a kink or a jump, or of which nobody could tell.</summary>
    private static readonly Dictionary<string, Func<Point, Real>> Sharp = new()
    {
        ["a distance"] = x => Abs(x[0]),
        ["a penalty that is a slope"] = x => x[1] + (10 * Max(0, 1 - x[0])),
        ["a factor that is zero elsewhere"] = x => Abs(x[0]) * (x[0] - 1),
        ["a square that is nowhere zero at the kink"] = x => Square(Max(0, x[0]) + 1),
        ["the square of a sum"] = x => Square(Sum(2, i => Max(0, x[i]))),
        ["the square of a difference of kinks"] = x => Square(Abs(x[0]) - Abs(x[1])),
        ["the root of a square"] = x => Sqrt(Square(Max(0, x[0]))),
        ["a power whose curvature is infinite"] = x => Pow(Max(0, x[0]), 1.5),
        ["a power below one"] = x => Pow(Square(Max(0, x[0])), 0.4),
        ["a jump"] = x => Square(Select(x[0] > 0, 1, 0)),
        ["a jump of which one side is zero"] = x => Select(x[0] > 0, Square(x[0] - 1), 0),
        ["a condition elsewhere"] = x => Select(x[0] > 1, Square(x[0]), 0),
        ["a pair of conditions"] = x => Square(Select((x[0] > 0) & (x[1] > 0), x[0], 0)),
        ["the lower of two bowls"] = x => Min(Square(x[0] - 1), Square(x[0] + 1)),
        ["a penalty beside a kink"] = x => Square(Max(0, x[0])) + Abs(x[1]),
        ["elements of a vector"] = x => Square(Vector(2, i => Abs(x[i]))[0] - 1),
        ["Huber's loss with a wrong constant"] = x => Select(Abs(x[0]) < 0.3, 0.5 * Square(x[0]), (0.3 * Abs(x[0])) - 0.0451),
        ["Huber's loss with a wrong slope"] = x => Select(Abs(x[0]) < 0.3, 0.5 * Square(x[0]), (0.31 * Abs(x[0])) - 0.048),
        ["Huber's loss whose width may vanish"] = x => Select(Abs(x[0]) < x[1], 0.5 * Square(x[0]), (x[1] * Abs(x[0])) - (0.5 * Square(x[1]))) + (0 * x[1]) + Abs(Abs(x[0]) - x[1]),
        ["a dead zone of no width"] = x => Max(Abs(x[0]) + 0.1, 0),
        ["a dead zone whose width may be negative"] = x => Square(Max(Abs(x[0]) - x[1], 0)),
        ["a truncated bowl"] = x => Min(Square(x[0]), 1),
        ["a kink behind a condition"] = x => Select(x[1] > 3.9, Abs(x[0]), Square(x[0])) * Square(x[1] - 3.9),
    };

    private static Real Huber(Real r, Real delta) => Select(Abs(r) < delta, 0.5 * Square(r), delta * (Abs(r) - (0.5 * delta)));

    public static TheoryData<string> SmoothNames => [.. Smooth.Keys];

    public static TheoryData<string> SharpNames => [.. Sharp.Keys];

    [Theory]
    [MemberData(nameof(SmoothNames))]
    public void What_is_zero_at_its_kink_and_squared_has_none(string name)
    {
        var value = Objective.Define(name, 2, Smooth[name]).Value;

        Assert.False(Smoothness.MayBeSharp(value));
        Assert.True(Smoothness.MayBendAtOnce(value));
    }

    [Theory]
    [MemberData(nameof(SharpNames))]
    public void Everything_else_may_have_one(string name)
    {
        var value = Objective.Define(name, 2, Sharp[name]).Value;

        Assert.True(Smoothness.MayBeSharp(value));
        Assert.False(Smoothness.MayBendAtOnce(value));
    }

    [Fact]
    public void What_has_no_ties_bends_nowhere_at_once() => Assert.False(Smoothness.MayBendAtOnce(Objective.Define("smooth", 1, x => Square(x[0])).Value));
}
