namespace LandscapeGpu.Kernels;

/// <summary>What distances from a point are short or long against, wherever the origin of coordinates is: the same on lanes and devices.</summary>
/// <remarks>
/// In units where the region is a few long, 1 and as much again for how far the point lies from the region's middle. Without sides nothing says where the middle is, and it is 0; with one side
/// it is that side. A shift of coordinates takes sides along, and changes nothing.
/// </remarks>
public static class StepLengths
{
    /// <summary>The middle between two sides; the one that there is; or 0.</summary>
    public static double Middle(double lower, double upper) =>
        NewtonPoint.IsFinite(lower) ? (NewtonPoint.IsFinite(upper) ? (0.5 * lower) + (0.5 * upper) : lower) : NewtonPoint.IsFinite(upper) ? upper : 0;

    /// <summary>Half of what lies between two sides; 0 where there is no end to it.</summary>
    public static double Half(double lower, double upper) => NewtonPoint.IsFinite(upper - lower) ? 0.5 * (upper - lower) : 0;

    /// <summary>What steps are short or long against.</summary>
    /// <param name="fromMiddle">‖x − m‖², m being the region's middle.</param>
    /// <param name="square">‖x‖²: of its digits nobody knows more than half, however near the middle is.</param>
    public static double Reach(double fromMiddle, double square) => Math.Max(1 + Math.Sqrt(fromMiddle), Stationarity.HalfTheDigits * Math.Sqrt(square));

    /// <summary>
    /// What polish may come from where it began, squared, along one coordinate: as far as that was from the middle, and between two sides as far as a side is from it. What is farther away is not
    /// what the restart came near to.
    /// </summary>
    public static double Leash(double fromMiddle, double half) => Math.Max(fromMiddle * fromMiddle, half * half);
}
