namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>A cluster of equal atoms laid on another: rotated, reflected and its atoms exchanged, so that corresponding atoms lie near one another.</summary>
/// <remarks>
/// Atoms are assigned and the cluster turned, in turn, from several orientations: the least of what that comes to is an upper bound of the distance. Wales and
/// Carr (2012), Journal of Chemical Theory and Computation 8, 5020.
/// </remarks>
internal static class ClusterAlignment
{
    // Of two atoms at once as many guesses as 60, the most rotations that a cluster in space has, need; and some that do not depend on two atoms alone.
    private const int PairGuesses = 60;
    private const int RandomGuesses = 12;

    /// <summary>The cluster as it lies nearest to the target, its atoms in the target's order.</summary>
    /// <param name="target">Where it is to lie: s coordinates of each atom, from the point that clusters are turned about.</param>
    /// <param name="centred">The cluster, from the same point.</param>
    /// <param name="s">Coordinates of one atom.</param>
    public static double[] Of(double[] target, double[] centred, int s)
    {
        var (atoms, best) = (target.Length / s, centred);
        var least = double.PositiveInfinity;
        foreach (var begun in Orientations(target, centred, s))
        {
            var turned = begun;
            for (var before = double.PositiveInfinity; ;)
            {
                var cost = new double[atoms, atoms];
                for (var i = 0; i < atoms; i++)
                {
                    for (var j = 0; j < atoms; j++)
                    {
                        for (var c = 0; c < s; c++)
                        {
                            cost[i, j] += (target[i * s + c] - turned[j * s + c]) * (target[i * s + c] - turned[j * s + c]);
                        }
                    }
                }

                var order = LinearAssignment.Solve(cost);
                double[] exchanged = [.. order.SelectMany(j => turned.AsSpan(j * s, s).ToArray())];
                turned = Procrustes.Apply(exchanged, Procrustes.Turn(target, exchanged, s));
                var distance = Symmetry.Euclidean(target, turned);
                if (distance < least)
                {
                    (least, best) = (distance, turned);
                }

                if (!(distance < before * (1 - Stationarity.HalfTheDigits)))
                {
                    break;
                }

                before = distance;
            }
        }

        return best;
    }

    /// <summary>The cluster in orientations that an alignment is begun from: as it is, with two of its atoms on two of the other's, and at random.</summary>
    private static IEnumerable<double[]> Orientations(double[] target, double[] centred, int s)
    {
        var atoms = target.Length / s;
        yield return centred;
        double[][] to = [.. target.Chunk(s)], from = [.. centred.Chunk(s)];
        double Length(double[] v) => Math.Sqrt(Orthonormal.Dot(v, v));

        // The outermost atom, and the one that spans the largest triangle with it and the centre.
        var p = Enumerable.Range(0, atoms).MaxBy(i => Length(to[i]));
        var q = Enumerable.Range(0, atoms).MaxBy(i => Orthonormal.Dot(to[i], to[i]) - Math.Pow(Orthonormal.Dot(to[i], to[p]) / Math.Max(Length(to[p]), double.Epsilon), 2));
        var pairs = Enumerable.Range(0, atoms).SelectMany(i => Enumerable.Range(0, atoms).Where(j => j != i).Select(j => (i, j)))
            .OrderBy(e => Math.Abs(Length(from[e.i]) - Length(to[p])) + Math.Abs(Length(from[e.j]) - Length(to[q])) + Math.Abs(Symmetry.Euclidean(from[e.i], from[e.j]) - Symmetry.Euclidean(to[p], to[q])))
            .Take(PairGuesses);
        foreach (var (i, j) in pairs)
        {
            // In space two directions leave a reflection open.
            foreach (var hand in s == 3 ? new[] { 1, -1 } : [1])
            {
                double[] a = [.. to[p], .. to[q]], b = [.. from[i], .. from[j]];
                if (s == 3)
                {
                    (a, b) = ([.. a, .. Cross(to[p], to[q], 1)], [.. b, .. Cross(from[i], from[j], hand)]);
                }

                yield return Procrustes.Apply(centred, Procrustes.Turn(a, b, s));
            }
        }

        var random = new Random(1);
        for (var k = 0; k < RandomGuesses; k++)
        {
            double[] turned = [.. centred];
            for (var reflections = 0; reflections <= s; reflections++)
            {
                new Rotations(s).Move(turned, random);
            }

            yield return turned;
        }

        static double[] Cross(double[] u, double[] v, int hand) => [hand * (u[1] * v[2] - u[2] * v[1]), hand * (u[2] * v[0] - u[0] * v[2]), hand * (u[0] * v[1] - u[1] * v[0])];
    }
}
