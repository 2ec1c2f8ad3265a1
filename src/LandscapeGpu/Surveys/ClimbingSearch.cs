namespace LandscapeGpu.Surveys;

/// <summary>Searches for saddles from minima: uphill along each mode, softest first, both ways, and then from places beside minima along the lowest.</summary>
/// <remarks>
/// Walks from far away drift to stationary points of high index; those that set out from minima end at saddles next to them: J. P. K. Doye and D. J. Wales
/// (2002), Journal of Chemical Physics 116, 3777. All walks are a batch, one a lane.
/// </remarks>
internal sealed class ClimbingSearch(Objective objective, Derivatives derivatives, int threads)
{
    // Of the unit of length: a kick is a normal step of half of it and less in each coordinate.
    private const int KickSizes = 3;

    // Numbers of kicks are no numbers of starts.
    private const ulong KickSeed = 0x6B69636B73;

    /// <summary>How many walks go uphill along each mode of so many minima.</summary>
    public long WholeSweep(IReadOnlyList<double[]> minima) => minima.Count == 0 ? 0 : 2L * minima.Count * Modes(minima[0]);

    /// <param name="minima">Where to set out, in the coordinates that move; the first are set out from first.</param>
    /// <param name="first">The number of the first walk: those before have been made.</param>
    /// <param name="count">How many walks.</param>
    /// <param name="seed">What kicks follow from.</param>
    /// <param name="cancellation">Stops early; the rest is left as not stationary.</param>
    public PolishedSet Run(IReadOnlyList<double[]> minima, long first, int count, ulong seed, CancellationToken cancellation = default)
    {
        var d = objective.Dimension;
        if (minima.Count == 0 || count <= 0)
        {
            return new(d, 0);
        }

        var sweep = WholeSweep(minima);
        var starts = new double[count * d];
        var ways = new Uphill[count];
        var kick = new double[d];
        for (var k = 0; k < count; k++)
        {
            var number = first + k;
            var start = starts.AsSpan(k * d, d);
            minima[(int)(number < sweep ? number / 2 : number - sweep) % minima.Count].CopyTo(start);
            if (number < sweep)
            {
                ways[k] = new((int)(number / (2L * minima.Count)), number % 2 == 0 ? 1 : -1);
                continue;
            }

            new Gaussian(Math.ScaleB(1, -1 - (int)((number - sweep) / minima.Count % KickSizes))).Draw(seed ^ KickSeed, number, kick);
            for (var i = 0; i < d; i++)
            {
                start[i] += kick[i];
            }
        }

        return Run(starts, ways, cancellation);
    }

    /// <summary>Walks uphill from given places, each its own way.</summary>
    public PolishedSet Run(double[] starts, IReadOnlyList<Uphill> ways, CancellationToken cancellation = default) =>
        new StationarySearch(objective, derivatives, threads) { Walk = d => new EigenvectorFollowing(d, k => ways[k], objective.MovingSymmetry) }.Run(starts, ways.Count, null, cancellation);

    private int Modes(double[] minimum) =>
        objective.Dimension - derivatives.Normals - OrbitProjection.Basis(objective.MovingSymmetry?.Velocities(minimum) ?? []).Count;
}
