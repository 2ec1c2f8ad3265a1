namespace LandscapeGpu.Tests.Statistics;

public class CoverageTests
{
    // Spiders under girdled and logged trees, the standing example of the species literature (Chao et al. 2014): abundances of
    // species seen more than twice, then f₁ and f₂. The logged tail below 7 is not needed one by one, only its sum.
    private static readonly long[] Girdled = [46, 22, 17, 15, 15, 9, 8, 6, 6, 4, .. Enumerable.Repeat(2L, 4), .. Enumerable.Repeat(1L, 12)];
    private static readonly long[] Logged = [88, 22, 16, 15, 13, 10, 8, 8, 7, 7, .. Enumerable.Repeat(4L, 9), .. Enumerable.Repeat(2L, 4), .. Enumerable.Repeat(1L, 14)];

    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Score_intervals_are_those_of_Newcombe_1998(long count, long total, double lower, double upper)
    {
        // Printed to four digits.
        var interval = new Proportion(count, total).Interval;
        Assert.Equal(lower, interval.Lower, 5e-5);
        Assert.Equal(upper, interval.Upper, 5e-5);
    }

    [Fact]
    public void A_minimum_never_seen_has_at_most_about_three_in_n()
    {
        Assert.Equal(0.2589, Proportion.LargestUnseen(10), 5e-5); // 1 − 0.05^0.1, four digits
        Assert.Equal(2.9957e-6, Proportion.LargestUnseen(1_000_000), 1e-10); // −ln 0.05 / n to its first omitted term
        Assert.Equal(1, new Proportion(7, 7).Interval.Upper);
    }

    [Fact]
    public void Chao1_is_the_published_one_and_its_interval_is_at_least_as_wide()
    {
        // iNEXT's asymptotic table for these data: 43.893 (30.511, 96.971) and 61.403 (43.502, 128.583), three digits.
        Chao1 girdled = Chao1.Of(Girdled), logged = Chao1.Of(Logged);
        Assert.Equal((26, 37), (girdled.Seen, logged.Seen));
        AssertNear([43.893, 61.403], [girdled.Estimate, logged.Estimate], 1e-3);
        Assert.True(girdled.Interval.Lower <= 30.512 && girdled.Interval.Upper >= 96.97);
        Assert.True(logged.Interval.Lower <= 43.503 && logged.Interval.Upper >= 128.582);
    }

    [Fact]
    public void Chao1_stays_finite_where_no_minimum_was_found_twice_or_none_once()
    {
        // f₁ = 4, f₂ = 0: 5 + (13/14)·4·3/2.
        var noTwice = Chao1.Of([10, 1, 1, 1, 1]);
        Assert.Equal(5 + 13.0 / 14 * 6, noTwice.Estimate, 1e-12);
        Assert.True(noTwice.Interval.Lower > 5 && double.IsFinite(noTwice.Interval.Upper));

        var complete = Chao1.Of([1000, 900, 0]);
        Assert.Equal((2, 2.0), (complete.Seen, complete.Estimate));
        // None was found once or twice, and up to 3.689 could have been expected to be: 3.689·2.689/2 more.
        Assert.Equal(2 + (1899.0 / 1900 * 4.960), complete.Interval.Upper, 1e-3);
        Assert.Equal(2, complete.Interval.Lower);
        Assert.Equal(double.PositiveInfinity, Chao1.Of([]).Interval.Upper);
    }

    [Theory]
    [InlineData(150, 0.87)]
    [InlineData(400, 0.93)]
    [InlineData(1500, 0.93)]
    [InlineData(8000, 0.93)]
    public void Chao1s_interval_holds_the_number_of_minima_in_200_surveys_of_a_landscape_that_is_known(int restarts, double least)
    {
        // 121 minima, shares as those of a square lattice of basins whose widths fall off from the middle: from a third of them unseen to none.
        // A level of 0.95 has a standard error of 0.015 in 200 surveys; where a half is missing any lower bound is far below.
        var side = Enumerable.Range(0, 11).Select(i => Math.Exp(-(i - 5) * (i - 5) / 10.0)).ToArray();
        var cumulative = new double[121];
        for (var k = 0; k < 121; k++)
        {
            cumulative[k] = (k == 0 ? 0 : cumulative[k - 1]) + side[k / 11] * side[k % 11];
        }

        for (var k = 0; k < 121; k++)
        {
            cumulative[k] /= side.Sum() * side.Sum();
        }

        var random = new Random(12);
        var held = Enumerable.Range(0, 200).Count(_ =>
        {
            var counts = new long[121];
            for (var i = 0; i < restarts; i++)
            {
                counts[Draw(cumulative, random)]++;
            }

            return Chao1.Of(counts).Interval.Contains(121);
        });
        Assert.True(held >= least * 200, $"{held} of 200");
    }

