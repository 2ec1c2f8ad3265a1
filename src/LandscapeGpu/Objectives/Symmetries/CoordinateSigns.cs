using System.Numerics;

namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>Each coordinate may change its sign: x ~ (±x₁, …, ±x_d). The invariants are |x₁|, …, |x_d|.</summary>
/// <remarks>The distance of two orbits is exactly the distance of their invariants.</remarks>
public sealed record CoordinateSigns : Symmetry
{
    /// <inheritdoc/>
    public override int LengthFor(int dimension) => dimension;

    /// <inheritdoc/>
    public override InvariantMap MapFor(int dimension) => (point, invariants) =>
    {
        for (var j = 0; j < point.Length; j++)
        {
            invariants[j] = Math.Abs(point[j]);
        }
    };

    /// <inheritdoc/>
    public override void Move(Span<double> point, Random random)
    {
        foreach (ref var x in point)
        {
            x = random.Next(2) == 0 ? x : -x;
        }
    }

    /// <inheritdoc/>
    internal override double[] Aligned(ReadOnlySpan<double> to, ReadOnlySpan<double> point)
    {
        var aligned = point.ToArray();
        for (var i = 0; i < aligned.Length; i++)
        {
            aligned[i] = to[i] * point[i] < 0 ? -point[i] : point[i];
        }

        return aligned;
    }

    /// <inheritdoc/>
    public override Orbit OrbitOf(ReadOnlySpan<double> point, double tolerance)
    {
        var zeros = 0;
        foreach (var x in point)
        {
            zeros += Math.Abs(x) <= tolerance ? 1 : 0;
        }

        return new()
        {
            GroupOrder = BigInteger.Pow(2, point.Length),
            StabiliserOrder = BigInteger.Pow(2, zeros),
            Stabiliser = zeros == 0 ? "" : zeros == 1 ? "1 zero coordinate" : $"{zeros} zero coordinates",
        };
    }

    /// <inheritdoc/>
    public override double? Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Euclidean(Invariants(a), Invariants(b));
}
