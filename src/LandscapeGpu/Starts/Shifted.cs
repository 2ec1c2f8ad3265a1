namespace LandscapeGpu.Starts;

/// <summary>Another sampler's points, moved by a vector.</summary>
internal sealed record Shifted(Sampler Inner, double[] By) : Sampler
{
    public override int? Dimension => By.Length;

    public override string Describe() => $"{Inner.Describe()} around ({string.Join(", ", By.Select(SamplerText.Of))})";

    public bool Equals(Shifted? other) => other is not null && Inner.Equals(other.Inner) && By.SequenceEqual(other.By);

    public override int GetHashCode() => HashCode.Combine(Inner, By.Length);

    protected override void Fill(ulong seed, ulong restart, Span<double> point)
    {
        Inner.Draw(seed, (long)restart, point);
        for (var i = 0; i < point.Length; i++)
        {
            point[i] += By[i];
        }
    }
}
