namespace LandscapeGpu.Surveys;

/// <summary>Whether the symmetry an objective declares is one: tried on a few points before it is used.</summary>
internal static class SymmetryCheck
{
    private const int Points = 16;

    /// <summary>The objective, without a symmetry that does not hold or that leads out of the region, and why; null if nothing is wrong.</summary>
    /// <param name="objective">Whose symmetry is tried.</param>
    /// <param name="bits">The width of vectors; null for the widest there is.</param>
    public static (Objective Objective, string? Warning) Of(Objective objective, int? bits)
    {
        var fault = objective.Symmetry is null ? null : ValueThatChanges(objective, bits) ?? ImageOutside(objective);
        return fault is null ? (objective, null) : (objective with { Symmetry = null }, $"The symmetry of {objective.Name} is not used: {fault}. Points are told apart without it.");
    }

    // Rounding of a formula is a billionth and less; a symmetry that does not hold changes the value of most points by more than this.
    private const double Changed = 1e-6;

    private static string? ValueThatChanges(Objective objective, int? bits)
    {
        using var slopes = new PointDerivatives(objective, bits);
        var random = new Random(1);
        for (var k = 0; k < Points; k++)
        {
            var point = new double[objective.Dimension];
            objective.DefaultStarts.Draw(0, k, point);
            var value = slopes.At(point).Value;
            objective.MovingSymmetry!.Move(point, random);
            var image = slopes.At(point).Value;
            if (double.IsFinite(value) && double.IsFinite(image) && Math.Abs(value - image) > Changed * (1 + Math.Abs(value)))
            {
                return FormattableString.Invariant($"it takes a point of value {value:G6} to one of value {image:G6}");
            }
        }

        return null;
    }

    /// <summary>
    /// A finite group that leads out of a box would count minima together whose images the box leaves out. Under a continuous one the images
    /// inside are joined by flat directions all the same.
    /// </summary>
    private static string? ImageOutside(Objective objective)
    {
        // What has neither sides nor equations has no outside; of a surface the starts are points.
        if (objective.Region.IsWholeSpace || objective.Surface is not null)
        {
            return null;
        }

        var inside = objective.Region.Starts;
        var random = new Random(1);
        for (var k = 0; k < Points; k++)
        {
            var point = new double[objective.Dimension];
            inside.Draw(0, k, point);
            if (objective.Symmetry!.OrbitOf(point, Stationarity.HalfTheDigits) is not { Dimension: 0 })
            {
                return null;
            }

            objective.Symmetry.Move(point, random);
            if (!objective.Region.Contains(point))
            {
                return $"it takes points of the region {objective.Region.Describe(objective.Dimension)} out of it";
            }
        }

        return null;
    }
}
