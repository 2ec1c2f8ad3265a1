using System.Reflection;
using LandscapeGpu.Devices.Kernels;

namespace LandscapeGpu.Devices;

/// <summary>A device that was found, or the reason why there is none of its kind.</summary>
/// <param name="Kind">cuda, opencl or ilgpu-cpu.</param>
/// <param name="Name">What its maker calls it; empty where there is none.</param>
public sealed record FoundDevice(string Kind, string Name)
{
    public long MemoryBytes { get; init; }

    public int Multiprocessors { get; init; }

    /// <summary>Whether it is a GPU: OpenCL drivers that compute on the processor are none, and lanes are faster there.</summary>
    public bool IsGpu { get; init; }

    /// <summary>About how many floating-point operations a second, in single and double precision; null where nobody can tell.</summary>
    public (double Single, double Double)? Flops { get; init; }

    /// <summary>About how many bytes a second its memory moves; null where nobody can tell.</summary>
    public double? BytesPerSecond { get; init; }

    /// <summary>Why it cannot be used; null where it can.</summary>
    public string? Unusable { get; init; }

    internal Func<Device>? Open { get; init; }
}

/// <summary>Where devices come from that the engine itself does not know.</summary>
public abstract class DeviceSource
{
    /// <summary>All devices, usable or not.</summary>
    public abstract IReadOnlyList<FoundDevice> Find();
}

/// <summary>What there is to compute with, and the choice among it.</summary>
public static class DeviceCatalogue
{
    /// <summary>The variable that names a device where none is asked for.</summary>
    public const string Variable = "LANDSCAPE_DEVICE";

    private const string Absent = "this build has no GPU support: the package ILGPU 1.5.3 was not in the package feed; build again with a feed that has it, or use --device lanes";

    private static readonly Lazy<IReadOnlyList<FoundDevice>> Devices = new(Load);

    /// <summary>The kinds a device can be chosen by, beside its name.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["auto", "lanes", "reference", "cuda", "opencl", "ilgpu-cpu"];

    /// <summary>The devices beside the processor itself; looked for once.</summary>
    public static IReadOnlyList<FoundDevice> Found => Devices.Value;

    /// <summary>The device of a kind or a name.</summary>
    /// <param name="choice">One of <see cref="Kinds"/> or a part of a device's name; null for what <see cref="Variable"/> says, else auto.</param>
    /// <param name="threads">Threads of the processor, where it computes; null for all.</param>
    /// <param name="vectorBits">The width of its vectors; null for the widest.</param>
    /// <exception cref="ArgumentException">There is no such device here; the message says why.</exception>
    public static Device Choose(string? choice = null, int? threads = null, int? vectorBits = null)
    {
        choice ??= Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set ? set : "auto";
        return choice switch
        {
            "auto" => AnyGpu() ?? new LaneDevice(threads, vectorBits),
            "lanes" => new LaneDevice(threads, vectorBits),
            "reference" => new ReferenceDevice(threads),
            _ => Named(choice),
        };
    }

    /// <summary>The GPUs that auto tries, in this order.</summary>
    public static IEnumerable<FoundDevice> Gpus(IEnumerable<FoundDevice> found) => found.Where(f => f is { IsGpu: true, Unusable: null });

    /// <summary>The first GPU that opens.</summary>
    private static Device? AnyGpu()
    {
        foreach (var gpu in Gpus(Found))
        {
            try
            {
                return gpu.Open!();
            }
            catch (DeviceFailedException)
            {
                // Nobody asked for this one: the next, or lanes, will do.
            }
        }

        return null;
    }

    private static Device Named(string choice)
    {
        var candidates = Found.Where(f => f.Kind == choice).ToList();
        if (candidates.Count == 0)
        {
            candidates = [.. Found.Where(f => f.Name.Contains(choice, StringComparison.OrdinalIgnoreCase))];
        }

        if (candidates.Find(f => f.Unusable is null) is { } usable)
        {
            try
            {
                return usable.Open!();
            }
            catch (DeviceFailedException failure)
            {
                throw new ArgumentException($"The device {choice} cannot be used: {failure.Message}.", failure);
            }
        }

        throw new ArgumentException(candidates.Count > 0
            ? $"The device {choice} cannot be used: {candidates[0].Unusable}."
            : $"There is no device {choice}; there are {string.Join(", ", Kinds.Concat(Found.Where(f => f.Unusable is null).Select(f => f.Name)))}.");
    }

    /// <summary>Devices that another assembly brings, if it lies beside this one: the engine itself depends on no GPU library.</summary>
    private static IReadOnlyList<FoundDevice> Load()
    {
        try
        {
            if (Assembly.Load("LandscapeGpu.Ilgpu").GetType("LandscapeGpu.Ilgpu.IlgpuSource") is { } source)
            {
                return ((DeviceSource)Activator.CreateInstance(source)!).Find();
            }
        }
        catch (FileNotFoundException)
        {
            // It was not built or not shipped: said below.
        }

        return [.. new[] { "cuda", "opencl", "ilgpu-cpu" }.Select(kind => new FoundDevice(kind, "") { Unusable = Absent })];
    }
}
