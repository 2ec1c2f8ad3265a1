using LandscapeGpu.Valleys;

namespace LandscapeGpu.Tests.Valleys;

/// <summary>Points on bounds that are numbers only to their last digit, as 2π, where a slope that is zero is not quite.</summary>
public sealed class RoundedPlaceTests
{
    private static readonly Dictionary<string, (double[] Periods, Func<Vector, Real> Formula, int[] Corner)> Saddles = new()
    {
        // Beside each corner f falls along the second coordinate, and the first one's slope across is zero there: what a corner is multiplies the period.
        ["two angles"] = ([Math.Tau, Math.Tau], y => -Cos(y[0]) + (0.25 * Cos(y[1])) - (0.5 * Sin(y[0]) * Sin(y[1])), [1, 0]),
        ["squares of sums"] = ([Math.Tau, Math.Tau], y => Square((2 * Cos(y[0])) - (3 * Cos(y[1])) - 1) + Square(Sin(y[0]) - (2 * Sin(y[1]))), [1, 0]),
        ["degrees"] = ([360, 360], y => -Cos(y[0] * Math.PI / 180) + (0.25 * Cos(y[1] * Math.PI / 180)) - (0.5 * Sin(y[0] * Math.PI / 180) * Sin(y[1] * Math.PI / 180)), [1, 0]),
        ["half a period"] = ([Math.PI, Math.Tau], y => -Cos(2 * y[0]) + (0.25 * Cos(y[1])) - (0.5 * Sin(2 * y[0]) * Sin(y[1])), [1, 0]),
        ["a phase"] = ([Math.Tau, Math.Tau], y => -Cos(y[0]) + (0.25 * Cos(y[1])) - (0.5 * Sin(y[0] - Math.PI) * Sin(y[1])), [0, 0]),
        ["hours of a day"] = ([24, 7], y => 3 - Cos(y[0] * (Math.Tau / 24)) + (0.25 * Cos(y[1] * (Math.Tau / 7))) - (0.5 * Sin(y[0] * (Math.Tau / 24)) * Sin(y[1] * (Math.Tau / 7))), [1, 0]),
        ["a torsion that three angles share"] = (
            [Math.Tau, Math.Tau, Math.Tau],
            y => (1 - Cos(3 * y[0])) + (0.3 * (1 + Cos(y[1]))) - (0.9 * Sin(y[0]) * Sin(y[1])) + (0.7 * (1 - Cos(y[2] - y[0]))),
            [1, 0, 1]),
        ["roots"] = ([Math.Tau, Math.Tau, 1], y => -Cos(y[0]) + (0.25 * Cos(y[1])) - (0.5 * Sin(y[0]) * Sin(y[1])) + Sqrt(y[2]), [1, 0, 0]),
    };

    public static TheoryData<string, double> Factors => Rows.Each(Saddles.Keys, 1, 1e-20, 3e19);

    [Theory]
    [MemberData(nameof(Factors))]
    public void At_the_corner_of_a_period_where_f_falls_no_slope_of_rounding_makes_a_minimum(string name, double factor)
    {
        var (periods, formula, corner) = Saddles[name];
        var objective = Objective.Define(name, periods.Length, x => factor * formula(x)) with { Region = Region.Box(new double[periods.Length], periods) };

        Assert.Equal(StationaryKind.StrictSaddle, Of(objective, [.. periods.Zip(corner, (p, at) => p * at)]).Kind);
    }

    public static TheoryData<string, double, double, double> Units => Rows.Each(["two angles", "degrees"], (1, 1, 1), (1e-20, 1e4, 1), (1e20, 1e-9, 1e6), (-1e-3, 1, 0.7));

