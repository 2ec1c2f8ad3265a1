namespace LandscapeGpu.Objectives.Regions;

/// <summary>All of ℝᵈ.</summary>
internal sealed record WholeSpace : Region
{
    public override string ToString() => "unbounded";

    public override bool IsBounded => false;

    public override Sampler Starts => StartsAt(1);

    internal override Sampler StartsAt(PerCoordinate scale) => new Gaussian(scale.Times(3));

    public override double Violation(ReadOnlySpan<double> point) => 0;

    public override Vector Project(Vector point, VectorForm form) => point;

    public override bool TryProject(Span<double> point) => true;

    /// <summary>Of a ball so large that every point of interest is inside: there the growth of f decides.</summary>
    public override (int Value, string Of) EulerCharacteristic(int coordinates, double reach) => (1, Regions.Ball.Text(reach));

    public override IEnumerable<(double[] Point, double[] Normal)> Boundary(int coordinates, double reach) => Regions.Ball.Surface(coordinates, [], reach);

    internal override int? TakesUnits(int coordinate) => coordinate;

    internal override bool IsWholeSpace => true;
}
