using LandscapeGpu.Expressions;
using static LandscapeGpu.Expressions.Functions;

namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>What a stack of linear layers computes.</summary>
internal static class LinearLayers
{
    /// <summary>‖W_L ⋯ W₁ − Φ‖², column by column: each is a unit input sent through all layers.</summary>
    /// <param name="w">The weights, W₁ row by row, then W₂, …</param>
    /// <param name="widths">Inputs, hidden widths, outputs.</param>
    /// <param name="map">Φ.</param>
    /// <param name="isResidual">Whether a layer is I + Wₗ.</param>
    public static Real SquaredDistance(Point w, int[] widths, Data map, bool isResidual) => Sum(widths[0], column =>
    {
        var inputs = widths[0];
        // W₁ times a unit vector is one of its columns.
        var h = Vector(widths[1], i => w[(i * inputs) + column] + (isResidual ? Select(Equal(i, column), 1, 0) : 0));
        var offset = widths[1] * inputs;
        for (var l = 2; l < widths.Length; l++)
        {
            var (below, begin, inner) = (h, offset, widths[l - 1]);
            h = Vector(widths[l], i =>
            {
                var image = Sum(inner, j => w[begin + (i * inner) + j] * below[j]);
                return isResidual ? below[i] + image : image;
            });
            offset += widths[l] * inner;
        }

        return Sum(widths[^1], i => Square(h[i] - map[i, column]));
    });
}
