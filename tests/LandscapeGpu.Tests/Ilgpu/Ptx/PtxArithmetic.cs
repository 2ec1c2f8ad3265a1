using System.Numerics;
using System.Runtime.CompilerServices;
using static System.BitConverter;

namespace LandscapeGpu.Tests.Ilgpu.Ptx;

/// <summary>PTX's arithmetic on the bits of registers; 32-bit results have zeros above.</summary>
internal static class PtxArithmetic
{
    /// <summary>An operation of up to three operands, by the parts of its name.</summary>
    /// <exception cref="NotSupportedException">It is not written here.</exception>
    public static Func<ulong, ulong, ulong, ulong> Of(string[] name) => (string.Join('.', name[..^1]), name[^1]) switch
    {
        ("add", "f32") => (a, b, _) => Bits(ToFloat(a) + ToFloat(b)),
        ("add", "f64") => (a, b, _) => Bits(ToDouble(a) + ToDouble(b)),
        ("sub", "f32") => (a, b, _) => Bits(ToFloat(a) - ToFloat(b)),
        ("sub", "f64") => (a, b, _) => Bits(ToDouble(a) - ToDouble(b)),
        ("mul", "f32") => (a, b, _) => Bits(ToFloat(a) * ToFloat(b)),
        ("mul", "f64") => (a, b, _) => Bits(ToDouble(a) * ToDouble(b)),
        ("fma.rn", "f32") => (a, b, c) => Bits(MathF.FusedMultiplyAdd(ToFloat(a), ToFloat(b), ToFloat(c))),
        ("fma.rn", "f64") => (a, b, c) => Bits(Math.FusedMultiplyAdd(ToDouble(a), ToDouble(b), ToDouble(c))),
        ("div.rn", "f32") => (a, b, _) => Bits(ToFloat(a) / ToFloat(b)),
        ("div.rn", "f64") => (a, b, _) => Bits(ToDouble(a) / ToDouble(b)),
        ("rcp.rn", "f32") => (a, _, _) => Bits(1 / ToFloat(a)),
        ("rcp.rn", "f64") => (a, _, _) => Bits(1 / ToDouble(a)),
        ("sqrt.rn", "f32") => (a, _, _) => Bits(MathF.Sqrt(ToFloat(a))),
        ("sqrt.rn", "f64") => (a, _, _) => Bits(Math.Sqrt(ToDouble(a))),
        ("abs", "f32") => (a, _, _) => Bits(MathF.Abs(ToFloat(a))),
        ("abs", "f64") => (a, _, _) => Bits(Math.Abs(ToDouble(a))),
        ("neg", "f32") => (a, _, _) => Bits(-ToFloat(a)),
        ("neg", "f64") => (a, _, _) => Bits(-ToDouble(a)),
        // Of a number and no number it is the number.
        ("min", "f32") => (a, b, _) => Bits(float.MinNumber(ToFloat(a), ToFloat(b))),
        ("min", "f64") => (a, b, _) => Bits(double.MinNumber(ToDouble(a), ToDouble(b))),
        ("max", "f32") => (a, b, _) => Bits(float.MaxNumber(ToFloat(a), ToFloat(b))),
        ("max", "f64") => (a, b, _) => Bits(double.MaxNumber(ToDouble(a), ToDouble(b))),
        ("min.NaN", "f32") => (a, b, _) => Bits(MathF.Min(ToFloat(a), ToFloat(b))),
        ("max.NaN", "f32") => (a, b, _) => Bits(MathF.Max(ToFloat(a), ToFloat(b))),
        ("add", "s32" or "u32") => (a, b, _) => (uint)(a + b),
        ("sub", "s32" or "u32") => (a, b, _) => (uint)(a - b),
        ("mul.lo", "s32" or "u32") => (a, b, _) => (uint)(a * b),
        ("mad.lo", "s32" or "u32") => (a, b, c) => (uint)((a * b) + c),
        ("neg", "s32") => (a, _, _) => (uint)-(int)a,
        ("div", "s32") => (a, b, _) => (uint)((int)a / (int)b),
        ("div", "u32") => (a, b, _) => (uint)a / (uint)b,
        ("rem", "s32") => (a, b, _) => (uint)((int)a % (int)b),
        ("add", "s64" or "u64") => (a, b, _) => a + b,
        ("sub", "s64" or "u64") => (a, b, _) => a - b,
        ("mul.lo", "s64" or "u64") => (a, b, _) => a * b,
        ("mad.lo", "s64" or "u64") => (a, b, c) => (a * b) + c,
        ("mul.wide", "u32") => (a, b, _) => (ulong)(uint)a * (uint)b,
        ("mul.wide", "s32") => (a, b, _) => (ulong)((long)(int)a * (int)b),
        ("neg", "s64") => (a, _, _) => (ulong)-(long)a,
        ("div", "u64") => (a, b, _) => a / b,
        ("rem", "u64") => (a, b, _) => a % b,
        ("and", "b32" or "b64" or "pred") => (a, b, _) => a & b,
        ("or", "b32" or "b64" or "pred") => (a, b, _) => a | b,
        ("xor", "b32" or "b64" or "pred") => (a, b, _) => a ^ b,
        ("not", "pred") => (a, _, _) => a ^ 1,
        // Distances beyond the width shift everything out.
        ("shl", "b32") => (a, b, _) => (uint)b > 31 ? 0 : (uint)a << (int)b,
        ("shl", "b64") => (a, b, _) => (uint)b > 63 ? 0 : a << (int)b,
        ("shr", "u32" or "b32") => (a, b, _) => (uint)b > 31 ? 0 : (uint)a >> (int)b,
        ("shr", "u64" or "b64") => (a, b, _) => (uint)b > 63 ? 0 : a >> (int)b,
        ("shr", "s32") => (a, b, _) => (uint)((int)a >> (int)Math.Min((uint)b, 31)),
        ("shr", "s64") => (a, b, _) => (ulong)((long)a >> (int)Math.Min((uint)b, 63)),
        _ => throw new NotSupportedException($"{string.Join('.', name)} is not written."),
    };

