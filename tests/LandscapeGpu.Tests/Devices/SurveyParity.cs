using LandscapeGpu.Descent;
using LandscapeGpu.Objectives;
using LandscapeGpu.Surveys;

namespace LandscapeGpu.Tests.Devices;

/// <summary>Surveys of the same restarts, on lanes and on a device that runs kernels.</summary>
internal static class SurveyParity
{
    // Fewer endpoints than these are polished on lanes whatever the device.
    private const int WorthADevice = 20;

    /// <param name="objective">What is surveyed.</param>
    /// <param name="device">The device's kind.</param>
    /// <param name="restarts">How many.</param>
    /// <param name="rule">How points move; null for the default rule.</param>
    public static void Require(Objective objective, string device, int restarts, string? rule = null)
    {
        // What has not ended by then counts as such on both; double precision, in which only restarts near a basin's edge tell roundings apart.
        var options = new SurveyOptions { Restarts = restarts, Threads = 2, Precision = Precision.Double, Stop = new StopRule { Iterations = 400 } };
        // Rules of the first order crawl: they bring points near, and polish does the rest. Those that divide by the gradient's size need long steps.
        options = rule is null ? options : options with
        {
            Rule = rule is "adam" or "adamw" or "rmsprop" ? Rules.Named(rule, 0.05) : Rules.Named(rule),
            Stop = new StopRule { Iterations = 400, GradientTolerance = 0.1 },
        };
        var lanes = Survey.Run(objective, options);
        var kernels = Survey.Run(objective, options with { Device = device });
        Assert.Empty(kernels.Warnings);
        if (lanes.Outcomes.Converged >= WorthADevice)
        {
            Assert.NotEqual(lanes.PolishedOn, kernels.PolishedOn);
        }

        RequireAlike($"{objective.Name}, {lanes.Rule}, converged", lanes.Outcomes.Converged, kernels.Outcomes.Converged);
        RequireSame(objective, Points(lanes), Points(kernels));
        RequireSame(objective, Points(kernels), Points(lanes));
    }

    /// <summary>Minima and where else restarts ended, those of one value together: symmetric ones have a value in common.</summary>
    private static List<(double Value, long Count)> Points(SurveyResult result)
    {
        var points = new List<(double Value, long Count)>();
        foreach (var p in result.Minima.Concat(result.BoundaryMinima).Concat(result.Stationary).OrderBy(p => p.Value))
        {
            if (points.Count > 0 && IsSame(points[^1].Value, p.Value))
            {
                points[^1] = (points[^1].Value, points[^1].Count + p.Count);
            }
            else
            {
                points.Add((p.Value, p.Count));
            }
        }

        return points;
    }

    // Polished values agree to 1e-10; other minima of these families are further apart.
    private static bool IsSame(double a, double b) => Math.Abs(a - b) <= 1e-8 * Math.Max(1, Math.Abs(a));

    private static void RequireSame(Objective objective, List<(double Value, long Count)> some, List<(double Value, long Count)> others)
    {
        foreach (var (value, count) in some)
        {
            RequireAlike($"{objective.Name}, {value}", count, others.Where(o => IsSame(o.Value, value)).Sum(o => o.Count));
        }
    }

    /// <summary>Two counts of one probability differ by less than four standard deviations; these, from the same starts, hardly at all.</summary>
    private static void RequireAlike(string what, long a, long b) =>
        Assert.True(Math.Abs(a - b) <= 4 * Math.Sqrt(a + b), $"{what}: {a} on one device and {b} on the other.");
}
