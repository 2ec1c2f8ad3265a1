namespace LandscapeGpu.Pathways;

/// <summary>A chain of images between two minima that is drawn onto a path of steepest descent between them: a doubly nudged elastic band.</summary>
/// <remarks>
/// The gradient acts across the band, springs along it; of the springs' part across the band what opposes nothing of the gradient is kept, which holds the band
/// straight: S. A. Trygubenko and D. J. Wales (2004), Journal of Chemical Physics 120, 2082. Tangents are those of G. Henkelman and H. Jónsson (2000), Journal of
/// Chemical Physics 113, 9978; steps are those of L-BFGS without a line search, none longer than a bound.
/// </remarks>
internal sealed class ElasticBand
{
    // Vectors that L-BFGS remembers, and after how many steps the springs are tightened anew.
    private const int Memory = 5;
    private const int Retuned = 12;

    // The longest step of an image, and the first of all, in units of the landscape's own.
    private const double MostOfImage = 0.125;
    private const double First = 1.0 / 64;

    private readonly int d;
    private readonly int images;
    private readonly double[] force;
    private readonly List<(double[] Step, double[] Change, double Curvature)> history = [];
    private double[]? forceBefore;
    private double[]? stepBefore;
    private double spring;
    private int steps;

    /// <param name="a">One end, d coordinates.</param>
    /// <param name="b">The other, aligned to it.</param>
    /// <param name="images">How many images between.</param>
    /// <param name="bend">How far the middle lies beside the straight line; null where the band begins straight.</param>
    public ElasticBand(double[] a, double[] b, int images, double[]? bend = null)
    {
        (d, this.images) = (a.Length, images);
        Points = new double[(images + 2) * d];
        for (var m = 0; m < images + 2; m++)
        {
            for (var i = 0; i < d; i++)
            {
                var share = m / (images + 1.0);
                Points[(m * d) + i] = ((1 - share) * a[i]) + (share * b[i]) + (bend is null ? 0 : Math.Sin(Math.PI * share) * bend[i]);
            }
        }

        (Values, Gradients, force) = (new double[images + 2], new double[(images + 2) * d], new double[images * d]);
    }

    /// <summary>Ends and images, one after the other.</summary>
    public double[] Points { get; }

    /// <summary>f at them, for the caller to fill.</summary>
    public double[] Values { get; }

    /// <summary>∇f at them, for the caller to fill.</summary>
    public double[] Gradients { get; }

    /// <summary>Whether an image went where f is not finite.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether steps have become too short to matter.</summary>
    public bool IsAtRest { get; private set; }

    /// <summary>One step, from values and gradients at the points.</summary>
    public void Step()
    {
        if (!Values.All(double.IsFinite) || !Gradients.All(double.IsFinite))
        {
            IsBroken = true;
            return;
        }

        if (steps++ % Retuned == 0)
        {
            Tighten();
            history.Clear();
            forceBefore = null;
        }

        Nudge();
        // Where the band already lies on a path, as a straight one does along an axis, what would push it is the rounding of gradients.
        if (Longest(force, images) <= Stationarity.SumOfRoundings * Longest(Gradients, images + 2))
        {
            IsAtRest = true;
            return;
        }

        if (forceBefore is not null)
        {
            Learn();
        }

        var step = Direction();
        var longest = Longest(step, images);
        var bound = history.Count == 0 ? First : MostOfImage;
        var share = longest > bound || history.Count == 0 ? bound / Math.Max(longest, double.Epsilon) : 1;
        for (var e = 0; e < step.Length; e++)
        {
            step[e] *= share;
            Points[d + e] += step[e];
        }

        IsAtRest = share == 1 && longest < Stationarity.QuarterOfTheDigits;
        (forceBefore, stepBefore) = ([.. force], step);
    }

    /// <summary>Images that are higher than both neighbours, with the band's tangent there.</summary>
    public IEnumerable<(double[] Point, double[] Tangent)> Maxima()
    {
        for (var m = 1; m <= images; m++)
        {
            if (Values[m] > Values[m - 1] && Values[m] >= Values[m + 1])
            {
                yield return (Points.AsSpan(m * d, d).ToArray(), Tangent(m));
            }
        }
    }

    /// <summary>A spring's pull over the mean distance of images is as strong as the mean gradient across the band.</summary>
    private void Tighten()
    {
        double across = 0, length = 0;
        for (var m = 1; m <= images; m++)
        {
            var tangent = Tangent(m);
            var gradient = Gradients.AsSpan(m * d, d);
            var along = Dot(gradient, tangent);
            across += Math.Sqrt(Math.Max(0, Dot(gradient, gradient) - (along * along)));
            length += Distance(m - 1, m);
        }

        spring = length > 0 ? across / length : 0;
    }

