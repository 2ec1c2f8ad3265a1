using System.Runtime.InteropServices;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using LandscapeGpu.Devices;
using Device = ILGPU.Runtime.Device;

namespace LandscapeGpu.Ilgpu;

/// <summary>The devices that ILGPU reaches.</summary>
internal sealed class IlgpuSource : DeviceSource
{
    // As ILGPU and distributions call them.
    private static readonly string[] Drivers = ["cuda", "libcuda.so.1", "nvcuda", "OpenCL", "libOpenCL.so.1"];

    /// <inheritdoc/>
    public override bool HasDrivers =>
        !(OperatingSystem.IsLinux() || OperatingSystem.IsWindows()) || Array.Exists(Drivers, name => NativeLibrary.TryLoad(name, typeof(IlgpuSource).Assembly, null, out _));

    public override IReadOnlyList<FoundDevice> Find()
    {
        var context = IlgpuContext.Instance;
        var found = context.Devices.OrderBy(d => d.Device.AcceleratorType switch
        {
            AcceleratorType.Cuda => 0,
            AcceleratorType.OpenCL => 1,
            _ => 2,
        }).Select(d => Describe(d.Device, d.Unusable)).ToList();
        foreach (var kind in new[] { "opencl", "cuda" }.Where(kind => found.TrueForAll(f => f.Kind != kind)))
        {
            var reason = context.Failures[kind] ?? "no such device, or no driver for it, was found";
            found.Insert(0, new(kind, "") { Unusable = reason });
        }

        return found;
    }

    private static FoundDevice Describe(Device device, string? unusable)
    {
        var opened = new Lazy<LandscapeGpu.Devices.Device>(() => new IlgpuDevice(device.CreateAccelerator(IlgpuContext.Instance.Context)));
        return new(KindOf(device.AcceleratorType), device.Name)
        {
            // ILGPU's CPU accelerator claims all there is in 63 bits.
            MemoryBytes = Math.Min(device.MemorySize, device.AcceleratorType == AcceleratorType.CPU ? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes : long.MaxValue),
            Multiprocessors = device.NumMultiprocessors,
            IsGpu = device is CudaDevice or CLDevice { DeviceType: not CLDeviceType.CL_DEVICE_TYPE_CPU },
            Flops = device switch
            {
                CudaDevice cuda => Estimate(cuda),
                CLDevice opencl => Estimate(opencl),
                _ => null,
            },
            // Megahertz and bits; both edges of the clock carry data.
            BytesPerSecond = device is CudaDevice { MemoryClockRate: > 0 } memory ? 2e6 * memory.MemoryClockRate * memory.MemoryBusWidth / 8 : null,
            Unusable = unusable,
            Open = () => DeviceFailures.Named(() => opened.Value),
        };
    }

    internal static string KindOf(AcceleratorType type) => type switch
    {
        AcceleratorType.Cuda => "cuda",
        AcceleratorType.OpenCL => "opencl",
        _ => "ilgpu-cpu",
    };

    /// <summary>Arithmetic units of a multiprocessor by generation (CUDA C++ Programming Guide, arithmetic instructions), times two, times the clock.</summary>
    private static (double Single, double Double)? Estimate(CudaDevice device)
    {
        if (device.Architecture is not { } architecture)
        {
            return null;
        }

        var (single, twofold) = (architecture.Major, architecture.Minor) switch
        {
            (6, 0) => (64, 32),
            (7, 0) or (7, 2) or (8, 0) => (64, 32),
            (7, _) => (64, 2),
            (9, 0) or (10, _) => (128, 64),
            (5, _) or (6, _) => (128, 4),
            _ => (128, 2),
        };
        // Megahertz.
        var perUnit = 2e6 * device.ClockRate * device.NumMultiprocessors;
        return (single * perUnit, twofold * perUnit);
    }

    /// <summary>
    /// By the arithmetic units of what each maker's driver calls a compute unit: AMD's compute unit 64, Intel's execution unit 8, NVIDIA's
    /// multiprocessor 128; of others nothing is known. Double precision at a sixteenth, as consumers' GPUs have it: OpenCL does not tell.
    /// </summary>
    private static (double Single, double Double)? Estimate(CLDevice device)
    {
        var units = device.Vendor switch
        {
            CLDeviceVendor.AMD => 64,
            CLDeviceVendor.Intel => 8,
            CLDeviceVendor.Nvidia => 128,
            _ => 0,
        };
        // Megahertz.
        var single = 2e6 * units * device.ClockRate * device.NumMultiprocessors;
        return single > 0 ? (single, device.Capabilities.Float64 ? single / 16 : 0) : null;
    }
}
