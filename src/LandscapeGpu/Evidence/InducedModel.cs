using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>Whether each local minimum is the global minimum of the model induced by its gradient basis.</summary>
/// <remarks>
/// Kawaguchi, Huang and Kaelbling (2019), Every local minimum value is the global minimum value of induced model in nonconvex machine
/// learning, Neural Computation 31. For a loss convex in the outputs, and outputs that lie in the span of their own gradients (true where
/// the last layer is linear in its parameters), the loss at every differentiable local minimum θ is the least loss of the perturbable
/// gradient basis model Σⱼₖ αⱼₖ ∂y/∂θₖ(θ + εvⱼ), with any finite set of vⱼ such that ‖vⱼ‖ ≤ 1 and y(θ + εvⱼ) = y(θ) on all samples, for
/// small ε: below the distance to the nearest kink of a network of ReLU units, which is found point by point. With v = 0 alone it is the gradient basis model, whose optimum every stationary point attains; the perturbations are what
/// tells a local minimum from a saddle that is flat to second order.
/// </remarks>
public sealed record InducedModel
{
    // Small against the parameters, yet far enough that new directions stand out of rounding; less where a kink is nearer.
    private const double Radius = 1e-2;

    // What polishing leaves at a minimum, over the parameters' length and beside the larger of the loss and that of no outputs; over a rank tolerance of
    // 1e-7 it moves the value by less than 1e-8 of that.
    private const double LargestSlope = 1e-11;

    // Not the survey's starts: the fixed basis knows nothing of the data.
    private const ulong FixedSeed = 11;

    private InducedModel()
    {
    }

    /// <summary>One for each point asked about, in their order.</summary>
    public required IReadOnlyList<InducedOptimum> Points { get; init; }

    /// <summary>How many minima there were to look at.</summary>
    public required int Candidates { get; init; }

    /// <summary>Points left out because the gradient there is not zero to rounding.</summary>
    public required int NotStationary { get; init; }

    /// <summary>The largest ‖∇f‖ of those.</summary>
    public required double SteepestLeftOut { get; init; }

    /// <summary>How it was sampled.</summary>
    public string Sampling => $"{Count(Points.Count, "local minimum", "local minima")} of {Candidates} found, best first; perturbations {Within()}, both ways along each axis and 4 mixtures, projected onto the flat directions";

    // Relative to 1 + ‖θ‖.
    private string Within() => Points.Select(p => p.Radius).DefaultIfEmpty(Radius).Min() is var least && least < Radius
        ? $"within {Number(Radius)} of each, less where a kink of the outputs is nearer (down to {Number(least, 2)})"
        : $"within {Number(Radius)} of each";

    /// <summary>The findings in words, one sentence each.</summary>
    public IReadOnlyList<string> Sentences => [.. Findings()];

    /// <summary>The findings in words.</summary>
    public string Sentence => string.Join(" ", Sentences);

    private IEnumerable<string> Findings()
    {
        var (inside, outside) = (Points.Where(p => p.IsInSpan).ToList(), Points.Where(p => !p.IsInSpan).ToList());
        if (Points.Count == 0)
        {
            yield return "No local minimum was found to compare with its induced model.";
        }

        if (inside.Count > 0)
        {
            var agree = inside.Where(p => p.Agrees).ToList();
            var where = agree.Count == inside.Count ? $"at {(inside.Count == 1 ? "the local minimum" : $"all {Count(inside.Count, "local minimum", "local minima")}")}" : $"at {agree.Count} of {Count(inside.Count, "local minimum", "local minima")}";
            yield return $"Induced model: {where} the value is the optimum of the perturbable gradient basis model to 1e-8 relative ({Gap(inside)}; ranks {inside.Min(p => p.PerturbedRank)} to {inside.Max(p => p.PerturbedRank)}, up to {inside.Max(p => p.Perturbations)} perturbations). {Positive(inside)}";
            yield return Fixed(inside);
        }

        foreach (var other in inside.Where(p => !p.Agrees))
        {
            yield return $"At the minimum of value {Number(other.Value, 8)} the model reaches {Number(other.PerturbedBasis, 8)} with perturbations and {Number(other.GradientBasis, 8)} without: a point flat to second order is no local minimum where perturbations do better, and one that polishing did not bring to rest differs by its slope.";
        }

        if (outside.Count > 0)
        {
            yield return $"Induced model: the theorem asks that outputs lie in the span of their own gradients, as they do where the last layer is linear in its weights; at {Count(outside.Count, "local minimum", "local minima")} up to {Percent(outside.Max(p => p.SpanDefect))} of them lies outside, so it says nothing there.";
        }

        if (NotStationary > 0)
        {
            yield return $"{Count(NotStationary, "endpoint")} {(NotStationary == 1 ? "was" : "were")} left out, where the gradient is not zero (‖∇f‖ up to {Number(SteepestLeftOut, 2)}): restarts stop in valleys that run to infinity, or at the bounds of a box, and the theorem is about stationary points.";
        }
    }

    // What remains of equal numbers is rounding, another on every processor.
    private static string Gap(List<InducedOptimum> points) => points.Max(p => Math.Abs(p.RelativeGap)) is var gap && gap <= 1e-12 ? "gaps below 1e-12" : $"largest gap {Number(gap, 2)}";

