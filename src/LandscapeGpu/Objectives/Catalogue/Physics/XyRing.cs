namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>−Σ cos(θᵢ − θᵢ₊₁) around a ring of N rotors: a minimum for each way to wind around, |q| &lt; N/4.</summary>
/// <remarks>
/// Also the potential of identical Kuramoto oscillators on a ring. Up to a common rotation there are 2⌈N/4⌉ − 1 minima, θᵢ = 2πqi/N with energy
/// −N cos(2πq/N); basins of large |q| are tiny.
/// </remarks>
internal sealed class XyRing() : Family(
    "xy-ring", "rotors on a ring: a minimum for every winding number below N/4", 12, (3, 10_000),
    "Wiley, Strogatz and Girvan (2006), The size of the sync basin, Chaos 16, 015103; " +
    "Mehta and Kastner (2011), Stationary point analysis of the one-dimensional lattice Landau gauge fixing functional, Annals of Physics 326, 1425")
{
    protected override Objective Build(Choices choices)
    {
        var n = choices.Dimension;
        return Objective.Define(Name, n, x => -Sum(n, i => Cos(x[i] - x[(i + 1) % n]))) with
        {
            Symmetry = new CommonPhase(),
            Starts = new UniformBox(-Math.PI, Math.PI),
            Known = new() { Count = (2 * ((n + 3) / 4)) - 1, GlobalValue = -n, ValueError = 1e-12, Points = [new double[n]], PointError = 1e-9 },
        };
    }
}
