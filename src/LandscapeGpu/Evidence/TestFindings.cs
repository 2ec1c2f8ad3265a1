using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>What a sweep shows on held-out samples, in sentences.</summary>
internal static class TestFindings
{
    public static IEnumerable<string> Of(Sweep sweep)
    {
        // With kernels, the descent that is followed is what is judged.
        var rows = sweep.Rows.Where(r => r.Kernel is null && double.IsFinite(r.TestLoss)).GroupBy(r => r.Setting).ToList();
        if (rows.Count > 1)
        {
            var (least, most) = (rows.MinBy(Middle)!, rows.MaxBy(Middle)!);
            yield return $"At the lowest point found, the loss on held-out samples is least at {sweep.Setting} = {Number(least.Key)} ({Number(Middle(least), 4)}) and largest at {Number(most.Key)} ({Number(Middle(most), 4)}){(rows.Exists(g => g.Count() > 1) ? ", medians over data sets" : "")}.";
        }

        static double Middle(IEnumerable<SweepRow> rows)
        {
            double[] sorted = [.. rows.Select(r => r.TestLoss).Order()];
            return 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
        }
    }
}
