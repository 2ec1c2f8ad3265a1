using LandscapeGpu.Compilation;
using LandscapeGpu.Tests.Objectives;

namespace LandscapeGpu.Tests.Differentiation;

/// <summary>On every manifold the gradient and Hessian are those of its definition, written out and in loops, on everything that runs.</summary>
public class ManifoldDerivativeTests
{
    // Beside the catalogue's: a formula too large to be written out on each kind of set.
    private static readonly Dictionary<string, Objective> Large = new()
    {
        ["spheres in loops"] = Waves("spheres in loops", 20, Region.Spheres(4)),
        ["frames in loops"] = Waves("frames in loops", 24, Region.Stiefel(8, 3)),
        ["rotations in loops"] = Waves("rotations in loops", 25, Region.Orthogonal(5)),
        ["simplices in loops"] = Waves("simplices in loops", 24, Region.Simplices(6)),
    };

    private static readonly string[] Members =
    [
        "orthogonal-tensor", "thomson electrons=4", "spherical-spin-glass d=5", "overcomplete-tensor d=4 components=6", "brockett", "brockett n=3 p=3", "procrustes",
        "motzkin-straus d=6",
    ];

    public static TheoryData<string> Names => [.. Members, .. Large.Keys];

    private static IEnumerable<int> Widths => new[] { 0, 128, 256, 512 }.Where(b => b <= LaneTarget.WidestBits);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_is_tangent_and_what_differences_along_retraction_curves_say(string name)
    {
        var (objective, x, v) = Case(name);
        using var retraction = new Retraction(objective);
        foreach (var bits in Widths)
        {
            using var slopes = new PointDerivatives(objective, bits);
            var gradient = new double[x.Length];
            slopes.Gradient(x, gradient);
            var scale = 1 + gradient.Max(Math.Abs);
            // A tangent vector leaves the set at second order: 1e-5² of its square.
            Assert.InRange(Violation(objective, Moved(x, gradient, 1e-5)), 0, 1e-9 * scale * scale);
            Assert.True(gradient.Max(Math.Abs) > 1e-3, "A gradient of zero would pass.");
            // Rounding 1e-16/1e-4 and truncation 1e-16 times a fifth derivative.
            Assert.Equal(Dot(gradient, v), Difference(t => Value(objective, On(retraction, x, v, t))), 1e-8 * scale);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_hessian_is_the_tangent_part_of_the_gradients_change_and_symmetric(string name)
    {
        var (objective, x, v) = Case(name);
        using var retraction = new Retraction(objective);
        var w = Tangent(objective, x, new Random(5));
        foreach (var bits in Widths)
        {
            using var slopes = new PointDerivatives(objective, bits);
            var (hv, hw, moved) = (new double[x.Length], new double[x.Length], new double[x.Length]);
            slopes.Product(x, v, hv);
            slopes.Product(x, w, hw);
            var scale = 1 + hv.Max(Math.Abs) + hw.Max(Math.Abs);
            // Terms of order `scale` in both.
            Assert.Equal(Dot(w, hv), Dot(v, hw), 1e-12 * scale);
            var change = Difference(t =>
            {
                slopes.Gradient(On(retraction, x, v, t), moved);
                return Dot(w, moved);
            });
            Assert.Equal(change, Dot(w, hv), 1e-7 * scale);
        }
    }

    [Theory]
    [InlineData("orthogonal-tensor")]
    [InlineData("spherical-spin-glass d=5")]
    public void Along_great_circles_second_differences_are_the_hessian_away_from_stationary_points_too(string name)
    {
        var (objective, x, v) = Case(name);
        var (u, length) = (Scaled(v, 1 / Norm(v)), Norm(v));
        var second = SecondDifference(t => Value(objective, [.. x.Zip(u, (a, b) => (Math.Cos(t * length) * a) + (Math.Sin(t * length) * b))]));
        Assert.Equal(second, Curvature(objective, x, v), 1e-5 * (1 + Math.Abs(second)));
    }

    [Theory]
    [InlineData("procrustes")]
    [InlineData("brockett n=3 p=3")]
    [InlineData("rotations in loops")]
    public void Along_one_parameter_groups_second_differences_are_the_hessian_on_orthogonal_matrices(string name)
    {
        // X·exp(tΩ) is a geodesic of O(n) with direction XΩ, Ω skew.
        var (objective, x, v) = Case(name);
        var n = (int)Math.Sqrt(x.Length);
        var omega = Product(Transposed(x, n), v, n);
        var second = SecondDifference(t =>
        {
            var (sum, term) = ((double[])x.Clone(), (double[])x.Clone());
            for (var k = 1; k < 20; k++)
            {
                term = Scaled(Product(term, omega, n), t / k);
                sum = [.. sum.Zip(term, (a, b) => a + b)];
            }

            return Value(objective, sum);
        });
        Assert.Equal(second, Curvature(objective, x, v), 1e-5 * (1 + Math.Abs(second)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_retraction_stays_on_the_set_and_is_the_step_to_first_order(string name)
    {
        var (objective, x, v) = Case(name);
        using var retraction = new Retraction(objective);
        // A few roundings of sums of squares that are 1.
        Assert.InRange(Violation(objective, On(retraction, x, v, 0)), 0, 2e-15);
        Assert.InRange(Violation(objective, On(retraction, x, v, 1)), 0, 2e-15);
        Assert.InRange(Distance(On(retraction, x, v, 0), x), 0, 3e-15);
        var (near, nearer) = (Distance(On(retraction, x, v, 1e-3), Moved(x, v, 1e-3)), Distance(On(retraction, x, v, 5e-4), Moved(x, v, 5e-4)));
        // Half the step leaves a quarter of the error.
        Assert.InRange(near / nearer, 3.9, 4.1);
    }

    private static Objective Waves(string name, int d, Region region)
    {
        var waves = Objective.Define(name, d, x => Sum(d, i => Cos(3 * x[i]) + (x[i] * x[(i + 1) % d]) + Exp(0.5 * x[(i + 3) % d])));
        return waves with { Region = region };
    }

    private static (Objective Objective, double[] X, double[] V) Case(string name)
    {
        var objective = Large.TryGetValue(name, out var large) ? large : CatalogueMembers.Find(name);
        var x = new double[objective.Dimension];
        objective.DefaultStarts.Draw(3, 0, x);
        return (objective, x, Tangent(objective, x, new Random(4)));
    }

    /// <summary>A tangent vector of a length below 1, without the projection that is tested.</summary>
    private static double[] Tangent(Objective objective, double[] x, Random random)
    {
        using var retraction = new Retraction(objective);
        double[] any = [.. x.Select(_ => (random.NextDouble() - 0.5) / Math.Sqrt(x.Length))];
        // The derivative of t ↦ R(x + t·any): for these retractions a tangent vector.
        return [.. Enumerable.Range(0, x.Length).Select(i => Difference(t => On(retraction, x, any, t)[i]))];
    }

    private static double Value(Objective objective, double[] x) => objective.Evaluate(objective.Shown(x));

    private static double Violation(Objective objective, double[] x) => objective.Region.Violation(objective.Shown(x));

    private static double Curvature(Objective objective, double[] x, double[] v)
    {
        using var slopes = new PointDerivatives(objective);
        var hv = new double[x.Length];
        slopes.Product(x, v, hv);
        return Dot(v, hv);
    }

    private static double[] On(Retraction retraction, double[] x, double[] v, double t)
    {
        var moved = Moved(x, v, t);
        retraction.Apply(moved);
        return moved;
    }

    private static double[] Moved(double[] x, double[] v, double t) => [.. x.Zip(v, (a, b) => a + (t * b))];

    private static double[] Scaled(double[] v, double factor) => [.. v.Select(a => factor * a)];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (s, t) => s * t).Sum();

    private static double Norm(double[] v) => Math.Sqrt(Dot(v, v));

    private static double Distance(double[] a, double[] b) => Norm([.. a.Zip(b, (s, t) => s - t)]);

    /// <summary>Matrices column after column.</summary>
    private static double[] Product(double[] a, double[] b, int n) => [.. Enumerable.Range(0, n * n).Select(e => Enumerable.Range(0, n).Sum(k => a[(k * n) + (e % n)] * b[(e / n * n) + k]))];

    private static double[] Transposed(double[] a, int n) => [.. Enumerable.Range(0, n * n).Select(e => a[(e % n * n) + (e / n)])];

    private static double Difference(Func<double, double> at)
    {
        const double H = 1e-3;
        return ((45 * (at(H) - at(-H))) - (9 * (at(2 * H) - at(-2 * H))) + (at(3 * H) - at(-3 * H))) / (60 * H);
    }

    /// <summary>Truncation h⁴ = 1e-12 and rounding 1e-16/h² = 1e-10, each times a few.</summary>
    private static double SecondDifference(Func<double, double> at)
    {
        const double H = 1e-3;
        return ((16 * (at(H) + at(-H))) - (at(2 * H) + at(-2 * H)) - (30 * at(0))) / (12 * H * H);
    }
}
