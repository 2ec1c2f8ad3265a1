using System.Runtime.CompilerServices;
namespace LandscapeGpu.Starts;

/// <summary>Points given by the caller: restart i takes point i mod <see cref="Count"/>, whatever the seed.</summary>
/// <remarks>More restarts than points go round the list again: with an update rule without noise they repeat its descents.</remarks>
public sealed record GivenPoints : Sampler
{
    // Row by row: point i is at i·d, …, i·d + d − 1.
    private readonly double[] _coordinates;
    private readonly int _dimension;
    private readonly int _count;

    /// <param name="points">Count × d coordinates, row by row; copied.</param>
    /// <param name="dimension">d.</param>
    /// <exception cref="ArgumentException">No points, a length that is no multiple of d, or a coordinate that is not finite.</exception>
    public GivenPoints(ReadOnlySpan<double> points, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        if (points.Length == 0)
        {
            throw new ArgumentException("There are no points: give at least one.", nameof(points));
        }

        if (points.Length % dimension != 0)
        {
            throw new ArgumentException(
                $"{points.Length} coordinates are not a whole number of points of dimension {dimension}: give count × {dimension} of them.",
                nameof(points));
        }

        for (var k = 0; k < points.Length; k++)
        {
            if (!double.IsFinite(points[k]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"x[{k % dimension}] of point {k / dimension} is {points[k]}: give finite numbers."), nameof(points));
            }
        }

        (_coordinates, _dimension, _count) = (points.ToArray(), dimension, points.Length / dimension);
    }

    /// <param name="points">One array per point, all of one length d; copied.</param>
    /// <exception cref="ArgumentException">No points, points of several dimensions, or a coordinate that is not finite.</exception>
    public GivenPoints(params double[][] points)
        : this(Flatten(points, out var dimension), dimension)
    {
    }

    /// <summary>How many points there are.</summary>
    public int Count => _count;

    /// <inheritdoc/>
    public override int? Dimension => _dimension;

    /// <inheritdoc/>
    public override string Describe() => $"{Count} given point{(Count == 1 ? "" : "s")}, in turn";

    /// <inheritdoc/>
    public bool Equals(GivenPoints? other) =>
        other is not null && _dimension == other._dimension && _coordinates.AsSpan().SequenceEqual(other._coordinates);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_dimension, _coordinates.Length, _coordinates[0], _coordinates[^1]);

    /// <inheritdoc/>
    protected override void Fill(ulong seed, ulong restart, Span<double> point) => At((long)restart, 1).CopyTo(point);

    /// <summary>Where they are kept, if they lie side by side: a copy would take as long as a step of a short formula.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override ReadOnlySpan<double> DrawNext(ulong seed, long restart, int count, Span<double> room) =>
        At(restart, count) is { Length: > 0 } kept ? kept : base.DrawNext(seed, restart, count, room);

    /// <summary>Neighbouring points; none where the list's end is between them.</summary>
    private ReadOnlySpan<double> At(long restart, int count)
    {
        // Most often the list is as long as the run, and a division costs a dozen additions.
        var first = (int)(restart < _count ? restart : restart % _count);
        return first > _count - count ? default : new(_coordinates, first * _dimension, count * _dimension);
    }

    private static double[] Flatten(double[][] points, out int dimension)
    {
        if (points.Length == 0)
        {
            throw new ArgumentException("There are no points: give at least one.", nameof(points));
        }

        var width = dimension = points[0]?.Length ?? 0;
        var odd = Array.FindIndex(points, p => p is null || p.Length != width || p.Length == 0);
        if (odd >= 0)
        {
            throw new ArgumentException(
                $"Point {odd} has {points[odd]?.Length ?? 0} coordinates and point 0 has {width}: "
                + "give every point the same number, at least one.",
                nameof(points));
        }

        return [.. points.SelectMany(p => p)];
    }
}
