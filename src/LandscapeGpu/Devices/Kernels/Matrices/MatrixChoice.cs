using LandscapeGpu.Compilation;

namespace LandscapeGpu.Devices.Kernels;

/// <summary>Whether many restarts step together by products of matrices, and why.</summary>
/// <param name="Step">The step; null where a thread carries each restart, or a warp.</param>
/// <param name="Words">Which and why, as a line; null where a formula is far from any products.</param>
internal sealed record MatrixChoice(LockStep? Step, string? Words)
{
    /// <summary>
    /// With fewer coordinates, a restart's weights and what a pass keeps of a sample fit into the 48 KiB that a block shares (12,288 numbers in single precision), and are read
    /// from there; with more each step of a thread passes them all through memory, once for some samples, while a product reads them once for all.
    /// </summary>
    public const int LeastWeights = 10_000;

    // Below so many operations a formula has no large products, and lanes do not look for them either.
    private const double LeastFlops = 1e6;

    /// <summary>Chooses for a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="memory">The type through which the device's kernels reach its memory.</param>
    /// <param name="library">What multiplies there.</param>
    /// <param name="wherever">Whether products are taken wherever they can be: for tests.</param>
    public static MatrixChoice For(StepProgram step, Type memory, ProductLibrary library, bool wherever = false)
    {
        var flops = OperationCount.Flops(step.Program);
        if (!wherever && flops < LeastFlops)
        {
            return new(null, null);
        }

        if (library.Name is null)
        {
            return Not(library.Why);
        }

        if (step.Noise is not null || step.Batch is not null)
        {
            return Not("noise and batches are drawn by threads that carry a restart");
        }

        try
        {
            if (!wherever && step.X.Length < LeastWeights)
            {
                return Not(string.Create(CultureInfo.InvariantCulture, $"{step.X.Length:N0} coordinates are fewer than the {LeastWeights:N0} from which they no longer fit into what a block shares"));
            }

            var made = LockStep.Of(step, memory);
            var (share, calls) = (made.Products.Sum(p => p.Flops) / flops, made.Products.Count());
            return share < 0.5 && !wherever
                ? Not(string.Create(CultureInfo.InvariantCulture, $"products of matrices are {share:P0} of its operations, less than half"))
                : new(made, string.Create(
                    CultureInfo.InvariantCulture,
                    $"by {library.Name}, all restarts of a launch in lock step: {calls} products of matrices for each of them, {Math.Min(1, share):P0} of a step's operations, and {made.Turns[0].Count - calls} kernels; {made.StateElements * (step.Program.IsDouble ? 8.0 : 4.0) / 1048576:F1} MiB a restart"));
        }
        catch (NoMatricesException reason)
        {
            return Not(reason.Message);
        }

        static MatrixChoice Not(string why) => new(null, $"not by products of matrices: {why}");
    }
}
