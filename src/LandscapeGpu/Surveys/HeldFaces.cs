namespace LandscapeGpu.Surveys;

/// <summary>The faces of the region that points lie on.</summary>
internal static class HeldFaces
{
    /// <summary>Of each point all its sides, with their multipliers.</summary>
    /// <param name="objective">The landscape.</param>
    /// <param name="points">Points, in the coordinates that move.</param>
    /// <param name="device">What computes gradients.</param>
    public static HeldFace[] Of(Objective objective, IReadOnlyList<double[]> points, LaneDevice device)
    {
        var faces = Enumerable.Repeat(HeldFace.None, points.Count).ToArray();
        if (objective.Region.IsWholeSpace || points.All(p => objective.Region.Active(p).Count == 0))
        {
            return faces;
        }

        var (d, gradient) = (objective.Dimension, new double[objective.Dimension]);
        using var slopes = new PointDerivatives(objective, Derivatives.Of(objective, device.Bits));
        for (var k = 0; k < faces.Length; k++)
        {
            if (objective.Region.Active(points[k]).Count > 0)
            {
                slopes.Gradient(points[k], gradient);
                faces[k] = HeldFace.OfAll(objective.Region, points[k], gradient);
            }
        }

        return faces;
    }
}
