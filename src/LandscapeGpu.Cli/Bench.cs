using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LandscapeGpu.Cli;

/// <summary>A measurement: every restart makes the same number of steps.</summary>
internal sealed record Bench
{
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required Objective Objective { get; init; }

    public required Device Device { get; init; }

    public required DescentOptions Options { get; init; }

    public required int Restarts { get; init; }

    public required int Repetitions { get; init; }

    /// <summary>Measures; the result is one line of JSON.</summary>
    /// <exception cref="DeviceFailedException">The device failed: nothing was measured.</exception>
    public string Run(CancellationToken interrupt)
    {
        var range = new RestartRange(Starts(interrupt), 1, 0, Restarts);
        var compiled = Device.Compile(Objective, Options);
        var seconds = new double[Repetitions];
        Endpoints? endpoints = null;
        var evaluations = Once(out _);
        for (var k = 0; k < seconds.Length; k++)
        {
            evaluations = Once(out seconds[k]);
        }

        if (compiled.Warnings.Count > 0)
        {
            // What was measured then is something else, under the device's name.
            throw new DeviceFailedException(string.Join(" ", compiled.Warnings));
        }

        Array.Sort(seconds);
        return Json(compiled.FlopsPerStep, evaluations, (seconds[(seconds.Length - 1) / 2] + seconds[seconds.Length / 2]) / 2, seconds[0]);

        long Once(out double time)
        {
            var clock = Stopwatch.StartNew();
            endpoints = compiled.RunInto(range, endpoints, null, interrupt);
            time = clock.Elapsed.TotalSeconds;
            interrupt.ThrowIfCancellationRequested();
            return endpoints.Steps.Sum(steps => (long)steps);
        }
    }

    /// <summary>Starts drawn beforehand, so that drawing them is not timed.</summary>
    private GivenPoints Starts(CancellationToken interrupt)
    {
        var d = Objective.Dimension;
        var points = new double[(long)d * Restarts];
        for (var k = 0; k < Restarts; k++)
        {
            interrupt.ThrowIfCancellationRequested();
            Objective.DefaultStarts.Draw(1, k, points.AsSpan(k * d, d));
        }

        return new GivenPoints(points, d);
    }

    private string Json(double flopsPerStep, long evaluations, double seconds, double best)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, JsonOptions))
        {
            json.WriteStartObject();
            json.WriteString("command", "bench");
            json.WriteString("version", JsonRecord.Version);
            json.WriteString("objective", Objective.Name);
            json.WriteNumber("dimension", Objective.Dimension);
            json.WriteString("starts", Objective.ShownStarts.Describe());
            json.WriteNumber("restarts", Restarts);
            json.WriteNumber("iterations", Options.Stop.Iterations);
            json.WriteString("precision", Options.IsDouble ? "double" : "single");
            if (Device is LaneDevice lanes)
            {
                json.WriteNumber("threads", lanes.Threads);
            }

            json.WriteString("device", Device.Description);
            json.WriteNumber("seconds", seconds);
            json.WriteNumber("grad_evals_per_s", evaluations / seconds);
            json.WriteNumber("gflops", flopsPerStep * evaluations / seconds / 1e9);
            if (Options.Batch is { } batch)
            {
                // What a gradient evaluation is here: of so many of so many samples.
                json.WriteNumber("batch", batch.Size);
                json.WriteNumber("samples", Objective.Samples!.Value);
                json.WriteNumber("samples_per_s", batch.Size * evaluations / seconds);
            }

            json.WriteString("rule", Options.Rule.ToString());
            json.WriteNumber("seconds_best", best);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
