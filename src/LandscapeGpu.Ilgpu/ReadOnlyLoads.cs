using System.Reflection;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;

namespace LandscapeGpu.Ilgpu;

/// <summary>Reads of what no thread writes while a kernel runs: on CUDA through the read-only cache (<c>ld.global.nc</c>), elsewhere plainly.</summary>
/// <remarks>ILGPU 1.5 itself has no way to say so of a view; PTX ISA 8.8, §9.7.9.10.</remarks>
internal static class ReadOnlyLoads
{
    [IntrinsicImplementation]
    public static float Load(ref float at) => at;

    [IntrinsicImplementation]
    public static double Load(ref double at) => at;

    [IntrinsicImplementation]
    public static int Load(ref int at) => at;

    public static float Plain(ref float at) => at;

    public static double Plain(ref double at) => at;

    public static int Plain(ref int at) => at;

    /// <summary>Teaches a context these operations.</summary>
    public static void Register(Context context)
    {
        var manager = context.GetIntrinsicManager();
        foreach (var own in typeof(ReadOnlyLoads).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.Name == nameof(Load)))
        {
            var plain = typeof(ReadOnlyLoads).GetMethod(nameof(Plain), [own.GetParameters()[0].ParameterType])!;
            manager.RegisterMethod(own, new PTXIntrinsic(typeof(ReadOnlyLoads), nameof(Emit), IntrinsicImplementationMode.GenerateCode));
            manager.RegisterMethod(own, new CLIntrinsic(plain, IntrinsicImplementationMode.Redirect));
        }
    }

    private static void Emit(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        var generic = generator.LoadHardware(value[0]);
        var global = generator.AllocatePlatformRegister(out _);
        using (var convert = generator.BeginCommand("cvta.to.global.u64"))
        {
            convert.AppendArgument(global);
            convert.AppendArgument(generic);
        }

        var result = generator.AllocateHardware(value);
        using var load = generator.BeginCommand(value.BasicValueType switch
        {
            BasicValueType.Float64 => "ld.global.nc.f64",
            BasicValueType.Float32 => "ld.global.nc.f32",
            _ => "ld.global.nc.b32",
        });
        load.AppendArgument(result);
        load.AppendArgumentValue(global);
    }
}
