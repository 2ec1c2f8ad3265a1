using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>What a sweep shows of gradients layer by layer, in sentences.</summary>
internal static class PartFindings
{
    public static IEnumerable<string> Of(Sweep sweep)
    {
        var rows = sweep.Rows.Where(r => r.Gradients is { Parts.Count: > 1 }).ToList();
        if (rows.Count == 0)
        {
            yield break;
        }

        var (least, most) = (rows.MinBy(r => r.Gradients!.FirstOverLast)!, rows.MaxBy(r => r.Gradients!.FirstOverLast)!);
        var (first, last) = (least.Gradients!.Parts[0].Name, least.Gradients.Parts[^1].Name);
        yield return $"Where descent begins, a weight's gradient in {first} is, of that in the last part ({last}), the least share at {sweep.Setting} = {Number(least.Setting)} ({Number(least.Gradients.FirstOverLast, 3)}) and the largest at {Number(most.Setting)} ({Number(most.Gradients!.FirstOverLast, 3)}).";
        if (rows.Select(r => r.Setting).Distinct().Count() >= 3)
        {
            var (power, exponential) = (CostFindings.Line([.. rows.Select(r => Math.Log(r.Setting))], Ratios()), CostFindings.Line([.. rows.Select(r => r.Setting)], Ratios()));
            if (rows.TrueForAll(r => r.Setting > 0) && Math.Min(power.Residual, exponential.Residual) < double.PositiveInfinity)
            {
                yield return $"The share goes like {Number(Math.Exp(exponential.Slope), 3)}^{sweep.Setting} (an exponential leaves {Number(exponential.Residual, 2)} of its logarithms, standard deviation) or like {sweep.Setting}^{Number(power.Slope, 3)} (a power leaves {Number(power.Residual, 2)}): {(exponential.Residual < power.Residual ? "the exponential" : "the power")} fits better.";
            }
        }

        double[] Ratios() => [.. rows.Select(r => Math.Log(r.Gradients!.FirstOverLast))];
    }
}
