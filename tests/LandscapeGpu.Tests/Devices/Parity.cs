namespace LandscapeGpu.Tests.Devices;

/// <summary>Two devices run the same restarts.</summary>
internal static class Parity
{
    private const int Restarts = 70;

    // A start is nudged by 4u. The longest sum of these objectives, of 2,000 terms, may differ by 2,000u on either device, as if its start had been nudged a thousand times as far.
    private const double Roundings = 2 * 2_000 / 4;

    /// <summary>Straight-line code with and without calls of elementary functions, data, loops, and programs too long to be written out.</summary>
    public static IReadOnlyList<Objective> Objectives { get; } =
    [
        Catalogue.Find("rosenbrock").Create(),
        Catalogue.Find("rastrigin").Create(3),
        Catalogue.Find("hartmann-3").Create(),
        Catalogue.Find("pca").Create(4),
        Catalogue.Find("lennard-jones").Create(),
        Catalogue.Find("glm").Create(5),
        Backwards(),
    ];

    /// <summary>Least squares whose loop is too long to be written out, and which reads its data from the end, from the middle and in between.</summary>
    private static Objective Backwards()
    {
        const int samples = 2000;
        var a = new Data("a", [.. Enumerable.Range(0, samples).Select(i => Math.Sin(i))]);
        return Objective.Define("backwards", 2, x => Mean(samples, i => Square((a[samples - 1 - i] * x[0]) + (a[(i + (samples / 2)) % samples] * x[1]) - a[i])));
    }

    /// <summary>A schedule with noise, decay and clipping.</summary>
    public static void RequireSchedule(string schedule, Device device) => Require(Catalogue.Find("rastrigin").Create(5), new DescentOptions
    {
        Rule = new Momentum { Step = 1e-3 },
        Schedule = LandscapeGpu.Descent.Schedule.Parse(schedule),
        Temperature = 1e-3,
        WeightDecay = 1e-3,
        Clip = 10,
        IsDouble = true,
    }, device);

    /// <summary>Endpoints are the same to the last bit.</summary>
    public static void RequireSame(Endpoints expected, Endpoints actual)
    {
        Assert.Equal(expected.Points, actual.Points);
        Assert.Equal(expected.Outcomes, actual.Outcomes);
        Assert.Equal(expected.Steps, actual.Steps);
    }

    /// <summary>A few steps agree to rounding, with the lanes.</summary>
    public static void Require(Objective objective, DescentOptions options, Device device, IReadOnlyList<int>? stepCounts = null)
    {
        // Few enough steps that roundings have not grown: descent among many minima is chaotic in the long run.
        foreach (var steps in stepCounts ?? [1, 2, 12])
        {
            var some = options with { Stop = options.Stop with { Iterations = steps } };
            var range = new RestartRange(objective.DefaultStarts, 11, 1000, Restarts);
            var own = new LaneDevice(1).Compile(objective, some);
            var lanes = own.Run(range);
            var compiled = device.Compile(objective, some);
            var other = compiled.Run(range);
            // A device that failed would have left the work to lanes.
            Assert.Empty(compiled.Warnings);
            Assert.Equal(lanes.Steps, other.Steps);
            Assert.Equal(lanes.Outcomes, other.Outcomes);
            // Sums are added in another order: a few roundings of the largest term, times what a step makes of them.
            var tolerance = (options.IsDouble ? 1e-9 : 1e-3) * steps;
            Endpoints? nudged = null;
            for (var k = 0; k < lanes.Points.Length; k++)
            {
                var (a, b) = (lanes.Points[k], other.Points[k]);
                Assert.True(
                    Math.Abs(a - b) <= tolerance * Math.Max(1, Math.Abs(a)) || (!double.IsFinite(a) && !double.IsFinite(b)) || (options.Rule is Newton or CubicNewton && Math.Abs(a - b) <= Roundings * Math.Abs(a - Nudged().Points[k])),
                    $"{objective.Name}, {options.Rule}, {steps} steps: coordinate {k} is {a} on lanes and {b} on {device.Description}.");
            }

            // Where a Hessian is nearly singular a step of Newton's has fewer digits: as many as lanes keep when the start is moved by two roundings.
            Endpoints Nudged() => nudged ??= own.Run(range with { Starts = new Scaled(objective.DefaultStarts, 1 + (4 * Stationarity.UnitRoundoff)) });
        }
    }
}
