namespace LandscapeGpu.Compilation;

/// <summary>
/// The operations every device has, over a value of type <typeparamref name="V"/>: a number, a vector of lanes, or a
/// node of a program that is still being written. Elementary functions are composed of these once and so are the same
/// on every device.
/// </summary>
/// <remarks>All operations round once, to nearest even, as IEEE 754 prescribes.</remarks>
internal interface IPrimitives<V>
{
    /// <summary>True where values are double precision, false where they are single.</summary>
    bool IsDouble { get; }

    /// <summary>A constant, rounded to the precision in use.</summary>
    V Constant(double value);

    V Add(V a, V b);

    V Subtract(V a, V b);

    V Multiply(V a, V b);

    V Divide(V a, V b);

    /// <summary>a·b + c with one rounding.</summary>
    V FusedMultiplyAdd(V a, V b, V c);

    V Negate(V a);

    V Abs(V a);

    V Sqrt(V a);

    /// <summary>The smaller of two numbers; NaN where the second is, unspecified where only the first is, or where they are zeros of different sign.</summary>
    V Min(V a, V b);

    /// <summary>The nearest integer, halves to even.</summary>
    V Round(V a);

    /// <summary>The magnitude of <paramref name="magnitude"/> with the sign bit of <paramref name="sign"/>.</summary>
    V CopySign(V magnitude, V sign);

    /// <summary>A mask: a &lt; b, false where either is NaN.</summary>
    V Less(V a, V b);

    /// <summary>A mask: a ≤ b, false where either is NaN.</summary>
    V LessOrEqual(V a, V b);

    /// <summary>A mask: a = b, false where either is NaN (so Equal(a, a) tests for a number).</summary>
    V Equal(V a, V b);

    /// <summary><paramref name="then"/> where the mask holds, else <paramref name="otherwise"/>.</summary>
    V Select(V mask, V then, V otherwise);

    /// <summary>
    /// x·2ⁿ by adding n to the exponent field of x, where n is an integer, x and the result are normal numbers. For any other
    /// input, NaN and numbers no integer holds included, the result is unspecified, but the operation must not trap: functions
    /// evaluate it on arguments whose result they then discard.
    /// </summary>
    V ScaleByPowerOfTwo(V x, V n);

    /// <summary>
    /// ⌊log₂ x⌋ of a positive normal number, as a number; of +∞, 128 (single) or 1024 (double), one past the largest; unspecified
    /// elsewhere.
    /// </summary>
    V Exponent(V x);
}
