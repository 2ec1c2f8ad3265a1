namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>1 + Σ xᵢ²/4000 − Π cos(xᵢ/√i): a wide bowl under a product of ripples.</summary>
internal sealed class Griewank() : CubeFamily(
    "griewank", "a wide shallow bowl under very many ripples of nearly equal depth", 2, (1, 1000), (-600, 600),
    "Griewank (1981), Generalized descent for global optimization, Journal of Optimization Theory and Applications 34, 11")
{
    protected override Real Formula(int d, Point x) => 1 + (Sum(d, i => Square(x[i])) / 4000) - Product(d, i => Cos(x[i] / Sqrt(i + 1)));

    // On one axis x/2000 never exceeds 0.3, so every trough of the cosine that lies inside keeps its minimum: |k| ≤ 95.
    protected override KnownMinima Known(int d) => new() { Count = d == 1 ? 191 : null, GlobalValue = 0, Points = [new double[d]] };
}
