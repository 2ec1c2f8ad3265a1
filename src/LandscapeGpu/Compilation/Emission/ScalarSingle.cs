namespace LandscapeGpu.Compilation;

/// <summary>
/// The primitives on single numbers. This is their definition: every device must agree with it bit for bit wherever
/// <see cref="IPrimitives{V}"/> specifies a result.
/// </summary>
/// <remarks>A mask is a word of all ones or all zeros, as in a lane.</remarks>
internal readonly struct ScalarSingle : IPrimitives<float>
{
    private const int ExponentShift = 23;
    private const int Bias = 127;
    private const int SignificandMask = (1 << ExponentShift) - 1;

    public bool IsDouble => false;

    public float Constant(double value) => (float)value;

    public float Add(float a, float b) => a + b;

    public float Subtract(float a, float b) => a - b;

    public float Multiply(float a, float b) => a * b;

    public float Divide(float a, float b) => a / b;

    public float FusedMultiplyAdd(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);

    public float Negate(float a) => -a;

    public float Abs(float a) => MathF.Abs(a);

    public float Sqrt(float a) => MathF.Sqrt(a);

    // Written with a comparison, as vector hardware has it: the second where either is NaN.
    public float Min(float a, float b) => a < b ? a : b;

    public float Max(float a, float b) => a > b ? a : b;

    public float Round(float a) => MathF.Round(a);

    public float CopySign(float magnitude, float sign) => MathF.CopySign(magnitude, sign);

    public float Less(float a, float b) => Mask(a < b);

    public float LessOrEqual(float a, float b) => Mask(a <= b);

    // The exact comparison is the operation itself.
    public float Equal(float a, float b) => Mask(a == b);

    public float Select(float mask, float then, float otherwise) =>
        BitConverter.SingleToInt32Bits(mask) != 0 ? then : otherwise;

    public float ScaleByPowerOfTwo(float x, float n) =>
        BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(x) + ((int)n << ExponentShift));

    public float Exponent(float x) => (BitConverter.SingleToInt32Bits(x) >> ExponentShift) - Bias;

    public float Significand(float x) =>
        BitConverter.Int32BitsToSingle((BitConverter.SingleToInt32Bits(x) & SignificandMask) | (Bias << ExponentShift));

    private static float Mask(bool holds) => BitConverter.Int32BitsToSingle(holds ? -1 : 0);
}
