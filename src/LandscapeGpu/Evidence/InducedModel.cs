using LandscapeGpu.Objectives;
using LandscapeGpu.Surveys;
using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>A stationary point's loss beside what the models induced there could reach.</summary>
/// <param name="Value">The loss at θ.</param>
/// <param name="GradientBasis">min over α of loss(Σₖ αₖ ∂y/∂θₖ(θ)).</param>
/// <param name="PerturbedBasis">The same with the gradients at perturbed parameters θ + εv as well.</param>
/// <param name="Rank">The dimension of the gradient basis.</param>
/// <param name="PerturbedRank">The dimension with perturbations.</param>
/// <param name="Perturbations">How many v were found with ‖v‖ ≤ 1 and unchanged outputs.</param>
/// <param name="SpanDefect">The share of the outputs outside the span of their own gradients; the theorem asks for 0.</param>
public sealed record InducedOptimum(double Value, double GradientBasis, double PerturbedBasis, int Rank, int PerturbedRank, int Perturbations, double SpanDefect)
{
    /// <summary>(value − optimum)/value for the perturbed basis.</summary>
    public double RelativeGap => (Value - PerturbedBasis) / Math.Max(Math.Abs(Value), 1e-300);
}

/// <summary>Whether each local minimum is the global minimum of the model induced by its gradient basis.</summary>
/// <remarks>
/// Kawaguchi, Huang and Kaelbling (2019), Every local minimum value is the global minimum value of induced model in nonconvex machine
/// learning, Neural Computation 31. For a loss convex in the outputs, and outputs that lie in the span of their own gradients (true where
/// the last layer is linear in its parameters), the loss at every differentiable local minimum θ is the least loss of the perturbable
/// gradient basis model Σⱼₖ αⱼₖ ∂y/∂θₖ(θ + εvⱼ), with any finite set of vⱼ such that ‖vⱼ‖ ≤ 1 and y(θ + εvⱼ) = y(θ) on all samples, for
/// small ε. With v = 0 alone it is the gradient basis model, whose optimum every stationary point attains; the perturbations are what
/// tells a local minimum from a saddle that is flat to second order.
/// </remarks>
public sealed record InducedModel
{
    // Small against the parameters, yet far enough that new directions stand out of rounding.
    private const double Radius = 1e-2;

    // What polishing leaves at a minimum; over a rank tolerance of 1e-7 it moves the value by less than 1e-8 of itself.
    private const double LargestSlope = 1e-11;

    private InducedModel()
    {
    }

    /// <summary>One for each point asked about, in their order.</summary>
    public required IReadOnlyList<InducedOptimum> Points { get; init; }

    /// <summary>Points left out because the gradient there is not zero to rounding.</summary>
    public required int NotStationary { get; init; }

    /// <summary>The largest |value − optimum|/value.</summary>
    public double LargestGap => Points.Select(p => Math.Abs(p.RelativeGap)).DefaultIfEmpty(0).Max();

    /// <summary>How it was sampled.</summary>
    public string Sampling => $"{Count(Points.Count, "local minimum", "local minima")}; perturbations within {Number(Radius)} of each, both ways along each axis and 4 mixtures, projected onto the flat directions";

    /// <summary>The finding in words.</summary>
    public string Sentence => Points.Count == 0
        ? $"No local minimum was found to compare with its induced model{(NotStationary > 0 ? $": {Count(NotStationary, "endpoint")} had a slope that is not zero" : "")}."
        : $"Induced model: at {Count(Points.Count, "local minimum", "local minima")} the value is the optimum of the perturbable gradient basis model to {Number(LargestGap, 2)} relative (ranks {Points.Min(p => p.PerturbedRank)} to {Points.Max(p => p.PerturbedRank)}, up to {Points.Max(p => p.Perturbations)} perturbations){(NotStationary > 0 ? $"; {Count(NotStationary, "endpoint")} with a slope that is not zero left out" : "")}.";

    /// <param name="objective">An objective defined with its outputs and no penalty.</param>
    /// <param name="minima">The points to look at.</param>
    /// <exception cref="ArgumentException">The objective has no model, or a penalty, which the theorem has not.</exception>
    public static InducedModel Of(Objective objective, IEnumerable<StationaryPoint> minima)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(minima);
        if (objective.Model is { IsPenalised: true })
        {
            throw new ArgumentException($"{objective.Name} has a penalty besides its loss; the theorem about induced models is about the loss alone.");
        }

        using var jacobian = new ModelJacobian(objective);
        using var fit = new ConvexFit(objective);
        var (points, left) = (new List<InducedOptimum>(), 0);
        foreach (var minimum in minima)
        {
            // In valleys that run to infinity restarts stop where the slope is small and not zero: the theorem is not about such points.
            if (minimum.GradientNorm <= LargestSlope * Math.Max(1, Math.Abs(minimum.Value)))
            {
                points.Add(At(jacobian, fit, [.. minimum.Point]));
            }
            else
            {
                left++;
            }
        }

        return new() { Points = points, NotStationary = left };
    }

    private static InducedOptimum At(ModelJacobian jacobian, ConvexFit fit, double[] theta)
    {
        var (columns, y) = (jacobian.Columns(theta), jacobian.Outputs(theta));
        var origin = new double[y.Length];
        var perturbed = InvariantPerturbations.Of(jacobian, theta, columns, Radius);
        var all = perturbed.Aggregate(columns.AsEnumerable(), (basis, p) => basis.Concat(jacobian.Columns(p)));
        var (gradient, rank) = fit.Minimise(origin, columns, y);
        var (wider, widerRank) = fit.Minimise(origin, all, y);
        var span = OrthonormalBasis.Of(columns, 1e-10);
        var inside = span.Sum(u => Math.Pow(OrthonormalBasis.Dot(u, y), 2));
        var square = OrthonormalBasis.Dot(y, y);
        var defect = square == 0 ? 0 : Math.Sqrt(Math.Max(0, square - inside) / square);
        return new(fit.Loss(y), gradient, wider, rank, widerRank, perturbed.Count, defect);
    }
}
