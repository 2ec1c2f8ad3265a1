using System.Runtime.CompilerServices;

namespace LandscapeGpu.Starts;

/// <summary>The direction numbers of the Sobol sequence, for <see cref="Dimensions"/> coordinates and 2⁵² points.</summary>
/// <remarks>
/// <para>
/// Coordinate 0 is van der Corput's. Each other coordinate has a primitive polynomial xˢ + a₁xˢ⁻¹ + … + aₛ₋₁x + 1 over
/// GF(2), by degree and then by value, and odd initial numbers mₖ &lt; 2ᵏ for k ≤ s; from there on
/// mₖ = 2a₁mₖ₋₁ ⊕ 2²a₂mₖ₋₂ ⊕ … ⊕ 2ˢ⁻¹aₛ₋₁mₖ₋ₛ₊₁ ⊕ 2ˢmₖ₋ₛ ⊕ mₖ₋ₛ, and vₖ = mₖ/2ᵏ.
/// P. Bratley, B. L. Fox: Algorithm 659 (ACM Transactions on Mathematical Software 14, 1988).
/// </para>
/// <para>
/// The initial numbers of coordinates 1 to 52 were chosen for this library, one coordinate after the other, in the spirit of
/// S. Joe, F. Y. Kuo: Constructing Sobol sequences with better two-dimensional projections (SIAM Journal on Scientific
/// Computing 30, 2008): of all initial numbers (degree ≤ 5) or of 20,000 random ones, those with the smallest sum of
/// t² + t³/4 over the first 2ᵐ points, 3 ≤ m ≤ 18, of the projections onto the coordinate and each one before it, t being
/// the quality parameter of the projection as a (t, m, 2)-net. Beyond them the initial numbers are fixed random odd ones.
/// </para>
/// </remarks>
internal static class SobolDirections
{
    /// <summary>One, and the number of primitive polynomials of degree 1 to 13.</summary>
    public const int Dimensions = 1111;

    /// <summary>Binary digits of a coordinate, and of the number of a point.</summary>
    public const int Digits = 52;

    private const int LargestDegree = 13;

    // Any key will do; another one changes every point in more than 53 dimensions.
    private const ulong InitialNumbersKey = 0x536F626F6C;

    // Degree by degree, s numbers for each of its polynomials.
    private static ReadOnlySpan<byte> ChosenInitialNumbers =>
    [
        // Degree 1.
        1,
        // Degree 2.
        1, 1,
        // Degree 3.
        1, 3, 1,  1, 1, 5,
        // Degree 4.
        1, 3, 7, 15,  1, 1, 1, 15,
        // Degree 5.
        1, 3, 3, 9, 17,  1, 3, 3, 1, 5,  1, 3, 7, 5, 21,  1, 3, 7, 15, 31,  1, 1, 7, 15, 25,  1, 3, 5, 15, 11,
        // Degree 6.
        1, 3, 5, 5, 5, 59,  1, 3, 1, 9, 7, 25,  1, 3, 5, 3, 27, 45,  1, 1, 1, 3, 21, 25,  1, 3, 1, 5, 19, 49,
        1, 3, 1, 3, 1, 1,
        // Degree 7.
        1, 1, 7, 7, 27, 43, 55,  1, 1, 7, 7, 1, 1, 3,  1, 3, 3, 9, 7, 37, 35,  1, 1, 5, 15, 1, 7, 43,
        1, 1, 1, 15, 9, 49, 81,  1, 1, 1, 5, 17, 63, 49,  1, 3, 5, 15, 23, 47, 71,  1, 3, 7, 5, 5, 35, 97,
        1, 3, 5, 7, 25, 25, 107,  1, 3, 1, 15, 31, 45, 123,  1, 1, 1, 11, 3, 61, 47,  1, 1, 5, 5, 29, 3, 21,
        1, 3, 3, 1, 7, 61, 21,  1, 3, 5, 3, 31, 29, 85,  1, 1, 1, 9, 27, 55, 123,  1, 1, 5, 7, 19, 23, 91,
        1, 3, 7, 7, 17, 27, 1,  1, 1, 7, 1, 13, 15, 93,
        // Degree 8.
        1, 1, 5, 3, 15, 61, 73, 53,  1, 3, 7, 9, 13, 45, 11, 207,  1, 1, 3, 11, 11, 55, 83, 157,
        1, 1, 7, 9, 7, 21, 23, 63,  1, 1, 5, 15, 17, 21, 61, 99,  1, 3, 1, 1, 15, 35, 63, 59,
        1, 3, 7, 3, 7, 43, 85, 255,  1, 1, 7, 9, 17, 31, 107, 155,  1, 3, 5, 1, 5, 15, 111, 87,
        1, 1, 3, 5, 15, 17, 49, 71,  1, 1, 1, 13, 13, 9, 115, 99,  1, 1, 1, 3, 5, 5, 83, 251,
        1, 3, 7, 11, 15, 59, 123, 37,  1, 1, 3, 7, 15, 55, 121, 11,  1, 3, 5, 11, 23, 45, 35, 145,
        1, 1, 1, 5, 25, 1, 5, 121,
    ];

