namespace LandscapeGpu.Tests.Evidence;

/// <summary>Conditions about a minimum that has images under a symmetry.</summary>
public class NearestImageTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Weak_quasi_convexity_and_the_secant_inequality_take_the_nearest_image_of_the_minimum(int rank)
    {
        // ½‖M − UUᵀ‖² with M = ZZᵀ fully seen: for every U and the rotation ZQ nearest to it, ⟨∇f, U − ZQ⟩ is at least 0 near ZQ, and −∞ times
        // nothing in particular with a fixed Z.
        var completion = LandscapeGpu.Tests.Objectives.CatalogueMembers.Find($"matrix-completion rows=5 rank={rank} p=1");
        var global = GlobalReference.Of(Survey.Run(completion, new() { Restarts = 200, Descent = new() { IsDouble = true } }));
        var sample = LandscapeSample.Draw(completion, global, 700);
        var seen = GrowthConditions.Of(completion, global, sample);
        double[] z = [.. completion.Known.Planted!];
        // Independently: gradient 2(UUᵀ − M)U by hand, the nearest image by trying all rotations and reflections in steps of a thousandth of a turn.
        var least = Enumerable.Range(0, sample.Count).Min(k =>
        {
            var (u, above) = (sample.Points[k], sample.Values[k]);
            if (above <= 1e-6)
            {
                return double.PositiveInfinity;
            }

            var gradient = Gradient(u, z, rank);
            var image = Images(z, rank).MinBy(i => Symmetry.Euclidean(i, u))!;
            return u.Select((c, i) => gradient[i] * (c - image[i])).Sum() / above;
        });
        // The grid's image is within 2π/2000·‖Z‖ of the nearest, and ratios are of order 10.
        Assert.Equal(least, seen.WeakQuasiConvexity.Value, rank == 1 ? 1e-8 : 0.15);
        Assert.True(seen.WeakQuasiConvexity.Value > -0.5, $"{seen.WeakQuasiConvexity.Value}");
    }

    private static double[] Gradient(double[] u, double[] z, int r)
    {
        var d = u.Length / r;
        var gradient = new double[u.Length];
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                var residual = Enumerable.Range(0, r).Sum(a => (u[(i * r) + a] * u[(j * r) + a]) - (z[(i * r) + a] * z[(j * r) + a]));
                for (var a = 0; a < r; a++)
                {
                    gradient[(i * r) + a] += 2 * residual * u[(j * r) + a];
                }
            }
        }

        return gradient;
    }

    private static IEnumerable<double[]> Images(double[] z, int r) => r == 1
        ? [z, [.. z.Select(c => -c)]]
        : Enumerable.Range(0, 1000).SelectMany(k => new[] { 1, -1 }.Select(s =>
        {
            var (sin, cos) = Math.SinCos(k * Math.Tau / 1000);
            return Enumerable.Range(0, z.Length).Select(i => i % 2 == 0 ? (cos * z[i]) - (s * sin * z[i + 1]) : (sin * z[i - 1]) + (s * cos * z[i])).ToArray();
        }));
}
