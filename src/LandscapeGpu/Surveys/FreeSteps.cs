using LandscapeGpu.Polish;

namespace LandscapeGpu.Surveys;

/// <summary>Newton steps along what no side of a region holds; all is in units of the scale, but for points.</summary>
/// <param name="objective">Whose region it is.</param>
/// <param name="scale">The unit of each coordinate.</param>
/// <param name="bits">The width of vectors; null for the widest there is.</param>
internal sealed class FreeSteps(Objective objective, double[] scale, int? bits) : IDisposable
{
    private readonly Region region = objective.Region.In(scale);
    private readonly Retraction retraction = new(objective, bits);
    private readonly double[] at = new double[scale.Length];

    /// <summary>What the sides at a point leave free, or the slope leads back to.</summary>
    public FreeFace At(ReadOnlySpan<double> x, double[] gradient)
    {
        for (var i = 0; i < at.Length; i++)
        {
            at[i] = x[i] / scale[i];
        }

        var isFree = Enumerable.Repeat(true, at.Length).ToArray();
        foreach (var side in region.Active(at))
        {
            isFree[side.First] &= side.Coordinate is null || !side.Holds(gradient);
        }

        return new([.. Enumerable.Range(0, at.Length).Where(i => isFree[i])], HeldFace.Of(region, at, gradient, side => side.Coordinate is not null), at.Length);
    }

    /// <summary>A share of a step, cut off at the sides, or brought back to a surface.</summary>
    public void Ahead(ReadOnlySpan<double> from, double[] step, double share, Span<double> to)
    {
        for (var i = 0; i < scale.Length; i++)
        {
            to[i] = from[i] + (share * scale[i] * step[i]);
        }

        retraction.Apply(to);
    }

    public void Dispose() => retraction.Dispose();
}
