using System.Runtime.CompilerServices;

namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>One element of a symmetry group that keeps distances: block b of the image is block <paramref name="From"/>[b] of the point, seen from one centre, turned, and put beside another.</summary>
/// <param name="From">For each block of the image, which of the point's it is.</param>
internal sealed record Isometry(int[] From)
{
    /// <summary>Coordinates of a block.</summary>
    public int Block { get; init; } = 1;

    /// <summary>The orthogonal matrix Q, row by row, that a block is multiplied with from the right; null where blocks are not turned.</summary>
    public double[]? Turn { get; init; }

    /// <summary>The centre that blocks are seen from, and the one they are put beside; empty where there is none.</summary>
    public (double[] Of, double[] To) Centre { get; init; } = ([], []);

    /// <summary>The image of a point.</summary>
    public void Apply(ReadOnlySpan<double> point, Span<double> image)
    {
        ApplyLinear(point, image, Centre.Of);
        Shift(image, Centre.To);
    }

    /// <summary>The image of a direction, such as a gradient.</summary>
    public void ApplyLinear(ReadOnlySpan<double> direction, Span<double> image) => ApplyLinear(direction, image, []);

    /// <summary>The point whose image is given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Undo(ReadOnlySpan<double> image, Span<double> point)
    {
        for (var b = 0; b < From.Length; b++)
        {
            var (at, there) = (b * Block, From[b] * Block);
            for (var i = 0; i < Block; i++)
            {
                var sum = Turn is null ? image[at + i] : 0;
                for (var j = 0; Turn is not null && j < Block; j++)
                {
                    sum += Turn[(i * Block) + j] * (image[at + j] - (Centre.To.Length == 0 ? 0 : Centre.To[j]));
                }

                point[there + i] = sum;
            }
        }

        Shift(point, Centre.Of);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ApplyLinear(ReadOnlySpan<double> from, Span<double> image, double[] centre)
    {
        for (var b = 0; b < From.Length; b++)
        {
            var (at, there) = (b * Block, From[b] * Block);
            for (var j = 0; j < Block; j++)
            {
                var sum = Turn is null ? from[there + j] : 0;
                for (var i = 0; Turn is not null && i < Block; i++)
                {
                    sum += (from[there + i] - (centre.Length == 0 ? 0 : centre[i])) * Turn[(i * Block) + j];
                }

                image[at + j] = sum;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Shift(Span<double> point, double[] by)
    {
        for (var i = 0; by.Length > 0 && i < point.Length; i++)
        {
            point[i] += by[i % Block];
        }
    }
}
