using LandscapeGpu.Pictures.Surveys;

namespace LandscapeGpu.Pictures.Evidence;

/// <summary>The Polyak–Łojasiewicz condition, ½‖∇f‖² against f − f* with the line of μ; and the rate that it promises beside what was measured.</summary>
public static class GrowthFigure
{
    // A path of more steps looks the same.
    private const int MostSteps = 400;

    /// <summary>½‖∇f‖² against f − f* on logarithmic axes: every point lies on or above the line of μ.</summary>
    /// <param name="found">The constants.</param>
    public static Figure Of(GrowthConditions found)
    {
        ArgumentNullException.ThrowIfNull(found);
        var mu = found.PolyakLojasiewicz.Value;
        // At a stationary point above f* what is left of the slope is rounding of 0.
        const double Edge = 1e-12;
        double Shown(GrowthLook l) => l.HalfSquare <= Edge * found.Smoothness.Value * l.Above ? 0 : l.HalfSquare;
        var looks = found.Looks.Where(l => l.Above > 0 && double.IsFinite(l.HalfSquare)).ToList();
        var series = new List<Series>
        {
            new Points("points looked at", [.. looks.Select(l => l.Above)], [.. looks.Select(Shown)])
            {
                Ink = Colours.Blue,
                Size = 4,
                Details = looks.Count > 2_000 ? null : [.. looks.Select(l => $"f − f* = {Wording.Number(l.Above, 3)}, ½‖∇f‖² = {Wording.Number(l.HalfSquare, 3)}, ratio {Wording.Number(l.HalfSquare / l.Above, 3)}")],
            },
        };
        if (looks.Count > 0)
        {
            double[] ends = [looks.Min(l => l.Above), looks.Max(l => l.Above)];
            // Below what rounding makes of zero the condition fails, and there is no line.
            if (mu > 1e-9 * found.Smoothness.Value)
            {
                series.Add(new Line($"μ(f − f*), μ = {Wording.Number(mu, 3)}", ends, [.. ends.Select(e => mu * e)]) { Ink = Colours.Vermilion, IsDashed = true });
            }

            series.Add(new Line($"β(f − f*), β = {Wording.Number(found.Smoothness.Value, 3)}", ends, [.. ends.Select(e => found.Smoothness.Value * e)]) { Ink = Colours.Grey, IsDashed = true });
        }

        return new("pl", Typeset(found.Sentences[0]), [new("", new("f(x) − f*") { IsLogarithmic = true }, new("½‖∇f(x)‖²") { IsLogarithmic = true, Zero = looks.Exists(l => Shown(l) == 0) ? ValueAxis.Below(looks.Select(Shown).Where(h => h > 0).DefaultIfEmpty(1).Min()) : null }, series)]);
    }

    /// <summary>f − f* over the steps of gradient descent, beside (1 − μ/β)ᵏ.</summary>
    /// <param name="rate">The rate.</param>
    public static Figure Of(DescentRate rate)
    {
        ArgumentNullException.ThrowIfNull(rate);
        var paths = rate.Above.Where(p => p.Count > 1).ToList();
        var series = new List<Series>();
        foreach (var (path, k) in paths.Select((p, k) => (p, k)))
        {
            var every = Math.Max(1, path.Count / MostSteps);
            int[] steps = [.. Enumerable.Range(0, path.Count).Where(j => j % every == 0 || j == path.Count - 1)];
            series.Add(new Line(k == 0 ? $"{paths.Count} paths, step 1/β" : "", [.. steps.Select(j => (double)j)], [.. steps.Select(j => path[j])]) { Ink = Colours.Blue, Width = 1.2 });
        }

        if (paths.Count > 0 && rate.Mu > 1e-9 * rate.Beta)
        {
            var (longest, start) = (paths.Max(p => p.Count) - 1, paths.Max(p => p[0]));
            double[] steps = [.. Enumerable.Range(0, 101).Select(j => longest * j / 100.0)];
            series.Add(new Line($"(1 − μ/β)ᵏ with 1 − μ/β = {Wording.Number(rate.Predicted, 4)}", steps, [.. steps.Select(j => start * Math.Pow(rate.Predicted, j))]) { Ink = Colours.Vermilion, IsDashed = true, Width = 2.2 });
        }

        return new("rate", Typeset(rate.Sentence), [new("", new("step k") { IsWhole = true, Low = 0 }, new("f(xᵏ) − f*") { IsLogarithmic = true }, series)]);
    }
}
