using LandscapeGpu.Compilation;
using LandscapeGpu.Execution;

namespace LandscapeGpu.Devices.Kernels;

/// <summary>Formulas that run element by element, as the program of one place: its inputs are the tensors that are read, its outputs those that are written.</summary>
internal sealed class ElementwiseFormula
{
    private readonly Layout layout;
    private readonly Residence residence;

    public ElementwiseFormula(ElementwiseWork work, bool isDouble)
    {
        ProgramArray input = new("in", Math.Max(1, work.Leaves.Count), Memory.State), output = new("out", work.Roots.Count, Memory.State);
        Program = new Trace().Run(() =>
        {
            var numbers = new Point("in", (int)input.Length);
            var outputs = work.Roots.Select((r, k) => (Output)new Output.OfReal(ElementwiseCode.Rewritten(work, r.Root, l => numbers.Element(l)), new(output, k)));
            return Lowering.Lower(isDouble, [input, output], new Dictionary<Vector, Storage> { [numbers] = new(input, 0) }, [.. outputs]);
        });
        residence = Residence.Choose(Program, input, [input, output]);
        layout = new Layout(Program, new ScalarTarget(isDouble), 1);
    }

    public Program Program { get; }

    /// <summary>How many parameters it reads.</summary>
    public int Numbers => layout.DataElements;

    /// <summary>The kernel, over the type through which a device's kernels reach its memory.</summary>
    public Type Kernel(Type memory)
    {
        var element = layout.Target.Element;
        var step = KernelCode.Emit(Program, layout, residence, typeof(ElementMemory<,>).MakeGenericType(element, memory));
        return typeof(TensorElements<,,>).MakeGenericType(step, element, memory);
    }
}
