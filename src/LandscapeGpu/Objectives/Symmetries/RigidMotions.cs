using System.Numerics;
using System.Runtime.CompilerServices;

namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>
/// A point is N equal atoms in space, (x₁, y₁, z₁, x₂, …); it may be moved, rotated and reflected as a whole, and atoms
/// may be exchanged. The symmetry of a cluster under a pair potential.
/// </summary>
/// <param name="SpatialDimension">Coordinates of one atom, usually 3.</param>
/// <remarks>
/// An atom's row is its distance to the centroid (or origin) and its distances to all atoms, sorted. The invariants are the rows'
/// components along 2s+2 directions (s the spatial dimension), each sorted over the atoms: (2s+2)·N numbers, more than
/// twice the dimension s·N of the shapes. They tell apart shapes that share all pairwise distances (Boutin and Kemper,
/// "On reconstructing n-point configurations from the distribution of distances or areas", Adv. Appl. Math. 32 (2004)
/// 709); degenerate shapes that share all rows exist (Pozdnyakov et al., Phys. Rev. Lett. 125 (2020) 166001). Scaled so
/// that displacing the atoms by a vector of length δ changes the invariants by at most 2δ.
/// </remarks>
public sealed record RigidMotions(int SpatialDimension = 3) : Symmetry
{
    /// <summary>Whether it is rotated and reflected about the origin and not moved, as points on a sphere are.</summary>
    public bool IsAboutOrigin { get; init; }

    /// <inheritdoc/>
    public override int LengthFor(int dimension) => DirectionsFor(AtomsIn(dimension)) * AtomsIn(dimension);

    /// <inheritdoc/>
    public override InvariantMap MapFor(int dimension)
    {
        int atoms = AtomsIn(dimension), width = atoms + 1, directions = DirectionsFor(atoms);
        var frame = Orthonormal.Rows(directions, width, seed: 0x61746F6D73);
        var scale = 1 / Math.Sqrt(width);
        return (point, invariants) =>
        {
            var rows = new double[atoms * width];
            for (var i = 0; i < atoms; i++)
            {
                FillRow(point, i, rows.AsSpan(i * width, width));
            }

            for (var k = 0; k < directions; k++)
            {
                var along = invariants.Slice(k * atoms, atoms);
                ReadOnlySpan<double> direction = frame.AsSpan(k * width, width);
                for (var i = 0; i < atoms; i++)
                {
                    along[i] = scale * Orthonormal.Dot(direction, rows.AsSpan(i * width, width));
                }

                along.Sort();
            }
        };
    }

    /// <inheritdoc/>
    public override void Move(Span<double> point, Random random)
    {
        int atoms = AtomsIn(point.Length), s = SpatialDimension;
        double[] from = point.ToArray(), shift = [.. Enumerable.Range(0, s).Select(_ => IsAboutOrigin ? 0 : random.NextDouble() - 0.5)];
        int[] order = [.. Enumerable.Range(0, atoms)];
        random.Shuffle(order);
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = from[order[i / s] * s + i % s];
        }

