namespace LandscapeGpu.Tests.Spectra;

public class ClassificationTests
{
    [Theory]
    [InlineData(StationaryKind.Minimum, 1.0, 2.0)]
    [InlineData(StationaryKind.StrictSaddle, -1.0, 2.0)]
    [InlineData(StationaryKind.Maximum, -1.0, -2.0)]
    [InlineData(StationaryKind.DegenerateMinimum, 1e-9, 2.0)]
    [InlineData(StationaryKind.DegenerateMinimum, -1e-9, 2.0)]
    [InlineData(StationaryKind.StrictSaddle, -1e-7, 2.0)]
    [InlineData(StationaryKind.StrictSaddle, 0.0, -2.0)]
    [InlineData(StationaryKind.DegenerateMinimum, 0.0, 0.0)]
    [InlineData(StationaryKind.Minimum, 1e-12, 2e-12)]
    [InlineData(StationaryKind.Minimum, 1e12, 2e12)]
    public void The_signs_of_the_eigenvalues_decide_inside(StationaryKind kind, double first, double second) =>
        Assert.Equal(kind, Classification.Classify(Spectrum.Of([first, second])));

    [Fact]
    public void A_spectrum_counts_what_it_says()
    {
        var spectrum = Spectrum.Of([4, -2, 1e-12, 0, -1e-12, 0.5]);

        Assert.Equal([-2, -1e-12, 0, 1e-12, 0.5, 4], spectrum.Eigenvalues);
        Assert.Equal((1, 3, 4.0, 8.0), (spectrum.Index, spectrum.FlatDirections, spectrum.Sharpness, spectrum.ConditionNumber));
        Assert.Equal(2.5, spectrum.Trace, 1e-15); // two ulp
        Assert.Equal(4e-8, spectrum.Threshold, 1e-22);
        Assert.True(spectrum.Complete);
    }

