using System.Numerics;

namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>Blocks sorted into classes of equal ones: their permutations, and the signs of zero blocks, are what leaves a point where it is.</summary>
/// <param name="Sizes">How many blocks each class has that is not zero.</param>
/// <param name="Zeros">How many blocks are zero.</param>
/// <param name="HasSigns">Whether blocks that differ by their sign are equal.</param>
internal sealed record BlockClasses(IReadOnlyList<int> Sizes, int Zeros, bool HasSigns)
{
    public static BlockClasses Of(IReadOnlyList<double[]> blocks, bool hasSigns, double tolerance)
    {
        var (kept, sizes, zeros) = (new List<double[]>(), new List<int>(), 0);
        foreach (var block in blocks)
        {
            if (Orthonormal.Dot(block, block) <= tolerance * tolerance)
            {
                zeros++;
                continue;
            }

            var at = kept.FindIndex(k => Distance(k, block, 1) <= tolerance || (hasSigns && Distance(k, block, -1) <= tolerance));
            if (at < 0)
            {
                at = kept.Count;
                kept.Add(block);
                sizes.Add(0);
            }

            sizes[at]++;
        }

        return new(sizes, zeros, hasSigns);
    }

    /// <summary>The orbit under the exchange of all blocks.</summary>
    /// <param name="blocks">How many there are.</param>
    /// <param name="noun">What a block is.</param>
    public Orbit Orbit(int blocks, string noun)
    {
        var signs = HasSigns ? BigInteger.Pow(2, blocks) : 1;
        var fixing = Sizes.Aggregate(BigInteger.One, (product, size) => product * Symmetries.Orbit.Factorial(size)) * Symmetries.Orbit.Factorial(Zeros);
        return new()
        {
            GroupOrder = Symmetries.Orbit.Factorial(blocks) * signs,
            StabiliserOrder = fixing * (HasSigns ? BigInteger.Pow(2, Zeros) : 1),
            Stabiliser = Words(noun),
        };
    }

    /// <summary>Which blocks are equal or zero; empty where none are.</summary>
    public string Words(string noun)
    {
        var equal = Sizes.Where(s => s > 1).GroupBy(s => s).OrderByDescending(g => g.Key)
            .Select(g => $"{(g.Count() > 1 ? $"{g.Count()} times " : "")}{g.Key} equal {noun}s{(HasSigns ? " up to sign" : "")}");
        // One zero block among blocks without signs is a block like any other.
        var zero = Zeros > 1 || (Zeros == 1 && HasSigns) ? [Zeros == 1 ? $"1 zero {noun}" : $"{Zeros} zero {noun}s"] : Array.Empty<string>();
        return string.Join(", ", equal.Concat(zero));
    }

    private static double Distance(double[] a, double[] b, int sign)
    {
        double square = 0;
        for (var i = 0; i < a.Length; i++)
        {
            square += (a[i] - (sign * b[i])) * (a[i] - (sign * b[i]));
        }

        return Math.Sqrt(square);
    }
}
