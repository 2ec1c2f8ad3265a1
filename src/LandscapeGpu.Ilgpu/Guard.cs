using ILGPU;
using ILGPU.Runtime;
using LandscapeGpu.Devices;

namespace LandscapeGpu.Ilgpu;

/// <summary>Turns what goes wrong on a device into one kind of exception, which a run survives.</summary>
internal static class Guard
{
    public static void Run(Action work) => Run(() =>
    {
        work();
        return 0;
    });

    public static T Run<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is AcceleratorException or InternalCompilerException or CapabilityNotSupportedException or OutOfMemoryException)
        {
            throw new DeviceFailedException(e.InnerException is { } inner ? $"{e.Message}: {inner.Message}" : e.Message, e);
        }
    }
}
