using System.Diagnostics;
using System.Globalization;
using LandscapeGpu.Benchmarks.Comparison;
using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Surveys;

namespace LandscapeGpu.Benchmarks;

/// <summary>Gradients of 784-32-10 on 2,000 samples, and densities of its Hessian, beside those of benchmarks/peers/networks.py on the same machine, in turns.</summary>
internal static class NetworkRates
{
    private const int Steps = 100;
    private const int Samples = 2000;
    private const int Batch = 100;

    private static bool isOneCore;

    /// <param name="args">Seconds for each, and one-core for processor time, where others use the machine too.</param>
    public static int Run(string[] args)
    {
        isOneCore = args.Contains("one-core");
        var seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        var network = Network();
        var lanes = new LaneDevice();
        var point = new double[network.Dimension];
        network.DefaultStarts.Draw(1, 0, point);
        // Gradients a second; for densities, one over the seconds of one.
        (string Name, Func<double> Rate)[] ours =
        [
            ("gradients", () => GradientRate(network, lanes, seconds)),
            ("batches", () => GradientRate(network, lanes, seconds, Batch)),
            ("density-1", () => DensityRate(network, point, 1)),
            ("density-10", () => DensityRate(network, point, 10)),
        ];
        var rates = ours.ToDictionary(o => o.Name, _ => (Ours: new List<double>(), Theirs: new List<double>()));
        DensityRate(network, point, 1);
        for (var round = 0; round < PeerProcess.Turns; round++)
        {
            foreach (var (name, rate) in ours)
            {
                rates[name].Ours.Add(rate());
            }

            foreach (var line in PeerProcess.Words("networks.py", seconds, args.Skip(1)))
            {
                var number = double.Parse(line[1], CultureInfo.InvariantCulture);
                rates[line[0]].Theirs.Add(line[0] is "gradients" or "batches" ? number : 1 / number);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"784-32-10 on 2,000 samples, {network.Dimension} weights; {(isOneCore ? "processor time, NumPy's BLAS with one thread" : $"{lanes.Description}, NumPy's BLAS at its default threads")}; medians of {PeerProcess.Turns} rounds in turns"));
        Console.WriteLine("| what | LandscapeGpu | NumPy | ratio |\n|---|---|---|---|");
        foreach (var (name, (own, theirs)) in rates)
        {
            var (engine, peer) = (Spread.Of(own).Median, Spread.Of(theirs).Median);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {What(name)} | {Shown(name, engine)} | {Shown(name, peer)} | {engine / peer:G3} |"));
        }

        var (whole, part) = (Spread.Of(rates["gradients"].Ours).Median, Spread.Of(rates["batches"].Ours).Median);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"A step on {Batch} of {Samples} samples costs {Samples / Batch * whole / part:G3} times its share of one on all; NumPy's {Samples / Batch * Spread.Of(rates["gradients"].Theirs).Median / Spread.Of(rates["batches"].Theirs).Median:G3} times."));
        return 0;
    }

    /// <summary>784-32-10 on 2,000 generated samples.</summary>
    internal static Objective Network() => Catalogue.Find("perceptron").Create(settings: new Dictionary<string, double>
    {
        ["loss"] = 2,
        ["inputs"] = 784,
        ["n"] = Samples,
        ["width"] = 32,
        ["classes"] = 10,
        ["decay"] = 0.001,
    });

    /// <summary>Steps of gradient descent a second, a restart on every thread, in single precision.</summary>
    internal static double GradientRate(Objective network, LaneDevice lanes, double seconds, int? batch = null)
    {
        var descent = lanes.Compile(network, new() { Rule = new GradientDescent { Step = 0.01 }, Batch = batch is { } size ? new(size) : null, Stop = new() { Iterations = batch is null ? 50 : 1000 } });
        var starts = network.StartsFrom(null);
        descent.Run(new(starts, 1, 0, lanes.Threads));
        var (begin, count) = (Clock(), 0L);
        while (Clock() - begin < seconds)
        {
            count += descent.Run(new(starts, 1, 0, lanes.Threads)).Steps.Sum(s => (long)s);
        }

        return count / (Clock() - begin);
    }

    private static double DensityRate(Objective network, double[] point, int vectors)
    {
        var begin = Clock();
        new HessianDensity { Device = "lanes", Probes = vectors, Steps = Steps }.At(network, [point]);
        return 1 / (Clock() - begin);
    }

    /// <summary>Seconds, of the clock or of the processor.</summary>
    private static double Clock() => isOneCore ? Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds : Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    private static string What(string name) => name switch
    {
        "gradients" => "gradients a second, single precision",
        "batches" => $"steps of gradient descent on {Batch} samples a second, single precision",
        "density-1" => $"density from one vector of {Steps} products, double precision",
        _ => $"density from ten vectors of {Steps} products, double precision",
    };

    private static string Shown(string name, double rate) => name is "gradients" or "batches" ? rate.ToString("G3", CultureInfo.InvariantCulture) : (1 / rate).ToString("0.00 's'", CultureInfo.InvariantCulture);
}
