namespace LandscapeGpu.Valleys;

/// <summary>Tells what flat directions have of a way from a point of a floor.</summary>
internal interface IFlatPart
{
    /// <summary>How many walks back to the floor a second or a few of a core are.</summary>
    double MostWalks { get; }

    /// <param name="point">A point of the floor.</param>
    /// <param name="way">Where to.</param>
    /// <param name="directions">How many directions are flat there.</param>
    double[] Of(double[] point, double[] way, int directions);
}
