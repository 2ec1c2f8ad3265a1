namespace LandscapeGpu.Tests.Descent;

/// <summary>Newton's method and cubic regularisation in plain arithmetic, iteration by iteration.</summary>
internal sealed class SecondOrderSteps(Func<double[], double> value, Func<double[], double[]> gradient, Func<double[], double[][]> hessian)
{
    private int count;
    private double m;
    private double[]? s, hs, last, p;

    /// <summary>The step once in as many iterations as there are coordinates, by elimination: that is how many products MINRES takes.</summary>
    public double[] Newton(double[] x)
    {
        count++;
        if (count % x.Length != 0)
        {
            return x;
        }

        var step = Solved(hessian(x), gradient(x));
        return [.. x.Zip(step, (a, b) => a - b)];
    }

    /// <summary>One iteration of conjugate gradients on the cubic model, or a trial of what they came to.</summary>
    public double[] Cubic(double[] x, double reach)
    {
        var (g, h) = (gradient(x), hessian(x));
        var d = x.Length;
        (s, hs, last, p) = (s ?? new double[d], hs ?? new double[d], last ?? new double[d], p ?? new double[d]);
        var length = Math.Sqrt(Dot(s, s));
        double[] slope = [.. g.Select((gi, i) => gi + hs[i] + (0.5 * m * length * s[i]))];
        if (count >= 1 && (Math.Sqrt(Dot(slope, slope)) <= (0.1 * m * length * length) + (1e-12 * Math.Sqrt(Dot(g, g))) || count >= (3 * d) + 10))
        {
            double[] trial = [.. x.Zip(s, (a, b) => a + b)];
            var foretold = -(Dot(g, s) + (0.5 * Dot(s, hs)) + (m / 6 * Math.Pow(length, 3)));
            var fall = value(x) - value(trial) + (1e-14 * Math.Abs(value(x)));
            m *= fall < 0.1 * foretold ? 10 : fall >= 0.9 * foretold ? 0.5 : 1;
            (s, hs, last, count) = (new double[d], new double[d], slope, 0);
            return fall >= 0.1 * foretold ? trial : x;
        }

        var beta = count == 0 ? 0 : Math.Max(0, Dot(slope, [.. slope.Zip(last, (a, b) => a - b)]) / Dot(last, last));
        double[] direction = [.. p.Zip(slope, (a, b) => (beta * a) - b)];
        if (Dot(direction, slope) >= 0)
        {
            direction = [.. slope.Select(e => -e)];
        }

        double[] turned = [.. h.Select(row => Dot(row, direction))];
        var size = Math.Sqrt(Dot(direction, direction));
        m = m > 0 ? m : ((Math.Sqrt(Dot(turned, turned)) / size) + (Math.Sqrt(Dot(g, g)) / reach)) / reach;
        // The zero of −b + ct + ½at² above 0.
        var (b, c, a) = (-Dot(direction, slope), Dot(direction, turned) + (m * length * size * size), m * size * size * size);
        var t = (-c + Math.Sqrt((c * c) + (2 * a * b))) / a;
        s = [.. s.Zip(direction, (u, v) => u + (t * v))];
        hs = [.. hs.Zip(turned, (u, v) => u + (t * v))];
        (last, p) = (slope, direction);
        count++;
        return x;
    }

    internal static double[] Solved(double[][] matrix, double[] right)
    {
        var (a, b, n) = (matrix.Select(r => (double[])r.Clone()).ToArray(), (double[])right.Clone(), right.Length);
        for (var k = 0; k < n; k++)
        {
            var pivot = Enumerable.Range(k, n - k).MaxBy(i => Math.Abs(a[i][k]));
            (a[k], a[pivot], b[k], b[pivot]) = (a[pivot], a[k], b[pivot], b[k]);
            for (var i = k + 1; i < n; i++)
            {
                var factor = a[i][k] / a[k][k];
                b[i] -= factor * b[k];
                a[i] = [.. a[i].Zip(a[k], (u, v) => u - (factor * v))];
            }
        }

        for (var k = n - 1; k >= 0; k--)
        {
            b[k] = (b[k] - Enumerable.Range(k + 1, n - k - 1).Sum(j => a[k][j] * b[j])) / a[k][k];
        }

        return b;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (u, v) => u * v).Sum();
}
