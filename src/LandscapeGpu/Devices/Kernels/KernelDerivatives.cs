using LandscapeGpu.Compilation;
using LandscapeGpu.Execution;
using LandscapeGpu.Expressions;
using LandscapeGpu.Minima;
using LandscapeGpu.Objectives;

namespace LandscapeGpu.Devices.Kernels;

/// <summary>An objective's slope and curvature as emitted structs that share a thread's memory, and where their arrays are in it.</summary>
internal sealed class KernelDerivatives
{
    private readonly Layout slopeLayout;
    private readonly Layout curvatureLayout;

    private KernelDerivatives(DerivativePrograms programs, Type memory, bool inMemory)
    {
        Programs = programs;
        var target = new ScalarTarget(true);
        slopeLayout = new Layout(programs.Slope, target, 1);
        curvatureLayout = new Layout(programs.Curvature, target, 1, slopeLayout);
        ProgramArray[] slope = [programs.X, programs.Value, programs.Gradient];
        ProgramArray[] curvature = [programs.At, .. programs.Direction is { } v ? [v] : Array.Empty<ProgramArray>(), programs.Result];
        Slope = KernelCode.Emit(programs.Slope, slopeLayout, Choose(programs.Slope, slope, inMemory), memory, []);
        Curvature = KernelCode.Emit(programs.Curvature, curvatureLayout, Choose(programs.Curvature, curvature, inMemory), memory, []);
    }

    public DerivativePrograms Programs { get; }

    /// <summary>The struct that computes f and ∇f.</summary>
    public Type Slope { get; }

    /// <summary>The struct that computes the Hessian or its product.</summary>
    public Type Curvature { get; }

    /// <summary>Where the programs' state ends.</summary>
    public int StateElements => curvatureLayout.StateElements;

    /// <param name="objective">What is derived.</param>
    /// <param name="device">Whose memory the structs reach.</param>
    /// <param name="productsOnly">Writes the product with a vector, however small the Hessian is.</param>
    public static KernelDerivatives Of(Objective objective, KernelDevice device, bool productsOnly = false)
    {
        var memory = device.MemoryType(isDouble: true);
        return CompiledOnce.Of(
            objective.Value,
            (typeof(KernelDerivatives), memory, device.IsMemoryOnly, productsOnly),
            () => new KernelDerivatives(DerivativePrograms.Write(objective, productsOnly), memory, device.IsMemoryOnly));
    }

    /// <summary>The data and parameters of both programs.</summary>
    public double[] Numbers(IReadOnlyList<Parameter> parameters) => [.. Numbers(Programs.Slope, parameters), .. Numbers(Programs.Curvature, parameters)];

    public int[] Integers() => [.. Programs.Slope.Indices.Concat(Programs.Curvature.Indices).SelectMany(i => i.Values.Values)];

    // What the kernel reads and writes stays in memory; what a small program computes in between lives in registers.
    private static Residence Choose(Program program, ProgramArray[] outside, bool inMemory) =>
        inMemory ? Residence.InMemory(program) : Residence.Choose(program, outside[0], outside);

    private static IEnumerable<double> Numbers(Program program, IReadOnlyList<Parameter> parameters) =>
    [
        .. program.Data.SelectMany(d => d.Values.Values),
        .. program.Parameters.Select(own => (parameters.FirstOrDefault(p => p.Name == own.Name) ?? own).Value),
    ];
}
