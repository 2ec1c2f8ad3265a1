namespace LandscapeGpu.Differentiation;

/// <summary>f, and ∇f where it is asked for, at many points, in double precision, a point a lane; on a manifold the Riemannian gradient.</summary>
internal sealed class LaneValues(Objective objective, int? bits = null) : IDisposable
{
    private readonly Derivatives derivatives = Derivatives.Of(objective, bits);
    private readonly Lanes lanes = objective.OnLanes(Derivatives.Of(objective, bits).Slope);

    /// <summary>How many points are looked at side by side.</summary>
    public int Width => lanes.Count;

    /// <param name="points">count × d coordinates.</param>
    /// <param name="values">As many values.</param>
    /// <param name="gradients">count × d entries; empty for none.</param>
    public void At(ReadOnlySpan<double> points, Span<double> values, Span<double> gradients = default)
    {
        var d = derivatives.Dimension;
        for (var begin = 0; begin < values.Length; begin += lanes.Count)
        {
            for (var l = 0; l < lanes.Count; l++)
            {
                // Lanes without a point of their own do the last one again: what is left of earlier points may not be numbers, on which arithmetic can be slow.
                lanes.Write(derivatives.X, l, points.Slice(Math.Min(begin + l, values.Length - 1) * d, d));
            }

            lanes.Run();
            for (var l = 0; l < lanes.Count && begin + l < values.Length; l++)
            {
                values[begin + l] = lanes.Read(derivatives.Value, 0, l);
                if (!gradients.IsEmpty)
                {
                    lanes.Read(derivatives.Gradient, l, gradients.Slice((begin + l) * d, d));
                }
            }
        }
    }

    public void Dispose() => lanes.Dispose();
}
