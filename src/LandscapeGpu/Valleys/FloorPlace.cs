namespace LandscapeGpu.Valleys;

/// <summary>A place at the bottom of what lies across a floor.</summary>
/// <param name="Point">Where.</param>
/// <param name="Value">The value there.</param>
/// <param name="Doubt">A bound of its rounding, and what is still to fall across.</param>
internal sealed record FloorPlace(double[] Point, double Value, double Doubt)
{
    /// <summary>Whether it is lower than another by more than both are in doubt.</summary>
    public bool IsBelow(FloorPlace other) => other.Value - Value > Stationarity.Margin * (Doubt + other.Doubt);

    /// <summary>How far it is from another.</summary>
    public double DistanceTo(FloorPlace other) => Math.Sqrt(Projection.SquaredDistance(Point, other.Point));
}