    private static readonly ulong[] Table = MakeTable();

    /// <summary>The <see cref="Digits"/> direction numbers of a coordinate, each with its leading digit in bit 0.</summary>
    public static ReadOnlySpan<ulong> Of(int coordinate) => Table.AsSpan(coordinate * Digits, Digits);

    /// <summary>Primitive polynomials over GF(2), by degree and then by value; bit i is the coefficient of xⁱ.</summary>
    internal static IEnumerable<(int Degree, uint Polynomial)> PrimitivePolynomials()
    {
        for (var degree = 1; degree <= LargestDegree; degree++)
        {
            for (var polynomial = (1u << degree) + 1; polynomial < 2u << degree; polynomial += 2)
            {
                if (IsPrimitive(polynomial, degree))
                {
                    yield return (degree, polynomial);
                }
            }
        }
    }

    // Primitive: the powers of x run through all 2ˢ − 1 nonzero residues before they come back to 1.
    // Optimised from its first call: some 25 million short steps, once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsPrimitive(uint polynomial, int degree)
    {
        var power = 1u;
        var order = 0;
        do
        {
            power <<= 1;
            // Without a branch, which would be mispredicted every other time.
            power ^= polynomial & unchecked(0 - (power >> degree));
            order++;
        }
        while (power > 1);

        return order == (1 << degree) - 1;
    }

    private static ulong[] MakeTable()
    {
        var table = new ulong[Dimensions * Digits];
        Span<ulong> m = stackalloc ulong[Digits];
        m.Fill(1);
        Store(m, table);
        var (coordinate, chosen) = (1, 0);
        foreach (var (degree, polynomial) in PrimitivePolynomials())
        {
            for (var k = 0; k < degree; k++)
            {
                m[k] = chosen < ChosenInitialNumbers.Length ? ChosenInitialNumbers[chosen++] : RandomInitialNumber(coordinate, k);
            }

            Continue(m, degree, polynomial);
            Store(m, table.AsSpan(coordinate++ * Digits));
        }

        return table;
    }

    // m₁, …, mₛ are at 0, …, s − 1.
    private static void Continue(Span<ulong> m, int degree, uint polynomial)
    {
        for (var k = degree; k < Digits; k++)
        {
            m[k] = m[k - degree] ^ (m[k - degree] << degree);
            for (var i = 1; i < degree; i++)
            {
                if (((polynomial >> (degree - i)) & 1) != 0)
                {
                    m[k] ^= m[k - i] << i;
                }
            }
        }
    }

    // Odd, with k + 1 bits.
    private static ulong RandomInitialNumber(int coordinate, int k) =>
        (Philox.Generate((ulong)coordinate, (ulong)k, InitialNumbersKey).Low & ((1UL << (k + 1)) - 1)) | 1;

    // mₖ/2ᵏ has its leading digit in bit k − 1; here k counts from 0.
    private static void Store(ReadOnlySpan<ulong> m, Span<ulong> directions)
    {
        for (var k = 0; k < Digits; k++)
        {
            directions[k] = BitOrder.Reverse(m[k] << (63 - k));
        }
    }
}
