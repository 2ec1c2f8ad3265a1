namespace LandscapeGpu.Evidence;

/// <summary>How long the gradient is in each part of the point, such as each layer of a network, where descent begins: what vanishes or explodes with depth.</summary>
/// <remarks>Glorot and Bengio (2010), Understanding the difficulty of training deep feedforward neural networks, AISTATS; Hochreiter (1991).</remarks>
public sealed record PartGradients
{
    // The middle of so many is known to a tenth of their spread.
    private const int Starts = 200;

    private PartGradients()
    {
    }

    /// <summary>For each of the objective's parts, its name and the median of ‖∇f‖ over its coordinates, divided by the root of how many they are.</summary>
    public required IReadOnlyList<(string Name, double Median)> Parts { get; init; }

    /// <summary>The first part's over the last's.</summary>
    public double FirstOverLast => Parts[0].Median / Parts[^1].Median;

    /// <summary>Looks at starts; null where the objective says nothing of parts.</summary>
    /// <param name="objective">With <see cref="Objective.Parts"/>.</param>
    /// <param name="starts">Where restarts begin; null for its own starts.</param>
    /// <param name="seed">Names them.</param>
    public static PartGradients? Of(Objective objective, Sampler? starts = null, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(objective);
        if (objective.Parts.Count == 0)
        {
            return null;
        }

        var sampler = objective.StartsFrom(starts);
        using var slopes = new PointDerivatives(objective);
        var (point, gradient) = (new double[objective.Dimension], new double[objective.Dimension]);
        var lengths = objective.Parts.Select(_ => new double[Starts]).ToList();
        for (var i = 0; i < Starts; i++)
        {
            sampler.Draw(seed, i, point);
            slopes.Gradient(point, gradient);
            foreach (var (part, length) in objective.Parts.Zip(lengths))
            {
                length[i] = Math.Sqrt(part.Coordinates.Average(j => gradient[j] * gradient[j]));
            }
        }

        return new() { Parts = [.. objective.Parts.Zip(lengths, (p, l) => (p.Name, Median(l)))] };
    }

    private static double Median(double[] numbers)
    {
        double[] sorted = [.. numbers.Order()];
        return 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
    }
}
