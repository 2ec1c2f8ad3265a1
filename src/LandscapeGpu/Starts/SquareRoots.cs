namespace LandscapeGpu.Starts;

/// <summary>The square roots of another sampler's coordinates: y with y∘y drawn as it says.</summary>
/// <param name="Squares">Draws the squares; a negative coordinate counts as 0.</param>
internal sealed record SquareRoots(Sampler Squares) : Sampler
{
    public override int? Dimension => Squares.Dimension;

    public override void Validate(int dimension) => Squares.Validate(dimension);

    public override string Describe() => Squares.Describe();

    protected override void Fill(ulong seed, ulong restart, Span<double> point)
    {
        Squares.Draw(seed, (long)restart, point);
        foreach (ref var x in point)
        {
            x = Math.Sqrt(Math.Max(0, x));
        }
    }
}
