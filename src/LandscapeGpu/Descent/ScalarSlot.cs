namespace LandscapeGpu.Descent;

/// <summary>A number kept between steps.</summary>
public sealed record ScalarSlot(Point Point)
{
    /// <summary>What was kept by the last step.</summary>
    public Real Value => Point[0];
}
