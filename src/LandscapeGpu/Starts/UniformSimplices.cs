using System.Runtime.CompilerServices;

namespace LandscapeGpu.Starts;

/// <summary>Uniform on probability simplices, one after the other: xᵢ ≥ 0 with Σxᵢ = 1 in each block.</summary>
/// <remarks>
/// Exponential numbers divided by their sum, which is Dirichlet's distribution with all parameters 1. Devroye (1986), Non-Uniform Random
/// Variate Generation, theorem V.2.2.
/// </remarks>
/// <param name="BlockLength">The number of coordinates of a block; the dimension is a multiple of it.</param>
internal sealed record UniformSimplices(int BlockLength) : Sampler
{
    public override string Describe() => string.Create(CultureInfo.InvariantCulture, $"uniform on simplices of {BlockLength} coordinates");

    public override void Validate(int dimension)
    {
        base.Validate(dimension);
        Blocks.Require(dimension, BlockLength, "simplices");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Fill(ulong seed, ulong restart, Span<double> point)
    {
        for (var i = 0; i < point.Length; i++)
        {
            // Uniform on the open interval (0, 1): the logarithm is finite and not zero.
            point[i] = -Math.Log(CounterRandom.Uniform(seed, StreamId.Starts, restart, 0, (uint)i));
        }

        for (var begin = 0; begin < point.Length; begin += BlockLength)
        {
            var block = point.Slice(begin, BlockLength);
            var sum = 0.0;
            foreach (var x in block)
            {
                sum += x;
            }

            StandardNormal.Scale(block, 1 / sum);
        }
    }
}
