namespace LandscapeGpu.Evidence;

/// <summary>What a verification found about one subject.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Sampling">How it was looked at.</param>
/// <param name="Sentences">What was found.</param>
internal sealed record Finding(string Subject, string Sampling, IReadOnlyList<string> Sentences);
