namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>What a stack of linear layers computes.</summary>
internal static class LinearLayers
{
    /// <summary>½‖W_L ⋯ W₁ − Φ‖² over the weights, W₁ row by row, then W₂, …, as a model whose outputs are the product's columns.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="widths">Inputs, hidden widths, outputs.</param>
    /// <param name="map">Φ.</param>
    /// <param name="isResidual">Whether a layer is I + Wₗ.</param>
    public static Objective Define(string name, int[] widths, Data map, bool isResidual)
    {
        var (inputs, outputs) = (widths[0], widths[^1]);
        return Objective.DefineModel(
            name,
            widths.Zip(widths.Skip(1), (from, to) => from * to).Sum(),
            w => 0.5 * Sum(inputs, column =>
            {
                var image = Image(w, widths, column, isResidual);
                return Sum(outputs, i => Square(image[i] - map[i, column]));
            }),
            w => Vector(inputs * outputs, e => Image(w, widths, e / outputs, isResidual)[e % outputs]),
            product => 0.5 * Sum(inputs, column => Sum(outputs, i => Square(product[(column * outputs) + i] - map[i, column])))) with
        {
            Parts = Parts(widths),
        };
    }

    /// <summary>The layers, W₁ first.</summary>
    public static IReadOnlyList<ObjectivePart> Parts(int[] widths)
    {
        var begin = 0;
        return [.. Enumerable.Range(1, widths.Length - 1).Select(l =>
        {
            var length = widths[l] * widths[l - 1];
            begin += length;
            return new ObjectivePart(FormattableString.Invariant($"layer {l}"), [.. Enumerable.Range(begin - length, length)]);
        })];
    }

    /// <summary>What the layers make of a unit input: a column of W_L ⋯ W₁.</summary>
    private static Vector Image(Point w, int[] widths, Index column, bool isResidual)
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

        return h;
    }
}
