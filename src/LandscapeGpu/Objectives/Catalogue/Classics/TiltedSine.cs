namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>sin x + x/5: equally spaced minima on a slope, each lower than the one to its right.</summary>
/// <remarks>
/// Only interior minima are counted; the slope makes the right end of the domain a minimum on the boundary as well.
/// </remarks>
internal sealed class TiltedSine() : Family(
    "tilted-sine", "a ripple on a slope: equally spaced minima of unequal depth", 1,
    "Elementary: f′ = cos x + 1/5 vanishes with f″ > 0 at x = 2πk − arccos(−1/5)")
{
    protected override Objective Build(Choices choices)
    {
        var first = -Math.Acos(-0.2);
        return Objective.Define(Name, 1, x => Sin(x[0]) + (0.2 * x[0])) with
        {
            Region = Region.Box(1, -10, 10),
            Known = new()
            {
                Count = 3,
                GlobalValue = Math.Sin(first) + (0.2 * (first - (2 * Math.PI))),
                Points = [[first - (2 * Math.PI)], [first], [first + (2 * Math.PI)]],
                PointError = 1e-9,
            },
        };
    }
}
