namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>x ~ x + v for every v with Av = 0: only Ax matters, as in least squares with fewer equations than unknowns.</summary>
/// <remarks>The invariants are ⟨qₖ, x⟩ along an orthonormal basis of A's rows; the distance of two orbits is exactly theirs.</remarks>
public sealed record Translations : Symmetry
{
    private readonly double[][] basis;

    /// <param name="rows">The rows of A, all of one length; they need not be independent.</param>
    public Translations(IReadOnlyList<IReadOnlyList<double>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var kept = new List<double[]>();
        foreach (var row in rows)
        {
            double[] given = [.. row];
            var rest = Orthonormal.Across(kept, given);
            var left = Math.Sqrt(Orthonormal.Dot(rest, rest));

            // What rounding leaves of a row that depends on those before it is no direction.
            if (left > Stationarity.MillionRoundings * Math.Sqrt(Orthonormal.Dot(given, given)))
            {
                kept.Add([.. rest.Select(c => c / left)]);
            }
        }

        basis = [.. kept];
    }

    /// <inheritdoc/>
    public override int LengthFor(int dimension) => basis.All(q => q.Length == dimension)
        ? basis.Length
        : throw new ArgumentException($"Points of length {dimension} were given to translations of ℝ^{basis[0].Length}.");

    /// <inheritdoc/>
    public override InvariantMap MapFor(int dimension)
    {
        _ = LengthFor(dimension);
        return (point, invariants) =>
        {
            for (var k = 0; k < basis.Length; k++)
            {
                invariants[k] = Orthonormal.Dot(basis[k], point);
            }
        };
    }

    /// <inheritdoc/>
    public override void Move(Span<double> point, Random random)
    {
        var shift = new double[point.Length];
        foreach (ref var s in shift.AsSpan())
        {
            s = 2 * random.NextDouble() - 1;
        }

        foreach (var q in basis)
        {
            Orthonormal.Subtract(shift, q);
        }

        for (var j = 0; j < shift.Length; j++)
        {
            point[j] += shift[j];
        }
    }

    /// <inheritdoc/>
    internal override double[] Aligned(ReadOnlySpan<double> to, ReadOnlySpan<double> point)
    {
        double[] aligned = to.ToArray(), apart = [.. to.ToArray().Zip(point.ToArray(), (a, b) => b - a)];
        foreach (var q in basis)
        {
            var along = Orthonormal.Dot(q, apart);
            for (var i = 0; i < aligned.Length; i++)
            {
                aligned[i] += along * q[i];
            }
        }

        return aligned;
    }

    /// <inheritdoc/>
    public override Orbit OrbitOf(ReadOnlySpan<double> point, double tolerance) => Orbit.Alone with { Dimension = point.Length - LengthFor(point.Length) };

    /// <inheritdoc/>
    public override double? Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Euclidean(Invariants(a), Invariants(b));

    /// <inheritdoc/>
    public bool Equals(Translations? other) =>
        other is not null && basis.Length == other.basis.Length && basis.Zip(other.basis).All(p => p.First.AsSpan().SequenceEqual(p.Second));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(basis.Length, basis.Length > 0 ? basis[0][0] : 0);
}
