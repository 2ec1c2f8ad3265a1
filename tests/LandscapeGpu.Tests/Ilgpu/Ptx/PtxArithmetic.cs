using static System.BitConverter;

namespace LandscapeGpu.Tests.Ilgpu.Ptx;

/// <summary>PTX's arithmetic on the bits of registers; 32-bit results have zeros above.</summary>
internal static class PtxArithmetic
{
    /// <summary>An operation of up to three operands, by the parts of its name.</summary>
    /// <exception cref="NotSupportedException">It is not written here.</exception>
    public static Func<ulong, ulong, ulong, ulong> Of(string[] name) => (string.Join('.', name[..^1]), name[^1]) switch
    {
        ("add", "f32") => Single((a, b, _) => a + b),
        ("add", "f64") => Double((a, b, _) => a + b),
        ("sub", "f32") => Single((a, b, _) => a - b),
        ("sub", "f64") => Double((a, b, _) => a - b),
        ("mul", "f32") => Single((a, b, _) => a * b),
        ("mul", "f64") => Double((a, b, _) => a * b),
        ("fma.rn", "f32") => Single(MathF.FusedMultiplyAdd),
        ("fma.rn", "f64") => Double(Math.FusedMultiplyAdd),
        ("div.rn", "f32") => Single((a, b, _) => a / b),
        ("div.rn", "f64") => Double((a, b, _) => a / b),
        ("rcp.rn", "f32") => Single((a, _, _) => 1 / a),
        ("rcp.rn", "f64") => Double((a, _, _) => 1 / a),
        ("sqrt.rn", "f32") => Single((a, _, _) => MathF.Sqrt(a)),
        ("sqrt.rn", "f64") => Double((a, _, _) => Math.Sqrt(a)),
        ("abs", "f32") => Single((a, _, _) => MathF.Abs(a)),
        ("abs", "f64") => Double((a, _, _) => Math.Abs(a)),
        ("neg", "f32") => Single((a, _, _) => -a),
        ("neg", "f64") => Double((a, _, _) => -a),
        // Of a number and no number it is the number.
        ("min", "f32") => Single((a, b, _) => float.MinNumber(a, b)),
        ("min", "f64") => Double((a, b, _) => double.MinNumber(a, b)),
        ("max", "f32") => Single((a, b, _) => float.MaxNumber(a, b)),
        ("max", "f64") => Double((a, b, _) => double.MaxNumber(a, b)),
        ("min.NaN", "f32") => Single((a, b, _) => MathF.Min(a, b)),
        ("max.NaN", "f32") => Single((a, b, _) => MathF.Max(a, b)),
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

    /// <summary>A comparison; those that end in u are true also where an operand is no number.</summary>
    /// <exception cref="NotSupportedException">It is not written here.</exception>
    public static Func<ulong, ulong, bool> Comparison(string relation, string type)
    {
        if (relation == "nan")
        {
            return type == "f64" ? (a, b) => double.IsNaN(ToDouble(a)) || double.IsNaN(ToDouble(b)) : throw new NotSupportedException($"setp.nan.{type} is not written.");
        }

        var isUnordered = type[0] == 'f' && relation.Length == 3;
        Func<int, bool> holds = (isUnordered ? relation[..2] : relation) switch
        {
            "eq" => c => c == 0,
            "ne" => c => c != 0,
            "lt" or "lo" => c => c < 0,
            "le" or "ls" => c => c <= 0,
            "gt" or "hi" => c => c > 0,
            "ge" or "hs" => c => c >= 0,
            _ => throw new NotSupportedException($"setp.{relation} is not written."),
        };
        return type switch
        {
            "f32" => (a, b) => float.IsNaN(ToFloat(a)) || float.IsNaN(ToFloat(b)) ? isUnordered : holds(ToFloat(a).CompareTo(ToFloat(b))),
            "f64" => (a, b) => double.IsNaN(ToDouble(a)) || double.IsNaN(ToDouble(b)) ? isUnordered : holds(ToDouble(a).CompareTo(ToDouble(b))),
            "s32" => (a, b) => holds(((int)a).CompareTo((int)b)),
            "u32" or "b32" => (a, b) => holds(((uint)a).CompareTo((uint)b)),
            "s64" => (a, b) => holds(((long)a).CompareTo((long)b)),
            "u64" or "b64" => (a, b) => holds(a.CompareTo(b)),
            _ => throw new NotSupportedException($"setp.{relation}.{type} is not written."),
        };
    }

    /// <summary>A conversion: from its last type to the one before.</summary>
    /// <exception cref="NotSupportedException">It is not written here.</exception>
    public static Func<ulong, ulong> Conversion(string[] name) => string.Join('.', name[1..]) switch
    {
        "u32.u64" or "s32.s64" or "u32.s64" or "s32.u64" => a => (uint)a,
        "u64.u32" or "s64.u32" => a => (uint)a,
        "s64.s32" or "u64.s32" => a => (ulong)(int)a,
        "rn.f32.s32" => a => Bits((float)(int)a),
        "rn.f64.s32" => a => Bits((double)(int)a),
        "rn.f64.s64" => a => Bits((double)(long)a),
        "rn.f32.f64" => a => Bits((float)ToDouble(a)),
        "f64.f32" => a => Bits((double)ToFloat(a)),
        "rni.f32.f32" => a => Bits(MathF.Round(ToFloat(a))),
        "rni.f64.f64" => a => Bits(Math.Round(ToDouble(a))),
        // Toward zero; beyond the range its nearest end, and 0 of what is no number: as in .NET.
        "rzi.s32.f32" => a => (uint)(int)ToFloat(a),
        "rzi.s32.f64" => a => (uint)(int)ToDouble(a),
        "rzi.s64.f64" => a => (ulong)(long)ToDouble(a),
        var other => throw new NotSupportedException($"cvt.{other} is not written."),
    };

    private static Func<ulong, ulong, ulong, ulong> Single(Func<float, float, float, float> f) => (a, b, c) => Bits(f(ToFloat(a), ToFloat(b), ToFloat(c)));

    private static Func<ulong, ulong, ulong, ulong> Double(Func<double, double, double, double> f) => (a, b, c) => Bits(f(ToDouble(a), ToDouble(b), ToDouble(c)));

    private static float ToFloat(ulong bits) => UInt32BitsToSingle((uint)bits);

    private static double ToDouble(ulong bits) => UInt64BitsToDouble(bits);

    private static ulong Bits(float x) => SingleToUInt32Bits(x);

    private static ulong Bits(double x) => DoubleToUInt64Bits(x);
}
