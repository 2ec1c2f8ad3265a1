using System.Runtime.CompilerServices;

namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>Lays a cluster of atoms in space over another that has the same shape but for small displacements: two atoms tell how it is turned, and the others which is which.</summary>
/// <remarks>
/// Of a shape without symmetry the two atoms that are told apart best by their distance from the centre have one candidate each; a shape with a point group
/// needs no more tries than the group has elements. What is found is refined by Procrustes' rotation of all atoms. Where nothing fits, the shapes differ.
/// </remarks>
internal readonly struct ClusterOverlay
{
    // Of the radius of gyration: atoms of two copies are nearer than this, and most atoms of one cluster are not.
    private const double Near = 1.0 / 32;

    // An atom this near to the centre, or in line with another, gives no direction.
    private const double Apart = 0.25;

    private readonly double[] target;
    private readonly double[] cluster;
    private readonly double[] targetRadii;
    private readonly double[] radii;
    private readonly int atoms;
    private readonly double size;

    /// <param name="target">3 coordinates an atom, from the centre.</param>
    /// <param name="cluster">As many.</param>
    public ClusterOverlay(double[] target, double[] cluster)
    {
        (this.target, this.cluster, atoms) = (target, cluster, target.Length / 3);
        (targetRadii, radii) = (Radii(target), Radii(cluster));
        size = Math.Sqrt(Orthonormal.Dot(target, target) / atoms);
    }

    /// <summary>Which atom of the cluster lies on each of the target's, and how it is turned; null where the shapes differ, or lie in a plane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (int[] From, double[] Turn)? Find()
    {
        var (p, q) = Axes();
        if (q < 0)
        {
            return null;
        }

        var (near, from, turn) = (Near * size, new int[atoms], new double[9]);
        var apart = Distance(target, p, target, q);
        for (var i = 0; i < atoms; i++)
        {
            for (var j = 0; Math.Abs(radii[i] - targetRadii[p]) <= near && j < atoms; j++)
            {
                if (j == i || Math.Abs(radii[j] - targetRadii[q]) > near || Math.Abs(Distance(cluster, i, cluster, j) - apart) > 2 * near)
                {
                    continue;
                }

                for (var hand = 1; hand >= -1; hand -= 2)
                {
                    if (TryTurn(p, q, i, j, hand, turn) && TryAssign(turn, from) && TryRefine(from, turn))
                    {
                        return (from, turn);
                    }
                }
            }
        }

        return null;
    }

    /// <summary>Two atoms of the target that span a plane with the centre, and of which few others are at the same distance from it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (int P, int Q) Axes()
    {
        var (p, q, fewest) = (-1, -1, int.MaxValue);
        for (var i = 0; i < atoms; i++)
        {
            if (targetRadii[i] > Apart * size && Alike(i) is var alike && alike < fewest)
            {
                (p, fewest) = (i, alike);
            }
        }

        fewest = int.MaxValue;
        for (var i = 0; p >= 0 && i < atoms; i++)
        {
            var along = Orthonormal.Dot(Place(target, i), Place(target, p)) / targetRadii[p];
            var across = Math.Sqrt(Math.Max(0, (targetRadii[i] * targetRadii[i]) - (along * along)));
            if (i != p && across > Apart * size && Alike(i) is var alike && alike < fewest)
            {
                (q, fewest) = (i, alike);
            }
        }

        return (p, q);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Alike(int atom)
    {
        var count = 0;
        for (var i = 0; i < atoms; i++)
        {
            count += Math.Abs(targetRadii[i] - targetRadii[atom]) <= 2 * Near * size ? 1 : 0;
        }

        return count;
    }

    /// <summary>Q that takes the frame of the cluster's atoms i and j to that of the target's p and q.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryTurn(int p, int q, int i, int j, int hand, double[] turn)
    {
        Span<double> to = stackalloc double[9], of = stackalloc double[9];
        if (!TryFrame(Place(target, p), Place(target, q), 1, to) || !TryFrame(Place(cluster, i), Place(cluster, j), hand, of))
        {
            return false;
        }

        Array.Clear(turn);
        for (var e = 0; e < 27; e++)
        {
            turn[e % 9] += of[(e / 9 * 3) + (e % 9 / 3)] * to[(e / 9 * 3) + (e % 3)];
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryFrame(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int hand, Span<double> frame)
    {
        var (length, along) = (Math.Sqrt(Orthonormal.Dot(a, a)), 0.0);
        for (var c = 0; c < 3; c++)
        {
            frame[c] = a[c] / length;
            along += frame[c] * b[c];
        }

        for (var c = 0; c < 3; c++)
        {
            frame[3 + c] = b[c] - (along * frame[c]);
        }

        var across = Math.Sqrt(Orthonormal.Dot(frame[3..6], frame[3..6]));
        for (var c = 0; c < 3; c++)
        {
            frame[3 + c] /= across;
        }

        for (var c = 0; c < 3; c++)
        {
            frame[6 + c] = hand * ((frame[(c + 1) % 3] * frame[3 + ((c + 2) % 3)]) - (frame[(c + 2) % 3] * frame[3 + ((c + 1) % 3)]));
        }

        return length > 0 && across > 0;
    }

    /// <summary>Assigns to each atom of the target the one of the turned cluster that lies on it; false where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryAssign(double[] turn, int[] from)
    {
        Span<double> turned = stackalloc double[3 * Math.Min(atoms, 256)];
        if (atoms > 256)
        {
            return false;
        }

        for (var e = 0; e < 3 * atoms; e++)
        {
            var (at, c) = (e / 3 * 3, e % 3);
            turned[e] = (cluster[at] * turn[c]) + (cluster[at + 1] * turn[3 + c]) + (cluster[at + 2] * turn[6 + c]);
        }

        var reach = 4 * Near * Near * size * size;
        Span<bool> taken = stackalloc bool[atoms];
        taken.Clear();
        for (var a = 0; a < atoms; a++)
        {
            var (nearest, least) = (-1, reach);
            for (var b = 0; b < atoms; b++)
            {
                var (x, y, z) = (turned[3 * b] - target[3 * a], turned[(3 * b) + 1] - target[(3 * a) + 1], turned[(3 * b) + 2] - target[(3 * a) + 2]);
                var square = (x * x) + (y * y) + (z * z);
                (nearest, least) = square < least ? (b, square) : (nearest, least);
            }

            if (nearest < 0 || taken[nearest])
            {
                return false;
            }

            (taken[nearest], from[a]) = (true, nearest);
        }

        return true;
    }

    /// <summary>The orthogonal factor of BᵀA, by Newton's iteration X ← (X + X⁻ᵀ)/2: N. Higham, Computing the polar decomposition (SIAM J. Sci. Stat. Comput. 7, 1986).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryRefine(int[] from, double[] turn)
    {
        Array.Clear(turn);
        for (var a = 0; a < atoms; a++)
        {
            for (var e = 0; e < 9; e++)
            {
                turn[e] += cluster[(3 * from[a]) + (e / 3)] * target[(3 * a) + (e % 3)];
            }
        }

        Span<double> cofactors = stackalloc double[9];
        var change = double.PositiveInfinity;
        for (var step = 0; step < 50 && change > Stationarity.SumOfRoundings; step++)
        {
            for (var e = 0; e < 9; e++)
            {
                var (i, j) = (e / 3, e % 3);
                cofactors[e] = (turn[((i + 1) % 3 * 3) + ((j + 1) % 3)] * turn[((i + 2) % 3 * 3) + ((j + 2) % 3)])
                    - (turn[((i + 1) % 3 * 3) + ((j + 2) % 3)] * turn[((i + 2) % 3 * 3) + ((j + 1) % 3)]);
            }

            var determinant = (turn[0] * cofactors[0]) + (turn[1] * cofactors[1]) + (turn[2] * cofactors[2]);
            var scale = step < 4 ? Math.Cbrt(1 / Math.Abs(determinant)) : 1;
            change = 0;
            for (var e = 0; e < 9; e++)
            {
                var next = 0.5 * ((scale * turn[e]) + (cofactors[e] / (scale * determinant)));
                change = Math.Max(change, Math.Abs(next - turn[e]));
                turn[e] = next;
            }
        }

        // Of a shape in a plane the factor is not determined.
        return change <= Stationarity.SumOfRoundings;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] Radii(double[] places)
    {
        var radii = new double[places.Length / 3];
        for (var i = 0; i < radii.Length; i++)
        {
            radii[i] = Math.Sqrt(Orthonormal.Dot(Place(places, i), Place(places, i)));
        }

        return radii;
    }

    private static ReadOnlySpan<double> Place(double[] places, int atom) => places.AsSpan(3 * atom, 3);

    private static double Distance(double[] a, int i, double[] b, int j)
    {
        var (x, y, z) = (a[3 * i] - b[3 * j], a[(3 * i) + 1] - b[(3 * j) + 1], a[(3 * i) + 2] - b[(3 * j) + 2]);
        return Math.Sqrt((x * x) + (y * y) + (z * z));
    }
}
