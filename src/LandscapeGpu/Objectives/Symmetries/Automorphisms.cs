using System.Numerics;

namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>Counts the permutations of a weighted graph's vertices that leave all labels and edges as they are, within a tolerance.</summary>
/// <remarks>
/// By orbits and stabilisers: |Aut| is the product over i of the number of vertices that i can be carried to while 0 … i−1 stay. Whether it can
/// be carried to one is found by search; what was found generates, so that most vertices need none. Sims (1970), Computational methods in
/// the study of permutation groups.
/// </remarks>
internal sealed class Automorphisms
{
    // Generic points need a few comparisons for each pair of vertices; only graphs as even as those of designs need more than this.
    private const long MostComparisons = 20_000_000;

    private readonly double[][] labels;
    private readonly IReadOnlyList<double[,]> edges;
    private readonly double tolerance;
    private readonly int n;
    private readonly double[][] spread;
    private readonly int[] image;
    private readonly bool[] used;
    private long comparisons;

    /// <param name="labels">For each vertex; those of different lengths differ.</param>
    /// <param name="edges">n × n weights, any number of kinds.</param>
    /// <param name="tolerance">Numbers closer than this are equal.</param>
    public Automorphisms(double[][] labels, IReadOnlyList<double[,]> edges, double tolerance)
    {
        (this.labels, this.edges, this.tolerance, n) = (labels, edges, tolerance, labels.Length);
        (image, used) = (new int[n], new bool[n]);
        // What lies around a vertex: sums of magnitudes and of squares, in and out.
        spread = [.. Enumerable.Range(0, n).Select(i => edges.SelectMany(e => new[]
        {
            Sum(j => Math.Abs(e[i, j])), Sum(j => Math.Abs(e[j, i])), Sum(j => e[i, j] * e[i, j]), Sum(j => e[j, i] * e[j, i]),
        }).ToArray())];

        double Sum(Func<int, double> term)
        {
            var sum = 0.0;
            for (var j = 0; j < n; j++)
            {
                sum += term(j);
            }

            return sum;
        }
    }

    /// <summary>How many there are; null where the search was given up.</summary>
    public BigInteger? Count()
    {
        var order = BigInteger.One;
        var carried = Enumerable.Range(0, n).ToArray();
        int Root(int v) => carried[v] == v ? v : carried[v] = Root(carried[v]);
        for (var i = n - 1; i >= 0; i--)
        {
            var failed = new HashSet<int>();
            for (var j = i + 1; j < n; j++)
            {
                if (Root(j) == Root(i) || failed.Contains(Root(j)))
                {
                    continue;
                }

                if (Extends(i, j))
                {
                    for (var v = 0; v < n; v++)
                    {
                        carried[Root(v)] = Root(image[v]);
                    }
                }
                else
                {
                    failed.Add(Root(j));
                }

                if (comparisons > MostComparisons)
                {
                    return null;
                }
            }

            order *= Enumerable.Range(i, n - i).Count(v => Root(v) == Root(i));
        }

        return order;
    }

    /// <summary>Whether a permutation leaves 0 … i−1 and takes i to j; then it is in image.</summary>
    private bool Extends(int i, int j)
    {
        Array.Clear(used);
        for (var v = 0; v < i; v++)
        {
            (image[v], used[v]) = (v, true);
        }

        return Fits(i, j) && Search(i, j);
    }

    private bool Search(int v, int w)
    {
        (image[v], used[w]) = (w, true);
        if (v + 1 == n)
        {
            return true;
        }

        for (var next = 0; next < n && comparisons <= MostComparisons; next++)
        {
            if (!used[next] && Fits(v + 1, next) && Search(v + 1, next))
            {
                return true;
            }
        }

        used[w] = false;
        return false;
    }

    /// <summary>Whether v may go to w, seen from the vertices before v.</summary>
    private bool Fits(int v, int w)
    {
        comparisons++;
        if (!Same(labels[v], labels[w]) || !Same(v, w))
        {
            return false;
        }

        foreach (var e in edges)
        {
            for (var u = 0; u <= v; u++)
            {
                var at = u == v ? w : image[u];
                if (Math.Abs(e[v, u] - e[w, at]) > tolerance || Math.Abs(e[u, v] - e[at, w]) > tolerance)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool Same(double[] a, double[] b)
    {
        if (a.Length != b.Length)
        {
            return false;
        }

        for (var k = 0; k < a.Length; k++)
        {
            if (Math.Abs(a[k] - b[k]) > tolerance)
            {
                return false;
            }
        }

        return true;
    }

    private bool Same(int v, int w)
    {
        for (var k = 0; k < spread[v].Length; k += 4)
        {
            // n magnitudes that are each off by the tolerance; their squares by twice the magnitude times that.
            var slack = n * tolerance;
            for (var side = 0; side < 2; side++)
            {
                var magnitudes = Math.Max(spread[v][k + side], spread[w][k + side]);
                if (Math.Abs(spread[v][k + side] - spread[w][k + side]) > slack
                    || Math.Abs(spread[v][k + 2 + side] - spread[w][k + 2 + side]) > tolerance * ((2 * magnitudes) + slack))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