    // The words of the paper: what learning a basis brings beyond a basis that is chosen beforehand.
    private static string Fixed(List<InducedOptimum> inside)
    {
        var (least, most, lower) = (inside.Min(p => p.FixedBasis), inside.Max(p => p.FixedBasis), inside.Count(p => p.Value < p.FixedBasis));
        var range = Number(least) == Number(most) ? Number(least) : $"{Number(least)} to {Number(most)}";
        return $"A basis of as many functions fixed beforehand (the gradients at a random start, another for each) reaches {range}; the learnt one is better at {lower} of {inside.Count}.";
    }

    private static string Positive(List<InducedOptimum> inside) => inside.Count(p => p.IsPositive) switch
    {
        0 => $"{(inside.Count == 1 ? "It fits" : "All fit")} the data exactly, where nothing could do better.",
        1 when inside.Count == 1 => "It does not fit the data exactly.",
        var some when some == inside.Count => "None fits the data exactly.",
        var some => $"{some} of them {(some == 1 ? "does" : "do")} not fit the data exactly.",
    };

    /// <param name="objective">An objective defined with its outputs and no penalty.</param>
    /// <param name="minima">The points to look at.</param>
    /// <param name="most">Only so many of them, the first.</param>
    /// <param name="stop">Leaves the others out.</param>
    /// <exception cref="ArgumentException">The objective has no model, or a penalty, which the theorem has not.</exception>
    public static InducedModel Of(Objective objective, IEnumerable<StationaryPoint> minima, int most = int.MaxValue, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(minima);
        using var jacobian = new ModelJacobian(objective);
        using var fit = new ConvexFit(objective);
        if (IsPenalised(objective, jacobian, fit))
        {
            throw new ArgumentException($"{objective.Name} has a penalty besides its loss; the theorem about induced models is about the loss alone.");
        }

        using var slopes = new PointDerivatives(objective);
        var (points, left, steepest) = (new List<InducedOptimum>(), 0, 0.0);
        var candidates = minima.ToList();
        var nullLoss = Math.Abs(fit.Loss(new double[objective.Model!.Count]));
        foreach (var minimum in candidates.Take(most).TakeWhile(_ => !stop.IsCancellationRequested))
        {
            double[] theta = [.. minimum.Point];
            // The gradient itself: of a point held at a bound only the free part is zero.
            var gradient = new double[theta.Length];
            slopes.Gradient(theta, gradient);
            var slope = Inner.Norm(gradient);
            if (slope * Inner.Norm(theta) <= LargestSlope * Math.Max(nullLoss, Math.Abs(minimum.Value)))
            {
                points.Add(At(objective, jacobian, fit, theta, points.Count));
            }
            else
            {
                (left, steepest) = (left + 1, Math.Max(steepest, slope));
            }
        }

        return new() { Points = points, NotStationary = left, SteepestLeftOut = steepest, Candidates = candidates.Count };
    }

    /// <summary>The loss at a point, stationary or not, beside the models induced there.</summary>
    /// <exception cref="ArgumentException">The objective has no model, or the point another length.</exception>
    public static InducedOptimum At(Objective objective, IReadOnlyList<double> point)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(point);
        if (point.Count != objective.Dimension)
        {
            throw new ArgumentException($"The objective {objective.Name} was given a point of {point.Count} coordinates; it has {objective.Dimension}.");
        }

        using var jacobian = new ModelJacobian(objective);
        using var fit = new ConvexFit(objective);
        return At(objective, jacobian, fit, [.. point], 0);
    }

    /// <summary>Whether the objective is more than its loss: a penalty whose weight is 0 is none.</summary>
    internal static bool IsPenalised(Objective objective)
    {
        using var jacobian = new ModelJacobian(objective);
        using var fit = new ConvexFit(objective);
        return IsPenalised(objective, jacobian, fit);
    }

    private static bool IsPenalised(Objective objective, ModelJacobian jacobian, ConvexFit fit)
    {
        if (objective.Model is not { IsPenalised: true })
        {
            return false;
        }

        var start = new double[objective.Dimension];
        objective.DefaultStarts.Draw(0, 0, start);
        var (whole, loss) = (objective.Evaluate(start), fit.Loss(jacobian.Outputs(start)));
        return Math.Abs(whole - loss) > Stationarity.ThreeQuartersOfTheDigits * Math.Max(Math.Abs(loss), Math.Abs(whole));
    }

    private static InducedOptimum At(Objective objective, ModelJacobian jacobian, ConvexFit fit, double[] theta, int start)
    {
        var (columns, y) = (jacobian.Columns(theta), jacobian.Outputs(theta));
        var origin = new double[y.Length];
        var size = 1 + Inner.Norm(theta);
        var radius = KinkDistance.Of(objective, theta, Radius * size);
        var perturbed = radius > 0 ? InvariantPerturbations.Of(jacobian, theta, columns, radius) : [];
        var all = perturbed.Aggregate(columns.AsEnumerable(), (basis, p) => basis.Concat(jacobian.Columns(p)));
        var (gradient, rank, _) = fit.Minimise(origin, columns, y);
        var (wider, widerRank, _) = fit.Minimise(origin, all, y);
        var random = new double[theta.Length];
        objective.DefaultStarts.Draw(FixedSeed, start, random);
        var span = OrthonormalBasis.Of(columns, Stationarity.MillionRoundings);
        var inside = span.Sum(u => Math.Pow(Inner.Product(u, y), 2));
        var square = Inner.Product(y, y);
        var defect = square == 0 ? 0 : Math.Sqrt(Math.Max(0, square - inside) / square);
        return new(fit.Loss(y), gradient, wider, rank, widerRank, perturbed.Count, defect, fit.Loss(origin))
        {
            Radius = radius / size,
            FixedBasis = fit.Minimise(origin, jacobian.Columns(random), origin).Value,
        };
    }
}
