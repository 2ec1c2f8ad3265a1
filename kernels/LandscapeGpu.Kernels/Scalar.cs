namespace LandscapeGpu.Kernels;

/// <summary>One double: the lanes of a thread that has one.</summary>
public readonly struct Scalar(double value) : ILanes<Scalar>
{
    private readonly double value = value;

    public static int Width => 1;

    public static Scalar Zero => new(0);

    public static implicit operator double(Scalar a) => a.value;

    public static implicit operator Scalar(double value) => new(value);

    public static Scalar operator +(Scalar a, Scalar b) => new(a.value + b.value);

    public static Scalar operator -(Scalar a, Scalar b) => new(a.value - b.value);

    public static Scalar operator *(Scalar a, Scalar b) => new(a.value * b.value);

    public static Scalar operator /(Scalar a, Scalar b) => new(a.value / b.value);

    public static Scalar All(double value) => new(value);

    public static Scalar MultiplyAdd(Scalar a, Scalar b, Scalar c) => new(Math.FusedMultiplyAdd(a.value, b.value, c.value));

    public static Scalar Sqrt(Scalar a) => new(Math.Sqrt(a.value));

    public static Scalar Abs(Scalar a) => new(Math.Abs(a.value));

    public static Scalar Min(Scalar a, Scalar b) => new(Math.Min(a.value, b.value));

    public static Scalar Max(Scalar a, Scalar b) => new(Math.Max(a.value, b.value));

    public static Scalar CopySign(Scalar magnitude, Scalar sign) => new(Math.CopySign(magnitude.value, sign.value));

    public static Scalar Greater(Scalar a, Scalar b) => new(a.value > b.value ? 1.0 : 0.0);

    public static Scalar Select(Scalar mask, Scalar set, Scalar notSet) => mask.value != 0 ? set : notSet;

    public static bool Any(Scalar mask) => mask.value != 0;
}