        new Rotations(s).Move(point, random);
        for (var i = 0; i < point.Length; i++)
        {
            point[i] += shift[i % s];
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The stabiliser is the cluster's point group: the permutations of atoms that keep all distances, twice as many where the atoms lie in a
    /// plane (for s = 3), whose reflection moves none. The orbit has 2N!/h pieces, the permutation-inversion isomers.
    /// </remarks>
    public override Orbit OrbitOf(ReadOnlySpan<double> point, double tolerance)
    {
        int atoms = AtomsIn(point.Length), s = SpatialDimension;
        var places = Places(point);
        var rank = OrbitTangent.Dimension(places, tolerance);
        var group = PointGroup(places, tolerance) * (rank < s ? 2 : 1);
        return new()
        {
            GroupOrder = 2 * Orbit.Factorial(atoms),
            StabiliserOrder = group,
            Stabiliser = group > 1 ? $"point group{(rank == 1 && s > 1 ? ", collinear" : rank == 2 && s > 2 ? ", planar" : "")}" : "",
            Dimension = (IsAboutOrigin ? 0 : s) + (s * (s - 1) - (s - rank) * (s - rank - 1)) / 2,
        };
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<double[]> Velocities(ReadOnlySpan<double> point)
    {
        var s = SpatialDimension;
        var velocities = new List<double[]>();
        for (var a = 0; a < s && !IsAboutOrigin; a++)
        {
            var shift = new double[point.Length];
            for (var i = a; i < point.Length; i += s)
            {
                shift[i] = 1;
            }

            velocities.Add(shift);
        }

        var places = Places(point);
        for (var a = 0; a < s; a++)
        {
            for (var b = 0; b < a; b++)
            {
                var turn = new double[point.Length];
                for (var i = 0; i < places.Length; i++)
                {
                    (turn[i * s + a], turn[i * s + b]) = (-places[i][b], places[i][a]);
                }

                velocities.Add(turn);
            }
        }

        return velocities;
    }

    /// <inheritdoc/>
    /// <remarks>See <see cref="ClusterAlignment"/>: what is left is an upper bound of the distance.</remarks>
    internal override double[] Aligned(ReadOnlySpan<double> to, ReadOnlySpan<double> point)
    {
        var (s, atoms) = (SpatialDimension, AtomsIn(point.Length));
        var best = ClusterAlignment.Of([.. Places(to).SelectMany(p => p)], [.. Places(point).SelectMany(p => p)], s);
        if (IsAboutOrigin)
        {
            return best;
        }

        for (var c = 0; c < s; c++)
        {
            double shift = 0;
            for (var i = 0; i < atoms; i++)
            {
                shift += to[i * s + c] / atoms;
            }

            for (var i = 0; i < atoms; i++)
            {
                best[i * s + c] += shift;
            }
        }

        return best;
    }

    /// <inheritdoc/>
    /// <remarks>In space only, and not for atoms that lie in a plane.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override Isometry? Towards(ReadOnlySpan<double> to, ReadOnlySpan<double> point)
    {
        if (SpatialDimension != 3 || point.Length < 9)
        {
            return null;
        }

        double[] there = Centre(to), here = Centre(point), target = to.ToArray(), cluster = point.ToArray();
        for (var i = 0; i < target.Length; i++)
        {
            (target[i], cluster[i]) = (target[i] - there[i % 3], cluster[i] - here[i % 3]);
        }

        return new ClusterOverlay(target, cluster).Find() is { } found ? new(found.From) { Block = 3, Turn = found.Turn, Centre = (here, there) } : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double[] Centre(ReadOnlySpan<double> point)
    {
        var centre = new double[3];
        for (var i = 0; i < point.Length && !IsAboutOrigin; i++)
        {
            centre[i % 3] += point[i] * 3 / point.Length;
        }

        return centre;
    }

    /// <summary>The atoms' places, from the centroid, or from the origin that they are rotated about.</summary>
    private double[][] Places(ReadOnlySpan<double> point)
    {
        double[][] places = [.. point.ToArray().Chunk(SpatialDimension)];
        if (IsAboutOrigin)
        {
            return places;
        }

        double[] centre = [.. Enumerable.Range(0, SpatialDimension).Select(c => places.Average(p => p[c]))];
        return [.. places.Select(p => p.Zip(centre, (x, m) => x - m).ToArray())];
    }

    /// <summary>The permutations of atoms that keep their distances from one another and from the centre.</summary>
    private static BigInteger? PointGroup(double[][] places, double tolerance)
    {
        // Atoms in one place are one atom that counts for more; their own exchanges come on top.
        var distinct = new List<(double[] Place, int Count)>();
        foreach (var place in places)
        {
            var at = distinct.FindIndex(p => Euclidean(p.Place, place) <= tolerance);
            if (at < 0)
            {
                distinct.Add((place, 1));
            }
            else
            {
                distinct[at] = (distinct[at].Place, distinct[at].Count + 1);
            }
        }

        var n = distinct.Count;
        var distances = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                distances[i, j] = Euclidean(distinct[i].Place, distinct[j].Place);
            }
        }

        double[][] labels = [.. distinct.Select(p => new[] { p.Count, Math.Sqrt(Orthonormal.Dot(p.Place, p.Place)) })];
        return new Automorphisms(labels, [distances], 2 * tolerance).Count() * distinct.Aggregate(BigInteger.One, (product, p) => product * Orbit.Factorial(p.Count));
    }

    private int DirectionsFor(int atoms) => Math.Min(atoms + 1, 2 * SpatialDimension + 2);

    private void FillRow(ReadOnlySpan<double> point, int atom, Span<double> row)
    {
        var atoms = row.Length - 1;
        row.Clear();
        for (var c = 0; c < SpatialDimension; c++)
        {
            double own = point[atom * SpatialDimension + c], sum = 0;
            for (var i = 0; i < atoms; i++)
            {
                var other = point[i * SpatialDimension + c];
                sum += other;
                row[i + 1] += (own - other) * (own - other);
            }

            var centre = IsAboutOrigin ? 0 : sum / atoms;
            row[0] += (own - centre) * (own - centre);
        }

        for (var i = 0; i <= atoms; i++)
        {
            row[i] = Math.Sqrt(row[i]);
        }

        row[1..].Sort();
    }

    private int AtomsIn(int dimension)
    {
        if (SpatialDimension < 1 || dimension % SpatialDimension != 0)
        {
            throw new ArgumentException(
                $"Points of length {dimension} are not whole atoms of {SpatialDimension} coordinates: SpatialDimension must divide the length.");
        }

        return dimension / SpatialDimension;
    }
}
