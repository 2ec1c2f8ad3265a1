using LandscapeGpu.Statistics;

namespace LandscapeGpu.Evidence;

/// <summary>How many restarts came within a share of the initial gap of f*, at rest or not.</summary>
/// <remarks>
/// (1.1) of Ma (2021) asks for values that are approximately global, not for points that are stationary: on a singular manifold of minima, as
/// interpolating networks have, descent comes as low as one likes and never to rest. The initial gap, the median of f(x₀) − f* over starts,
/// makes it independent of units.
/// </remarks>
public sealed record Nearness
{
    private const int Starts = 1_000;

    private Nearness()
    {
    }

    /// <summary>ε, as shares of the initial gap.</summary>
    public static IReadOnlyList<double> Levels { get; } = [1e-2, 1e-4, 1e-6];

    /// <summary>The median of f(x₀) − f* over starts.</summary>
    public required double Gap { get; init; }

    /// <summary>For each level the restarts with f − f* ≤ ε·gap, of those made.</summary>
    public required IReadOnlyList<Proportion> Shares { get; init; }

    /// <summary>The finding in words.</summary>
    public string Sentence => $"Within {string.Join(", ", Levels.Select(l => EvidenceText.Number(l)))} of the median start's f − f* came {string.Join(", ", Shares.Select(s => EvidenceText.Percent(s.Share)))} of the restarts, at rest or not.";

    /// <summary>How near the restarts of a survey came; null where no start has a finite value above f*, or too many restarts are lost for their values to be kept.</summary>
    internal static Nearness? Of(SurveyResult survey, double globalValue)
    {
        if (survey.Endpoints?.Lost.Values is not { } lost || !(GapOf(survey, globalValue) is > 0 and < double.PositiveInfinity and var gap))
        {
            return null;
        }

        // Restarts that were led to a minimum from where they had ended are among those that are lost, with the values they had ended at.
        var stationary = survey.Minima.Concat(survey.BoundaryMinima).Concat(survey.Stationary).ToList();
        return new()
        {
            Gap = gap,
            Shares = [.. Levels.Select(e => new Proportion(stationary.Where(m => IsWithin(m.Value, e)).Sum(m => m.Count - m.Led) + lost.Count(v => IsWithin(v, e)), survey.Restarts))],
        };

        bool IsWithin(double value, double e) => value - globalValue <= e * gap;
    }

    /// <summary>The initial gap above a value; NaN where no start has a finite value.</summary>
    internal static double GapOf(SurveyResult survey, double globalValue)
    {
        var (objective, starts) = (survey.Objective, survey.Objective.StartsFrom(survey.Options.Starts));
        var (points, values) = (new double[Starts * objective.Dimension], new double[Starts]);
        for (var i = 0; i < Starts; i++)
        {
            starts.Draw(survey.Options.Seed, i, points.AsSpan(i * objective.Dimension, objective.Dimension));
        }

        using var evaluator = new LaneValues(objective, survey.Options.VectorBits);
        evaluator.At(points, values);
        double[] finite = [.. values.Where(double.IsFinite).Order()];
        return finite.Length == 0 ? double.NaN : finite[finite.Length / 2] - globalValue;
    }
}
