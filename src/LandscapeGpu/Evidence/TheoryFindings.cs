using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>What a sweep shows of a family's theory, in sentences: powers of the setting, fitted constants of bounds, counts beside expected ones.</summary>
internal static class TheoryFindings
{
    public static IEnumerable<string> Of(Sweep sweep)
    {
        if (sweep.First?.Theory is not { } theory || sweep.Rows.All(r => r.Theory is null))
        {
            yield break;
        }

        var powers = theory.Constants.Where(c => c.Role is TheoryRole.Power or TheoryRole.BoundsDistance).Select(c => c.Name).Concat(theory.Measures.Where(m => m.IsPower).Select(m => m.Name));
        foreach (var name in powers)
        {
            // A constant is no power.
            if (sweep.Rows.Select(r => r.Theory?[name] ?? double.NaN).Distinct().Count() > 1 && SweepFindings.Power(sweep, r => r.Theory?[name] ?? double.NaN) is { } power)
            {
                yield return $"{name} goes like {sweep.Setting}^{Number(power.Slope, 3)} (standard error {Number(power.Error, 2)}).";
            }
        }

        foreach (var name in sweep.Theories)
        {
            if (sweep.Rows.Where(r => r.Theory is { Measures.Count: 0 } seen && double.IsNaN(seen[name])).Select(r => Setting(r.Setting)).Distinct().ToList() is { Count: > 0 } without)
            {
                yield return $"{name} is left out at {sweep.Setting} = {string.Join(", ", without)}, where it would take too long.";
            }
        }

        foreach (var claim in sweep.Rows.SelectMany(r => r.Theory?.Measures ?? []).Where(m => m.Points > 0 && !double.IsNaN(m.Bound)).GroupBy(m => m.Name))
        {
            var (kept, failed) = (claim.Count(m => m.IsKept == true), claim.Count(m => m.IsKept == false));
            var open = claim.Count() - kept - failed;
            yield return $"{claim.Key}: the bound holds in {kept} of {Count(claim.Count(), "landscape")}{(failed > 0 ? $", fails in {failed}" : "")}{(open > 0 ? $" and is not decided in {open}" : "")}.";
        }

        foreach (var bound in theory.Constants.Where(c => c.Role == TheoryRole.BoundsDistance))
        {
            var ratios = sweep.Rows.Select(r => r.Distance / (r.Theory?[bound.Name] ?? double.NaN)).Where(double.IsFinite).Order().ToList();
            if (ratios.Count > 0)
            {
                yield return $"The bound holds in all {Count(ratios.Count, "landscape")} from C₁ = {Number(ratios[^1], 3)} on; the middle ratio of distance and bound is {Number(ratios[ratios.Count / 2], 3)}.";
            }
        }

        foreach (var expected in theory.Constants.Where(c => c.Role == TheoryRole.ExpectedMinima))
        {
            foreach (var group in sweep.Rows.Where(r => r is { Theory: not null, IsCut: false }).GroupBy(r => r.Theory![expected.Name]))
            {
                double[] counts = [.. group.Select(r => (double)r.Minima)];
                var mean = counts.Average();
                // Of one landscape there is no spread.
                var error = counts.Length == 1 ? "" : " ± " + Number(Math.Sqrt(counts.Sum(c => (c - mean) * (c - mean)) / (counts.Length - 1) / counts.Length), 2);
                yield return $"{Number(group.Key, 4)} minima are expected on average over couplings; {Number(mean, 4)}{error} were found in {Count(counts.Length, "landscape")}.";
            }
        }
    }
}
