namespace LandscapeGpu.Tests.Surveys;

/// <summary>Minima where the formula is 0/0, or all rounding near it, are found once, from every start; cusps are minima at kinks.</summary>
public sealed class RemovableSingularityTests
{
    // With the value at 0 and the eigenvalue there, by their series.
    private static readonly Dictionary<string, (int Dimension, Func<Point, Real> Formula, double Value, double Eigenvalue)> Smooth = new()
    {
        ["(cos x − 1)/x²"] = (1, x => -Half(x[0]), -0.5, 1.0 / 12),
        ["(sin x − x)/x³"] = (1, x => (Sin(x[0]) - x[0]) / Pow(x[0], 3), -1.0 / 6, 1.0 / 60),
        ["−tanh x/x"] = (1, x => -Tanh(x[0]) / x[0], -1, 2.0 / 3),
        ["x/tanh x"] = (1, x => x[0] / Tanh(x[0]), 1, 2.0 / 3),
        ["(eˣ + e⁻ˣ − 2)/x²"] = (1, x => (Exp(x[0]) + Exp(-x[0]) - 2) / Square(x[0]), 1, 1.0 / 6),
        ["a product of two"] = (2, x => -Half(x[0]) * Half(x[1]), -0.25, 1.0 / 24),
        ["a sum of two"] = (2, x => -Half(x[0]) - Half(x[1]), -1, 1.0 / 12),
    };

