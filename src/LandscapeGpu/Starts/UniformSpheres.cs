using System.Runtime.CompilerServices;

namespace LandscapeGpu.Starts;

/// <summary>Uniform on a product of unit spheres: consecutive blocks of coordinates, each a normal vector divided by its length.</summary>
/// <param name="BlockLength">The number of coordinates of a block; the dimension is a multiple of it.</param>
internal sealed record UniformSpheres(int BlockLength) : Sampler
{
    public override string Describe() => string.Create(CultureInfo.InvariantCulture, $"uniform on unit spheres of R^{BlockLength}");

    public override void Validate(int dimension)
    {
        base.Validate(dimension);
        Blocks.Require(dimension, BlockLength, "spheres");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Fill(ulong seed, ulong restart, Span<double> point)
    {
        StandardNormal.Fill(seed, restart, point);
        for (var begin = 0; begin < point.Length; begin += BlockLength)
        {
            var block = point.Slice(begin, BlockLength);
            var length = Math.Sqrt(StandardNormal.SquaredNorm(block));
            foreach (ref var x in block)
            {
                x /= length;
            }
        }
    }
}
