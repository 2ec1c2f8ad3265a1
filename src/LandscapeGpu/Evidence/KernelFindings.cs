using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>What a sweep shows of the kernel regime, in sentences.</summary>
internal static class KernelFindings
{
    public static IEnumerable<string> Of(Sweep sweep)
    {
        var rows = sweep.Rows.Where(r => r.Kernel is not null).ToList();
        var told = rows.Where(r => double.IsFinite(r.Kernel!.KernelChange)).ToList();
        if (rows.Count == 0)
        {
            yield break;
        }

        if (told.Count > 1)
        {
            var (least, most) = (told.MinBy(r => r.Kernel!.KernelChange)!, told.MaxBy(r => r.Kernel!.KernelChange)!);
            yield return $"Training changes the tangent kernel least at {sweep.Setting} = {Setting(least.Setting)} ({Percent(least.Kernel!.KernelChange)}, {(least.Kernel.KernelChange <= TangentKernel.LazyChange ? "lazy" : "not lazy")}) and most at {Setting(most.Setting)} ({Percent(most.Kernel!.KernelChange)}).";
        }

        if (rows.Where(r => r.Kernel!.HasDiverged).Select(r => Setting(r.Setting)).Distinct().ToList() is { Count: > 0 } diverged)
        {
            yield return $"Descent diverges at {sweep.Setting} = {string.Join(", ", diverged)}, where its step is too large: numbers there say nothing of training.";
        }

        // Where K is singular nothing is promised.
        if (rows.Where(r => r.Kernel is { IsPromiseKept: not null, LeastEigenvalue: > 0 }).ToList() is { Count: > 0 } measured)
        {
            yield return $"PL*: ½‖∇L‖²/L was at least λ_min(K)/n, its promise, at every step looked at in {measured.Count(r => r.Kernel!.IsPromiseKept == true)} of {Count(measured.Count, "landscape")} (looks at the start, after 1, 2, 4, … steps and at the end).";
        }

        if (rows.Where(r => !double.IsFinite(r.Kernel!.Loss)).ToList() is { Count: > 0 } lost)
        {
            yield return $"Descent left the numbers at {sweep.Setting} = {string.Join(", ", lost.Select(r => Setting(r.Setting)).Distinct())}: give a shorter --step.";
        }

        if (rows.Where(r => !double.IsNaN(r.Kernel!.KernelTestLoss)).ToList() is { Count: > 0 } tested)
        {
            bool IsBelow(SweepRow row) => row.Kernel!.TestLoss < row.Kernel.KernelTestLoss;
            string At(Func<SweepRow, bool> isMeant) => $"at {sweep.Setting} = {string.Join(", ", tested.Where(isMeant).Select(r => Setting(r.Setting)).Distinct())}";
            yield return tested.All(IsBelow) ? $"The network's test loss is below that of its kernel at every {sweep.Setting}."
                : tested.Exists(IsBelow) ? $"The network's test loss is below that of its kernel {At(IsBelow)}, and not {At(r => !IsBelow(r))}."
                : $"The network's test loss is below that of its kernel at no {sweep.Setting}.";
        }
    }
}
