using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>The margin of a direction after so many steps of gradient descent.</summary>
/// <param name="Steps">How many.</param>
/// <param name="Margin">minₛ yₛ⟨w, xₛ⟩/‖w‖.</param>
/// <param name="Length">‖w‖.</param>
public sealed record MarginLook(int Steps, double Margin, double Length);

/// <summary>Data that a linear model separates, with a loss that falls for ever: the infimum is at infinity, in the direction of the largest margin.</summary>
/// <remarks>
/// With zₛ the gradient of output s, turned so that the loss falls as ⟨zₛ, w⟩ grows, the data are separable if some w has ⟨zₛ, w⟩ &gt; 0 for all s: the
/// loss then falls along tw. The largest margin max over ‖w‖ = 1 of minₛ⟨zₛ, w⟩ is the distance of the origin from the convex hull of the zₛ, whose nearest point is
/// its direction. Gradient descent tends to that direction, by an angle like 1/log of the steps: Soudry, Hoffer, Nacson, Gunasekar and Srebro (2018),
/// The implicit bias of gradient descent on separable data, JMLR 19, 2822.
/// </remarks>
public sealed record Separation
{
    // The dual problem has as many coordinates.
    private const int MostSamples = 500;

    internal const double FarthestScale = 1 << 20;

    private Separation()
    {
    }

    /// <summary>What f falls to and no point attains.</summary>
    public required double Infimum { get; init; }

    /// <summary>The largest margin; NaN where there are too many samples to find it.</summary>
    public required double LargestMargin { get; init; }

    /// <summary>The direction of the largest margin, of length 1; empty where it was not found.</summary>
    public required IReadOnlyList<double> Direction { get; init; }

    /// <summary>Margins along one gradient descent.</summary>
    public required IReadOnlyList<MarginLook> Path { get; init; }

    /// <summary>How it was sampled.</summary>
    public string Sampling => $"the ray through the lowest point met, and one gradient descent of {Count(Path[^1].Steps, "step")}";

    /// <summary>The findings in words.</summary>
    public IReadOnlyList<string> Sentences =>
    [
        $"The data are separable: along tw, t → ∞, f falls to {Number(Infimum)}, which no point attains. There is no minimum, and more steps find none.",
        $"The margin minₛ yₛ⟨w, xₛ⟩/‖w‖ along gradient descent is {string.Join(", ", Path.Select(p => $"{Number(p.Margin, 4)} after {Count(p.Steps, "step")}"))}{(double.IsNaN(LargestMargin) ? "" : $"; the largest that a direction has is {Number(LargestMargin, 4)}, {Direction.Count switch { <= 4 => $"of w/‖w‖ = ({string.Join(", ", Direction.Select(c => Number(c, 4)))})", _ => "the distance of the origin from the convex hull of yₛxₛ" }}")}.",
    ];

    /// <summary>What a survey's lowest point shows; null where the model is not linear, is penalised or has a minimum, or the data are not separable.</summary>
    internal static Separation? Of(SurveyResult survey, FallbackDevice? device = null)
    {
        if (Rows(survey) is not { } found)
        {
            return null;
        }

        var (z, infimum) = found;
        var direction = z.Length is >= 2 and <= MostSamples ? LargestMarginDirection(z) : [];
        return new()
        {
            Infimum = infimum,
            LargestMargin = direction.Length == 0 ? double.NaN : Margin(z, direction),
            Direction = direction,
            Path = MarginsAlong(survey.Objective, z, survey.Options.Seed, device ?? FallbackDevice.Choose(null, survey.Options.Threads)),
        };
    }

    /// <summary>The zₛ, and what the loss falls to; null where there is nothing to separate or it is not separated.</summary>
    internal static (double[][] Z, double Infimum)? Rows(SurveyResult survey)
    {
        var objective = survey.Objective;
        if (objective.Model is null || !objective.Region.IsWholeSpace || survey.AllMinima.Any() || survey.Lowest is not { } lowest || InducedModel.IsPenalised(objective))
        {
            return null;
        }

        using var jacobian = new ModelJacobian(objective);
        using var fit = new ConvexFit(objective);
        double[] w = [.. lowest.Point];
        var (outputs, doubled) = (jacobian.Outputs(w), jacobian.Outputs([.. w.Select(c => 2 * c)]));
        var size = Inner.Norm(outputs);
        if (!(size > 0) || !(Symmetry.Euclidean(doubled, [.. outputs.Select(o => 2 * o)]) <= Stationarity.ThreeQuartersOfTheDigits * size))
        {
            return null;
        }

        // At small multiples of the outputs, where no slope is too small to be seen.
        var falls = fit.Slopes([.. outputs.Select(o => o / size)]).Select(g => -Math.Sign(g)).ToArray();
        if (outputs.Zip(falls, (o, s) => o * s).Any(m => !(m > 0)) || !IsFallingForEver(fit, outputs))
        {
            return null;
        }

        var columns = jacobian.Columns(w);
        return ([.. Enumerable.Range(0, falls.Length).Select(s => columns.Select(c => falls[s] * c[s]).ToArray())], fit.Loss([.. outputs.Select(o => o * FarthestScale)]));
    }

    private static bool IsFallingForEver(ConvexFit fit, double[] outputs)
    {
        var last = fit.Loss(outputs);
        for (var t = 2.0; t <= FarthestScale; t *= 2)
        {
            var next = fit.Loss([.. outputs.Select(o => o * t)]);
            if (!(next <= last))
            {
                return false;
            }

            last = next;
        }

        return last < fit.Loss(outputs);
    }

    /// <summary>The nearest point of the convex hull to the origin, as a direction: a quadratic over the probabilities of the simplex.</summary>
    private static double[] LargestMarginDirection(double[][] z)
    {
        var (n, d) = (z.Length, z[0].Length);
        var data = new Data("z", z);
        var hull = Objective.Define("distance of a convex hull", n, a => 0.5 * Sum(d, j => Square(Sum(n, s => data[s, j] * a[s])))) with { Region = Region.Simplex(n) };
        var found = Survey.Run(hull, new() { Restarts = 16, Descent = new() { IsDouble = true, Stop = new() { GradientTolerance = 1e-10 } } });
        var weights = found.AllMinima.FirstOrDefault()?.Point ?? found.Lowest!.Point;
        double[] nearest = [.. Enumerable.Range(0, d).Select(j => Enumerable.Range(0, n).Sum(s => weights[s] * z[s][j]))];
        var length = Inner.Norm(nearest);
        return length > 0 ? [.. nearest.Select(c => c / length)] : [];
    }

    private static double Margin(double[][] z, double[] w) => z.Min(row => Inner.Product(row, w)) / Inner.Norm(w);

    private static List<MarginLook> MarginsAlong(Objective objective, double[][] z, ulong seed, FallbackDevice device)
    {
        // β of a convex loss is largest where outputs are 0.
        var beta = LandscapeSample.At(objective, [new double[objective.Dimension]], "").Highest(0);
        var looks = new List<MarginLook>();
        for (var steps = 10; steps <= 100_000; steps *= 10)
        {
            var ends = device.Compile(objective, new() { Rule = new GradientDescent { Step = 1 / beta }, IsDouble = true, Stop = new() { Iterations = steps, GradientTolerance = double.Epsilon } }).Run(new(objective.DefaultStarts, seed, 0, 1));
            looks.Add(new(steps, Margin(z, ends.Points), Inner.Norm(ends.Points)));
        }

        return looks;
    }
}
