using System.Reflection;

namespace LandscapeGpu.Devices;

/// <summary>A device that was found, or the reason why there is none of its kind.</summary>
/// <param name="Kind">cuda, opencl or ilgpu-cpu.</param>
/// <param name="Name">What its maker calls it; empty where there is none.</param>
public sealed record FoundDevice(string Kind, string Name)
{
    /// <summary>Its memory in bytes; 0 where the driver does not say.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>How many processors of many threads each; 0 where the driver does not say.</summary>
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
    /// <summary>Whether a driver of any GPU lies on this machine: a cheaper question than which devices there are.</summary>
    public virtual bool HasDrivers => true;

    /// <summary>All devices, usable or not.</summary>
    public abstract IReadOnlyList<FoundDevice> Find();
}

/// <summary>Devices that another assembly brings, if it lies beside this one: the engine itself depends on no GPU library.</summary>
internal static class FoundDevices
{
    private const string Source = "LandscapeGpu.Ilgpu";

    /// <summary>All of them, or why there are none.</summary>
    public static IReadOnlyList<FoundDevice> Load() => Load(Source);

    /// <summary>Whether there may be a GPU among them.</summary>
    public static bool MayHaveGpus()
    {
        try
        {
            return SourceOf(Source) is { HasDrivers: true };
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    /// <param name="assembly">The assembly that brings them.</param>
    internal static IReadOnlyList<FoundDevice> Load(string assembly)
    {
        try
        {
            return SourceOf(assembly) is { } source
                ? source.Find()
                : Absent($"{Source} was built without the package ILGPU 1.5.3, which its package feed did not have; build again with a feed that has it, or use --device lanes");
        }
        catch (FileNotFoundException missing)
        {
            // Either the assembly that brings devices, or what it needs.
            var name = new AssemblyName(missing.FileName is { Length: > 0 } file ? file : assembly).Name;
            return Absent($"the assembly {name} does not lie beside this program; {(name == "ILGPU" ? "add a reference to the package ILGPU 1.5.3" : $"add a reference to {Source}")}, or use --device lanes");
        }
    }

    private static DeviceSource? SourceOf(string assembly) => Assembly.Load(assembly).GetType($"{assembly}.IlgpuSource") is { } source ? (DeviceSource)Activator.CreateInstance(source)! : null;

    private static IReadOnlyList<FoundDevice> Absent(string reason) => [.. new[] { "cuda", "opencl", "ilgpu-cpu" }.Select(kind => new FoundDevice(kind, "") { Unusable = reason })];
}
