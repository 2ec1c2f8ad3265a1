namespace LandscapeGpu.Tests.Evidence;

/// <summary>Growth conditions where sides of the region hold minima, which are about projected descent and not about the function without sides, and where f is not smooth.</summary>
public class GrowthAtSidesAndKinksTests
{
    private static readonly VerificationOptions Small = new() { Survey = new() { Restarts = 60, Descent = new() { IsDouble = true } }, SaddleStarts = 40, Samples = 350, Paths = 6, PathSteps = 400 };

    /// <summary>Bowls that are not diagonal, whose lowest points are outside of the region: strongly convex on a convex set, so that the proximal condition holds with μ of at least the lowest eigenvalue (Karimi, Nutini and Schmidt 2016, section 4.1).</summary>
    public static TheoryData<string, double, double> Bowls() => Rows.Each(["box", "ball", "orthant", "box of other units"], (1.5, -0.7), (-2, 3));

    [Theory]
    [MemberData(nameof(Bowls))]
    public void Projected_descent_on_a_strongly_convex_function_keeps_the_rate_that_is_promised(string region, double a, double b)
    {
        var unit = region == "box of other units" ? 1e-6 : 1;
        var bowl = Objective.Define("bowl", 3, x => (2 * Square((x[0] / unit) - a)) + Square((x[1] / unit) - b) + (((x[0] / unit) - a) * ((x[1] / unit) - b)) + (0.5 * Square((x[2] / unit) - (x[0] / unit)))) with
        {
            Region = region switch { "ball" => Region.Ball(1), "orthant" => Region.Orthant(3), _ => Region.Box(3, -unit, unit) },
            Starts = new UniformBox(0, unit),
        };
        var seen = Verification.Of(bowl, Small);
        Assert.True(seen.Rate!.IsPromised, seen.Rate!.Sentence);
        Assert.True(seen.Rate!.IsAsPromised, seen.Rate!.Sentence);
        // The Hessian's eigenvalues are 0.715, 1.78 and 5.51: μ is no more than β, and no less than the lowest.
        Assert.InRange(seen.Rate!.Mu * unit * unit, 0.71, 5.51);
    }

    [Fact]
    public void A_spurious_minimum_on_a_side_refutes_the_condition_however_steep_f_is_across_that_side()
    {
        var held = Objective.Define("two wells on a floor", 2, x => Square(Square(x[0]) - 1) + (0.3 * x[0]) + (5 * x[1])) with { Region = Region.Box([-2, 0], [2, 1]) };
        var seen = Verification.Of(held, Small);
        Assert.Equal(0, seen.Conditions!.PolyakLojasiewicz.Value, 1e-9);
        Assert.Contains("no step inside the region leads down", seen.Conditions!.Sentences[0], StringComparison.Ordinal);
        Assert.False(seen.Rate!.IsPromised);
    }

    [Fact]
    public void At_a_corner_there_is_no_direction_to_be_convex_along()
    {
        var slope = Objective.Define("slope", 2, x => x[0] + x[1] + Square(x[0])) with { Region = Region.Box(2, 0, 1) };
        var sentences = string.Join(' ', Verification.Of(slope, Small).Conditions!.Sentences);
        Assert.Contains("they leave it no direction", sentences, StringComparison.Ordinal);
        Assert.DoesNotContain("no global minimum was found", sentences, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_side_is_near_the_condition_is_that_of_the_whole_gradient()
    {
        var bowl = Objective.Define("bowl", 2, x => Square(x[0]) + (3 * Square(x[1])));
        var (free, boxed) = (Verification.Of(bowl with { Starts = new UniformBox(-1, 1) }, Small).Conditions!, Verification.Of(bowl with { Region = Region.Box(2, -50, 50), Starts = new UniformBox(-1, 1) }, Small).Conditions!);
        Assert.Equal(free.PolyakLojasiewicz.Value, boxed.PolyakLojasiewicz.Value);
        Assert.Contains("½‖∇f‖² ≥ μ", boxed.Sentences[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kink", "f has no gradient")]
    [InlineData("root of a square", "f has no gradient")]
    [InlineData("power 1.5", "f has no finite Hessian")]
    public void Where_f_is_not_smooth_at_a_minimum_no_rate_is_promised(string kind, string said)
    {
        var rough = Objective.Define(kind, 2, x => kind switch
        {
            "kink" => Abs(x[0] - 0.1) + Square(x[1]),
            "root of a square" => Sqrt(Square(x[0]) + Square(x[1])) * (1 + Square(x[0] - 1)),
            _ => Pow(Abs(x[0] - 0.1), 1.5) + Square(x[1]),
        }) with
        { Region = Region.Box(2, -1, 1) };
        var seen = Verification.Of(rough, Small);
        var sentences = string.Join(' ', seen.Conditions!.Sentences);
        Assert.Contains("Smoothness fails", sentences, StringComparison.Ordinal);
        Assert.Contains(said, sentences, StringComparison.Ordinal);
        Assert.DoesNotContain("no global minimum was found", sentences, StringComparison.Ordinal);
        Assert.False(seen.Rate!.IsPromised);
        Assert.Contains("f is not smooth", seen.Rate!.Sentence, StringComparison.Ordinal);
    }
}
