namespace LandscapeGpu.Polish;

/// <summary>A walk down to a floor, across it and not along it.</summary>
/// <remarks>
/// Beside a floor on which all slopes vanish, as of x²(1 + y²), what slope and curvature there are along it shrink together with the distance from it, so that Newton's step along it stays as long as it is,
/// to wherever the floor is lowest or to infinity, and the distance shrinks by a share at best. Across it alone Newton's method doubles its digits; where derivatives vanish across it, too, curvatures tell less of what is along it
/// than such long steps do. Where it ends is stationary only if the whole gradient is zero to its rounding.
/// </remarks>
/// <param name="d">The number of coordinates.</param>
/// <param name="sides">What the region's sides hold.</param>
internal sealed class SteepWalk(int d, HeldSides sides) : MatrixWalk(d, sides, isPlain: false)
{
    /// <summary>What counts as along the floor: curvatures of no more than this share of the largest. That along a floor goes with the square of the distance: half the digits are left from where a quarter of them is.</summary>
    public double Flat { get; init; } = Stationarity.QuarterOfTheDigits;

    public override bool IsStationary => base.IsStationary && Sides.IsStationary(Point, Gradient, Errors);

    protected override bool Shifts => false;

    public override bool Turn(double[] hessian)
    {
        var spectrum = SymmetricEigenvalues.Decompose(hessian, D);
        var flat = Flat * Math.Max(Math.Abs(spectrum.Values[0]), Math.Abs(spectrum.Values[^1]));
        double[] down = [.. Direction];
        var (longest, along) = (NewtonPoint.LongestStep * Reach, 0);
        Array.Clear(Direction);
        for (var k = 0; k < D; k++)
        {
            var (curvature, slope) = (Math.Abs(spectrum.Values[k]), Inner.Product(spectrum.Vector(k), down));
            if (curvature > flat && Math.Abs(slope) <= longest * curvature)
            {
                Inner.Add(slope / curvature, spectrum.Vector(k), Direction);
            }
            else
            {
                along++;
            }
        }

        // Where curvatures tell what is along a floor and nothing is, there is none.
        return along == D || (along == 0 && Flat > 0) || Turn();
    }
}
