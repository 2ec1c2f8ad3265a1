using System.Collections.Concurrent;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using LandscapeGpu.Compilation;

namespace LandscapeGpu.Execution;

/// <summary>A program as machine code, with the layout of its memory.</summary>
internal sealed unsafe class CompiledProgram
{
    private static readonly ConcurrentDictionary<string, WeakReference<Code>> Made = new();

    private readonly Code code;
    private readonly Code[]? others;
    private readonly MatrixProgram? matrices;

    private CompiledProgram(Program program, MatrixProgram matrices)
    {
        (Program, Layout, this.matrices) = (program, matrices.Layout, matrices);
        code = (state, data, _) => matrices.Run(state, data);
    }

    private CompiledProgram(Program program, Layout layout, List<Code> sections)
    {
        Program = program;
        Layout = layout;
        code = sections[0];
        others = sections.Count == 1 ? null : [.. sections.Skip(1)];
    }

    private delegate ulong Code(byte* state, byte* data, long most);

    public Program Program { get; }

    public Layout Layout { get; }

    /// <summary>Whether it runs as products of matrices, for one restart at a time.</summary>
    public bool IsOfMatrices => matrices is not null;

    /// <summary>Compiles a program: to products of matrices where it has large ones, else to lanes.</summary>
    public static CompiledProgram Compile(Program program, Target target, int width) =>
        target is LaneTarget lanes && MatrixProgram.Of(program, lanes.Bits) is { } matrices ? new(program, matrices) : OnLanes(program, target, width);

    /// <summary>Compiles a program to lanes, whatever it computes.</summary>
    public static CompiledProgram OnLanes(Program program, Target target, int width)
    {
        var (layout, methods) = Emitted(program, target, width);
        if (program.SectionEnds is null && methods[0].Method.GetILGenerator().ILOffset > Sections.LongestOptimised)
        {
            // Few statements, but iterations that run together are written out.
            Sections.Divide(program);
            (layout, methods) = Emitted(program, target, width);
        }

        return new(program, layout, [.. methods.Select(m => Once(m.Digest, m.Method))]);
    }

    private static (Layout Layout, List<(DynamicMethod Method, string Digest)> Methods) Emitted(Program program, Target target, int width)
    {
        Tiling.Apply(program, width);
        var layout = new Layout(program, target, width);
        var lastUse = UseCounts.LastUses(program.Body);
        var methods = new List<(DynamicMethod, string)>();
        foreach (var section in program.Sections())
        {
            var method = new DynamicMethod("Run", typeof(ulong), [typeof(object), typeof(byte*), typeof(byte*), typeof(long)], typeof(CompiledProgram).Module, skipVisibility: true);
            var written = new WrittenCode();
            Emitter.Emit(program, layout, written.Of(method.GetILGenerator(16 * 1024)), section, lastUse);
            methods.Add((method, written.Digest));
        }

        return (layout, methods);
    }

    /// <summary>The code of a method, or that of one that does the same and is still in use: formulas that are written again are not compiled again.</summary>
    private static Code Once(string digest, DynamicMethod method)
    {
        // Bound to an object, whichever: a call needs no stub that shifts arguments.
        var made = method.CreateDelegate<Code>(Made);
        while (true)
        {
            if (Made.TryGetValue(digest, out var known) && known.TryGetTarget(out var same))
            {
                return same;
            }

            if (known is null ? Made.TryAdd(digest, new(made)) : Made.TryUpdate(digest, new(made), known))
            {
                return made;
            }
        }
    }

    /// <summary>Runs once on a block of state; the answer has a bit for each lane that was flagged.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Run(byte* state, byte* data) => Run(state, data, 1);

    /// <summary>Runs on a block of state until a lane is flagged: at most so many times, and perhaps fewer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Run(byte* state, byte* data, long most) => others is null ? code(state, data, most) : RunSections(state, data);

    /// <summary>Runs where, since the last run on this state, nothing has changed but the program's varying array: what does not depend on it is there.</summary>
    /// <param name="state">A block of state.</param>
    /// <param name="data">The data.</param>
    /// <param name="team">Threads that run it together; null for the caller's alone.</param>
    public ulong RunAgain(byte* state, byte* data, MatrixTeam? team = null) => matrices is null ? Run(state, data) : matrices.Run(state, data, again: true, team);

    /// <summary>Runs once, on several threads together where it is of matrices.</summary>
    public ulong Run(byte* state, byte* data, MatrixTeam? team) => matrices is null || team is null ? Run(state, data) : matrices.Run(state, data, again: false, team);

    private ulong RunSections(byte* state, byte* data)
    {
        var flags = code(state, data, 1);
        foreach (var section in others!)
        {
            flags |= section(state, data, 1);
        }

        return flags;
    }

    /// <summary>Memory for one block of restarts, cleared.</summary>
    public AlignedMemory NewState() => new(Layout.StateBytes, "What a step keeps of the restarts that run side by side", "use a rule that keeps less (gradient-descent), single precision, or fewer coordinates");

    /// <summary>Memory with the program's data, or what takes their place, and the given values of its parameters.</summary>
    public AlignedMemory NewData(IReadOnlyList<Parameter> parameters, IReadOnlyDictionary<Data, Data>? replaced = null)
    {
        var memory = new AlignedMemory(matrices?.DataBytes ?? Layout.DataBytes, "The objective's data", "give fewer samples, or use single precision");
        if (matrices is not null)
        {
            matrices.Fill(memory.Pointer, parameters);
        }

        var program = matrices?.Shell ?? Program;
        foreach (var (array, written) in program.Data)
        {
            var values = replaced?.GetValueOrDefault(written) ?? written;
            for (var k = 0; k < values.Length; k++)
            {
                Write(memory, array.Offset + k, values.Values[k]);
            }
        }

        for (var k = 0; k < program.Parameters.Count; k++)
        {
            var own = program.Parameters[k];
            Write(memory, Layout.ParametersAt + k, (parameters.FirstOrDefault(p => p.Name == own.Name) ?? own).Value);
        }

        foreach (var (array, values) in program.Indices)
        {
            values.Values.CopyTo(new Span<int>(memory.Pointer + Layout.IndicesAt + (4L * array.Offset), array.Length));
        }

        var constants = Layout.Constants?.Elements ?? [];
        for (var k = 0; k < constants.Count * Layout.Target.Lanes; k++)
        {
            var at = memory.Pointer + Layout.ConstantsAt + ((long)k * Layout.Target.ElementBytes);
            var element = constants[k / Layout.Target.Lanes];
            if (Layout.Target.IsDouble)
            {
                *(long*)at = element;
            }
            else
            {
                *(int*)at = (int)element;
            }
        }

        return memory;
    }

    private void Write(AlignedMemory memory, int element, double value)
    {
        if (Layout.Target.IsDouble)
        {
            ((double*)memory.Pointer)[element] = value;
        }
        else
        {
            ((float*)memory.Pointer)[element] = (float)value;
        }
    }
}
