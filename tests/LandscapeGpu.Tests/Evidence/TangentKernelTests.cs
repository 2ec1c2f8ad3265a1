namespace LandscapeGpu.Tests.Evidence;

public class TangentKernelTests
{
    [Fact]
    public void The_kernel_of_a_linear_model_does_not_change_and_its_linearisation_is_itself()
    {
        var squares = SmallLandscapes.LeastSquares(6, 15);
        var seen = TangentKernel.Of(squares);
        var singular = SmallLandscapes.SquaredSingularValues(6, 15);
        Assert.Equal(0, seen.Change, 1e-14);
        Assert.True(seen.IsLazy);
        Assert.Equal(6, seen.Rank);
        // Rounding of the eigensolver.
        Assert.All(singular, (s, k) => Assert.Equal(s, seen.Start[k], 1e-12 * singular[^1]));
        Assert.Equal(0, seen.LinearisedMinimum, 1e-20);
        // Stopped at a gradient of 1e-8 with squared singular values above 1.
        Assert.Equal(0, seen.EndLoss, 1e-14);
    }

    [Fact]
    public void The_linearisation_of_an_under_parameterised_linear_model_reaches_the_residual_and_no_less()
    {
        var squares = SmallLandscapes.LeastSquares(9, 4);
        var seen = TangentKernel.Of(squares);
        Assert.Equal(4, seen.Rank);
        Assert.True(seen.LinearisedMinimum > 0.01);
        Assert.Equal(seen.LinearisedMinimum, seen.EndLoss, 1e-10);
    }

    [Fact]
    public void A_small_network_that_learns_features_is_not_lazy()
    {
        var seen = TangentKernel.Of(SmallLandscapes.TanhNetwork(3, 12, 0.5));
        Assert.False(seen.IsLazy);
        Assert.True(seen.EndLoss < seen.StartLoss);
        Assert.EndsWith($"(rank {seen.Rank} of 12).", seen.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1e-6, 1)]
    [InlineData(1, 1e7)]
    [InlineData(1e5, 1e-6)]
    public void A_fit_s_rank_and_what_descent_and_linearisation_reach_do_not_hang_on_units(double y, double t)
    {
        var (plain, other) = (TangentKernel.Of(SmallLandscapes.Saturation(1, 1)), TangentKernel.Of(SmallLandscapes.Saturation(y, t)));
        Assert.Equal(2, other.Rank);
        // Ten digits are left of a least-squares fit whose columns are told from one another by a few.
        Assert.Equal(plain.LinearisedMinimum, other.LinearisedMinimum / (y * y), 1e-10 * plain.LinearisedMinimum);
        // Both descents end where the gradient is 1e-8 of what the loss changes over a unit.
        Assert.Equal(plain.EndLoss, other.EndLoss / (y * y), 1e-8 * plain.StartLoss);
    }
}
