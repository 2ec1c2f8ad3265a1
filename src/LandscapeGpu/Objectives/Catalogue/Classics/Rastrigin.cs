namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>10d + Σ xᵢ² − 10 cos 2πxᵢ: a bowl under a grid of equal ripples.</summary>
internal sealed class Rastrigin() : CubeFamily(
    "rastrigin", "a bowl under a regular grid of ripples: 11^d minima", 2, (1, 10_000), (-5.12, 5.12),
    "Rastrigin (1974), Systems of Extremal Control; generalised by Mühlenbein et al. (1991), Parallel Computing 17, 619")
{
    protected override Real Formula(int d, Point x) => (10 * d) + Sum(d, i => Square(x[i]) - (10 * Cos(2 * Math.PI * x[i])));

    // Between neighbouring integers of [-5, 5] there is one maximum, and the slope 2x never cancels the ripple's 20π.
    protected override KnownMinima Known(int d) => new() { Count = d <= 15 ? (long)Math.Pow(11, d) : null, GlobalValue = 0, Points = [new double[d]] };
}
