namespace LandscapeGpu.Starts;

/// <summary>Another sampler's points, each coordinate divided by a power of two of its own.</summary>
internal sealed record Divided(Sampler Inner, double[] Lengths) : Sampler
{
    public override int? Dimension => Lengths.Length;

    public override string Describe() => Inner.Describe();

    public bool Equals(Divided? other) => other is not null && Inner.Equals(other.Inner) && Lengths.SequenceEqual(other.Lengths);

    public override int GetHashCode() => HashCode.Combine(Inner, Lengths.Length);

    protected override void Fill(ulong seed, ulong restart, Span<double> point)
    {
        Inner.Draw(seed, (long)restart, point);
        for (var i = 0; i < point.Length; i++)
        {
            point[i] /= Lengths[i];
        }
    }
}
