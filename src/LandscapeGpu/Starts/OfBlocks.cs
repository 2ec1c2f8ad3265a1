namespace LandscapeGpu.Starts;

/// <summary>Each block of coordinates drawn by a sampler of its own, independently of the others.</summary>
internal sealed record OfBlocks((Sampler Sampler, int Count)[] Blocks) : Sampler
{
    // Weyl's sequence keeps the seeds of blocks apart, and that of the first as it is given.
    private const ulong Apart = 0x9E3779B97F4A7C15;

    public override int? Dimension => Blocks.Sum(b => b.Count);

    public override string Describe() => string.Join("; ", Blocks.Select(b => b.Sampler.Describe()));

    public bool Equals(OfBlocks? other) => other is not null && Blocks.SequenceEqual(other.Blocks);

    public override int GetHashCode() => Blocks.Aggregate(0, HashCode.Combine);

    protected override void Fill(ulong seed, ulong restart, Span<double> point)
    {
        var begin = 0;
        foreach (var (sampler, count) in Blocks)
        {
            sampler.Draw(seed, (long)restart, point.Slice(begin, count));
            begin += count;
            seed += Apart;
        }
    }
}
