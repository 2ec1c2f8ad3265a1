namespace LandscapeGpu.Starts;

/// <summary>A box of which some sides are open: uniform between two bounds, |normal| away from one, normal with deviation 3 without any, both in units of a scale.</summary>
internal sealed record BetweenBounds(double[] Lower, double[] Upper, PerCoordinate Scale) : Sampler
{
    private const double FreeDeviation = 3;

    public override int? Dimension => Lower.Length;

    public override string Describe() => "uniform between two bounds, |normal| from one, normal with deviation 3 without bounds" + (Scale.Equals((PerCoordinate)1.0) ? "" : ", times the scale");

    public bool Equals(BetweenBounds? other) => other is not null && Lower.SequenceEqual(other.Lower) && Upper.SequenceEqual(other.Upper) && Scale.Equals(other.Scale);

    public override int GetHashCode() => HashCode.Combine(Lower.Length, Lower[0], Upper[0]);

    protected override void Fill(ulong seed, ulong restart, Span<double> point)
    {
        for (var i = 0; i < point.Length; i++)
        {
            var (low, high) = (double.IsFinite(Lower[i]), double.IsFinite(Upper[i]));
            point[i] = low && high
                ? BoxBounds.Between(Lower[i], Upper[i], CounterRandom.Uniform(seed, StreamId.Starts, restart, 0, (uint)i))
                : Beyond(Scale[i] * StandardNormal.Coordinate(seed, restart, i), low ? Lower[i] : null, high ? Upper[i] : null);
        }
    }

    private static double Beyond(double normal, double? low, double? high) => (low, high) switch
    {
        ({ } l, _) => l + Math.Abs(normal),
        (_, { } h) => h - Math.Abs(normal),
        _ => FreeDeviation * normal,
    };
}
