using LandscapeGpu.Pictures.Surveys;

namespace LandscapeGpu.Pictures.Evidence;

/// <summary>The strict-saddle property in the plane of ‖∇f‖ and λ_min: where both are small and no minimum is near, it would fail.</summary>
public static class StrictSaddleFigure
{
    /// <summary>The points looked at, with the α and β they allow.</summary>
    /// <param name="found">The finding.</param>
    public static Figure Of(StrictSaddle found)
    {
        ArgumentNullException.ThrowIfNull(found);
        // The bound that is stated, at its γ; nothing is drawn where no point is left to condition 2.
        var best = found.Stated is { } stated && double.IsFinite(stated.Betas[0]) ? stated with { Beta = stated.Betas[0], Gamma = found.Gammas[0] } : null;
        var looks = found.Looks.Where(l => double.IsFinite(l.Slope) && double.IsFinite(l.Lowest)).ToList();
        // Stationary points have slopes that are rounding of 0.
        var rounding = looks.Select(l => l.Slope).DefaultIfEmpty(1).Max() * 1e-8;
        var near = looks.Where(l => best is not null && l.Distance <= best.Gamma).ToList();
        var series = new List<Series>();
        if (best is not null)
        {
            series.Add(new Area("‖∇f‖ < α and λ_min > −β: only near minima", double.NegativeInfinity, best.Alpha, -best.Beta, double.PositiveInfinity) { Ink = Colours.Vermilion });
            series.Add(new Level($"α = {Wording.Number(best.Alpha, 3)}", best.Alpha, IsVertical: true) { Ink = Colours.Vermilion });
            series.Add(new Level($"−β = {Wording.Number(-best.Beta, 3)}", -best.Beta, IsVertical: false) { Ink = Colours.Green });
        }

        series.Add(Of("farther than γ from minima", looks.Except(near), Colours.Blue, Shape.Disc));
        if (near.Count > 0)
        {
            series.Add(Of($"within γ = {Wording.Number(best!.Gamma, 3)} of a minimum", near, Colours.Of(4), Shape.Ring));
        }

        return new("strict-saddle", Typeset(found.Sentence), [new("", new("gradient norm ‖∇f‖") { IsLogarithmic = true, Zero = looks.Exists(l => l.Slope <= rounding) ? ValueAxis.Below(looks.Select(l => l.Slope).Where(v => v > rounding).DefaultIfEmpty(1).Min()) : null }, new("lowest eigenvalue λ_min of ∇²f"), series)]) { RowHeight = 460 };

        Points Of(string name, IEnumerable<StrictSaddleLook> points, Ink ink, Shape shape)
        {
            var all = points.ToList();
            return new(name, [.. all.Select(l => l.Slope <= rounding ? 0 : l.Slope)], [.. all.Select(l => l.Lowest)])
            {
                Ink = ink,
                Shape = shape,
                Size = 5,
                Details = all.Count > 2_000 ? null : [.. all.Select(l => $"‖∇f‖ = {Wording.Number(l.Slope, 3)}, λ_min = {Wording.Number(l.Lowest, 3)}, {Wording.Number(l.Distance, 3)} from a minimum")],
            };
        }
    }
}
