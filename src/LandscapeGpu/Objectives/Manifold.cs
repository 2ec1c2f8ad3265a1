namespace LandscapeGpu.Objectives;

/// <summary>A product of unit spheres that an objective is restricted to: consecutive blocks of coordinates, each of length 1.</summary>
/// <remarks>
/// One block is the unit sphere; several are the oblique manifold. With P the projection onto the tangent space, the gradient
/// is P∇f and the Hessian P∇²fP − (xᵀ∇f)P, block by block; a step is followed by dividing each block by its length.
/// Absil, Mahony and Sepulchre (2008), Optimization Algorithms on Matrix Manifolds, §3.6 and §5.5.
/// </remarks>
/// <param name="BlockLength">The number of coordinates of each sphere's space; at least 2.</param>
public sealed record Manifold(int BlockLength)
{
    /// <summary>The number of coordinates of each sphere's space.</summary>
    public int BlockLength { get; } = BlockLength >= 2
        ? BlockLength
        : throw new ArgumentException($"A sphere was given {BlockLength} coordinates; it needs at least 2.");

    /// <summary>The unit sphere of ℝᵈ.</summary>
    public static Manifold Sphere(int dimension) => new(dimension);

    /// <summary>n unit spheres of ℝᵏ, one after the other.</summary>
    public static Manifold Spheres(int blockLength) => new(blockLength);

    /// <summary>How many spheres.</summary>
    public int Blocks(int dimension) => dimension / BlockLength;

    /// <exception cref="ArgumentException">The coordinates do not divide into blocks.</exception>
    internal void Require(int dimension)
    {
        if (dimension % BlockLength != 0)
        {
            throw new ArgumentException($"{dimension} coordinates do not divide into spheres of {BlockLength}; give a multiple.");
        }
    }

    public override string ToString() => $"unit spheres in R^{BlockLength}";
}
