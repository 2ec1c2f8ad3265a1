using LandscapeGpu.Kernels;

namespace LandscapeGpu.Devices.Kernels;

/// <summary>The memory of one batch, planned before anything is launched.</summary>
internal sealed record KernelBuffers
{
    // What is left to the driver, the code and fragmentation.
    private const double Share = 0.8;

    public required bool IsDouble { get; init; }

    public required int Threads { get; init; }

    /// <summary>How many restarts the batch has room for.</summary>
    public required int Restarts { get; init; }

    public required int Dimension { get; init; }

    public required int StateElements { get; init; }

    public required double[] Numbers { get; init; }

    public required int[] Integers { get; init; }

    /// <summary>Plans batches that fit.</summary>
    /// <param name="plan">The kernel.</param>
    /// <param name="numbers">The numbers it reads.</param>
    /// <param name="starts">Where restarts begin.</param>
    /// <param name="restarts">How many are wanted.</param>
    /// <param name="limits">What the device has.</param>
    /// <exception cref="ArgumentException">Not even one restart fits.</exception>
    public static KernelBuffers Plan(KernelPlan plan, double[] numbers, StartNumbers starts, int restarts, KernelLimits limits)
    {
        var integers = plan.Integers();
        var dimension = starts.Dimension;
        var budget = Share * limits.Bytes;
        var common = ((double)numbers.Length * plan.ElementBytes) + (4.0 * integers.Length) + (8.0 * starts.Common.Length);
        var thread = ((double)plan.Layout.StateElements * plan.ElementBytes) + 4;
        var restart = ((double)dimension * plan.ElementBytes) + 8 + (starts.Kind == StartKind.Given ? 8.0 * dimension : 0);
        if (common + thread + restart > budget)
        {
            throw new ArgumentException(
                $"One restart needs {Megabytes(common + thread + restart)} of memory ({Megabytes(common)} of it data) and {limits.Name} has {Megabytes(budget)} to give; "
                + "use single precision, less data, or --device lanes.");
        }

        // Indices are 32-bit numbers; half of what is left goes to states, and endpoints take what states do not need.
        var threads = (int)Math.Min(Math.Min(limits.Threads, restarts), Math.Min(Math.Max(1, (budget - common - restart) / 2 / thread), int.MaxValue / plan.Layout.StateElements));
        var batch = (int)Math.Min(restarts, Math.Min((budget - common - (threads * thread)) / restart, int.MaxValue / dimension));
        return new()
        {
            IsDouble = plan.Program.IsDouble,
            Threads = Math.Max(1, Math.Min(threads, batch)),
            Restarts = Math.Max(1, batch),
            Dimension = dimension,
            StateElements = plan.Layout.StateElements,
            Numbers = numbers,
            Integers = integers,
        };
    }

    private static string Megabytes(double bytes) => FormattableString.Invariant($"{bytes / 1048576:F1} MiB");
}

/// <summary>What a device has room for.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Threads">More threads than this do not run at once.</param>
/// <param name="Bytes">Its memory.</param>
internal sealed record KernelLimits(string Name, int Threads, double Bytes);
