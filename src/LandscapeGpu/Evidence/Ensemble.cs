using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>Several minima as one predictor: the loss on held-out samples of the mean of their outputs, beside the losses of each.</summary>
/// <remarks>
/// Each minimum counts once. A convex loss is never larger at the mean of outputs than the mean of the losses; of ½(f − y)² the difference is half the mean squared
/// deviation of the outputs from their mean: Krogh and Vedelsby (1995), Neural network ensembles, cross validation, and active learning, NIPS.
/// </remarks>
public sealed record Ensemble
{
    private Ensemble()
    {
    }

    /// <summary>How many minima there are in it.</summary>
    public required int Members { get; init; }

    /// <summary>The loss of the mean of their outputs.</summary>
    public required double Loss { get; init; }

    /// <summary>The mean of their losses.</summary>
    public required double MeanLoss { get; init; }

    /// <summary>The least of their losses, which nobody knows who has not seen the held-out samples.</summary>
    public required double LeastLoss { get; init; }

    /// <summary>The loss of the lowest minimum.</summary>
    public required double LossOfLowest { get; init; }

    /// <summary>½ mean squared deviation of the members' outputs from their mean.</summary>
    public required double Spread { get; init; }

    /// <summary>The finding in words.</summary>
    public string Sentence =>
        $"Ensemble: on held-out samples the mean of the outputs of {Count(Members, "local minimum", "local minima")} has the loss {Number(Loss, 4)}; single ones have {Number(MeanLoss, 4)} in the mean, {Number(LossOfLowest, 4)} at the lowest minimum and {Number(LeastLoss, 4)} at best.";

    /// <summary>The outputs of points on held-out samples, as one predictor; null where none are held out, their outputs are not known, or there are not two points.</summary>
    /// <param name="objective">Whose <see cref="Scores.TestLoss"/> is a model.</param>
    /// <param name="points">The lowest first.</param>
    public static Ensemble? Of(Objective objective, IEnumerable<IReadOnlyList<double>> points)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(points);
        if (objective.Scores?.TestLoss is not { Model: not null } held)
        {
            return null;
        }

        using var jacobian = new ModelJacobian(held);
        using var fit = new ConvexFit(held);
        var outputs = points.Select(p => jacobian.Outputs([.. p])).Where(y => Array.TrueForAll(y, double.IsFinite)).ToList();
        if (outputs.Count < 2)
        {
            return null;
        }

        double[] mean = [.. Enumerable.Range(0, jacobian.Count).Select(i => outputs.Average(y => y[i]))];
        var losses = outputs.Select(fit.Loss).ToList();
        return new()
        {
            Members = outputs.Count,
            Loss = fit.Loss(mean),
            MeanLoss = losses.Average(),
            LeastLoss = losses.Min(),
            LossOfLowest = losses[0],
            Spread = 0.5 * outputs.Average(y => y.Zip(mean, (a, b) => (a - b) * (a - b)).Average()),
        };
    }
}
