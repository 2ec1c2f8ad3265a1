using System.Diagnostics;
using System.Globalization;
using LandscapeGpu.Benchmarks.Comparison;
using LandscapeGpu.Devices;
using LandscapeGpu.Differentiation;
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Pathways;
using LandscapeGpu.Surveys;

namespace LandscapeGpu.Benchmarks;

/// <summary>Quenches, bands and saddle refinements of 13 atoms a second, beside those of benchmarks/peers/pathways.py on the same machine, in turns.</summary>
/// <remarks>Beside seconds on the clock those of a core are counted: where other programs run, both wait, but not both as long.</remarks>
internal static class PathwayRates
{
    // As many minima and soft modes as the peer draws from, or more; walks set out along each both ways, in one batch.
    private const int Minima = 80;
    private const int SoftModes = 8;
    private static readonly string[] What = ["quenches", "bands", "saddles"];

    public static int Run(string[] args)
    {
        var seconds = args.Length > 0 ? Number(args[0]) : 5;
        var atoms = Catalogue.Find("lennard-jones").Create(settings: new Dictionary<string, double> { ["atoms"] = 13 });
        var lanes = new LaneDevice();
        var derivatives = Derivatives.Of(atoms);
        var minima = Survey.Run(atoms, new() { Restarts = 2_000 }).Minima.Take(Minima).Select(m => m.Place.ToArray()).ToArray();
        var bands = new ElasticBands(atoms, lanes.Bits, lanes.Threads);
        var search = new ClimbingSearch(atoms, derivatives, lanes);
        var random = new Random(1);
        var seed = 0UL;
        Func<long>[] ours =
        [
            () => BasinHopping.Run(atoms, new() { Chains = 512, Hops = 1, Temperature = 1, Survey = new() { Seed = ++seed } }) is { } hopped ? 2 * hopped.Options.Chains : 0,
            () => bands.Run([.. Enumerable.Range(0, 128).Select(_ => Pair())], 15).Length,
            () => search.Run(minima, 0, 2 * SoftModes * minima.Length, 1).Stationary.LongCount(s => s),
        ];
        var rates = What.Select(_ => (Ours: new List<Rate>(), Theirs: new List<Rate>())).ToArray();
        for (var round = 0; round < PeerProcess.Turns; round++)
        {
            for (var k = 0; k < What.Length; k++)
            {
                rates[k].Ours.Add(Of(ours[k], seconds));
            }

            var theirs = PeerProcess.Words("pathways.py", seconds).ToDictionary(p => p[0], p => new Rate(Number(p[1]), Number(p[2])));
            for (var k = 0; k < What.Length; k++)
            {
                rates[k].Theirs.Add(theirs[What[k]]);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"13 Lennard-Jones atoms, a second; {lanes.Description}; NumPy and SciPy one at a time on one core; medians of {PeerProcess.Turns} rounds in turns"));
        Console.WriteLine("| what | LandscapeGpu | NumPy/SciPy | ratio | a second of one core | NumPy/SciPy | ratio |\n|---|---|---|---|---|---|---|");
        for (var k = 0; k < What.Length; k++)
        {
            var (clock, core) = (Compared(rates[k], r => r.Clock), Compared(rates[k], r => r.Core));
            Console.WriteLine($"| {What[k]} | {clock} | {core} |");
        }

        return 0;

        (double[] A, double[] B, double[]? Bend) Pair()
        {
            var (a, b) = (minima[random.Next(minima.Length)], minima[random.Next(minima.Length)]);
            return (a, b, null);
        }
    }

    private static string Compared((List<Rate> Ours, List<Rate> Theirs) rates, Func<Rate, double> rate)
    {
        var (own, peer) = (Spread.Of([.. rates.Ours.Select(rate)]).Median, Spread.Of([.. rates.Theirs.Select(rate)]).Median);
        return string.Create(CultureInfo.InvariantCulture, $"{own:G3} | {peer:G3} | {own / peer:G3}");
    }

    private static Rate Of(Func<long> work, double seconds)
    {
        work();
        var (clock, used, count) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, 0L);
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            count += work();
        }

        return new(count / clock.Elapsed.TotalSeconds, count / (Environment.CpuUsage.TotalTime - used).TotalSeconds);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>How many in a second on the clock, and in a second of one core.</summary>
    private readonly record struct Rate(double Clock, double Core);
}