    [Fact]
    public void A_tolerance_is_never_below_rounding_and_may_be_absolute()
    {
        Assert.Equal(1, Spectrum.Of([1e-16, 1], new ZeroTolerance { Relative = 0 }).FlatDirections);
        Assert.Equal(0, Spectrum.Of([1e-10, 1], new ZeroTolerance { Relative = 1e-11 }).FlatDirections);
        Assert.Equal(2, Spectrum.Of([-1e-17, 1e-17], new ZeroTolerance { Absolute = 1e-14 }).FlatDirections);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ZeroTolerance { Relative = double.NaN });
    }

    [Fact]
    public void A_zero_hessian_is_degenerate_and_has_no_condition_number()
    {
        var spectrum = Spectrum.OfHessian(new double[9], 3);

        Assert.Equal(StationaryKind.DegenerateMinimum, Classification.Classify(spectrum));
        Assert.Equal(3, spectrum.FlatDirections);
        Assert.Equal(double.NaN, spectrum.ConditionNumber);
    }

    [Fact]
    public void Of_a_Hessian_that_is_not_finite_no_spectrum_is_known_and_the_kind_is_undecided()
    {
        Spectrum[] unknown = [Spectrum.Of([1, double.NaN]), Spectrum.Of([1, double.NegativeInfinity], 1, 0), Spectrum.OfHessian([1, 0, 0, double.PositiveInfinity], 2)];

        Assert.All(unknown, spectrum =>
        {
            Assert.False(spectrum.IsKnown);
            Assert.Empty(spectrum.Eigenvalues);
            Assert.Equal((2, 0, 0, double.NaN, double.NaN), (spectrum.Dimension, spectrum.Index, spectrum.FlatDirections, spectrum.Trace, spectrum.ConditionNumber));
            Assert.Equal(StationaryKind.Undecided, Classification.Classify(spectrum));
        });
        Assert.Equal(StationaryKind.Undecided, Classification.OnSides([double.NaN, 0, 0, 1], [0, 1], [new(1, [-1])]).Kind);
    }

    [Fact]
    public void Who_asks_for_nothing_but_a_spectrum_is_told_where_there_is_none()
    {
        var root = Objective.Define("root", 2, x => Sqrt(x[0]) + Square(x[1]));

        Assert.Contains("not finite", Assert.Throws<ArgumentException>(() => Spectrum.WithVectors(new[,] { { 1, double.NaN }, { double.NaN, 1 } })).Message);
        Assert.Contains("not finite", Assert.Throws<ArgumentException>(() => HessianSpectrum.Eigenvalues(root, [0, 0])).Message);
    }

    [Theory]
    [InlineData(-1, 1.0, StationaryKind.BoundaryMinimum)]
    [InlineData(1, -1.0, StationaryKind.BoundaryMinimum)]
    [InlineData(-1, -1.0, StationaryKind.StrictSaddle)]
    [InlineData(1, 1.0, StationaryKind.StrictSaddle)]
    public void The_sign_of_the_multiplier_decides_whether_a_bound_holds(int outwards, double slope, StationaryKind kind)
    {
        // Concave across the bound, which does not matter where the slope holds the point.
        var found = Classification.OnSides(Matrices.Diagonal(-5, 2), [slope, 0], [new(0, [outwards])]);

        Assert.Equal(kind, found.Kind);
        Assert.Equal(kind == StationaryKind.BoundaryMinimum ? [0] : [], found.Held);
        Assert.Equal(kind == StationaryKind.BoundaryMinimum ? [] : [0], found.Released);
    }

    [Fact]
    public void Held_coordinates_are_struck_from_the_hessian()
    {
        double[] hessian = [2, 9, 1, 9, -3, 9, 1, 9, 2];

        var found = Classification.OnSides(hessian, [0, 4, 0], [new(1, [-1])]);

        Assert.Equal(StationaryKind.BoundaryMinimum, found.Kind);
        Assert.Equal([1.0, 3.0], found.Spectrum.Eigenvalues.Select(l => Math.Round(l, 13))); // of [[2, 1], [1, 2]]
    }

    [Fact]
    public void A_corner_with_every_coordinate_held_is_a_boundary_minimum()
    {
        var found = Classification.OnSides(Matrices.Diagonal(-1, -1), [3, -2], [new(0, [-1]), new(1, [1])]);

        Assert.Equal(StationaryKind.BoundaryMinimum, found.Kind);
        Assert.Equal([0, 1], found.Held);
        Assert.Equal((0, 0, 0.0), (found.Spectrum.Dimension, found.Spectrum.Index, found.Spectrum.Trace));
        Assert.Equal(double.NaN, found.Spectrum.Sharpness);
    }

    [Fact]
    public void A_corner_with_one_multiplier_of_the_wrong_sign_is_not_a_minimum_and_without_a_falling_curvature_no_saddle() =>
        Assert.Equal(StationaryKind.Undecided,
            Classification.OnSides(Matrices.Diagonal(1, 1), [3, 2], [new(0, [-1]), new(1, [1])]).Kind);

    [Fact]
    public void On_a_face_saddles_maxima_and_flat_directions_are_not_boundary_minima()
    {
        StationaryKind Kind(double a, double b) =>
            Classification.OnSides(Matrices.Diagonal(7, a, b), [1, 0, 0], [new(0, [-1])]).Kind;

        Assert.Equal(StationaryKind.StrictSaddle, Kind(-1, 1));
        Assert.Equal(StationaryKind.StrictSaddle, Kind(-1, -1));
        Assert.Equal(StationaryKind.DegenerateMinimum, Kind(0, 1));
        Assert.Equal(StationaryKind.BoundaryMinimum, Kind(2, 1));
    }

    [Fact]
    public void A_bound_without_a_push_is_decided_by_the_curvature()
    {
        StationaryKind Kind(double curvature, double slope) =>
            Classification.OnSides(Matrices.Diagonal(curvature, 1), [slope, 1e-9], [new(0, [-1])]).Kind;

        // 1.5e-9 is within twice the free gradient's 1e-9, and so as good as zero; 1e-6 is not.
        Assert.Equal(StationaryKind.StrictSaddle, Kind(-1, 1.5e-9));
        Assert.Equal(StationaryKind.Minimum, Kind(1, -1.5e-9));
        Assert.Equal(StationaryKind.BoundaryMinimum, Kind(-1, 1e-6));
    }

    [Fact]
    public void Extreme_eigenvalues_classify_like_all_of_them()
    {
        const int N = 300;
        foreach (var first in new[] { -2.0, 0, 1 })
        {
            double[] diagonal = [first, first, .. Enumerable.Range(2, N - 2).Select(i => (double)i)];
            var extremes = Lanczos.Extremes(LanczosTests.Times(diagonal), N, new LanczosOptions { Lowest = 3, Highest = 2 });

            var (known, all) = (Spectrum.OfExtremes(extremes, diagonal.Sum()), Spectrum.Of(diagonal));

            Assert.Equal(Classification.Classify(all), Classification.Classify(known));
            Assert.Equal((all.Index, all.FlatDirections, all.Trace), (known.Index, known.FlatDirections, known.Trace));
            Assert.False(known.Complete);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_slope_that_is_not_finite_leaves_a_kind_undecided_unless_its_bound_is_fixed(double slope)
    {
        Assert.Equal((StationaryKind.Undecided, false), Classification.OnSides(Matrices.Diagonal(1, 1), [slope, 0], []) is var free ? (free.Kind, free.Spectrum.IsKnown) : default);
        Assert.Equal(StationaryKind.Minimum, Classification.OnSides(Matrices.Diagonal(1, 1), [slope, 0], [new(0, [-1], IsFixed: true)]).Kind);
    }

    [Fact]
    public void Misuse_is_a_clear_error()
    {
        Assert.Contains("must have 2 x 2", Assert.Throws<ArgumentException>(() => Classification.OnSides([1], [0, 0], [])).Message);
        Assert.Contains("normal ends at 2", Assert.Throws<ArgumentException>(() => Classification.OnSides([1], [0], [new(1, [1])])).Message);
        Assert.Throws<ArgumentException>(() => Classification.Classify(Spectrum.Of([])));
        var onlyLow = Lanczos.Extremes(LanczosTests.Times(new double[200]), 200, new LanczosOptions { Highest = 0 });
        Assert.Contains("at least one of each", Assert.Throws<ArgumentException>(() => Spectrum.OfExtremes(onlyLow)).Message);
    }
}
