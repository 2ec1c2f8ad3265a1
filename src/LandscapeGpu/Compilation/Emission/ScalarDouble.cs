namespace LandscapeGpu.Compilation;

/// <summary>
/// The primitives on double numbers. This is their definition: every device must agree with it bit for bit wherever
/// <see cref="IPrimitives{V}"/> specifies a result.
/// </summary>
/// <remarks>A mask is a word of all ones or all zeros, as in a lane.</remarks>
internal readonly struct ScalarDouble : IPrimitives<double>
{
    private const int ExponentShift = 52;
    private const long Bias = 1023;
    private const long SignificandMask = (1L << ExponentShift) - 1;

    public bool IsDouble => true;

    public double Constant(double value) => value;

    public double Add(double a, double b) => a + b;

    public double Subtract(double a, double b) => a - b;

    public double Multiply(double a, double b) => a * b;

    public double Divide(double a, double b) => a / b;

    public double FusedMultiplyAdd(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);

    public double Negate(double a) => -a;

    public double Abs(double a) => Math.Abs(a);

    public double Sqrt(double a) => Math.Sqrt(a);

    // Written with a comparison, as vector hardware has it: the second where either is NaN.
    public double Min(double a, double b) => a < b ? a : b;

    public double Max(double a, double b) => a > b ? a : b;

    public double Round(double a) => Math.Round(a);

    public double CopySign(double magnitude, double sign) => Math.CopySign(magnitude, sign);

    public double Less(double a, double b) => Mask(a < b);

    public double LessOrEqual(double a, double b) => Mask(a <= b);

    // The exact comparison is the operation itself.
    public double Equal(double a, double b) => Mask(a == b);

    public double Select(double mask, double then, double otherwise) =>
        BitConverter.DoubleToInt64Bits(mask) != 0 ? then : otherwise;

    public double ScaleByPowerOfTwo(double x, double n) =>
        BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) + ((long)n << ExponentShift));

    public double Exponent(double x) => (BitConverter.DoubleToInt64Bits(x) >> ExponentShift) - Bias;

    public double Significand(double x) =>
        BitConverter.Int64BitsToDouble((BitConverter.DoubleToInt64Bits(x) & SignificandMask) | (Bias << ExponentShift));

    private static double Mask(bool holds) => BitConverter.Int64BitsToDouble(holds ? -1L : 0L);
}
