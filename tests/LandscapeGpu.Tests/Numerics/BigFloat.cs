using System.Numerics;

namespace LandscapeGpu.Tests.Numerics;

/// <summary>
/// A number Significand·2^Exponent of 256 significant bits (77 decimal digits): enough that no error of the reference is
/// visible beside one unit in the last place of a double.
/// </summary>
internal readonly record struct BigFloat(BigInteger Significand, int Exponent)
{
    public const int Precision = 256;

    public static readonly BigFloat Zero = new(BigInteger.Zero, 0);

    public static readonly BigFloat One = 1;

    public int Sign => Significand.Sign;

    public BigFloat Magnitude => new(BigInteger.Abs(Significand), Exponent);

    /// <summary>⌊log₂|x|⌋ of a number that is not zero.</summary>
    public int Order => Exponent + (int)BigInteger.Abs(Significand).GetBitLength() - 1;

    public static implicit operator BigFloat(int value) => new(value, 0);

    public static implicit operator BigFloat(double value)
    {
        if (value == 0)
        {
            return Zero;
        }

        var exponent = Math.ILogB(value) - 52;

        // In two steps: 2^-exponent itself may overflow.
        var significand = Math.ScaleB(Math.ScaleB(value, -(exponent / 2)), -(exponent - exponent / 2));
        return new BigFloat(new BigInteger(significand), exponent);
    }

    public static explicit operator double(BigFloat value)
    {
        var rounded = value.Round(53);
        return Math.ScaleB((double)rounded.Significand, rounded.Exponent);
    }

    public static BigFloat operator -(BigFloat a) => new(-a.Significand, a.Exponent);

    public static BigFloat operator +(BigFloat a, BigFloat b)
    {
        if (a.Sign == 0)
        {
            return b;
        }

        if (b.Sign == 0)
        {
            return a;
        }

        if (a.Exponent < b.Exponent)
        {
            (a, b) = (b, a);
        }

        // Where b is below every kept bit of a, aligning them would only make a huge integer.
        if (a.Exponent - b.Exponent > 4 * Precision)
        {
            return a.Round(Precision);
        }

        return new BigFloat((a.Significand << (a.Exponent - b.Exponent)) + b.Significand, b.Exponent).Round(Precision);
    }

    public static BigFloat operator -(BigFloat a, BigFloat b) => a + -b;

    public static BigFloat operator *(BigFloat a, BigFloat b) =>
        new BigFloat(a.Significand * b.Significand, a.Exponent + b.Exponent).Round(Precision);

    public static BigFloat operator /(BigFloat a, BigFloat b)
    {
        var shift = Precision + (int)BigInteger.Abs(b.Significand).GetBitLength();
        return new BigFloat((a.Significand << shift) / b.Significand, a.Exponent - b.Exponent - shift).Round(Precision);
    }

    public BigFloat Scale(int power) => new(Significand, Exponent + power);

    /// <summary>The nearest integer.</summary>
    public BigInteger ToInteger() =>
        Exponent >= 0 ? Significand << Exponent : (Significand + (BigInteger.One << (-Exponent - 1))) >> -Exponent;

    public BigFloat Sqrt()
    {
        if (Sign == 0)
        {
            return Zero;
        }

        // Newton's iteration doubles the 53 correct bits of the double's root three times.
        var half = Order >> 1;
        var scaled = Scale(-2 * half);
        BigFloat root = Math.Sqrt((double)scaled);
        for (var i = 0; i < 3; i++)
        {
            root = (root + scaled / root).Scale(-1);
        }

        return root.Scale(half);
    }

    private BigFloat Round(int bits)
    {
        var excess = (int)BigInteger.Abs(Significand).GetBitLength() - bits;
        if (excess <= 0)
        {
            return this;
        }

        return new BigFloat((Significand + (BigInteger.One << (excess - 1))) >> excess, Exponent + excess);
    }
}