    public static TheoryData<string, double> Cases => Rows.Each(Smooth.Keys, 1, 1e-12, 1e9);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_minimum_where_the_formula_is_no_number_is_one_minimum(string name, double factor)
    {
        var (d, formula, value, eigenvalue) = Smooth[name];
        var found = Survey.Run(Objective.Define(name, d, x => factor * formula(x)) with { Region = Region.Box([.. Enumerable.Repeat(-3.0, d)], [.. Enumerable.Repeat(3.0, d)]) }, new() { Restarts = 200 });

        Assert.Empty(found.KinkMinima);
        var minimum = Assert.Single(found.AllMinima);
        // In two coordinates a restart or two comes to a place where one of them is all rounding, and is counted as lost.
        Assert.Equal(StationaryKind.Minimum, minimum.Kind);
        Assert.InRange(minimum.Count, d == 1 ? 200 : 196, 200);
        // Extrapolation leaves the sixth power of a sixty-fourth, a ten-billionth, times the eighth derivative.
        Assert.Equal(value, minimum.Value / factor, 1e-9);
        Assert.All(minimum.Point, x => Assert.InRange(x, -1e-6, 1e-6));
        Assert.All(minimum.Eigenvalues, l => Assert.Equal(eigenvalue, l / factor, 1e-4));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Differences_divided_by_nothing_are_no_fall_without_bound(string name, double factor)
    {
        var (d, formula, _, _) = Smooth[name];
        foreach (var sign in new[] { 1, -1 })
        {
            var found = Survey.Run(Objective.Define(name, d, x => sign * factor * formula(x)) with { Region = Region.Box(d, -1, 1) }, new() { Restarts = 1_000 });

            Assert.DoesNotContain(found.Warnings, w => w.Code == Warning.Unbounded);
            // None of them is as far as 2 from 0 in this box.
            Assert.All(found.AllMinima, m => Assert.InRange(m.Value / factor, -2, 2));
        }
    }

    /// <summary>The main lobe of n emitters: (sin nx/(n sin x))² = 1 − (n² − 1)x²/3 + ….</summary>
    [Theory]
    [InlineData(8, 1, 1, 1)]
    [InlineData(8, 1, 1e8, 1)]
    [InlineData(8, 1, 1, 1e-6)]
    [InlineData(8, 0.01, 1, 1)]
    [InlineData(40, 1, 1, 1)]
    [InlineData(100, 0.5, 1e-12, 1e6)]
    public void A_lobe_that_is_narrow_beside_the_region_has_its_value_to_all_digits_that_are_shown(int n, double half, double factor, double unit)
    {
        var lobe = Objective.Define("lobe", 1, x => -factor * Square(Sin(n / unit * x[0]) / Sin(x[0] / unit)) / ((double)n * n)) with { Region = Region.Box(1, -half * unit, half * unit * 1.1) };
        var minimum = Survey.Run(lobe, new() { Restarts = 400 }).AllMinima.First();

        Assert.Equal(StationaryKind.Minimum, minimum.Kind);
        // Two roundings of the quotient, of its square and of the factor, and nine digits are shown.
        Assert.Equal(-1, minimum.Value / factor, 1e-10);
        Assert.Equal(2.0 * ((n * n) - 1) / 3, minimum.Eigenvalues[0] * unit * unit / factor, 1e-4 * n * n);
    }

    /// <summary>The square of the spherical Bessel function j₁ = x/3 − x³/30 + …: values are known beside 0, slopes farther away only.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1e8, 1)]
    [InlineData(1e-20, 1)]
    [InlineData(1, 1e9)]
    [InlineData(1, 1e-4)]
    public void A_zero_of_a_quotient_of_differences_is_one_minimum_in_any_unit(double factor, double wave)
    {
        var bessel = Objective.Define("j₁²", 1, x => factor * Square((Sin(wave * x[0]) / Square(wave * x[0])) - (Cos(wave * x[0]) / (wave * x[0])))) with { Region = Region.Box(1, -6 / wave, 6 / wave) };
        var found = Survey.Run(bessel, new() { Restarts = 1000 }).AllMinima.Where(m => m.Kind == StationaryKind.Minimum).OrderBy(m => m.Point[0]).ToArray();

        Assert.Equal([-4.493409, 0, 4.493409], found.Select(m => Math.Round(m.Point[0] * wave, 6) + 0.0));
        Assert.All(found, m => Assert.InRange(m.Value / factor, -1e-10, 1e-10));
        Assert.All(found, m => Assert.Equal(0, m.ShownValue));
        Assert.Equal(2.0 / 9, found[1].Eigenvalues[0] / factor / wave / wave, 1e-5);
    }

    [Theory]
    [InlineData(2e-2, 1e-4)]
    [InlineData(2e-3, 1e-4)]
    // Here a slope of 1e-6 has a rounding of 1e-10 or more, over a distance of 1e-6.
    [InlineData(2e-6, 1e-2)]
    public void A_box_that_is_small_against_what_the_formula_changes_over_has_the_same_minimum(double half, double known)
    {
        foreach (var isDouble in new[] { false, true })
        {
            var found = Survey.Run(Objective.Define("x/tanh x", 1, x => x[0] / Tanh(x[0])) with { Region = Region.Box(1, -half, half) }, new() { Restarts = 1_000, Descent = new() { IsDouble = isDouble } });

            var minimum = Assert.Single(found.AllMinima);
            Assert.Equal((StationaryKind.Minimum, 1_000), (minimum.Kind, minimum.Count));
            Assert.Equal(2.0 / 3, Assert.Single(minimum.Eigenvalues), known);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1e20, 1)]
    [InlineData(1e-12, 1e9)]
    public void A_slope_that_rounding_has_made_zero_tells_no_place(double factor, double unit)
    {
        foreach (var device in new[] { null, "reference" })
        {
            foreach (var formula in new Func<Real, Real>[] { x => x / Sin(x), x => x / Tanh(x), x => -Atan(x) / x })
            {
                var objective = Objective.Define("drowned", 2, x => factor * (formula(x[0] / unit) + Square(x[1]))) with { Region = Region.Box([-2 * unit, -2], [2 * unit, 2]) };

                var found = Survey.Run(objective, new() { Restarts = 100, Device = device, Descent = new() { IsDouble = true } });

                Assert.Equal((StationaryKind.Minimum, 100), Assert.Single(found.AllMinima) is var minimum ? (minimum.Kind, minimum.Count) : default);
            }
        }
    }

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(0.3, 1)]
    [InlineData(0.8, 2)]
    public void The_bottom_of_a_cusp_is_a_minimum_at_a_kink(double power, int d)
    {
        var found = Survey.Run(Objective.Define("cusp", d, x => Sum(d, i => Pow(Abs(x[i] - 0.7), power))) with { Region = Region.Box([.. Enumerable.Repeat(-4.0, d)], [.. Enumerable.Repeat(4.0, d)]) }, new() { Restarts = 200 });

        var minimum = Assert.Single(found.AllMinima);
        Assert.Equal(StationaryKind.MinimumAtKink, minimum.Kind);
        Assert.All(minimum.Point, x => Assert.Equal(0.7, x, 1e-6));
        Assert.InRange(minimum.Value, 0, 1e-2);
    }

