using System.Numerics;
using System.Runtime.CompilerServices;
using LandscapeGpu.Compilation;

namespace LandscapeGpu.Tests.Compilation.Elementary;

/// <summary>The primitives on single numbers: what every device must agree with bit for bit wherever <see cref="IPrimitives{V}"/> specifies a result.</summary>
/// <remarks>A mask is a word of all ones or all zeros, as in a lane.</remarks>
internal readonly struct ScalarPrimitives<T> : IPrimitives<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static int ExponentShift => Unsafe.SizeOf<T>() == sizeof(double) ? 52 : 23;

    private static int Bias => Unsafe.SizeOf<T>() == sizeof(double) ? 1023 : 127;

    public bool IsDouble => Unsafe.SizeOf<T>() == sizeof(double);

    public T Constant(double value) => T.CreateChecked(value);

    public T Add(T a, T b) => a + b;

    public T Subtract(T a, T b) => a - b;

    public T Multiply(T a, T b) => a * b;

    public T Divide(T a, T b) => a / b;

    public T FusedMultiplyAdd(T a, T b, T c) => T.FusedMultiplyAdd(a, b, c);

    public T Negate(T a) => -a;

    public T Abs(T a) => T.Abs(a);

    public T Sqrt(T a) => T.Sqrt(a);

    // Written with a comparison, as vector hardware has it: the second where either is NaN.
    public T Min(T a, T b) => a < b ? a : b;

    public T Round(T a) => T.Round(a);

    public T CopySign(T magnitude, T sign) => T.CopySign(magnitude, sign);

    public T Less(T a, T b) => Mask(a < b);

    public T LessOrEqual(T a, T b) => Mask(a <= b);

    public T Equal(T a, T b) => Mask(a == b);

    public T Select(T mask, T then, T otherwise) => Bits(mask) != 0 ? then : otherwise;

    public T ScaleByPowerOfTwo(T x, T n) => Of(Bits(x) + (long.CreateTruncating(n) << ExponentShift));

    public T Exponent(T x) => T.CreateChecked((Bits(x) >> ExponentShift) - Bias);

    private static T Mask(bool holds) => Of(holds ? -1 : 0);

    private static long Bits(T x) => Unsafe.SizeOf<T>() == sizeof(double) ? Unsafe.BitCast<T, long>(x) : Unsafe.BitCast<T, int>(x);

    private static T Of(long bits) => Unsafe.SizeOf<T>() == sizeof(double) ? Unsafe.BitCast<long, T>(bits) : Unsafe.BitCast<int, T>((int)bits);
}
