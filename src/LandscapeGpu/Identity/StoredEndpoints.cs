namespace LandscapeGpu.Identity;

/// <summary>What identity is decided from: polished endpoints as they were stored.</summary>
internal sealed record StoredEndpoints
{
    /// <summary>Endpoints as tables; all numbers finite.</summary>
    /// <param name="dimension">d, the length of a point.</param>
    /// <param name="points">n×d coordinates, row-major.</param>
    /// <param name="values">n objective values.</param>
    /// <param name="moments">n×m moments of the Hessian's spectrum, row-major, such as its trace and squared Frobenius norm; may be empty.</param>
    /// <exception cref="ArgumentException">The tables do not have the same number of rows.</exception>
    public StoredEndpoints(int dimension, ReadOnlyMemory<double> points, ReadOnlyMemory<double> values, ReadOnlyMemory<double> moments = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        var count = values.Length;
        if (points.Length != (long)count * dimension)
        {
            throw new ArgumentException($"{count} values need {(long)count * dimension} coordinates, not {points.Length}.", nameof(points));
        }

        if (count == 0 ? !moments.IsEmpty : moments.Length % count != 0)
        {
            throw new ArgumentException($"{moments.Length} moments are not the same number for each of {count} endpoints.", nameof(moments));
        }

        (Dimension, Points, Values, Moments) = (dimension, points, values, moments);
    }

    /// <summary>d, the length of a point.</summary>
    public int Dimension { get; }

    /// <summary>n×d coordinates, row-major.</summary>
    public ReadOnlyMemory<double> Points { get; }

    /// <summary>n objective values.</summary>
    public ReadOnlyMemory<double> Values { get; }

    /// <summary>n×m moments of the Hessian's spectrum, row-major.</summary>
    public ReadOnlyMemory<double> Moments { get; }

    /// <summary>n, the number of endpoints.</summary>
    public int Count => Values.Length;

    /// <summary>m, the number of spectral moments of an endpoint.</summary>
    public int MomentCount => Count == 0 ? 0 : Moments.Length / Count;
}