    private void Nudge()
    {
        for (var m = 1; m <= images; m++)
        {
            var tangent = Tangent(m);
            var gradient = Gradients.AsSpan(m * d, d);
            var slope = Dot(gradient, tangent);
            // Of the springs' pull x(m+1) − 2x(m) + x(m−1) the part across the band.
            var pull = new double[d];
            var across = new double[d];
            for (var i = 0; i < d; i++)
            {
                pull[i] = spring * (Points[((m + 1) * d) + i] - (2 * Points[(m * d) + i]) + Points[((m - 1) * d) + i]);
                across[i] = gradient[i] - (slope * tangent[i]);
            }

            var pullAlong = Dot(pull, tangent);
            var square = Dot(across, across);
            for (var i = 0; i < d; i++)
            {
                pull[i] -= pullAlong * tangent[i];
            }

            var opposed = square > 0 ? Dot(pull, across) / square : 0;
            var stretch = spring * (Distance(m, m + 1) - Distance(m - 1, m));
            for (var i = 0; i < d; i++)
            {
                force[((m - 1) * d) + i] = -across[i] + (stretch * tangent[i]) + pull[i] - (opposed * across[i]);
            }
        }
    }

    private void Learn()
    {
        var change = new double[force.Length];
        for (var e = 0; e < change.Length; e++)
        {
            change[e] = forceBefore![e] - force[e];
        }

        var curvature = Dot(stepBefore!, change);
        if (curvature > 0)
        {
            history.Add((stepBefore!, change, curvature));
            if (history.Count > Memory)
            {
                history.RemoveAt(0);
            }
        }
        else
        {
            history.Clear();
        }
    }

    /// <summary>Nocedal's two loops.</summary>
    private double[] Direction()
    {
        double[] q = [.. force];
        var shares = new double[history.Count];
        for (var k = history.Count - 1; k >= 0; k--)
        {
            shares[k] = Dot(history[k].Step, q) / history[k].Curvature;
            Add(q, history[k].Change, -shares[k]);
        }

        if (history.Count > 0)
        {
            var last = history[^1];
            var scale = last.Curvature / Dot(last.Change, last.Change);
            for (var e = 0; e < q.Length; e++)
            {
                q[e] *= scale;
            }
        }

        for (var k = 0; k < history.Count; k++)
        {
            Add(q, history[k].Step, shares[k] - (Dot(history[k].Change, q) / history[k].Curvature));
        }

        return q;
    }

    private double[] Tangent(int m)
    {
        var (up, down) = (Values[m + 1] - Values[m], Values[m] - Values[m - 1]);
        var (most, least) = (Math.Max(Math.Abs(up), Math.Abs(down)), Math.Min(Math.Abs(up), Math.Abs(down)));
        // Towards the higher neighbour; at an extremum both, the higher with more weight.
        var (ahead, behind) = up > 0 && down > 0 ? (1.0, 0.0)
            : up <= 0 && down <= 0 ? (0.0, 1.0)
            : Values[m + 1] > Values[m - 1] ? (most, least) : (least, most);
        if (ahead == 0 && behind == 0)
        {
            (ahead, behind) = (1, 1);
        }

        var tangent = new double[d];
        for (var i = 0; i < d; i++)
        {
            tangent[i] = (ahead * (Points[((m + 1) * d) + i] - Points[(m * d) + i])) + (behind * (Points[(m * d) + i] - Points[((m - 1) * d) + i]));
        }

        var norm = Norm(tangent);
        for (var i = 0; norm > 0 && i < d; i++)
        {
            tangent[i] /= norm;
        }

        return tangent;
    }

    /// <summary>The length of the longest of so many vectors.</summary>
    private double Longest(double[] vectors, int count) => Enumerable.Range(0, count).Max(m => Norm(vectors.AsSpan(m * d, d)));

    private double Distance(int m, int n)
    {
        double square = 0;
        for (var i = 0; i < d; i++)
        {
            var difference = Points[(m * d) + i] - Points[(n * d) + i];
            square += difference * difference;
        }

        return Math.Sqrt(square);
    }

    private static void Add(double[] to, double[] v, double factor)
    {
        for (var e = 0; e < to.Length; e++)
        {
            to[e] += factor * v[e];
        }
    }

    private static double Norm(ReadOnlySpan<double> v) => Math.Sqrt(Dot(v, v));

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
