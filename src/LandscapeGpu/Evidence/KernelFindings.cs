using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>What a sweep shows of the kernel regime, in sentences.</summary>
internal static class KernelFindings
{
    public static IEnumerable<string> Of(Sweep sweep)
    {
        var rows = sweep.Rows.Where(r => r.Kernel is not null).ToList();
        if (rows.Count == 0)
        {
            yield break;
        }

        if (rows.Count > 1)
        {
            var (least, most) = (rows.MinBy(r => r.Kernel!.KernelChange)!, rows.MaxBy(r => r.Kernel!.KernelChange)!);
            yield return $"Training changes the tangent kernel least at {sweep.Setting} = {Number(least.Setting)} ({Percent(least.Kernel!.KernelChange)}, {(least.Kernel.KernelChange <= TangentKernel.LazyChange ? "lazy" : "not lazy")}) and most at {Number(most.Setting)} ({Percent(most.Kernel!.KernelChange)}).";
        }

        if (rows.Where(r => r.Kernel!.HasDiverged).Select(r => Number(r.Setting)).Distinct().ToList() is { Count: > 0 } diverged)
        {
            yield return $"Descent diverges at {sweep.Setting} = {string.Join(", ", diverged)}, where its step is too large: numbers there say nothing of training.";
        }

        if (rows.Where(r => !double.IsNaN(r.Kernel!.PolyakLojasiewicz)).ToList() is { Count: > 0 } measured)
        {
            yield return $"PL*: ½‖∇L‖²/L was at least λ_min(K)/n, its promise, at every step looked at in {measured.Count(r => r.Kernel!.PolyakLojasiewicz >= r.Kernel.LeastEigenvalue * (1 - Stationarity.HalfTheDigits))} of {Count(measured.Count, "landscape")}.";
        }

        if (rows.Where(r => !double.IsNaN(r.Kernel!.KernelTestLoss)).ToList() is { Count: > 0 } tested)
        {
            string At(Func<SweepRow, bool> isMeant) => tested.Where(isMeant).Select(r => Number(r.Setting)).Distinct().ToList() is { Count: > 0 } settings ? $"at {sweep.Setting} = {string.Join(", ", settings)}" : "nowhere";
            yield return $"The network's test loss is below that of its kernel {At(r => r.Kernel!.TestLoss < r.Kernel.KernelTestLoss)}, and not {At(r => r.Kernel!.TestLoss >= r.Kernel.KernelTestLoss)}.";
        }
    }
}
