using LandscapeGpu.Kernels;
using LandscapeGpu.Starts;

/// <summary>Starts at the corners of a cube, a little inside: a sampler of one's own. Start i is a function of the seed and i alone.</summary>
public sealed record Corners(double Side) : Sampler
{
    public override string Describe() => "near corners";

    protected override void Fill(ulong seed, ulong restart, Span<double> point)
    {
        for (var i = 0; i < point.Length; i++)
        {
            var sign = (restart >> i & 1) == 0 ? -1 : 1;
            point[i] = sign * Side * (1 - (0.1 * CounterRandom.Uniform(seed, StreamId.Starts, restart, 0, (uint)i)));
        }
    }
}
