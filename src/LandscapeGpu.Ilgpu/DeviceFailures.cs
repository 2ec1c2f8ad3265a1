using LandscapeGpu.Devices;

namespace LandscapeGpu.Ilgpu;

/// <summary>Turns what goes wrong on a device into one kind of exception, which a run survives.</summary>
internal static class DeviceFailures
{
    public static void Named(Action work) => Named(() =>
    {
        work();
        return 0;
    });

    public static T Named<T>(Func<T> work)
    {
        try
        {
            return work();
        }
#pragma warning disable CA1031 // Whatever a driver or a compiler throws: the work is done elsewhere, and a warning says what it was.
        catch (Exception e) when (e is not DeviceFailedException)
#pragma warning restore CA1031
        {
            throw new DeviceFailedException(e.InnerException is { } inner ? $"{e.Message}: {inner.Message}" : e.Message, e);
        }
    }
}
