using LandscapeGpu.Pathways;

namespace LandscapeGpu.Tests.Pathways;

/// <summary>Chains of hops: what they find, and that each is a function of the seed and its number.</summary>
public class BasinHoppingTests
{
    [Fact]
    public void Chains_that_are_stopped_list_the_lowest_of_what_they_found_and_say_how_many_are_left_out()
    {
        using var stop = new CancellationTokenSource();
        var result = BasinHopping.Run(Catalogue.Find("rastrigin").Create(12), new() { Chains = 256, Hops = 1_000_000 }, p =>
        {
            if (p is { Stage: "hops", Done: 40 })
            {
                stop.Cancel();
            }
        }, stop.Token);
        Assert.True(result.Stopped);
        // Those of a table, and more as far as the time goes; 256 chains of 40 hops show thousands.
        Assert.InRange(result.Minima.Count, 20, int.MaxValue);
        Assert.True(result.Minima.Count > 5_000 || result.Warnings.Any(w => w.Message.Contains("higher ones are not listed", StringComparison.Ordinal)));
        Assert.Equal(result.LowestOfChains.Min(), result.Minima[0].Value, 1e-9);
        // The start and hops 1 to 40, and of the next what had ended; what was cut short is not said to have come nowhere.
        Assert.InRange(result.Quenches, 256 * 41, 256 * 43);
        Assert.Contains(LandscapeGpu.Reporting.HoppingText.Notes(result), n => n.Contains("of 256,000,256 quenches were made", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_stop_cut_short_is_not_counted_as_lost_and_as_many_points_are_looked_at_as_a_few_seconds_allow()
    {
        using var stop = new CancellationTokenSource();
        var result = BasinHopping.Run(Cluster(24), new() { Chains = 64, Hops = 1_000_000 }, p =>
        {
            if (p is { Stage: "hops", Done: 6 })
            {
                stop.Cancel();
            }
        }, stop.Token);
        var unstopped = BasinHopping.Run(Cluster(24), new() { Chains = 64, Hops = 6 });
        Assert.Equal(64 * 7, unstopped.Quenches);
        Assert.InRange(result.Lost, 0, unstopped.Lost);
        Assert.InRange(result.Quenches, 64 * 7, 64 * 8);
    }

    [Fact]
    public void Chains_come_to_the_icosahedron_of_thirteen_atoms()
    {
        var found = BasinHopping.Run(Cluster(13), new() { Chains = 8, Hops = 60 });
        // Cambridge Cluster Database.
        Assert.Equal(-44.326801, found.Minima[0].Value, 1e-6);
        Assert.Contains(found.HopsToLowest, h => h is not null);
    }

    [Fact]
    public void The_temperature_is_the_size_of_differences_where_most_starts_come_to_one_minimum()
    {
        // Minima of seven atoms lie between -16.505 and -15.533; more than half of the starts come to one of them.
        var found = BasinHopping.Run(Cluster(7), new() { Chains = 1, Hops = 1 });
        Assert.InRange(found.Temperature, 0.05, 0.5);
        Assert.Contains("starts ", LandscapeGpu.Reporting.HoppingText.Heading(found), StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_does_the_same_whatever_others_there_are_and_on_any_number_of_threads()
    {
        var few = BasinHopping.Run(Cluster(7), new() { Chains = 3, Hops = 15, Temperature = 0.5, Survey = new() { Threads = 1 } });
        var many = BasinHopping.Run(Cluster(7), new() { Chains = 20, Hops = 15, Temperature = 0.5, Survey = new() { Threads = 2 } });
        Assert.Equal(few.LowestOfChains, many.LowestOfChains.Take(3));
        var again = BasinHopping.Run(Cluster(7), new() { Chains = 3, Hops = 15, Temperature = 0.5 });
        Assert.Equal(few.Minima.Select(m => (m.Value, m.Count)), again.Minima.Select(m => (m.Value, m.Count)));
    }

    [Fact]
    public void Without_temperature_a_chain_never_rises_and_a_hot_one_accepts_all()
    {
        var rastrigin = Catalogue.Find("rastrigin").Create(2);
        var cold = BasinHopping.Run(rastrigin, new() { Chains = 16, Hops = 40, Temperature = 0 });
        var hot = BasinHopping.Run(rastrigin, new() { Chains = 16, Hops = 40, Temperature = 1e9 });
        Assert.True(cold.Accepted < hot.Accepted);
        Assert.True(hot.Accepted > 0.999);
        Assert.Equal(0, cold.Minima[0].Value, 1e-9);
    }

    [Theory]
    [InlineData(4, 0, true)]
    [InlineData(-4, 0, true)]
    [InlineData(-10, 40, true)]
    [InlineData(0, -40, true)]
    [InlineData(20, 20, true)]
    [InlineData(4, -20, false)]
    [InlineData(-4, 0, false)]
    [InlineData(10, 40, false)]
    public void Chains_hop_alike_whatever_coordinates_and_values_are_measured_in(int length, int value, bool isBounded)
    {
        // Powers of two round nothing: all that differs is the unit.
        var (plain, scaled) = (Hopped(0, 0), Hopped(length, value));
        Assert.Equal(plain.Accepted, scaled.Accepted);
        Assert.Equal(Math.ScaleB(plain.Temperature, value), scaled.Temperature);
        Assert.Equal(plain.LowestOfChains.Select(v => Math.ScaleB(v, value)), scaled.LowestOfChains);
        Assert.Equal(plain.HopsToLowest, scaled.HopsToLowest);
        Assert.Equal(plain.Minima.Select(m => Math.ScaleB(m.Value, value)), scaled.Minima.Select(m => m.Value));

        BasinHoppingResult Hopped(int length, int value)
        {
            var (s, far) = (Math.ScaleB(1, -length), Math.ScaleB(isBounded ? 20 : 3, length));
            var waves = Objective.Define("waves", 2, x => Math.ScaleB(1, value) * ((0.01 * Square((s * x[0]) - 7)) + (0.02 * Square((s * x[1]) + 3)) - (3 * Cos(2 * s * x[0]) * Cos(1.3 * s * x[1]))));
            return isBounded
                ? BasinHopping.Run(waves with { Region = Region.Box([-far, -far], [far, far]) }, new() { Chains = 8, Hops = 15 })
                : BasinHopping.Run(waves, new() { Chains = 8, Hops = 15, Survey = new() { Starts = new Gaussian(far) } });
        }
    }

    [Fact]
    public void Hops_stay_in_the_box_and_on_the_sphere()
    {
        Assert.All(BasinHopping.Run(Catalogue.Find("six-hump-camel").Create(), new() { Chains = 8, Hops = 20 }).Minima, m => Assert.True(Math.Abs(m.Point[0]) <= 3 && Math.Abs(m.Point[1]) <= 2));
        Assert.All(BasinHopping.Run(Catalogue.Find("orthogonal-tensor").Create(4), new() { Chains = 8, Hops = 20 }).Minima, m => Assert.Equal(1, m.Point.Sum(x => x * x), 1e-9));
    }

    [Fact]
    public void What_is_out_of_range_and_what_has_no_minimum_is_refused()
    {
        Assert.Throws<ArgumentException>(() => BasinHopping.Run(Cluster(3), new() { Chains = 0 }));
        Assert.Throws<ArgumentException>(() => BasinHopping.Run(Cluster(3), new() { Temperature = double.NaN }));
        Assert.Throws<NothingFoundException>(() => BasinHopping.Run(Objective.Define("slope", 1, x => Exp(x[0])), new() { Chains = 2, Hops = 2 }));
    }

    [Fact]
    public void Minima_of_chains_are_connected_as_those_of_restarts_are()
    {
        var found = TransitionSearch.Run(Cluster(6), new() { Hopping = new() { Chains = 8, Hops = 20 } });
        Assert.Equal((2, 3), (found.Minima.Count, found.TransitionStates.Count));
    }

    private static Objective Cluster(int atoms) => Catalogue.Find("lennard-jones").Create(settings: new Dictionary<string, double> { ["atoms"] = atoms });
}
