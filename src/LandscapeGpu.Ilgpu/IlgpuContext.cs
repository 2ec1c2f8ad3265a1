using System.Runtime.InteropServices;
using System.Runtime.Loader;
using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using Device = ILGPU.Runtime.Device;

namespace LandscapeGpu.Ilgpu;

/// <summary>How ILGPU is set up here, and which devices it saw.</summary>
internal sealed class IlgpuContext
{
    private static readonly Lazy<IlgpuContext> Only = new(() => new IlgpuContext());
    private readonly List<(Device Device, string? Unusable)> devices = [];

    private IlgpuContext()
    {
        // Distributions' runtime packages bring libOpenCL.so.1 only, and ILGPU asks for libOpenCL.so.
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
            name == "OpenCL" && NativeLibrary.TryLoad("libOpenCL.so.1", out var library) ? library : IntPtr.Zero;
        Context = Context.Create(builder =>
        {
            Configure(builder).CPU(CPUDevice.Default);
            Failures["cuda"] = Try(() => builder.Cuda(Prepare));
            Failures["opencl"] = Try(() => builder.OpenCL(IsUsable));
        });
        Teach(Context);
        foreach (var device in Context.Devices.Where(d => devices.TrueForAll(known => !ReferenceEquals(known.Device, d))))
        {
            devices.Add((device, null));
        }
    }

    public static IlgpuContext Instance => Only.Value;

    public Context Context { get; }

    public IReadOnlyList<(Device Device, string? Unusable)> Devices => devices;

    /// <summary>What went wrong while a kind of device was looked for.</summary>
    public Dictionary<string, string?> Failures { get; } = [];

    /// <summary>Optimised, everything inlined: state in the fields of a struct becomes registers only once calls are gone.</summary>
    /// <remarks>
    /// Not O2: ILGPU 1.5.3 then writes every branch as bra.uni, a promise that no warp diverges, which restarts do (a test reads the PTX).
    /// </remarks>
    public static Context.Builder Configure(Context.Builder builder) => builder
        .Optimize(OptimizationLevel.O1)
        .Inlining(InliningMode.Aggressive)
        .EnableAlgorithms();

    /// <summary>Teaches a context what ILGPU does not know.</summary>
    public static void Teach(Context context)
    {
        DeviceMath.Register(context);
        DeviceOrdering.Register(context);
        GlobalMemory.Register(context);
    }

    private void Prepare(CudaDeviceOverride settings)
    {
        // Drivers from CUDA 13 on read PTX 8.8, the newest that ILGPU writes, whatever they call their own.
        if (settings.Device.DriverVersion.Major >= 13)
        {
            settings.InstructionSet = new CudaInstructionSet(8, 8);
        }

        if (settings.Device.Architecture is null)
        {
            devices.Add((settings.Device, "ILGPU does not know its architecture"));
        }
        else if (settings.InstructionSet is null)
        {
            devices.Add((settings.Device, $"ILGPU does not know the instructions of driver {settings.Device.DriverVersion}"));
        }
    }

    private bool IsUsable(CLDevice device)
    {
        var reason = device.CLStdVersion < CLBackend.MinimumVersion ? $"it has OpenCL C {Number(device.CLStdVersion)}, and {Number(CLBackend.MinimumVersion)} is needed"
            : !device.Capabilities.GenericAddressSpace ? "it has no generic address space, which ILGPU needs"
            : !device.Capabilities.Float64 ? "it has no double precision, in which starts are drawn and endpoints are polished"
            : null;
        if (reason is not null)
        {
            devices.Add((device, reason));
        }

        return reason is null;
    }

    private static string Number(CLCVersion version) => $"{version.Major}.{version.Minor}";

    private static string? Try(Action find)
    {
        try
        {
            find();
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException or NotSupportedException or ILGPU.Runtime.AcceleratorException)
        {
            return e.Message;
        }
    }
}
