namespace LandscapeGpu.Compilation;

/// <summary>What a program is for: something it leaves in memory or answers.</summary>
internal abstract record Output
{
    /// <summary>A vector, written to an array from an index on.</summary>
    public sealed record OfVector(Vector Vector, Storage To) : Output;

    /// <summary>A number, written to an element of an array.</summary>
    public sealed record OfReal(Real Real, Storage To) : Output;

    /// <summary>A mask; the program answers whether it holds in any lane.</summary>
    public sealed record Any(Real Mask) : Output;

    public object Root => this switch
    {
        OfVector v => v.Vector,
        OfReal r => r.Real,
        _ => ((Any)this).Mask,
    };
}
