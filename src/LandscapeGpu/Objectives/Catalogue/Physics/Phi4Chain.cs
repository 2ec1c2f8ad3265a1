namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>Σ ¼(φᵢ² − 1)² + ½J(φᵢ − φᵢ₊₁)² around a ring: 2ᴺ minima without coupling, fewer and fewer as it grows.</summary>
/// <remarks>
/// At J = 0 each site is at −1, 0 or 1: 3ᴺ stationary points, 2ᴺ of them minima. All persist for weak coupling (the anti-continuum limit); for
/// strong coupling only the two uniform ones, φ = ±1 with value 0, are left. J is a parameter: changing it does not compile again.
/// </remarks>
internal sealed class Phi4Chain() : Family(
    "phi4-chain", "coupled double wells: 2^N minima that merge as the coupling grows", 6, (2, 10_000),
    "Mehta, Hauenstein and Kastner (2012), Energy-landscape analysis of the two-dimensional nearest-neighbor phi4 model, Physical Review E 85, 061103; " +
    "MacKay and Aubry (1994), Nonlinearity 7, 1623, for weak coupling")
{
    public override IReadOnlyList<Setting> Settings => [new("coupling", 0, "the strength J of the springs between neighbours")];

    protected override Objective Build(Choices choices)
    {
        var n = choices.Dimension;
        var coupling = new Parameter("coupling", choices.Within("coupling", 0));
        return Objective.Define(Name, n, x =>
            Sum(n, i => 0.25 * Square(Square(x[i]) - 1)) + (0.5 * coupling * Sum(n, i => Square(x[i] - x[(i + 1) % n])))) with
        {
            Region = Region.Box(n, -2, 2),
            Known = new()
            {
                Count = coupling.Value == 0 && n < 63 ? 1L << n : null,
                GlobalValue = 0,
                Points = [[.. Enumerable.Repeat(1.0, n)], [.. Enumerable.Repeat(-1.0, n)]],
                PointError = 1e-9,
            },
        };
    }
}
