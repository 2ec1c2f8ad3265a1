using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;
using LandscapeGpu.Kernels;
using Variable = ILGPU.Backends.VariableAllocator.Variable;

namespace LandscapeGpu.Ilgpu;

/// <summary>Comparisons, and the lesser and the greater of two numbers, also where one is no number.</summary>
/// <remarks>
/// ILGPU 1.5.3 moves a constant to the right of a comparison and takes it for a negation: 0 &lt; x then holds where x is no number. Its minimum
/// and maximum pass over what is no number, which .NET's hand on. PTX ISA 8.8, §9.7.3.10 to 12 and §9.7.7.2.
/// </remarks>
internal static class DeviceOrdering
{
    [IntrinsicImplementation]
    public static bool Less(float a, float b) => Ordering.Less(a, b);

    [IntrinsicImplementation]
    public static bool Less(double a, double b) => Ordering.Less(a, b);

    [IntrinsicImplementation]
    public static bool LessOrEqual(float a, float b) => Ordering.LessOrEqual(a, b);

    [IntrinsicImplementation]
    public static bool LessOrEqual(double a, double b) => Ordering.LessOrEqual(a, b);

    [IntrinsicImplementation]
    public static float Lesser(float a, float b) => Ordering.Lesser(a, b);

    [IntrinsicImplementation]
    public static double Lesser(double a, double b) => Ordering.Lesser(a, b);

    [IntrinsicImplementation]
    public static float Greater(float a, float b) => Ordering.Greater(a, b);

    [IntrinsicImplementation]
    public static double Greater(double a, double b) => Ordering.Greater(a, b);

    [IntrinsicImplementation]
    public static double Min(double a, double b) => Math.Min(a, b);

    [IntrinsicImplementation]
    public static double Max(double a, double b) => Math.Max(a, b);

    /// <summary>Teaches a context these operations.</summary>
    public static void Register(Context context) => OwnOperations.Register(context, typeof(DeviceOrdering), own => own.Name is nameof(Min) or nameof(Max) ? typeof(Math) : typeof(Ordering));

    private static void EmitLess(PTXBackend backend, PTXCodeGenerator generator, Value value) => EmitComparison(generator, value, "setp.lt");

    private static void EmitLessOrEqual(PTXBackend backend, PTXCodeGenerator generator, Value value) => EmitComparison(generator, value, "setp.le");

    private static void EmitLesser(PTXBackend backend, PTXCodeGenerator generator, Value value) => EmitChoice(generator, value, "setp.lt", "min");

    private static void EmitGreater(PTXBackend backend, PTXCodeGenerator generator, Value value) => EmitChoice(generator, value, "setp.gt", "max");

    private static void EmitMin(PTXBackend backend, PTXCodeGenerator generator, Value value) => EmitPropagating(generator, value, "min");

    private static void EmitMax(PTXBackend backend, PTXCodeGenerator generator, Value value) => EmitPropagating(generator, value, "max");

    private static void EmitComparison(PTXCodeGenerator generator, Value value, string comparison)
    {
        var (a, b) = (generator.LoadPrimitive(value[0]), generator.LoadPrimitive(value[1]));
        Write(generator, comparison + Suffix(value[0]), generator.AllocateHardware(value), a, b);
    }

    /// <summary>The first if a comparison holds, else the second: one instruction beside a constant, whose sign is then never in doubt.</summary>
    private static void EmitChoice(PTXCodeGenerator generator, Value value, string comparison, string one)
    {
        var (a, b) = (generator.LoadPrimitive(value[0]), generator.LoadPrimitive(value[1]));
        var result = generator.AllocateHardware(value);
        if (IsConstant(value[1]))
        {
            // Of a number and no number it is the number: the second.
            Write(generator, one + Suffix(value), result, a, b);
        }
        else if (IsConstant(value[0]) && value.BasicValueType == BasicValueType.Float32 && HasNaN(generator.Backend))
        {
            Write(generator, $"{one}.NaN.f32", result, a, b);
        }
        else
        {
            var holds = Predicate(generator);
            Write(generator, comparison + Suffix(value), holds, a, b);
            using var command = generator.BeginCommand("selp" + Suffix(value));
            command.AppendArgument(result);
            command.AppendArgument(a);
            command.AppendArgument(b);
            command.AppendArgument(holds);
        }
    }

