namespace LandscapeGpu.Evidence;

/// <summary>Whether a model with more parameters than data fits them all: a point of least loss then belongs to a flat family of dimension d − rank J.</summary>
/// <param name="Outputs">n.</param>
/// <param name="Rank">The rank of the outputs' Jacobian at the lowest point met; null where no point was, or the matrix is too large.</param>
/// <param name="LeastLoss">The least loss that any outputs have, where a minimum has it, or a restart that stalled came within 1e-6 of the initial gap of it: f* then. Else null.</param>
/// <param name="IsAttained">Whether any outputs have that loss; no of logistic loss and hard labels, which falls for ever: there is no global minimum then.</param>
public sealed record Interpolation(int Outputs, int? Rank, double? LeastLoss, bool IsAttained = true)
{
    /// <summary>The finding in words; null where the data are not fitted with parameters to spare.</summary>
    internal string? SentenceOf(int parameters) => this is { LeastLoss: { } infimum, IsAttained: false }
        ? $"All data are fitted, and the loss falls for ever as the outputs grow, to {EvidenceText.Number(infimum)}, which no outputs attain: there is no global minimum, and more steps find none."
        : LeastLoss is not null && Rank is { } rank && rank < parameters
        ? $"The data are fitted to the least loss: a point of a flat family of global minima, of dimension d − rank J = {parameters} − {rank}."
        : null;

    /// <summary>What a survey shows about it; null for objectives without a model.</summary>
    internal static Interpolation? Of(SurveyResult survey)
    {
        var objective = survey.Objective;
        if (objective.Model is not { } model)
        {
            return null;
        }

        // A minimum that is the lowest place met is as low as it will be; a restart that stalled lower may have been on its way.
        var best = survey.IsLowestMissed ? null : survey.AllMinima.FirstOrDefault();
        var lowest = best is not null ? (best.Value, best.Point) : survey.Lowest is { } low ? (low.Value, low.Point) : ((double Value, IReadOnlyList<double> Point)?)null;
        if (lowest is not { } at || model.Count > Verification.MostOutputs || objective.Dimension > Verification.MostParameters)
        {
            return new(model.Count, null, null);
        }

        // The rank: a column is as long as its coordinate's unit is.
        var units = UnitChoice.Of(objective, null);
        using var jacobian = new ModelJacobian(objective, units);
        var (least, isAttained) = LeastLossNear(survey, jacobian, units.Moving(at.Point), at.Value, best);
        return new(model.Count, OrthonormalBasis.Of(jacobian.Columns(units.Moving(at.Point)), ConvexFit.RankTolerance).Count, least, isAttained);
    }

    private static (double? Least, bool IsAttained) LeastLossNear(SurveyResult survey, ModelJacobian jacobian, double[] point, double value, StationaryPoint? minimum)
    {
        if (InducedModel.IsPenalised(survey.Objective))
        {
            return (null, true);
        }

        using var fit = new ConvexFit(survey.Objective);
        var n = jacobian.Count;
        // From the outputs at the point: any outputs at all are allowed.
        var outputs = jacobian.Outputs(point);
        var (least, _, isAttained) = fit.Minimise(new double[n], Enumerable.Range(0, n).Select(k => { var unit = new double[n]; unit[k] = 1; return unit; }), outputs);
        if (!isAttained && fit.Loss([.. outputs.Select(o => o * Separation.FarthestScale)]) is var far && far < least)
        {
            least = far;
        }

        var gap = Nearness.GapOf(survey, least);
        // What rounding of the loss makes of 0, beside how far it falls, is 0.
        least = Math.Abs(least) <= Stationarity.ThreeQuartersOfTheDigits * gap ? 0 : least;
        var near = minimum is null ? Nearness.Levels[^1] * gap : minimum.Doubt + (Stationarity.ThreeQuartersOfTheDigits * gap);
        return value - least <= near ? (least, isAttained) : (null, true);
    }
}
