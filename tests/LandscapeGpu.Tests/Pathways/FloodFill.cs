namespace LandscapeGpu.Tests.Pathways;

/// <summary>Minima and min–max barriers of values on a graph of grid points, by flooding from below: what pathways are held against, and nothing of the engine.</summary>
/// <remarks>Points are flooded in the order of their values; where two lakes meet, the value there is the barrier between all minima of the one and all of the other.</remarks>
internal sealed class FloodFill
{
    private readonly double[] values;
    private readonly int[] lake;
    private readonly List<(int Low, int High, double At)> merges = [];

    public FloodFill(double[] values, Func<int, IEnumerable<int>> neighbours)
    {
        this.values = values;
        lake = Enumerable.Repeat(-1, values.Length).ToArray();
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort([.. values], order);
        foreach (var k in order)
        {
            lake[k] = k;
            foreach (var n in neighbours(k).Where(n => lake[n] >= 0))
            {
                var (a, b) = (Root(k), Root(n));
                if (a != b)
                {
                    var (low, high) = values[a] <= values[b] ? (a, b) : (b, a);
                    merges.Add((low, high, values[k]));
                    lake[high] = low;
                }
            }
        }
    }

    /// <summary>f at a grid point.</summary>
    public double Value(int k) => values[k];

    /// <summary>Grid points lower than their surroundings by more than a depth, lowest first.</summary>
    public List<int> Minima(double depth)
    {
        var shallow = merges.Where(m => m.At - values[m.High] <= depth).Select(m => m.High).ToHashSet();
        return [.. merges.SelectMany(m => new[] { m.Low, m.High }).Distinct().Where(k => !shallow.Contains(k)).OrderBy(k => values[k])];
    }

    /// <summary>The lowest highest value of the paths between two grid points, both minima of their lakes.</summary>
    public double Barrier(int a, int b)
    {
        var sets = new Dictionary<int, int>();
        int Find(int k) => sets.TryGetValue(k, out var up) && up != k ? sets[k] = Find(up) : k;
        foreach (var (low, high, at) in merges.OrderBy(m => m.At))
        {
            sets[Find(high)] = Find(low);
            if (Find(a) == Find(b))
            {
                return at;
            }
        }

        return double.PositiveInfinity;
    }

    /// <summary>A box, with its sides on the grid.</summary>
    public static (FloodFill Flood, Func<int, double[]> Point) OfBox(Func<double[], double> f, double[] low, double[] high, int n)
    {
        double[] Point(int k) => [low[0] + ((high[0] - low[0]) * (k % n) / (n - 1)), low[1] + ((high[1] - low[1]) * (k / n) / (n - 1))];
        return (new([.. Enumerable.Range(0, n * n).Select(k => f(Point(k)))], k => Around(k, n, n, false)), Point);
    }

    /// <summary>A box of three coordinates.</summary>
    public static (FloodFill Flood, Func<int, double[]> Point) OfSolid(Func<double[], double> f, double[] low, double[] high, int n)
    {
        double[] Point(int k) => [.. new[] { k % n, k / n % n, k / (n * n) }.Select((c, i) => low[i] + ((high[i] - low[i]) * c / (n - 1)))];
        IEnumerable<int> Above(int k) => Around(k % (n * n), n, n, false).Append(k % (n * n));
        return (
            new(
                [.. Enumerable.Range(0, n * n * n).Select(k => f(Point(k)))],
                k => new[] { -1, 0, 1 }.Select(z => (k / (n * n)) + z).Where(z => z >= 0 && z < n).SelectMany(z => Above(k).Select(i => (z * n * n) + i)).Where(i => i != k)),
            Point);
    }

    /// <summary>A disc by radius and angle, with its rim on the grid; all points of the innermost ring are the centre.</summary>
    public static (FloodFill Flood, Func<int, double[]> Point) OfDisc(Func<double[], double> f, double[] centre, double radius, int n)
    {
        double[] Point(int k) => Polar(radius * (k / n) / (n - 1), 2 * Math.PI * (k % n) / n) is var (x, y) ? [centre[0] + x, centre[1] + y] : [];
        return (new([.. Enumerable.Range(0, n * n).Select(k => f(Point(k)))], k => Around(k, n, n, true).Concat(k < n ? [(k + 1) % n] : [])), Point);
    }

    /// <summary>The unit sphere by colatitude and longitude; all points of the first and last rows are a pole.</summary>
    public static (FloodFill Flood, Func<int, double[]> Point) OfSphere(Func<double[], double> f, int n)
    {
        double[] Point(int k)
        {
            var (polar, (x, y)) = (Math.PI * (k / n) / (n - 1), Polar(1, 2 * Math.PI * (k % n) / n));
            return [Math.Sin(polar) * x, Math.Sin(polar) * y, Math.Cos(polar)];
        }

        return (new([.. Enumerable.Range(0, n * n).Select(k => f(Point(k)))], k => Around(k, n, n, true)), Point);
    }

    /// <summary>The simplex of three coordinates, with its faces on the grid; each point has six neighbours.</summary>
    public static (FloodFill Flood, Func<int, double[]> Point) OfSimplex(Func<double[], double> f, int n)
    {
        var places = Enumerable.Range(0, n).SelectMany(i => Enumerable.Range(0, n - i).Select(j => (I: i, J: j))).ToArray();
        var numbers = places.Select((p, k) => (p, k)).ToDictionary(e => e.p, e => e.k);
        double[] Point(int k) => [(double)places[k].I / (n - 1), (double)places[k].J / (n - 1), (double)(n - 1 - places[k].I - places[k].J) / (n - 1)];
        (int I, int J)[] ways = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (-1, 1)];
        return (
            new(
                [.. Enumerable.Range(0, places.Length).Select(k => f(Point(k)))],
                k => ways.Select(w => numbers.GetValueOrDefault((places[k].I + w.I, places[k].J + w.J), -1)).Where(m => m >= 0)),
            Point);
    }

    private static (double X, double Y) Polar(double r, double angle) => (r * Math.Cos(angle), r * Math.Sin(angle));

    /// <summary>Eight neighbours in rows of n; around in a row where it is a circle.</summary>
    private static IEnumerable<int> Around(int k, int n, int rows, bool isCircle)
    {
        var (column, row) = (k % n, k / n);
        for (var r = Math.Max(0, row - 1); r <= Math.Min(rows - 1, row + 1); r++)
        {
            for (var c = column - 1; c <= column + 1; c++)
            {
                if ((isCircle || (c >= 0 && c < n)) && (r != row || c != column))
                {
                    yield return (r * n) + ((c + n) % n);
                }
            }
        }
    }

    private int Root(int k)
    {
        while (lake[k] != k)
        {
            k = lake[k] = lake[lake[k]];
        }

        return k;
    }
}
