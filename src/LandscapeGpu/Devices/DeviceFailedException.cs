namespace LandscapeGpu.Devices;

/// <summary>A device failed while it was at work: lost, out of memory, or unable to compile a kernel.</summary>
public class DeviceFailedException : Exception
{
    /// <summary>A device failed; nothing more is known.</summary>
    public DeviceFailedException()
    {
    }

    /// <summary>A device failed, with what happened in words.</summary>
    public DeviceFailedException(string message)
        : base(message)
    {
    }

    /// <summary>A device failed, with what happened in words and what caused it.</summary>
    public DeviceFailedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>A device failed while items were at work; the results that had been fetched are kept.</summary>
/// <typeparam name="TRows">A result for each item.</typeparam>
internal sealed class WorkFailedException<TRows>(string message, TRows rows, Exception inner) : DeviceFailedException(message, inner)
{
    public TRows Rows { get; } = rows;
}
