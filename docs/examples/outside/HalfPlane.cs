using LandscapeGpu.Expressions;
using LandscapeGpu.Objectives;
using LandscapeGpu.Spectra;
using LandscapeGpu.Starts;
using static LandscapeGpu.Expressions.Functions;

/// <summary>The points of the plane with n·x ≤ c, n = (cos a, sin a): a region of one's own, with one slanted side.</summary>
public sealed record HalfPlane(double Angle, double Offset) : Region
{
    private (double X, double Y) Normal => (Math.Cos(Angle), Math.Sin(Angle));

    public override bool IsBounded => false;

    public override Sampler Starts => new Gaussian(0, 1);

    public override void Require(int coordinates)
    {
        if (coordinates != 2)
        {
            throw new ArgumentException($"A half plane has points of 2 coordinates, and the objective has {coordinates}.");
        }
    }

    public override string ToString() => FormattableString.Invariant($"half plane {Normal.X:0.###}·x + {Normal.Y:0.###}·y ≤ {Offset:0.###}");

    public override double Violation(ReadOnlySpan<double> point) => Math.Max(0, Beyond(point));

    // The distance is a sum of three terms: four roundings of what is as large as the point.
    public override bool Contains(ReadOnlySpan<double> point) => Beyond(point) <= Rounding(point);

    public override Vector Project(Vector point, VectorForm form)
    {
        var beyond = Max(0, Beyond(point));
        return form.Each(2, i => point[i] - (beyond * NormalAt(i)));
    }

    public override bool TryProject(Span<double> point)
    {
        var beyond = Violation(point);
        (point[0], point[1]) = (point[0] - (beyond * Normal.X), point[1] - (beyond * Normal.Y));
        return true;
    }

    // Where descent pushes outwards on the side, only what runs along it is free.
    public override Vector Free(Vector v, Vector gradient, Vector at, VectorForm form)
    {
        var held = (Beyond(at) >= -1e-6 * (1 + Abs(at[0]) + Abs(at[1]))) & (((gradient[0] * Normal.X) + (gradient[1] * Normal.Y)) < 0);
        var along = Select(held, (v[0] * Normal.X) + (v[1] * Normal.Y), 0);
        return form.Each(2, i => v[i] - (along * NormalAt(i)));
    }

    public override IReadOnlyList<ActiveConstraint> Active(ReadOnlySpan<double> point) =>
        Beyond(point) >= -Rounding(point) ? [new(0, [Normal.X, Normal.Y])] : [];

    public override (int Value, string Of) EulerCharacteristic(int coordinates, double reach) => (1, ToString());

    private double Beyond(ReadOnlySpan<double> point) => (Normal.X * point[0]) + (Normal.Y * point[1]) - Offset;

    private Real Beyond(Vector point) => (Normal.X * point[0]) + (Normal.Y * point[1]) - Offset;

    private Real NormalAt(LandscapeGpu.Expressions.Index i) => Select(Equal(i, 0), Normal.X, Normal.Y);

    private double Rounding(ReadOnlySpan<double> point) => 8 * double.BitIncrement(1) * Math.ScaleB(Math.Abs(point[0]) + Math.Abs(point[1]) + Math.Abs(Offset), -52);
}
