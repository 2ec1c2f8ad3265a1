namespace LandscapeGpu.Starts;

/// <summary>Coordinates as consecutive blocks of one length.</summary>
internal static class Blocks
{
    /// <exception cref="ArgumentException">The coordinates do not divide into blocks.</exception>
    public static void Require(int coordinates, int length, string kind)
    {
        if (length < 1 || coordinates % length != 0)
        {
            throw new ArgumentException($"{coordinates} coordinates do not divide into {kind} of {length}; give a multiple.");
        }
    }
}
