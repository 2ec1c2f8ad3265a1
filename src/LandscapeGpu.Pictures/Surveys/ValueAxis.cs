namespace LandscapeGpu.Pictures.Surveys;

/// <summary>Values of stationary points on an axis: as they are, or, where most would lie on one another, by how far they are above the lowest, on a logarithmic axis.</summary>
internal sealed record ValueAxis
{
    // Where the middle one of the values above the lowest is this share of the highest, half of them share a hundredth of the axis.
    private const double Crowded = 0.01;

    private readonly StationaryPoint? lowest;
    private readonly bool isAbove;

    /// <param name="label">What they are: "value f(x) at the minimum".</param>
    /// <param name="points">The points, lowest first.</param>
    public ValueAxis(string label, IReadOnlyList<StationaryPoint> points)
    {
        lowest = points.Count > 0 ? points[0] : null;
        double[] above = lowest is null ? [] : [.. points.Where(p => !p.HasValueOf(lowest)).Select(p => p.Value - lowest.Value).Where(double.IsFinite).Order()];
        // Copies of one value say nothing about how values lie.
        double[] distinct = [.. above.Where((a, k) => k == 0 || a > above[k - 1] * (1 + 1e-6))];
        isAbove = distinct.Length > 2 && distinct[distinct.Length / 2] < Crowded * distinct[^1];
        Axis = isAbove
            ? new(label.Replace("f(x)", "f(x) − lowest", StringComparison.Ordinal)) { IsLogarithmic = true, Zero = Below(distinct[0]) }
            : new(label) { Resolution = points.Select(p => 2 * p.Rounding).DefaultIfEmpty(0).Max() };
    }

    /// <summary>The axis.</summary>
    public Axis Axis { get; }

    /// <summary>A point's place on it.</summary>
    public double At(StationaryPoint point) => !isAbove ? point.ShownValue : point.HasValueOf(lowest!) ? 0 : point.Value - lowest!.Value;

    /// <summary>A power of ten below a number, for 0 to stand at.</summary>
    public static double Below(double least) => Math.Pow(10, Math.Floor(Math.Log10(least)) - 1);
}
