namespace LandscapeGpu.Expressions;

/// <summary>How much memory there is, asked before it is taken: a system that promises more than it has ends the program instead of refusing.</summary>
internal static class MachineMemory
{
    /// <summary>Bytes that this program may use, in its container or on its machine.</summary>
    public static long Bytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <exception cref="ArgumentException">There is not so much.</exception>
    /// <param name="bytes">What would be taken.</param>
    /// <param name="what">What needs it, to begin the sentence with, in the plural.</param>
    /// <param name="advice">What to do, to end it with.</param>
    public static void Require(double bytes, string what, string advice)
    {
        if (bytes > Bytes)
        {
            throw new ArgumentException($"{what} need {Gigabytes(bytes)} of memory, and there are {Gigabytes(Bytes)}; {advice}.");
        }
    }

    /// <summary>A number of elements as one that arrays are counted in.</summary>
    /// <exception cref="ArgumentException">There are too many.</exception>
    public static int Elements(long count, string what) => count <= Array.MaxLength ? (int)count : throw new ArgumentException(string.Create(
        CultureInfo.InvariantCulture, $"{what} are {count:N0} numbers in one table; it holds at most {Array.MaxLength:N0}. Ask for fewer coordinates, samples or restarts at once."));

    private static string Gigabytes(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:G3} GB");
}
