namespace LandscapeGpu.Tests.Pathways;

/// <summary>The Müller–Brown surface written by hand, and its steepest descent by Runge and Kutta's method in tiny steps.</summary>
internal static class MullerBrownPaths
{
    private static readonly double[] A = [-200, -100, -170, 15], X = [1, 0, -0.5, -1], Y = [0, 0.5, 1.5, 1], P = [-1, -1, -6.5, 0.7], Q = [0, 0, 11, 0.6], R = [-10, -10, -6.5, 0.7];

    /// <summary>Points of the path through a saddle, from one end to the other.</summary>
    public static List<double[]> Both(IReadOnlyList<double> saddle, IReadOnlyList<double> direction) =>
        [.. Enumerable.Reverse(Down(saddle, direction, 1)), .. Down(saddle, direction, -1)];

    private static List<double[]> Down(IReadOnlyList<double> saddle, IReadOnlyList<double> direction, int sign)
    {
        const double step = 2e-5;
        var x = new[] { saddle[0] + (sign * 1e-5 * direction[0]), saddle[1] + (sign * 1e-5 * direction[1]) };
        var points = new List<double[]>();
        for (var k = 0; k < 200_000; k++)
        {
            if (k % 10 == 0)
            {
                points.Add([.. x]);
            }

            var g = Gradient(x);
            // Near the minimum the direction turns at every step; near the saddle the gradient is as short.
            if (k > 1_000 && Math.Sqrt((g[0] * g[0]) + (g[1] * g[1])) < 0.05)
            {
                break;
            }

            var k1 = Along(x);
            var k2 = Along([x[0] + (step / 2 * k1[0]), x[1] + (step / 2 * k1[1])]);
            var k3 = Along([x[0] + (step / 2 * k2[0]), x[1] + (step / 2 * k2[1])]);
            var k4 = Along([x[0] + (step * k3[0]), x[1] + (step * k3[1])]);
            for (var i = 0; i < 2; i++)
            {
                x[i] += step / 6 * (k1[i] + (2 * k2[i]) + (2 * k3[i]) + k4[i]);
            }
        }

        return points;
    }

    private static double[] Along(double[] x)
    {
        var g = Gradient(x);
        var norm = Math.Sqrt((g[0] * g[0]) + (g[1] * g[1]));
        return [-g[0] / norm, -g[1] / norm];
    }

    private static double[] Gradient(double[] x)
    {
        var g = new double[2];
        for (var k = 0; k < 4; k++)
        {
            var (u, v) = (x[0] - X[k], x[1] - Y[k]);
            var e = A[k] * Math.Exp((P[k] * u * u) + (Q[k] * u * v) + (R[k] * v * v));
            g[0] += e * ((2 * P[k] * u) + (Q[k] * v));
            g[1] += e * ((Q[k] * u) + (2 * R[k] * v));
        }

        return g;
    }
}
