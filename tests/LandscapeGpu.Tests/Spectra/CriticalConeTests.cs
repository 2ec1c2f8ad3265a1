namespace LandscapeGpu.Tests.Spectra;

/// <summary>Copositive forms, by matrices whose answers are known.</summary>
public class CriticalConeTests
{
    [Fact]
    public void Two_coordinates_agree_with_the_closed_form()
    {
        // [[a, b], [b, c]] is strictly copositive where a, c > 0 and b > −√(ac); Hadeler (1983).
        foreach (var (a, b, c, sign) in new[]
        {
            (1.0, 5.0, 1.0, ConeSign.Positive), (1, -0.99, 1, ConeSign.Positive), (4, -2, 1, ConeSign.Zero), (1, -1.01, 1, ConeSign.Negative),
            (0, 1, 0, ConeSign.Zero), (0, -1, 1, ConeSign.Negative), (-1, 9, 1, ConeSign.Negative), (1e-6, 1, 1e-3, ConeSign.Positive),
        })
        {
            Assert.Equal(sign, Sign([a, b, b, c], true, true));
        }
    }

    [Fact]
    public void Horns_form_is_copositive_though_it_is_no_sum_of_positive_ones()
    {
        // Horn's matrix: copositive, with zeros, neither positive semidefinite nor entrywise nonnegative; Hall and Newman (1963).
        double[] horn =
        [
            1, -1, 1, 1, -1,
            -1, 1, -1, 1, 1,
            1, -1, 1, -1, 1,
            1, 1, -1, 1, -1,
            -1, 1, 1, -1, 1,
        ];
        Assert.Equal(ConeSign.Zero, Sign(horn, true, true, true, true, true));
        Assert.Equal(ConeSign.Positive, Sign(Plus(horn, 0.01), true, true, true, true, true));
        Assert.Equal(ConeSign.Negative, Sign(Plus(horn, -0.01), true, true, true, true, true));
    }

    [Fact]
    public void Free_coordinates_are_minimised_over()
    {
        // u² + 2buz + cz² with u free: c − b² decides.
        Assert.Equal(ConeSign.Positive, Sign([1, 2, 2, 5], false, true));
        Assert.Equal(ConeSign.Negative, Sign([1, 2, 2, 3], false, true));
        Assert.Equal(ConeSign.Zero, Sign([1, 2, 2, 4], false, true));
        // A flat direction that couples falls one way or the other.
        Assert.Equal(ConeSign.Negative, Sign([0, 1, 1, 5], false, true));
        Assert.Equal(ConeSign.Negative, Sign([-1, 0, 0, 5], false, true));
    }

    [Fact]
    public void Random_forms_agree_with_many_points_of_the_cone()
    {
        var random = new Random(7);
        var seen = new HashSet<ConeSign>();
        for (var trial = 0; trial < 300; trial++)
        {
            var n = random.Next(2, 6);
            var form = new double[n * n];
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    form[(i * n) + j] = form[(j * n) + i] = (i == j ? 1 : 0) + random.NextDouble() - 0.6;
                }
            }

            var least = Enumerable.Range(0, 4_000).Min(_ =>
            {
                double[] z = [.. Enumerable.Range(0, n).Select(_ => random.Next(3) == 0 ? 0 : random.NextDouble())];
                var sum = z.Sum();
                return sum == 0 ? 1 : Enumerable.Range(0, n * n).Sum(k => form[k] * z[k / n] * z[k % n]) / (sum * sum);
            });
            var sign = CriticalCone.SignOf(form, [.. Enumerable.Repeat(true, n)], ZeroTolerance.Default);
            seen.Add(sign);
            // Points refute positivity, and come close to the least value in so few coordinates.
            Assert.True(least >= 0 || sign == ConeSign.Negative, $"A point of value {least} was overlooked.");
            Assert.True(sign != ConeSign.Negative || least < 0.02, $"Called negative, and {least} was the least met.");
        }

        Assert.Contains(ConeSign.Positive, seen);
        Assert.Contains(ConeSign.Negative, seen);
    }

    private static ConeSign Sign(double[] form, params bool[] oneSided) => CriticalCone.SignOf(form, oneSided, ZeroTolerance.Default);

    private static double[] Plus(double[] form, double shift) => [.. form.Select((e, k) => k % 6 == 0 ? e + shift : e)];

    [Theory]
    [InlineData(1e-17)]
    [InlineData(-1e-17)]
    public void A_form_that_is_all_rounding_is_zero_whatever_its_signs(double entry) =>
        Assert.Equal(ConeSign.Zero, CriticalCone.SignOf([entry, 0, 0, 0], [true, true], new() { Relative = 1e-8, Absolute = 1e-15 }));
}
