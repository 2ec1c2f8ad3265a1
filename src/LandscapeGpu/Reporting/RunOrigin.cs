using System.Security.Cryptography;

namespace LandscapeGpu.Reporting;

/// <summary>Where a result comes from: what only the caller knows, and a record must say.</summary>
public sealed record RunOrigin
{
    /// <summary>What was asked for, such as explore.</summary>
    public string Command { get; init; } = "";

    /// <summary>The words it was asked with; empty where a program asked.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>When.</summary>
    public DateTimeOffset Time { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>The formula as it was written; null where there is none.</summary>
    public string? Formula { get; init; }

    /// <summary>The path of the script; null where there is none.</summary>
    public string? Script { get; init; }

    /// <summary>The settings of the family, by name.</summary>
    public IReadOnlyDictionary<string, double> Settings { get; init; } = new Dictionary<string, double>();

    /// <summary>The files it was made from, scripts and data, with their SHA-256 in hexadecimal digits.</summary>
    public IReadOnlyList<(string Path, string Sha256)> Files { get; init; } = [];

    /// <summary>A file with its hash.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static (string Path, string Sha256) Hashed(string path)
    {
        using var stream = File.OpenRead(path);
        return (path, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}
