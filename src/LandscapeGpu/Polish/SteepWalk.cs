namespace LandscapeGpu.Polish;

/// <summary>A walk down to a floor, across it and not along it.</summary>
/// <remarks>
/// Beside a floor on which all slopes vanish, as of x²(1 + y²), what slope and curvature there are along it shrink together with the distance from it, so that Newton's step along it stays as long as it is,
/// to wherever the floor is lowest or to infinity, and the distance shrinks by a share at best. Across it alone Newton's method doubles its digits. Where it ends is stationary only if the whole gradient is zero to its rounding.
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
        if (spectrum.Values.All(l => Math.Abs(l) > flat))
        {
            return true;
        }

        double[] down = [.. Direction];
        Array.Clear(Direction);
        foreach (var (k, curvature) in spectrum.Values.Index().Where(l => Math.Abs(l.Item) > flat))
        {
            Inner.Add(Inner.Product(spectrum.Vector(k), down) / Math.Abs(curvature), spectrum.Vector(k), Direction);
        }

        return Turn();
    }
}
