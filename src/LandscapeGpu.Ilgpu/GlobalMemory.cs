using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Types;
using ILGPU.IR.Values;
using LandscapeGpu.Kernels;

namespace LandscapeGpu.Ilgpu;

/// <summary>Reads and writes of a batch's memory: on CUDA as what they are, <c>ld.global</c>, <c>st.global</c> and, for what no thread writes while a kernel runs, <c>ld.global.nc</c>; of what a block shares <c>ld.shared</c> and <c>st.shared</c>.</summary>
/// <remarks>
/// At the level of optimisation that is used ILGPU 1.5 does not know of a view that it is global memory, and at no level that it is only
/// read. PTX ISA 8.8, §9.7.9.
/// </remarks>
internal static class GlobalMemory
{
    [IntrinsicImplementation]
    public static T Load<T>(ref T at, int offset)
        where T : unmanaged => Unsafe.Add(ref at, offset);

    /// <summary>Of what no thread writes, through the read-only cache.</summary>
    [IntrinsicImplementation]
    public static T LoadConstant<T>(ref T at, int offset)
        where T : unmanaged => Unsafe.Add(ref at, offset);

    /// <summary>Four of them, from a place that is a multiple of four: 16 bytes at a time.</summary>
    [IntrinsicImplementation]
    public static Four<T> LoadFour<T>(ref T at, int offset)
        where T : unmanaged => new(Unsafe.Add(ref at, offset), Unsafe.Add(ref at, offset + 1), Unsafe.Add(ref at, offset + 2), Unsafe.Add(ref at, offset + 3));

    [IntrinsicImplementation]
    public static void Store<T>(ref T at, int offset, T value)
        where T : unmanaged => Unsafe.Add(ref at, offset) = value;

    /// <summary>Of what a block shares.</summary>
    [IntrinsicImplementation]
    public static T LoadShared<T>(ref T at, int offset)
        where T : unmanaged => Unsafe.Add(ref at, offset);

    [IntrinsicImplementation]
    public static void StoreShared<T>(ref T at, int offset, T value)
        where T : unmanaged => Unsafe.Add(ref at, offset) = value;

    /// <summary>Teaches a context these operations.</summary>
    public static void Register(Context context)
    {
        var manager = context.GetIntrinsicManager();
        foreach (var own in typeof(GlobalMemory).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.IsDefined(typeof(IntrinsicImplementationAttribute))))
        {
            manager.RegisterMethod(own, new PTXIntrinsic(typeof(GlobalMemory), $"Emit{own.Name}", IntrinsicImplementationMode.GenerateCode));
            manager.RegisterMethod(own, new CLIntrinsic(typeof(GlobalMemory), own.ReturnType == typeof(void) ? nameof(EmitStoreSource) : own.Name == nameof(LoadFour) ? nameof(EmitLoadFourSource) : nameof(EmitLoadSource), IntrinsicImplementationMode.GenerateCode));
        }
    }

    private static void EmitLoad(PTXBackend backend, PTXCodeGenerator generator, Value value) => Emit(generator, value, "ld.global");

    private static void EmitLoadConstant(PTXBackend backend, PTXCodeGenerator generator, Value value) => Emit(generator, value, "ld.global.nc");

    private static void EmitLoadShared(PTXBackend backend, PTXCodeGenerator generator, Value value) => Emit(generator, value, "ld.shared", "shared");

    private static void Emit(PTXCodeGenerator generator, Value value, string instruction, string space = "global")
    {
        var address = AddressOf(generator, value[0], space);
        var result = generator.AllocateHardware(value);
        using var load = generator.BeginCommand(instruction + Suffix(value.BasicValueType));
        load.AppendArgument(result);
        load.AppendArgumentValue(address, Bytes(value[1], value.BasicValueType));
    }

    private static void EmitLoadFour(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        var address = AddressOf(generator, value[0]);
        var fields = ((RegisterAllocator<PTXRegisterKind>.CompoundRegister)generator.Allocate(value)).Children.Cast<RegisterAllocator<PTXRegisterKind>.PrimitiveRegister>().ToArray();
        var type = fields[0].BasicValueType;
        var together = type == BasicValueType.Float64 ? 2 : 4;
        for (var k = 0; k < fields.Length; k += together)
        {
            using var load = generator.BeginCommand($"ld.global.nc.v{together}{Suffix(type)}");
            load.AppendVectorArgument(fields[k..(k + together)]);
            load.AppendArgumentValue(address, Bytes(value[1], type) + (k * 8));
        }
    }

    private static void EmitStore(PTXBackend backend, PTXCodeGenerator generator, Value value) => Write(generator, value, "global");

    private static void EmitStoreShared(PTXBackend backend, PTXCodeGenerator generator, Value value) => Write(generator, value, "shared");

    private static void Write(PTXCodeGenerator generator, Value value, string space)
    {
        var address = AddressOf(generator, value[0], space);
        var stored = generator.LoadPrimitive(value[2]);
        using var store = generator.BeginCommand($"st.{space}{Suffix(value[2].BasicValueType)}");
        store.AppendArgumentValue(address, Bytes(value[1], value[2].BasicValueType));
        store.AppendArgument(stored);
    }

    private static void EmitLoadSource(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        var pointer = generator.Load(value[0]);
        var result = generator.Allocate(value);
        using var statement = generator.BeginStatement(result);
        statement.Append(pointer);
        statement.AppendIndexer(Number(value[1]).ToString(CultureInfo.InvariantCulture));
    }

    private static void EmitLoadFourSource(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        var pointer = generator.Load(value[0]);
        var result = generator.Allocate(value);
        generator.Declare(result);
        for (var k = 0; k < 4; k++)
        {
            using var statement = generator.BeginStatement(result, new FieldAccess(k));
            statement.Append(pointer);
            statement.AppendIndexer((Number(value[1]) + k).ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void EmitStoreSource(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        var pointer = generator.Load(value[0]);
        var stored = generator.Load(value[2]);
        using var statement = generator.BeginStatement($"{pointer}[{Number(value[1])}] = ");
        statement.Append(stored);
    }

    private static int Bytes(Value offset, BasicValueType type) => Number(offset) * (type == BasicValueType.Float64 ? 8 : 4);

    /// <summary>An offset is known when the kernel is written: an immediate of the instruction, which adds it for nothing.</summary>
    private static int Number(Value offset) => offset.Resolve() is PrimitiveValue number ? number.Int32Value : throw new NotSupportedException("An offset of memory is not a constant.");

    private static RegisterAllocator<PTXRegisterKind>.HardwareRegister AddressOf(PTXCodeGenerator generator, Value pointer, string space = "global")
    {
        var generic = generator.LoadHardware(pointer);
        if (pointer.Type is PointerType { AddressSpace: MemoryAddressSpace.Shared } && space == "shared")
        {
            // ILGPU saw what it points to: it is an address of that space already.
            return generic;
        }

        var own = generator.AllocatePlatformRegister(out _);
        using var convert = generator.BeginCommand($"cvta.to.{space}.u64");
        convert.AppendArgument(own);
        convert.AppendArgument(generic);
        return own;
    }

    private static string Suffix(BasicValueType type) => type switch
    {
        BasicValueType.Float64 => ".f64",
        BasicValueType.Float32 => ".f32",
        _ => ".b32",
    };
}
