namespace LandscapeGpu.Evidence;

/// <summary>Descents ran, and none came to a minimum, so that there is nothing to compare or to test.</summary>
public sealed class NothingFoundException : InvalidOperationException
{
    public NothingFoundException()
    {
    }

    public NothingFoundException(string message)
        : base(message)
    {
    }

    public NothingFoundException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
