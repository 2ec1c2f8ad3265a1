namespace LandscapeGpu.Evidence;

/// <summary>A stationary point's loss beside what the models induced there could reach.</summary>
/// <param name="Value">The loss at θ.</param>
/// <param name="GradientBasis">min over α of loss(Σₖ αₖ ∂y/∂θₖ(θ)).</param>
/// <param name="PerturbedBasis">The same with the gradients at perturbed parameters θ + εv as well.</param>
/// <param name="Rank">The dimension of the gradient basis.</param>
/// <param name="PerturbedRank">The dimension with perturbations.</param>
/// <param name="Perturbations">How many v were found with ‖v‖ ≤ 1 and unchanged outputs.</param>
/// <param name="SpanDefect">The share of the outputs outside the span of their own gradients; the theorem asks for 0.</param>
/// <param name="NullLoss">The loss of outputs that are all 0: what losses are large or small against.</param>
public sealed record InducedOptimum(double Value, double GradientBasis, double PerturbedBasis, int Rank, int PerturbedRank, int Perturbations, double SpanDefect, double NullLoss)
{
    // Outputs in the span are so to the rank tolerance of the basis.
    private const double LargestDefect = ConvexFit.RankTolerance;

    /// <summary>ε/(1 + ‖θ‖): how far perturbations went; 0 where a kink of the outputs is at the point itself.</summary>
    public double Radius { get; init; }

    /// <summary>The least loss over a basis of as many functions fixed beforehand, the gradients ∂y/∂θ at a random start: random features.</summary>
    public double FixedBasis { get; init; } = double.NaN;

    /// <summary>(value − optimum)/value for the perturbed basis; a value below 1e-10 of the null loss is rounding and counts as that much.</summary>
    public double RelativeGap => (Value - PerturbedBasis) / Math.Max(Math.Max(Math.Abs(Value), Stationarity.MillionRoundings * Math.Abs(NullLoss)), double.Epsilon);

    /// <summary>Whether the theorem is about this point: its outputs lie in the span of their own gradients.</summary>
    public bool IsInSpan => SpanDefect <= LargestDefect;

    /// <summary>Whether the value is the optimum of the perturbable gradient basis model to 1e-8 relative.</summary>
    public bool Agrees => Math.Abs(RelativeGap) <= Stationarity.HalfTheDigits;

    /// <summary>Whether there is something to fit that was not fitted.</summary>
    public bool IsPositive => Math.Abs(Value) > Stationarity.MillionRoundings * Math.Abs(NullLoss);
}
