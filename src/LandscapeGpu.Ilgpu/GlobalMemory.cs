using System.Reflection;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;

namespace LandscapeGpu.Ilgpu;

/// <summary>Reads and writes of a batch's memory: on CUDA as what they are, <c>ld.global</c>, <c>st.global</c> and, for what no thread writes while a kernel runs, <c>ld.global.nc</c>.</summary>
/// <remarks>
/// At the level of optimisation that is used ILGPU 1.5 does not know of a view that it is global memory, and at no level that it is only
/// read. PTX ISA 8.8, §9.7.9.
/// </remarks>
internal static class GlobalMemory
{
    [IntrinsicImplementation]
    public static float Load(ref float at) => at;

    [IntrinsicImplementation]
    public static double Load(ref double at) => at;

    [IntrinsicImplementation]
    public static int Load(ref int at) => at;

    /// <summary>Of what no thread writes, through the read-only cache.</summary>
    [IntrinsicImplementation]
    public static float LoadConstant(ref float at) => at;

    [IntrinsicImplementation]
    public static double LoadConstant(ref double at) => at;

    [IntrinsicImplementation]
    public static int LoadConstant(ref int at) => at;

    [IntrinsicImplementation]
    public static void Store(ref float at, float value) => at = value;

    [IntrinsicImplementation]
    public static void Store(ref double at, double value) => at = value;

    [IntrinsicImplementation]
    public static void Store(ref int at, int value) => at = value;

    /// <summary>Teaches a context these operations.</summary>
    public static void Register(Context context)
    {
        var manager = context.GetIntrinsicManager();
        foreach (var own in typeof(GlobalMemory).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.IsDefined(typeof(IntrinsicImplementationAttribute))))
        {
            var plain = typeof(PlainMemory).GetMethod(own.Name, [.. own.GetParameters().Select(p => p.ParameterType)])!;
            manager.RegisterMethod(own, new PTXIntrinsic(typeof(GlobalMemory), $"Emit{own.Name}", IntrinsicImplementationMode.GenerateCode));
            manager.RegisterMethod(own, new CLIntrinsic(plain, IntrinsicImplementationMode.Redirect));
        }
    }

    private static void EmitLoad(PTXBackend backend, PTXCodeGenerator generator, Value value) => Emit(generator, value, "ld.global");

    private static void EmitLoadConstant(PTXBackend backend, PTXCodeGenerator generator, Value value) => Emit(generator, value, "ld.global.nc");

    private static void Emit(PTXCodeGenerator generator, Value value, string instruction)
    {
        var address = AddressOf(generator, value[0]);
        var result = generator.AllocateHardware(value);
        using var load = generator.BeginCommand(instruction + Suffix(value.BasicValueType));
        load.AppendArgument(result);
        load.AppendArgumentValue(address);
    }

    private static void EmitStore(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        var address = AddressOf(generator, value[0]);
        var stored = generator.LoadPrimitive(value[1]);
        using var store = generator.BeginCommand($"st.global{Suffix(value[1].BasicValueType)}");
        store.AppendArgumentValue(address);
        store.AppendArgument(stored);
    }

    private static RegisterAllocator<PTXRegisterKind>.HardwareRegister AddressOf(PTXCodeGenerator generator, Value pointer)
    {
        var generic = generator.LoadHardware(pointer);
        var global = generator.AllocatePlatformRegister(out _);
        using var convert = generator.BeginCommand("cvta.to.global.u64");
        convert.AppendArgument(global);
        convert.AppendArgument(generic);
        return global;
    }

    private static string Suffix(BasicValueType type) => type switch
    {
        BasicValueType.Float64 => ".f64",
        BasicValueType.Float32 => ".f32",
        _ => ".b32",
    };
}

/// <summary>The same elsewhere: nothing special. ILGPU wants another method for each that is redirected.</summary>
internal static class PlainMemory
{
    public static float Load(ref float at) => at;

    public static double Load(ref double at) => at;

    public static int Load(ref int at) => at;

    public static float LoadConstant(ref float at) => at;

    public static double LoadConstant(ref double at) => at;

    public static int LoadConstant(ref int at) => at;

    public static void Store(ref float at, float value) => at = value;

    public static void Store(ref double at, double value) => at = value;

    public static void Store(ref int at, int value) => at = value;
}
