using LandscapeGpu.Polish;

namespace LandscapeGpu.Tests.Polish;

public class StationaryWalkTests
{
    [Theory]
    [InlineData(0, double.NaN)]
    [InlineData(double.NaN, 0)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(0, double.PositiveInfinity)]
    public void A_point_whose_gradient_is_no_number_is_left_and_is_not_stationary(double first, double second)
    {
        var walk = new StationaryWalk(2);
        walk.Begin(0, [1, 2]);
        Assert.Equal(WalkState.Turning, walk.Judge(At(3, 4)));
        Assert.False(walk.Turn([1, 0, 0, 1]));
        walk.Judge(At(first, second));
        // Where it was: the gradient (3, 4).
        Assert.Equal(5, walk.Norm, 1e-15);
        Assert.Equal([1, 2], walk.Point);
        Assert.False(walk.IsStationary);
        // Nor is there a way on from a Hessian that is none.
        Assert.True(walk.Turn([0, double.NaN, double.NaN, 0]));
    }

    private static Trial At(double first, double second)
    {
        var trial = new Trial(2) { Value = 1 };
        (trial.Gradient[0], trial.Gradient[1]) = (first, second);
        return trial;
    }
}
