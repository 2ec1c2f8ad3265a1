using System.Reflection;
using System.Reflection.Emit;
using LandscapeGpu.Kernels;

namespace LandscapeGpu.Compilation;

/// <summary>A program as a struct type that kernels are generic over: fields for what is in registers, and the methods of <see cref="IStep{TMemory}"/>.</summary>
internal sealed class KernelCode
{
    private static readonly Lock Emission = new();
    private static ModuleBuilder? module;
    private static int emitted;

    private readonly Dictionary<(ProgramArray Array, int Element), FieldBuilder> fields = [];
    private readonly IReadOnlyList<ProgramArray> kept;

    private KernelCode(Program program, Layout layout, Residence residence, Type memory, IReadOnlyList<ProgramArray> kept)
    {
        Program = program;
        Layout = layout;
        Residence = residence;
        Memory = new MemoryMethods(memory);
        this.kept = kept;
    }

    public Program Program { get; }

    public Layout Layout { get; }

    public Residence Residence { get; }

    public MemoryMethods Memory { get; }

    public IReadOnlyDictionary<(ProgramArray Array, int Element), FieldBuilder> Fields => fields;

    /// <summary>Emits a program.</summary>
    /// <param name="program">The program of one step.</param>
    /// <param name="layout">Where its arrays are in memory.</param>
    /// <param name="residence">What lives in registers.</param>
    /// <param name="memory">The type through which the device's memory is reached.</param>
    /// <param name="kept">The arrays whose contents matter between steps.</param>
    public static Type Emit(Program program, Layout layout, Residence residence, Type memory, IReadOnlyList<ProgramArray> kept)
    {
        lock (Emission)
        {
            // Not collectible: what device compilers emit refers to it and must be able to live longer.
            module ??= AssemblyBuilder
                .DefineDynamicAssembly(new AssemblyName("LandscapeGpu.Emitted"), AssemblyBuilderAccess.Run)
                .DefineDynamicModule("LandscapeGpu.Emitted");
            return new KernelCode(program, layout, residence, memory, kept).Define(module, $"Step{emitted++}");
        }
    }

    private Type Define(ModuleBuilder into, string name)
    {
        const TypeAttributes structure = TypeAttributes.Public | TypeAttributes.Sealed | TypeAttributes.SequentialLayout;
        var contract = typeof(IStep<>).MakeGenericType(Memory.Memory);
        var type = into.DefineType(name, structure, typeof(ValueType), [contract]);
        var element = Layout.Target.Element;
        foreach (var array in Program.State.Where(Residence.IsRegister))
        {
            for (var e = 0; e < array.Length; e++)
            {
                fields.Add((array, e), type.DefineField($"v{fields.Count}", element, FieldAttributes.Public));
            }
        }

        if (fields.Count == 0)
        {
            // A struct without fields is not the same thing everywhere.
            type.DefineField("unused", typeof(int), FieldAttributes.Public);
        }

        Type[] place = [Memory.Memory, typeof(int)];
        KernelEmitter.Emit(this, Method(type, "Run", typeof(int), [.. place, typeof(int)]));
        Move(Method(type, "Load", typeof(void), place), isLoad: true);
        Move(Method(type, "Save", typeof(void), place), isLoad: false);
        return type.CreateType();
    }

    private static ILGenerator Method(TypeBuilder type, string name, Type result, Type[] parameters)
    {
        const MethodAttributes implementation = MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot;
        return type.DefineMethod(name, implementation, result, parameters).GetILGenerator(4096);
    }

    /// <summary>Copies what matters between steps from memory to fields or back.</summary>
    private void Move(ILGenerator il, bool isLoad)
    {
        var places = new KernelPlaces(il, new KernelIndexEmitter(Program, il, Memory), Memory, new Dictionary<(ProgramArray, int), FieldBuilder>());
        foreach (var ((array, e), field) in fields.Where(f => kept.Contains(f.Key.Array)))
        {
            if (isLoad)
            {
                il.Emit(OpCodes.Ldarg_0);
                places.Load(array, e);
                il.Emit(OpCodes.Stfld, field);
            }
            else
            {
                places.Store(array, e, () =>
                {
                    il.Emit(OpCodes.Ldarg_0);
                    il.Emit(OpCodes.Ldfld, field);
                });
            }
        }

        il.Emit(OpCodes.Ret);
    }
}
