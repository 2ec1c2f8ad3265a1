namespace LandscapeGpu.Differentiation;

/// <summary>An objective's scores at points.</summary>
public static class ObjectiveScores
{
    /// <summary>The scores at each point, in double precision; of an objective without scores all are null.</summary>
    /// <param name="objective">Whose scores.</param>
    /// <param name="points">Points as the formula is given them.</param>
    /// <exception cref="ArgumentException">A point has another number of coordinates.</exception>
    public static IReadOnlyList<Score> ScoresAt(this Objective objective, IReadOnlyList<IReadOnlyList<double>> points)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(points);
        if (points.FirstOrDefault(p => p.Count != objective.Dimension) is { } other)
        {
            throw new ArgumentException($"A point of {other.Count} coordinates was given to {objective.Name}, which has {objective.Dimension}.");
        }

        var scores = objective.Scores ?? new();
        var (trainLoss, trainAccuracy, testLoss, testAccuracy) = (At(scores.TrainLoss), At(scores.TrainAccuracy), At(scores.TestLoss), At(scores.TestAccuracy));
        return [.. points.Select((_, k) => new Score(trainLoss?[k], trainAccuracy?[k], testLoss?[k], testAccuracy?[k]))];

        double[]? At(Objective? formula)
        {
            if (formula is null)
            {
                return null;
            }

            var values = new double[points.Count];
            if (values.Length > 0)
            {
                using var lanes = new LaneValues(formula);
                lanes.At([.. points.SelectMany(p => p)], values);
            }

            return values;
        }
    }
}
