// Gradients a second of 784-32-10 on 2,000 samples in single precision, ours and TorchSharp's in turns: torch-benchmark [SECONDS [one-core]].
// With one-core both have one thread and times are of the processor: for machines that others use too.
using System.Diagnostics;
using System.Globalization;
using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Objectives.Catalogue;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

const int Rounds = 5;
var seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 5;
var isOneCore = args.Contains("one-core");
if (isOneCore)
{
    set_num_threads(1);
}

var lanes = isOneCore ? new LaneDevice(1) : new LaneDevice();
var network = Catalogue.Find("perceptron").Create(settings: new Dictionary<string, double>
{
    ["loss"] = 2, ["inputs"] = 784, ["n"] = 2000, ["width"] = 32, ["classes"] = 10, ["decay"] = 0.001,
});
var descent = lanes.Compile(network, new() { Rule = new GradientDescent { Step = 0.01 }, Stop = new() { Iterations = 50 } });
var (x, y) = (randn(2000, 784), randint(0, 10, 2000));
Tensor[] weights = [randn(32, 784) / 28, zeros(32), randn(10, 32) / 6, zeros(10)];
foreach (var w in weights)
{
    w.requires_grad = true;
}

Func<long>[] works = [() => descent.Run(new(network.Starts!, 1, 0, lanes.Threads)).Steps.Sum(s => (long)s), () => Enumerable.Range(0, 20).Sum(_ => Torch())];
var rates = works.Select(_ => new List<double>()).ToArray();
for (var round = 0; round < Rounds; round++)
{
    for (var k = 0; k < works.Length; k++)
    {
        works[k]();
        var (begin, count) = (Clock(), 0L);
        while (Clock() - begin < seconds)
        {
            count += works[k]();
        }

        rates[k].Add(count / (Clock() - begin));
    }
}

var (ours, theirs) = (Median(rates[0]), Median(rates[1]));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"784-32-10 on 2,000 samples, gradients a second, single precision, {(isOneCore ? "of processor time, a thread each" : $"{lanes.Description}, TorchSharp with {get_num_threads()} threads")}; medians of {Rounds} rounds in turns"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"LandscapeGpu {ours:G3}, TorchSharp {theirs:G3}: {ours / theirs:G3} times"));
return 0;

// The mean cross-entropy and decay, its gradient by reverse mode, and the step that ours makes as well.
long Torch()
{
    using var scope = NewDisposeScope();
    var outputs = linear(tanh(linear(x, weights[0], weights[1])), weights[2], weights[3]);
    var loss = cross_entropy(outputs, y) + (0.0005 * weights.Select(w => w.square().sum()).Aggregate((a, b) => a + b));
    loss.backward();
    using (no_grad())
    {
        foreach (var w in weights)
        {
            w.sub_(0.01 * w.grad!);
            w.grad!.zero_();
        }
    }

    return 1;
}

double Clock() => isOneCore ? Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds : Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
