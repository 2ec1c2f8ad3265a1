namespace LandscapeGpu.RunFiles;

/// <summary>A run file cannot be used as it is asked to: it is damaged, foreign, newer, of another problem, or in use. The message names the file and says what to do.</summary>
/// <param name="message">What was found.</param>
public sealed class RunFileException(string message) : Exception(message);
