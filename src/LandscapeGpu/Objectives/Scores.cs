namespace LandscapeGpu.Objectives;

/// <summary>What a model is judged by beside f: its loss without penalties, and its accuracy, on the samples it is fitted to and on others that are held out.</summary>
/// <remarks>Each is a formula in the same coordinates as the objective; what is null is not asked.</remarks>
public sealed record Scores
{
    /// <summary>The loss on the samples it is fitted to.</summary>
    public Objective? TrainLoss { get; init; }

    /// <summary>The share of these samples that are told right.</summary>
    public Objective? TrainAccuracy { get; init; }

    /// <summary>The loss on samples that are held out.</summary>
    public Objective? TestLoss { get; init; }

    /// <summary>The share of these samples that are told right.</summary>
    public Objective? TestAccuracy { get; init; }

    /// <summary>These, as scores of an objective.</summary>
    /// <exception cref="ArgumentException">One has another number of coordinates.</exception>
    internal Scores For(Objective objective) =>
        new[] { TrainLoss, TrainAccuracy, TestLoss, TestAccuracy }.FirstOrDefault(f => f is not null && f.Dimension != objective.Dimension) is { } other
            ? throw new ArgumentException($"{objective.Name} has {objective.Dimension} coordinates and was given the score {other.Name}, which has {other.Dimension}.")
            : this;
}

/// <summary>The scores at one point; null where a score is not asked.</summary>
/// <param name="TrainLoss">The loss on the samples it is fitted to, without penalties.</param>
/// <param name="TrainAccuracy">The share of these that are told right.</param>
/// <param name="TestLoss">The loss on the held-out samples.</param>
/// <param name="TestAccuracy">The share of these that are told right.</param>
public readonly record struct Score(double? TrainLoss, double? TrainAccuracy, double? TestLoss, double? TestAccuracy);