    [Fact]
    public void Good_Turing_coverage_is_one_less_the_share_found_once()
    {
        var coverage = Coverage.Of(Girdled);
        Assert.Equal(1 - 12.0 / 168, coverage.Estimate, 1e-15);
        // Esty, with f₁ = 10, f₂ = 20, n = 1000: half width 1.96·√(10·(1 − 10/1000) + 40)/1000 = 0.013845, rounded.
        long[] many = [950, .. Enumerable.Repeat(2L, 20), .. Enumerable.Repeat(1L, 10)];
        Assert.Equal(0.99 - 0.013845, Coverage.Of(many).Interval.Lower, 1e-6);
        // Garwood, with f₁ = 12: 6.2006 … 20.9616 (Poisson tables), wider here than Esty's.
        Assert.Equal(1 - 20.9616 / 168, coverage.Interval.Lower, 1e-6);
        Assert.Equal((0.0, 0.0, 1.0), (Coverage.Of([]).Estimate, Coverage.Of([]).Interval.Lower, Coverage.Of([]).Interval.Upper));
    }

    [Fact]
    public void The_interval_holds_the_true_coverage_in_at_least_93_of_100_surveys()
    {
        // 2,000 surveys: a level of 0.95 has a standard error of 0.005, so 0.93 is four of them below.
        var random = new Random(8);
        foreach ((var minima, var restarts) in new[] { (20, 100), (200, 400), (1000, 4000) })
        {
            var cumulative = Cumulative(minima);
            int held = 0, surveys = minima > 200 ? 200 : 2000;
            for (var survey = 0; survey < surveys; survey++)
            {
                var counts = new long[minima];
                for (var i = 0; i < restarts; i++)
                {
                    counts[Draw(cumulative, random)]++;
                }

                double truth = 0;
                for (var k = 0; k < minima; k++)
                {
                    if (counts[k] > 0)
                    {
                        truth += cumulative[k] - (k == 0 ? 0 : cumulative[k - 1]);
                    }
                }

                if (Coverage.Of(counts).Interval.Contains(truth))
                {
                    held++;
                }
            }

            Assert.True(held >= (surveys > 200 ? 0.93 : 0.89) * surveys, $"{minima} minima: {held} of {surveys}");
        }
    }

    [Fact]
    public void A_survey_until_coverage_does_not_stop_at_the_first_lucky_moment()
    {
        // One basin in five restarts: the estimate is 1, but the target needs 3.689/(1 − 0.999) restarts.
        var lucky = Coverage.Of([5]);
        Assert.Equal(1, lucky.Estimate);
        Assert.False(lucky.Reached(0.999));
        Assert.Equal(3689 - 5, lucky.RestartsUntil(0.999));
        Assert.True(Coverage.Of([3689]).Reached(0.999));
        Assert.False(Coverage.Of([3688]).Reached(0.999));
        Assert.Equal(0, Coverage.Of([3689]).RestartsUntil(0.999));
        Assert.Throws<ArgumentOutOfRangeException>(() => lucky.Reached(1));
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.999)]
    [InlineData(0.999999)]
    public void A_target_that_is_far_away_has_a_prediction_whatever_was_found(double target)
    {
        // The expected number of minima found once falls to nearly nothing on the way there: a gamma quantile of a shape near 0.
        for (var once = 0; once < 6; once++)
        {
            for (var twice = 0; twice < 6; twice++)
            {
                long[] counts = [.. Enumerable.Repeat(1L, once), .. Enumerable.Repeat(2L, twice), 9, 30];
                Assert.InRange(Coverage.Of(counts).RestartsUntil(target), 0, 1L << 53);
            }
        }
    }

    [Fact]
    public void The_restarts_still_needed_are_predicted_to_within_a_factor_of_two()
    {
        var cumulative = Cumulative(200);
        var random = new Random(9);
        var counts = new long[200];
        for (var i = 0; i < 1000; i++)
        {
            counts[Draw(cumulative, random)]++;
        }

        double predicted = 1000 + Coverage.Of(counts).RestartsUntil(0.98);

        var restarts = 1000;
        for (; !Coverage.Of(counts).Reached(0.98); restarts++)
        {
            counts[Draw(cumulative, random)]++;
        }

        Assert.InRange(restarts / predicted, 0.5, 2);
    }

    private static void AssertNear(double[] expected, double[] actual, double tolerance)
    {
        foreach ((var e, var a) in expected.Zip(actual))
        {
            Assert.Equal(e, a, tolerance);
        }
    }

    /// <summary>Basins with shares ∝ 1/(rank + 10): a few wide ones and a long tail.</summary>
    private static double[] Cumulative(int minima)
    {
        double sum = 0;
        double[] running = [.. Enumerable.Range(0, minima).Select(k => sum += 1 / (k + 10.0))];
        return [.. running.Select(c => c / sum)];
    }

    private static int Draw(double[] cumulative, Random random)
    {
        var k = Array.BinarySearch(cumulative, random.NextDouble());
        return Math.Min(k < 0 ? ~k : k, cumulative.Length - 1);
    }
}