    [Theory]
    [MemberData(nameof(Units))]
    public void A_survey_lists_such_a_corner_as_a_saddle_in_any_units(string name, double factor, double first, double second)
    {
        var (periods, formula, _) = Saddles[name];
        double[] units = [first, second];
        var objective = Objective.Define(name, 2, x => Math.Abs(factor) * formula(Vector([.. units.Select((u, i) => x[i] / u)]))) with { Region = Region.Box([0, 0], [.. periods.Zip(units, (p, u) => p * u)]) };

        // A precision that is not asked for is that of the factor's sign.
        var found = Survey.Run(objective, new() { Restarts = 150, Descent = new() { IsDouble = factor < 0 } });

        Assert.Empty(found.BoundaryMinima);
        Assert.Equal(2, found.Minima.Count);
        Assert.All(found.Stationary, p => Assert.Equal((StationaryKind.StrictSaddle, 1), (p.Kind, p.Index)));
        Assert.Contains(found.Stationary, p => p.Point[0] > 0 && p.Point[1] == 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e-20)]
    [InlineData(3e19)]
    public void Copies_of_a_point_on_the_sides_of_a_period_are_of_one_kind_and_spectrum(double factor)
    {
        var objective = Objective.Define("copies", 2, x => factor * ((Cos(x[0]) * Cos(x[1])) + (0.5 * Sin(x[0]) * Sin(x[1])))) with { Region = Region.Box(2, 0, Math.Tau) };
        foreach (var place in new double[][] { [0, Math.PI], [Math.Tau, Math.PI], [Math.PI, 0], [Math.PI, Math.Tau] })
        {
            var found = Of(objective, place);

            // Of cos x cos y + ½ sin x sin y the Hessian at (0, π) has 1 twice on the diagonal and −½ beside it.
            Assert.Equal((StationaryKind.Minimum, 0), (found.Kind, found.Held.Count));
            Assert.Equal([0.5, 1.5], found.Spectrum.Eigenvalues.Select(l => Math.Round(l / factor, 9)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_push_that_is_small_and_true_holds(int which)
    {
        (double From, double To, Func<Vector, Real> Formula)[] corners =
        [
            (0, 1, x => 1e-13 * (x[0] + x[1])),
            (0, 1, x => (1e-30 * (x[0] + x[1])) - (0.5 * x[0] * x[1])),
            (1, 2, x => (1e-13 * (x[0] - 1 + (x[1] - 1))) - (0.5 * (x[0] - 1) * (x[1] - 1))),
            // Their curvature ends within the last digit of the bound.
            (1, 2, x => Log(x[0] - 1 + 1e-20) + Log(x[1] - 1 + 1e-25)),
            (0, 1, x => Sqrt(Square(x[0]) + 1e-40) + x[0] + Log(x[1] + 1e-100)),
        ];
        var (from, to, formula) = corners[which];
        var objective = Objective.Define("push", 2, x => formula(x)) with { Region = Region.Box(2, from, to) };

        var found = Of(objective, [from, from]);

        Assert.Equal((StationaryKind.BoundaryMinimum, 2), (found.Kind, found.Held.Count));
    }

    [Fact]
    public void In_many_coordinates_it_is_so_too()
    {
        const int D = 300;
        var formula = Saddles["two angles"].Formula;
        var objective = Objective.Define("many", D, x => formula(x) + Sum(D - 2, i => 1 - Cos(x[i + 2] - 1))) with { Region = Region.Box(D, 0, Math.Tau) };
        double[] corner = [Math.Tau, 0, .. Enumerable.Repeat(1.0, D - 2)];
        var gradient = new double[D];
        using var slopes = new PointDerivatives(objective);
        slopes.Gradient(corner, gradient);
        using var kinds = new PointKinds(objective, Derivatives.Of(objective));

        var (spectrum, kind, atBound) = new ProductSpectrum(objective.Region, corner, gradient, kinds, isWhole: true).Of(normal => (v, result) => slopes.Product(corner, v, result, normal));

        Assert.Equal((StationaryKind.StrictSaddle, 1, 0), (kind, spectrum.Index, atBound.Length));
    }

    private static PointKinds.Found Of(Objective objective, double[] point)
    {
        var derivatives = Derivatives.Of(objective);
        using var kinds = new PointKinds(objective, derivatives);
        using var hessians = new LaneHessians(derivatives, objective);
        var hessian = hessians.At(point);
        return kinds.Of(point, hessian, hessian.All(double.IsFinite) ? SymmetricEigenvalues.Of(hessian, point.Length) : new double[point.Length]);
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(-1, 1, 1, 1)]
    [InlineData(1, 1e8, 1e-6, 1e4)]
    [InlineData(-1, 1e-12, 1e4, 1e-6)]
    public void Where_a_flat_family_ends_in_the_corner_of_a_period_the_corner_is_a_part_of_it(double sign, double factor, double first, double second)
    {
        // At x₁ = ±π f is 0 for every x₀, and the side holds where ±sin x₀ < ½: at the corner the curvature along the side is −cos π − cos 2π, rounded.
        var f = Objective.Define("rotors", 2, x => factor * (-Cos(x[0] / first) - Cos((x[0] / first) - (x[1] / second)) + (sign * 0.5 * Sin(x[1] / second))))
            with
        { Region = Region.Box([-Math.PI * first, -Math.PI * second], [Math.PI * first, Math.PI * second]) };
        var level = Survey.Run(f, new() { Restarts = 200 }).BoundaryMinima.Where(p => Math.Abs(p.Value) < 1e-9 * factor).ToList();
        Assert.Equal(2, level.Count);
        Assert.All(level, p => Assert.Equal((StationaryKind.DegenerateMinimum, 1), (p.Kind, p.FlatDirections)));
    }
}
