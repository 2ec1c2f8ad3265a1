namespace LandscapeGpu.Evidence;

/// <summary>Descents ran, and none came to a minimum, so that there is nothing to compare or to test.</summary>
public sealed class NothingFoundException : InvalidOperationException
{
    /// <summary>Nothing was found that could be judged; nothing more is known.</summary>
    public NothingFoundException()
    {
    }

    /// <summary>Nothing was found that could be judged, with what happened in words.</summary>
    public NothingFoundException(string message)
        : base(message)
    {
    }

    /// <summary>Nothing was found that could be judged, with what happened in words and what caused it.</summary>
    public NothingFoundException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
