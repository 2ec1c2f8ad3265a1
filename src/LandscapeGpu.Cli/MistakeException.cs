namespace LandscapeGpu.Cli;

/// <summary>The user's mistake, in one line: what was given, what is allowed, what to do.</summary>
internal sealed class MistakeException(string message) : Exception(message);
