using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;

namespace LandscapeGpu.Ilgpu;

/// <summary>The exact operations that ILGPU does not map from .NET's own: one machine instruction each.</summary>
/// <remarks>
/// Fused multiply-add would be an unknown function on CUDA; rounding is not mapped at all; and the arguments of CopySign come out
/// swapped, so it is made of bits here. What is compared is in <see cref="DeviceOrdering"/>. On ILGPU's CPU accelerator kernels run as they
/// are and none of this is asked.
/// </remarks>
internal static class DeviceMath
{
    [IntrinsicImplementation]
    public static float FusedMultiplyAdd(float x, float y, float z) => MathF.FusedMultiplyAdd(x, y, z);

    [IntrinsicImplementation]
    public static double FusedMultiplyAdd(double x, double y, double z) => Math.FusedMultiplyAdd(x, y, z);

    [IntrinsicImplementation]
    public static float Round(float x) => MathF.Round(x);

    [IntrinsicImplementation]
    public static double Round(double x) => Math.Round(x);

    public static float CopySign(float x, float y) => BitConverter.Int32BitsToSingle(
        (BitConverter.SingleToInt32Bits(x) & int.MaxValue) | (BitConverter.SingleToInt32Bits(y) & int.MinValue));

    public static double CopySign(double x, double y) => BitConverter.Int64BitsToDouble(
        (BitConverter.DoubleToInt64Bits(x) & long.MaxValue) | (BitConverter.DoubleToInt64Bits(y) & long.MinValue));

    /// <summary>Teaches a context these operations.</summary>
    public static void Register(Context context) => OwnOperations.Register(context, typeof(DeviceMath), own => own.ReturnType == typeof(float) ? typeof(MathF) : typeof(Math));

    private static void EmitFusedMultiplyAdd(PTXBackend backend, PTXCodeGenerator generator, Value value) => Emit(generator, value, "fma.rn", "");

    private static void EmitRound(PTXBackend backend, PTXCodeGenerator generator, Value value) => Emit(generator, value, "cvt.rni", value.BasicValueType == BasicValueType.Float64 ? ".f64" : ".f32");

    private static void Emit(PTXCodeGenerator generator, Value value, string instruction, string second)
    {
        var type = value.BasicValueType == BasicValueType.Float64 ? ".f64" : ".f32";
        var operands = Enumerable.Range(0, value.Count).Select(k => generator.LoadPrimitive(value[k])).ToList();
        var result = generator.AllocateHardware(value);
        using var command = generator.BeginCommand(instruction + second + type);
        command.AppendArgument(result);
        foreach (var operand in operands)
        {
            command.AppendArgument(operand);
        }
    }

    private static void EmitFusedMultiplyAddSource(CLBackend backend, CLCodeGenerator generator, Value value) => EmitCall(generator, value, "fma");

    private static void EmitRoundSource(CLBackend backend, CLCodeGenerator generator, Value value) => EmitCall(generator, value, "rint");

    private static void EmitCall(CLCodeGenerator generator, Value value, string function)
    {
        var operands = Enumerable.Range(0, value.Count).Select(k => generator.Load(value[k])).ToList();
        var result = generator.Allocate(value);
        using var statement = generator.BeginStatement(result);
        OwnOperations.Call(statement, function, operands);
    }
}
