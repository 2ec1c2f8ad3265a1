using System.Reflection;
using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <summary>A program as a struct type that kernels are generic over: fields for what is in registers, and the methods of <see cref="IStep{TMemory}"/>.</summary>
internal sealed class KernelCode(Program program, Layout layout, Residence residence, Type memory, RestartArrays? restart, KernelCarrier carrier)
{
    private static readonly Lock Emission = new();
    private static ModuleBuilder? module;
    private static int emitted;

    // Types that are emitted live as long as the process, and so does what devices compile from them: one of each is enough.
    private static readonly Dictionary<string, Type> Made = [];

    private readonly WrittenCode written = new();
    private readonly Dictionary<(ProgramArray Array, int Element), FieldBuilder> fields = [];

    public Program Program => program;

    public Layout Layout => layout;

    public Residence Residence => residence;

    public MemoryMethods Memory { get; } = new MemoryMethods(memory);

    /// <summary>The loops whose sums are made of parts.</summary>
    public SampleSplit Split { get; } = carrier.Split ?? SampleSplit.None;

    /// <summary>Where in memory that they share the warps which carry one restart bring their parts of sums together; null where each thread carries a restart.</summary>
    public int? SumsAt { get; } = carrier.Warps?.SumsAt;

    /// <summary>Data in the order of a warp's lanes; null where each thread carries a restart.</summary>
    public LaneData? Copies { get; } = carrier.Warps?.Copies;

    /// <summary>The loops whose iterations lanes take, or whose sums are added as if they did; null for none.</summary>
    public LaneLoops? Lanes { get; } = carrier.Lanes;

    /// <summary>Whether a warp carries a restart, or several do.</summary>
    public bool IsByWarps => WarpCount > 0;

    /// <summary>How many warps carry a restart; 0 where each thread does.</summary>
    public int WarpCount { get; } = carrier.WarpCount;

    /// <summary>From one element to the next in memory that is shared: there once for a warp, or once for each of its threads.</summary>
    public int SharedDistance => IsByWarps ? 1 : StateTiles.Width;

    /// <summary>The same in global memory, where lanes whose state is in registers have a column each.</summary>
    public int GlobalDistance => IsByWarps && Lanes is not null ? 1 : StateTiles.Width;

    /// <summary>What it finds as an earlier step left it.</summary>
    public IReadOnlyCollection<ProgramArray> Kept { get; } = restart is null ? [] : [restart.X, restart.Status, .. restart.Slots.Select(s => s.Array)];

    public IReadOnlyDictionary<(ProgramArray Array, int Element), FieldBuilder> Fields => fields;

    /// <summary>Emits a program.</summary>
    /// <param name="program">The program of one step.</param>
    /// <param name="layout">Where its arrays are in memory.</param>
    /// <param name="residence">What lives in registers.</param>
    /// <param name="memory">The type through which the device's memory is reached.</param>
    /// <param name="restart">The arrays that matter between its steps, of a step of descent.</param>
    /// <param name="carrier">What carries a restart; a thread, and nothing else to be said, if null.</param>
    public static Type Emit(Program program, Layout layout, Residence residence, Type memory, RestartArrays? restart = null, KernelCarrier? carrier = null)
    {
        lock (Emission)
        {
            // Not collectible: what device compilers emit refers to it and must be able to live longer.
            module ??= AssemblyBuilder
                .DefineDynamicAssembly(new AssemblyName("LandscapeGpu.Emitted"), AssemblyBuilderAccess.Run)
                .DefineDynamicModule("LandscapeGpu.Emitted");
            return new KernelCode(program, layout, residence, memory, restart, carrier ?? new()).Define(module, $"Step{emitted++}", restart);
        }
    }

    private Type Define(ModuleBuilder into, string name, RestartArrays? restart)
    {
        const TypeAttributes structure = TypeAttributes.Public | TypeAttributes.Sealed | TypeAttributes.SequentialLayout;
        var contract = (restart is null ? typeof(IStep<>) : typeof(IDescentStep<>)).MakeGenericType(Memory.Memory);
        var type = into.DefineType(name, structure, typeof(ValueType), [contract]);
        var element = Layout.Target.Element;
        written.Note(contract);
        written.Note(element);
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

        written.Note(fields.Count);
        EmitRun(type, [Memory.Memory, typeof(int), typeof(int)]);
        if (restart is not null)
        {
            RestartMethods.Emit(this, restart, (name, result, parameters) => Method(type, name, result, parameters));
        }

        var digest = written.Digest;
        return Made.TryGetValue(digest, out var same) ? same : Made[digest] = type.CreateType();
    }

    /// <summary>Emits a number of its own for each thread of those that carry a restart.</summary>
    public LocalBuilder EmitLane(ILGenerator il)
    {
        var lane = il.DeclareLocal(typeof(int));
        il.Emit(OpCodes.Ldarga, KernelEmitter.MemoryArgument);
        il.Emit(OpCodes.Call, Memory.GetLane!);
        il.Emit(OpCodes.Stloc, lane);
        return lane;
    }

    /// <summary>Emits that a number becomes another and so much more.</summary>
    public static void EmitAdd(ILGenerator il, LocalBuilder number, int by, LocalBuilder to)
    {
        il.Emit(OpCodes.Ldloc, number);
        il.Emit(OpCodes.Ldc_I4, by);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc, to);
    }

    /// <summary>Emits where state in global memory begins, and answers what pushes that: a thread's column, or all of what a warp has, of which threads are told places side by side.</summary>
    public static Action EmitPlace(ILGenerator il, LocalBuilder? lane)
    {
        if (lane is null)
        {
            return () => il.Emit(OpCodes.Ldarg, KernelEmitter.PlaceArgument);
        }

        var place = il.DeclareLocal(typeof(int));
        il.Emit(OpCodes.Ldarg, KernelEmitter.PlaceArgument);
        il.Emit(OpCodes.Ldloc, lane);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Stloc, place);
        return () => il.Emit(OpCodes.Ldloc, place);
    }

    /// <summary>Emits the step: in one method, or as one that calls a method for each section.</summary>
    private void EmitRun(TypeBuilder type, Type[] parameters)
    {
        var run = Method(type, "Run", typeof(int), parameters);
        if (Program.SectionEnds is null)
        {
            KernelEmitter.Emit(this, run, (0, Program.Body.Statements.Count));
            return;
        }

        run.Emit(OpCodes.Ldc_I4_0);
        foreach (var section in Program.Sections())
        {
            var part = type.DefineMethod($"Run{section.Begin}", MethodAttributes.Private | MethodAttributes.HideBySig, typeof(int), parameters);
            written.Note(part.Name);
            KernelEmitter.Emit(this, written.Of(part.GetILGenerator(4096)), section);
            for (short k = 0; k <= parameters.Length; k++)
            {
                run.Emit(OpCodes.Ldarg, k);
            }

            run.Emit(OpCodes.Call, part);
            run.Emit(OpCodes.Or);
        }

        run.Emit(OpCodes.Ret);
    }

    private ILGenerator Method(TypeBuilder type, string name, Type result, Type[] parameters)
    {
        const MethodAttributes implementation = MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot;
        written.Note(name);
        return written.Of(type.DefineMethod(name, implementation, result, parameters).GetILGenerator(4096));
    }
}
