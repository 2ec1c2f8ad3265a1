using System.Runtime.CompilerServices;

namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>Maps a point of length d to invariants of its orbit; the same length for every point.</summary>
public delegate void InvariantMap(ReadOnlySpan<double> point, Span<double> invariants);

/// <summary>
/// A group under which the objective does not change, so that all points of an orbit are the same minimum. It maps a
/// point to numbers that are equal along an orbit and differ between orbits.
/// </summary>
/// <remarks>
/// Invariants are continuous: endpoints that differ by noise have invariants that differ by noise. (Choosing a
/// representative, such as the copy whose first coordinate is positive, is not: noise about 0 splits the orbit.)
/// Except where a symmetry says otherwise they never lengthen the distance of two orbits (the smallest distance between
/// their points), so a tolerance means what it means for plain points.
/// </remarks>
public abstract record Symmetry
{
    /// <summary>The number of invariants of a point of length <paramref name="dimension"/>.</summary>
    /// <exception cref="ArgumentException">The group does not act on points of this length.</exception>
    public abstract int LengthFor(int dimension);

    /// <summary>The map for points of length <paramref name="dimension"/>; it may be called from several threads.</summary>
    /// <exception cref="ArgumentException">The group does not act on points of this length.</exception>
    public abstract InvariantMap MapFor(int dimension);

    /// <summary>Applies a random element of the group to a point, in place.</summary>
    /// <param name="point">A point of a length the group acts on.</param>
    /// <param name="random">What chooses the element; elements are of order one, so that numbers keep their size.</param>
    public abstract void Move(Span<double> point, Random random);

    /// <summary>How many images a point has, what leaves it where it is, and the dimension of its orbit; null where that is not worked out.</summary>
    /// <param name="point">A point of a length the group acts on.</param>
    /// <param name="tolerance">The distance within which two points are one, and a coordinate is zero.</param>
    public abstract Orbit? OrbitOf(ReadOnlySpan<double> point, double tolerance);

    /// <summary>The distance of two orbits, the smallest between their points; null where there is no formula for it.</summary>
    public virtual double? Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => null;

    /// <summary>The image of a point under the group that lies near another point; the point itself where none is worked out.</summary>
    /// <param name="to">What it is to lie near.</param>
    /// <param name="point">A point of the same length.</param>
    /// <exception cref="ArgumentException">The points differ in length.</exception>
    public double[] ImageNear(IReadOnlyList<double> to, IReadOnlyList<double> point)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(point);
        return to.Count == point.Count
            ? Aligned([.. to], [.. point])
            : throw new ArgumentException($"A point of {point.Count} coordinates has no image near one of {to.Count}.");
    }

    /// <summary>Which coordinates belong together, as the weights into one hidden unit do: for each coordinate the number of its filter; null where there are no such groups.</summary>
    /// <param name="dimension">The length of a point that the group acts on.</param>
    public virtual IReadOnlyList<int>? Filters(int dimension) => null;

    /// <summary>For each generator of the group's continuous part, how it moves the point; none where the group is finite, or this is not worked out.</summary>
    internal virtual IReadOnlyList<double[]> Velocities(ReadOnlySpan<double> point) => [];

    /// <summary>The image of a point under the group that lies near another point: the nearest, or what a search for it came to; the point itself where none is worked out.</summary>
    /// <param name="to">What it is to lie near.</param>
    /// <param name="point">A point of the same length.</param>
    internal virtual double[] Aligned(ReadOnlySpan<double> to, ReadOnlySpan<double> point) => point.ToArray();

    /// <summary>
    /// The element that brings a point near another, of which it is a copy but for a small displacement; null where none does, or where this is not worked out.
    /// Unlike <see cref="Aligned"/> it looks no farther than at once: it is asked of every endpoint.
    /// </summary>
    /// <param name="to">Where it is to lie near.</param>
    /// <param name="point">A point of the same length.</param>
    internal virtual Isometry? Towards(ReadOnlySpan<double> to, ReadOnlySpan<double> point) => null;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double Euclidean(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double square = 0;
        for (var i = 0; i < a.Length; i++)
        {
            square += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return Math.Sqrt(square);
    }

    /// <summary>The invariants of one point.</summary>
    public double[] Invariants(ReadOnlySpan<double> point)
    {
        var invariants = new double[LengthFor(point.Length)];
        MapFor(point.Length)(point, invariants);
        return invariants;
    }
}