    private static Real Half(Real x) => (1 - Cos(x)) / Square(x);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_floor_on_which_the_formula_is_no_number_is_one_floor(bool isDouble)
    {
        // 1 + (xy)²/6 near the axes, on which it is 0/0; every descent ends beside one.
        var floor = Objective.Define("xy/sin xy", 2, x => x[0] * x[1] / Sin(x[0] * x[1])) with { Region = Region.Box(2, -1, 1) };

        var found = Survey.Run(floor, new() { Restarts = 100, Descent = new() { IsDouble = isDouble } });

        var minimum = Assert.Single(found.AllMinima);
        Assert.Equal(1, minimum.Value, 1e-9);
        // Single precision ends a few where both are nearly 0, and more than two derivatives vanish.
        Assert.InRange(minimum.Count, 97, 100);
    }

    // Kinks where the formula is 0/0 as well, with the value there.
    private static readonly Dictionary<string, (Func<Real, Real> Formula, double Value)> Kinks = new()
    {
        ["|x| + sin x/x"] = (x => Abs(x) + (Sin(x) / x), 1),
        ["|x| + tanh x/x"] = (x => Abs(x) + (Tanh(x) / x), 1),
        ["log(|x| + 0.1) tanh 5x/x"] = (x => Log(Abs(x) + 0.1) * Tanh(5 * x) / x, 5 * Math.Log(0.1)),
        ["√|x| + sin x/x"] = (x => (4 * Sqrt(Abs(x))) + (Sin(x) / x), 1),
        ["⁴√|x|"] = (x => Pow(Abs(x), 0.25), 0),
        ["⁴√|x|·(8 + x)"] = (x => Pow(Abs(x), 0.25) * (8 + x), 0),
    };

    public static TheoryData<string, double> KinkCases => Rows.Each(Kinks.Keys, 1, 1e-12, 1e9);

    [Theory]
    [MemberData(nameof(KinkCases))]
    public void A_kink_where_the_value_is_all_rounding_is_told_from_values_beside_it(string name, double factor)
    {
        var (formula, value) = Kinks[name];

        var found = Survey.Run(Objective.Define(name, 1, x => factor * formula(x[0])) with { Region = Region.Box(1, -1.5, 1.5) }, new() { Restarts = 200 });

        var kink = Assert.Single(found.KinkMinima);
        Assert.Equal(0, kink.Point[0], 1e-9);
        // Beside a fourth root f changes by 8·⁴√u, a thousandth, over the last digits of a unit.
        Assert.Equal(value, kink.Value / factor, 1e-3);
        Assert.InRange(kink.Count, 150, 200);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(3)]
    public void A_maximum_that_rounding_turns_into_a_well_is_no_minimum(double half)
    {
        foreach (var top in (Func<Real, Real>[])[Half, x => Sin(x) / x])
        {
            // Within a hundred-millionth of 0 the quotient is 0, and the other of the two is taken.
            var found = Survey.Run(Objective.Define("hill", 1, x => Max(top(x[0]), 1.14 * Square(x[0]))) with { Region = Region.Box(1, -half, half) }, new() { Restarts = 200 });

            Assert.Equal(2, found.AllMinima.Count());
            Assert.All(found.AllMinima, m => Assert.Equal(StationaryKind.MinimumAtKink, m.Kind));
        }
    }

    [Fact]
    public void A_value_that_the_formula_knows_is_not_made_worse_from_afar()
    {
        // Beside 1 the logarithm is right to a rounding of 1, and its factor fades: seen from a unit away there is hardly any rounding, and hardly a value.
        var faded = Objective.Define("faded", 1, x => Log(1 + Square(0.3 * x[0])) * Exp(-3 * Abs(x[0]))) with { Region = Region.Box(1, -100, 100) };

        var found = Survey.Run(faded, new() { Restarts = 400 });

        Assert.All(found.Lists.SelectMany(list => list).Where(p => Math.Abs(p.Point[0]) < 1), p => Assert.Equal(0, p.Value, 1e-15));
    }
}
