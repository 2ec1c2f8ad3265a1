using System.Runtime.CompilerServices;

namespace LandscapeGpu.Surveys;

/// <summary>Searches for saddles from minima: uphill along each mode, softest first, both ways, and then from places beside minima along the lowest.</summary>
/// <remarks>
/// Walks from far away drift to stationary points of high index; those that set out from minima end at saddles next to them: J. P. K. Doye and D. J. Wales
/// (2002), Journal of Chemical Physics 116, 3777. All walks are a batch, one a lane.
/// </remarks>
internal sealed class ClimbingSearch(Objective objective, Derivatives derivatives, LaneDevice device)
{
    // Of the unit of length: a kick is a normal step of half of it and less in each coordinate.
    private const int KickSizes = 3;

    // Where no Hessian is formed, walks go along so many of the softest modes.
    private const int MostByProducts = 16;

    // Numbers of kicks are no numbers of starts.
    private const ulong KickSeed = 0x6B69636B73;

    // Modes of minima that walks have set out from, for as long as the minima are in hand.
    private readonly ConditionalWeakTable<double[], LowestModes> known = [];

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
        Know(minima, first, Math.Min(count, sweep - first));
        var starts = new double[count * d];
        var ways = new Uphill[count];
        var kick = new double[d];
        for (var k = 0; k < count; k++)
        {
            var number = first + k;
            var start = starts.AsSpan(k * d, d);
            var minimum = From(minima, number);
            minimum.CopyTo(start);
            if (number < sweep)
            {
                var (modes, mode) = (known.TryGetValue(minimum, out var found) ? found.Vectors : [], (int)(number / (2L * minima.Count)));
                ways[k] = new(mode < modes.Count ? modes[mode] : null, number % 2 == 0 ? 1 : -1);
                continue;
            }

            ways[k] = new(null, 0);
            new Gaussian(Math.ScaleB(1, -1 - (int)((number - sweep) / minima.Count % KickSizes))).Draw(seed ^ KickSeed, number, kick);
            for (var i = 0; i < d; i++)
            {
                start[i] += kick[i];
            }

            objective.Region.TryProject(start);
        }

        return Run(starts, ways, cancellation);
    }

    /// <summary>Walks uphill from given places, each its own way.</summary>
    public PolishedSet Run(double[] starts, IReadOnlyList<Uphill> ways, CancellationToken cancellation = default) =>
        WalkItems.Run(
            objective,
            derivatives,
            starts,
            ways.Count,
            device.Threads,
            () => new ModeDirections(objective, derivatives, () => new EigenvectorFollowing(objective, k => ways[k])),
            null,
            cancellation);

    private double[] From(IReadOnlyList<double[]> minima, long number) =>
        minima[(int)((number < WholeSweep(minima) ? number / 2 : number - WholeSweep(minima)) % minima.Count)];

    /// <summary>The modes of those minima that walks set out from.</summary>
    private void Know(IReadOnlyList<double[]> minima, long first, long count)
    {
        double[][] fresh = [.. Enumerable.Range(0, (int)Math.Clamp(count, 0, 2L * minima.Count)).Select(k => From(minima, first + k)).Distinct().Where(m => !known.TryGetValue(m, out _))];
        var faces = HeldFaces.Of(objective, fresh, device);
        foreach (var ((minimum, modes), face) in fresh.Zip(LowestModes.Of(objective, fresh, MostByProducts, device)).Zip(faces))
        {
            // From a side inwards f rises as well.
            known.Add(minimum, face.IsNone ? modes : modes with { Vectors = [.. modes.Vectors, .. face.LeavableNormals(minimum.Length)] });
        }
    }

    private int Modes(double[] minimum) => objective.Dimension > LanePolish.MostCoordinates
        ? MostByProducts
        : objective.Dimension - derivatives.Normals - OrbitProjection.Basis(objective.MovingSymmetry?.Velocities(minimum) ?? []).Count;
}