    private static void EmitPropagating(PTXCodeGenerator generator, Value value, string one)
    {
        var (a, b) = (generator.LoadPrimitive(value[0]), generator.LoadPrimitive(value[1]));
        var (result, isNone) = (generator.AllocateHardware(value), Predicate(generator));
        Write(generator, one + Suffix(value), result, a, b);
        Write(generator, "setp.nan" + Suffix(value), isNone, a, b);
        using var command = generator.BeginCommand("selp" + Suffix(value));
        command.AppendArgument(result);
        command.AppendConstant(double.NaN);
        command.AppendArgument(result);
        command.AppendArgument(isNone);
    }

    private static bool IsConstant(Value value) => value.Resolve() is PrimitiveValue number && (number.BasicValueType == BasicValueType.Float32 ? number.Float32Value : number.Float64Value) is not (0 or double.NaN);

    // Compute capability 8.0 and PTX 7.0 on.
    private static bool HasNaN(PTXBackend backend) => backend.Architecture.Major >= 8 && backend.InstructionSet.Major >= 7;

    private static string Suffix(Value value) => value.BasicValueType == BasicValueType.Float64 ? ".f64" : ".f32";

    private static RegisterAllocator<PTXRegisterKind>.HardwareRegister Predicate(PTXCodeGenerator generator) => generator.AllocateRegister(BasicValueType.Int1, PTXRegisterKind.Predicate);

    private static void Write(PTXCodeGenerator generator, string instruction, RegisterAllocator<PTXRegisterKind>.HardwareRegister result, RegisterAllocator<PTXRegisterKind>.PrimitiveRegister a, RegisterAllocator<PTXRegisterKind>.PrimitiveRegister b)
    {
        using var command = generator.BeginCommand(instruction);
        command.AppendArgument(result);
        command.AppendArgument(a);
        command.AppendArgument(b);
    }

    private static void EmitLessSource(CLBackend backend, CLCodeGenerator generator, Value value) => EmitSource(generator, value, "isless", null);

    private static void EmitLessOrEqualSource(CLBackend backend, CLCodeGenerator generator, Value value) => EmitSource(generator, value, "islessequal", null);

    private static void EmitLesserSource(CLBackend backend, CLCodeGenerator generator, Value value) => EmitSource(generator, value, "isless", Arms);

    private static void EmitGreaterSource(CLBackend backend, CLCodeGenerator generator, Value value) => EmitSource(generator, value, "isgreater", Arms);

    private static void EmitMinSource(CLBackend backend, CLCodeGenerator generator, Value value) => EmitSource(generator, value, "isunordered", (s, a, b) => ArmsOf(s, "fmin", a, b));

    private static void EmitMaxSource(CLBackend backend, CLCodeGenerator generator, Value value) => EmitSource(generator, value, "isunordered", (s, a, b) => ArmsOf(s, "fmax", a, b));

    /// <summary>A comparison of the two operands, and what is chosen by it; null for the comparison itself.</summary>
    private static void EmitSource(CLCodeGenerator generator, Value value, string comparison, Action<CLCodeGenerator.StatementEmitter, Variable, Variable>? arms)
    {
        var (a, b) = (generator.Load(value[0]), generator.Load(value[1]));
        using var statement = generator.BeginStatement(generator.Allocate(value));
        OwnOperations.Call(statement, comparison, [a, b]);
        arms?.Invoke(statement, a, b);
    }

    private static void Arms(CLCodeGenerator.StatementEmitter statement, Variable a, Variable b)
    {
        statement.AppendCommand(" ? ");
        statement.Append(a);
        statement.AppendCommand(" : ");
        statement.Append(b);
    }

    private static void ArmsOf(CLCodeGenerator.StatementEmitter statement, string function, Variable a, Variable b)
    {
        statement.AppendCommand(" ? NAN : ");
        OwnOperations.Call(statement, function, [a, b]);
    }
}
