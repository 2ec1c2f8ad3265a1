namespace LandscapeGpu.Surveys;

/// <summary>Newton steps of those coordinates that no side of a box holds.</summary>
/// <param name="region">The box, or the whole space.</param>
/// <param name="scale">The unit of each coordinate.</param>
internal sealed class FreeSteps(Region region, double[] scale)
{
    private readonly (IReadOnlyList<double> Lower, IReadOnlyList<double> Upper)? sides = region.Sides;

    /// <summary>The coordinates that are inside, or that the slope leads back there.</summary>
    public int[] Free(ReadOnlySpan<double> x, double[] gradient)
    {
        var free = new List<int>();
        for (var i = 0; i < scale.Length; i++)
        {
            if (sides is not { } box || !((x[i] <= box.Lower[i] && gradient[i] > 0) || (x[i] >= box.Upper[i] && gradient[i] < 0)))
            {
                free.Add(i);
            }
        }

        return [.. free];
    }

    /// <summary>A share of a step, cut off at the sides.</summary>
    public void Ahead(ReadOnlySpan<double> from, double[] step, double share, Span<double> to)
    {
        for (var i = 0; i < scale.Length; i++)
        {
            var x = from[i] + (share * scale[i] * step[i]);
            to[i] = sides is { } box ? Math.Clamp(x, box.Lower[i], box.Upper[i]) : x;
        }
    }

    /// <summary>−(M + λ)⁻¹g along free coordinates, with λ the least of a sequence that makes the matrix clearly positive.</summary>
    public static double[] Step(double[] matrix, double[] gradient, int[] free)
    {
        var n = free.Length;
        var (part, right) = (Part(matrix, gradient.Length, free), free.Select(i => -gradient[i]).ToArray());
        ArrayFactors.Of(part, part, new double[n]).Solve(new(right));
        var step = new double[gradient.Length];
        for (var k = 0; k < n; k++)
        {
            step[free[k]] = right[k];
        }

        return step;
    }

    /// <summary>Rows and columns of some coordinates.</summary>
    public static double[] Part(double[] matrix, int d, int[] free)
    {
        var part = new double[free.Length * free.Length];
        for (var k = 0; k < free.Length; k++)
        {
            for (var l = 0; l < free.Length; l++)
            {
                part[(k * free.Length) + l] = matrix[(free[k] * d) + free[l]];
            }
        }

        return part;
    }
}
