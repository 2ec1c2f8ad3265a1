using System.Reflection;
using System.Reflection.Emit;

namespace LandscapeGpu.Tests.Devices;

/// <summary>What ILGPU compiles: arithmetic on numbers and structs, branches, calls it can see through, and the few of .NET's own functions it maps.</summary>
internal static class IlSubset
{
    private static readonly HashSet<string> Exact =
    [
        "nop", "dup", "pop", "ret", "call", "newobj", "initobj", "ldobj", "stobj", "ldfld", "ldflda", "stfld", "switch",
        "add", "sub", "mul", "div", "div.un", "rem", "rem.un", "and", "or", "xor", "shl", "shr", "shr.un", "neg", "not", "constrained.",
        "ceq", "cgt", "cgt.un", "clt", "clt.un",
    ];

    private static readonly HashSet<string> Comparisons = ["ceq", "cgt", "cgt.un", "clt", "clt.un"];

    // conv.ovf.… checks for overflow, which would have to throw.
    private static readonly string[] Families = ["ldarg", "starg", "ldloc", "stloc", "ldc.", "conv.", "br", "beq", "bne", "bge", "bgt", "ble", "blt"];

    private static readonly HashSet<(Type, string)> Functions =
    [
        .. new[] { typeof(Math), typeof(MathF) }.SelectMany(t => new[] { "FusedMultiplyAdd", "Sqrt", "Abs", "Min", "Max", "Round", "CopySign" }.Select(name => (t, name))),
        .. new[] { "Less", "LessOrEqual", "Lesser", "Greater" }.Select(name => (typeof(Ordering), name)),
        (typeof(BitConverter), "DoubleToInt64Bits"), (typeof(BitConverter), "Int64BitsToDouble"),
        (typeof(BitConverter), "SingleToInt32Bits"), (typeof(BitConverter), "Int32BitsToSingle"),
    ];

    /// <summary>Four numbers that were loaded together.</summary>
    private static bool IsOfFour(MethodBase method) => method.DeclaringType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Four<>);

    /// <summary>What a method does that ILGPU would refuse.</summary>
    /// <param name="method">The method.</param>
    /// <param name="isOwn">Whether a called method's body is checked as well, or is the device's own.</param>
    public static IEnumerable<string> Violations(MethodBase method, Func<MethodBase, bool> isOwn)
    {
        var name = $"{method.DeclaringType!.Name}.{method.Name}";
        if (method.GetMethodBody()!.ExceptionHandlingClauses.Count > 0)
        {
            yield return $"{name} handles exceptions";
        }

        foreach (var local in method.GetMethodBody()!.LocalVariables.Where(l => !l.LocalType.IsValueType && !l.LocalType.IsByRef && !l.LocalType.IsGenericParameter))
        {
            yield return $"{name} holds a {local.LocalType}";
        }

        var constrained = false;
        var previous = OpCodes.Nop;
        foreach (var (code, member) in IlReader.Read(method))
        {
            var known = Exact.Contains(code.Name!)
                || (code.Name == "callvirt" && constrained)
                || (Families.Any(f => code.Name!.StartsWith(f, StringComparison.Ordinal)) && !code.Name!.StartsWith("conv.ovf", StringComparison.Ordinal) && code.Name != "break");
            if (!known)
            {
                yield return $"{name} uses {code.Name} {member}";
            }

            if (member is MethodBase called && !isOwn(called) && !IsOfFour(called) && !Functions.Contains((called.DeclaringType!, called.Name)))
            {
                yield return $"{name} calls {called.DeclaringType}.{called.Name}";
            }

            if (code == OpCodes.Newobj && !member!.DeclaringType!.IsValueType)
            {
                yield return $"{name} makes a {member.DeclaringType}";
            }

            // ILGPU 1.5.3 makes the bits of the integer 1 of it: 5e-324. Write … ? 1.0 : 0.0.
            if (code.Name!.StartsWith("conv.r", StringComparison.Ordinal) && Comparisons.Contains(previous.Name!))
            {
                yield return $"{name} makes a floating-point number of a comparison";
            }

            constrained = code == OpCodes.Constrained;
            previous = code;
        }
    }
}
