namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>20 + e − 20 exp(−0.2 √(Σ xᵢ²/d)) − exp(Σ cos 2πxᵢ/d): a nearly flat rippled plain around a deep funnel.</summary>
/// <remarks>
/// The global minimum at 0 is the tip of a cone of slope 4/√d: f is not differentiable there, and no gradient near it is small.
/// </remarks>
internal sealed class Ackley() : CubeFamily(
    "ackley", "a rippled plain around one deep funnel, which ends in a cone", 2, (1, 10_000), (-32.768, 32.768),
    "Ackley (1987), A Connectionist Machine for Genetic Hillclimbing, Kluwer; " +
    "in d dimensions: Bäck (1996), Evolutionary Algorithms in Theory and Practice, Oxford University Press")
{
    protected override Real Formula(int d, Point x) =>
        20 + Math.E - (20 * Exp(-0.2 * Sqrt(Mean(d, i => Square(x[i]))))) - Exp(Mean(d, i => Cos(2 * Math.PI * x[i])));

    protected override KnownMinima Known(int d) => new() { GlobalValue = 0, Points = [new double[d]] };
}
