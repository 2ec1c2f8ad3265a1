namespace LandscapeGpu.Surveys;

// Where restarts stopped, and where the search went from there.
internal sealed partial class KinkSearch
{
    /// <summary>How many restarts stopped elsewhere than beside a pole.</summary>
    private static long RestartsElsewhere(EndpointGroups places, bool[] isPole) => Enumerable.Range(0, places.Count).Where(k => !isPole[k]).Sum(places.CountOf);

    /// <summary>Where a descent ended.</summary>
    /// <param name="Point">d coordinates.</param>
    /// <param name="Value">f there.</param>
    /// <param name="Rounding">How far the value is from being known.</param>
    /// <param name="Place">Which place it began at.</param>
    internal sealed record End(double[] Point, double Value, double Rounding, int Place)
    {
        /// <summary>What minimum without a derivative it is; null where it is none, or nobody asked.</summary>
        public StationaryKind? Kind { get; init; }

        /// <summary>Along how many coordinates f is level there, where that was counted; −1 where not.</summary>
        public int Level { get; init; } = -1;

        /// <summary>The minimum that has a curvature; null where it has none, or nobody asked.</summary>
        public StationaryPoint? Smooth { get; init; }
    }
}
