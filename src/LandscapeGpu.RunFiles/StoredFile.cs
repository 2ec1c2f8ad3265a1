using System.Security.Cryptography;

namespace LandscapeGpu.RunFiles;

/// <summary>A file that an objective was made from, with its contents where these are not too large.</summary>
/// <param name="Name">The option that named it.</param>
/// <param name="Path">Where it was.</param>
/// <param name="Length">How many bytes it had.</param>
/// <param name="Sha256">The SHA-256 of its contents, in hexadecimal digits.</param>
/// <param name="Contents">The bytes; null where there were more than <see cref="MostBytes"/>.</param>
internal sealed record StoredFile(string Name, string Path, long Length, string Sha256, byte[]? Contents)
{
    /// <summary>Larger files are known by their hash only.</summary>
    public const long MostBytes = 64 << 20;

    public static StoredFile Of(string name, string path)
    {
        var length = new FileInfo(path).Length;
        using var stream = File.OpenRead(path);
        return length <= MostBytes && File.ReadAllBytes(path) is var contents
            ? new(name, path, length, Convert.ToHexStringLower(SHA256.HashData(contents)), contents)
            : new(name, path, length, Convert.ToHexStringLower(SHA256.HashData(stream)), null);
    }
}
