using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>A stretch of a descent that gained next to nothing while much was still to be gained.</summary>
/// <param name="Restart">Which start.</param>
/// <param name="From">The step it was seen to begin at.</param>
/// <param name="To">The step it lasted to at least.</param>
/// <param name="Value">The value on it.</param>
/// <param name="Slope">‖∇f‖ on it.</param>
/// <param name="Left">How much the same restart went on to gain.</param>
/// <param name="Point">Where it was left.</param>
public sealed record Plateau(int Restart, int From, int To, double Value, double Slope, double Left, IReadOnlyList<double> Point)
{
    /// <summary>What it is: the stationary point it lingers at, if one of those given is near, or a region that flattens out.</summary>
    public string Name(IReadOnlyList<StationaryPoint> stationary)
    {
        ArgumentNullException.ThrowIfNull(stationary);
        double[] at = [.. Point];
        var nearest = stationary.MinBy(p => Symmetry.Euclidean([.. p.Place], at));
        return nearest is not null && Symmetry.Euclidean([.. nearest.Place], at) <= 0.1 * (1 + Inner.Norm(at)) && nearest.Index > 0
            ? $"at a saddle of index {nearest.Index}, value {Number(nearest.Value)}"
            : $"a flat region at value {Number(Value)}, slope {Number(Slope, 2)}";
    }
}

/// <summary>Plateaus of one way to descend.</summary>
/// <remarks>
/// Descents are looked at after 4, 16, 64, … steps. A plateau is a fourfold growth of the number of steps that gained less than a
/// hundredth of what the restart gained afterwards, while that was more than a hundredth of all it gained.
/// </remarks>
public sealed record Plateaus
{
    private const int Growth = 4;
    private const double Little = 0.01;

    private Plateaus()
    {
    }

    /// <summary>How many starts were looked at.</summary>
    public required int Starts { get; init; }

    /// <summary>The longest plateau of each start that had one.</summary>
    public required IReadOnlyList<Plateau> Longest { get; init; }

    /// <summary>The share of starts with a plateau.</summary>
    public double Share => Starts == 0 ? 0 : (double)Longest.Count / Starts;

    /// <summary>The finding in words.</summary>
    public string Sentence => Longest.Count == 0
        ? $"No plateau seen from {Count(Starts, "start")}."
        : $"{Longest.Count} of {Count(Starts, "start")} met a plateau, the longest from step {Longest.MaxBy(p => p.To - p.From)!.From} to {Longest.MaxBy(p => p.To - p.From)!.To} at least.";

    /// <returns>What was seen; null if it was stopped before.</returns>
    internal static Plateaus? Of(Objective objective, Contender contender, ComparisonOptions options, Units units, Device device, CancellationToken cancellation)
    {
        var count = Math.Min(options.PlateauStarts, options.Restarts);
        var range = new RestartRange(contender.Starts?.Sampler ?? objective.StartsFrom(options.Starts), options.Seed, 0, count);
        using var slopes = new PointDerivatives(objective);
        var looks = new List<(int Steps, double[] Points, double[] Values)>();
        for (var steps = Math.Min(Growth, contender.Descent.Stop.Iterations); ; steps = Math.Min(steps * Growth, contender.Descent.Stop.Iterations))
        {
            var ends = DescentInUnits.Compile(device, objective, contender.Within(steps), units).Run(range, null, cancellation);
            if (cancellation.IsCancellationRequested)
            {
                return null;
            }

            looks.Add((steps, ends.Points, [.. Enumerable.Range(0, count).Select(k => slopes.Value(ends.Points.AsSpan(k * objective.Dimension, objective.Dimension)))]));
            if (steps >= contender.Descent.Stop.Iterations || ends.Steps.All(s => s < steps))
            {
                break;
            }
        }

        // What is left must be seen to be more than a hundred times what was gained, above rounding.
        var roundings = new RoundingTest(objective, Derivatives.Of(objective), 1).ValueBounds(looks[^1].Points, count);
        return new() { Starts = count, Longest = [.. Enumerable.Range(0, count).Select(LongestOf).OfType<Plateau>()] };

        Plateau? LongestOf(int k)
        {
            Plateau? longest = null;
            var (first, last) = (looks[0].Values[k], looks[^1].Values[k]);
            for (var j = 0; j + 1 < looks.Count; j++)
            {
                var left = looks[j + 1].Values[k] - last;
                var gained = looks[j].Values[k] - looks[j + 1].Values[k];
                if (left > Little * (first - last) && Math.Abs(gained) < Little * left && left * Little > Stationarity.Margin * roundings[k])
                {
                    var point = looks[j + 1].Points.AsSpan(k * objective.Dimension, objective.Dimension).ToArray();
                    var gradient = new double[point.Length];
                    var value = slopes.Gradient(point, gradient);
                    var begin = longest is { } before && before.To == looks[j].Steps ? before.From : looks[j].Steps;
                    longest = new(k, begin, looks[j + 1].Steps, value, Inner.Norm(gradient), left, point);
                }
            }

            return longest;
        }
    }
}