    /// <summary>A comparison, as 1 or 0; those that end in u are true also where an operand is no number.</summary>
    /// <exception cref="NotSupportedException">It is not written here.</exception>
    public static Func<ulong, ulong, ulong, ulong> Comparison(string relation, string type) => type switch
    {
        "f32" => Comparison<float>(relation),
        "f64" => Comparison<double>(relation),
        "s32" => Comparison<int>(relation),
        "u32" or "b32" => Comparison<uint>(relation),
        "s64" => Comparison<long>(relation),
        "u64" or "b64" => Comparison<ulong>(relation),
        _ => throw new NotSupportedException($"setp.{relation}.{type} is not written."),
    };

    private static Func<ulong, ulong, ulong, ulong> Comparison<T>(string relation)
        where T : struct, INumber<T>
    {
        return relation switch
        {
            "eq" => (a, b, _) => Bit(Of(a) == Of(b)),
            "ne" => (a, b, _) => Bit(Of(a) < Of(b) || Of(a) > Of(b)),
            "lt" or "lo" => (a, b, _) => Bit(Of(a) < Of(b)),
            "le" or "ls" => (a, b, _) => Bit(Of(a) <= Of(b)),
            "gt" or "hi" => (a, b, _) => Bit(Of(a) > Of(b)),
            "ge" or "hs" => (a, b, _) => Bit(Of(a) >= Of(b)),
            "equ" => (a, b, _) => Bit(!(Of(a) < Of(b) || Of(a) > Of(b))),
            "neu" => (a, b, _) => Bit(Of(a) != Of(b)),
            "ltu" => (a, b, _) => Bit(!(Of(a) >= Of(b))),
            "leu" => (a, b, _) => Bit(!(Of(a) > Of(b))),
            "gtu" => (a, b, _) => Bit(!(Of(a) <= Of(b))),
            "geu" => (a, b, _) => Bit(!(Of(a) < Of(b))),
            "nan" => (a, b, _) => Bit(T.IsNaN(Of(a)) || T.IsNaN(Of(b))),
            _ => throw new NotSupportedException($"setp.{relation} is not written."),
        };

        // The lowest bytes of a register come first.
        static T Of(ulong bits) => Unsafe.As<ulong, T>(ref bits);

        static ulong Bit(bool holds) => holds ? 1UL : 0;
    }

    /// <summary>A conversion: from its last type to the one before.</summary>
    /// <exception cref="NotSupportedException">It is not written here.</exception>
    public static Func<ulong, ulong, ulong, ulong> Conversion(string[] name) => string.Join('.', name[1..]) switch
    {
        "u32.u64" or "s32.s64" or "u32.s64" or "s32.u64" => (a, _, _) => (uint)a,
        "u64.u32" or "s64.u32" => (a, _, _) => (uint)a,
        "s64.s32" or "u64.s32" => (a, _, _) => (ulong)(int)a,
        "rn.f32.s32" => (a, _, _) => Bits((float)(int)a),
        "rn.f64.s32" => (a, _, _) => Bits((double)(int)a),
        "rn.f64.s64" => (a, _, _) => Bits((double)(long)a),
        "rn.f32.f64" => (a, _, _) => Bits((float)ToDouble(a)),
        "f64.f32" => (a, _, _) => Bits((double)ToFloat(a)),
        "rni.f32.f32" => (a, _, _) => Bits(MathF.Round(ToFloat(a))),
        "rni.f64.f64" => (a, _, _) => Bits(Math.Round(ToDouble(a))),
        // Toward zero; beyond the range its nearest end, and 0 of what is no number: as in .NET.
        "rzi.s32.f32" => (a, _, _) => (uint)(int)ToFloat(a),
        "rzi.s32.f64" => (a, _, _) => (uint)(int)ToDouble(a),
        "rzi.s64.f64" => (a, _, _) => (ulong)(long)ToDouble(a),
        var other => throw new NotSupportedException($"cvt.{other} is not written."),
    };

    private static float ToFloat(ulong bits) => UInt32BitsToSingle((uint)bits);

    private static double ToDouble(ulong bits) => UInt64BitsToDouble(bits);

    private static ulong Bits(float x) => SingleToUInt32Bits(x);

    private static ulong Bits(double x) => DoubleToUInt64Bits(x);
}
