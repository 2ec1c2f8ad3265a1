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
        for (var i = 0; i < point.Length; i += 2)
        {
            var normal = CounterRandom.NormalPair(seed, StreamId.Starts, restart, 0, (uint)i >> 1);
            point[i] = normal.Even;
            if (i + 1 < point.Length)
            {
                point[i + 1] = normal.Odd;
            }
        }

        for (var begin = 0; begin < point.Length; begin += BlockLength)
        {
            var block = point.Slice(begin, BlockLength);
            var square = 0.0;
            foreach (var x in block)
            {
                square = Math.FusedMultiplyAdd(x, x, square);
            }

            // All normals zero has probability zero; then the first axis is as good as any point.
            var length = Math.Sqrt(square);
            for (var i = 0; i < block.Length; i++)
            {
                block[i] = length > 0 ? block[i] / length : i == 0 ? 1 : 0;
            }
        }
    }
}
