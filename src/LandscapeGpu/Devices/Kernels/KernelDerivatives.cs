using LandscapeGpu.Compilation;

namespace LandscapeGpu.Devices.Kernels;

/// <summary>An objective's derivatives as emitted structs that share a thread's memory, and where their arrays are in it.</summary>
internal sealed class KernelDerivatives
{
    private readonly List<Program> programs = [];
    private Layout? last;

    private KernelDerivatives(Objective objective, Type memory, bool inMemory, bool productsOnly)
    {
        Programs = DerivativePrograms.Write(objective, productsOnly);
        Retraction = objective.Surface is null ? null : RetractionProgram.Write(objective);
        var slope = Emit(Programs.Slope, [Programs.X, Programs.Value, Programs.Gradient]);
        var curvature = Emit(Programs.Curvature, new[] { Programs.At, Programs.Direction, Programs.Result, Programs.Normal }.OfType<ProgramArray>().ToArray());
        // Without a manifold the retraction is never run: any step will do.
        var retraction = Retraction is { } r ? Emit(r.Program, [r.Near, r.On]) : slope;
        // Products alone decide nothing.
        var rounded = productsOnly ? slope : Emit((Rounding = RoundingPrograms.Write(objective)).Slope, [Rounding.X, Rounding.Inputs, Rounding.Value, Rounding.Gradient, Rounding.ValueError, Rounding.GradientError]);
        Derived = typeof(Derived<,,,,>).MakeGenericType(slope, curvature, retraction, rounded, memory);

        // Each program's arrays lie behind those of the one before. What the kernel reads and writes stays in memory; what a small program
        // computes in between lives in registers.
        Type Emit(Program program, ProgramArray[] outside)
        {
            var residence = inMemory ? Residence.InMemory(program) : Residence.Choose(program, outside[0], outside, programs: 3);
            new TogetherLoops(program, residence, new()).MakeRoom();
            last = new Layout(program, new ScalarTarget(true), 1, last);
            programs.Add(program);
            return KernelCode.Emit(program, last, residence, memory);
        }
    }

    public DerivativePrograms Programs { get; }

    public RetractionProgram? Retraction { get; }

    /// <summary>Value and gradient with bounds of their rounding; null beside products only.</summary>
    public RoundingPrograms? Rounding { get; }

    /// <summary>The programs as a struct that kernels are made generic over.</summary>
    public Type Derived { get; }

    /// <summary>Where the programs' state ends.</summary>
    public int StateElements => last!.StateElements;

    /// <param name="objective">What is derived.</param>
    /// <param name="device">Whose memory the structs reach.</param>
    /// <param name="productsOnly">Writes the product with a vector, however small the Hessian is.</param>
    public static KernelDerivatives Of(Objective objective, KernelDevice device, bool productsOnly = false)
    {
        var (source, memory) = (objective.Compiled, device.MemoryType(isDouble: true));
        return CompiledOnce.Of(
            source.Value,
            (typeof(KernelDerivatives), source.Surface, source.KeepsData, memory, device.IsMemoryOnly, productsOnly),
            () => new KernelDerivatives(source, memory, device.IsMemoryOnly, productsOnly));
    }

    /// <summary>The data and parameters of all programs.</summary>
    public double[] Numbers(Objective objective) => [.. programs.SelectMany(p => ProgramNumbers.Of(p, objective))];

    public int[] Integers() => [.. programs.SelectMany(p => p.Indices).SelectMany(i => i.Values.Values)];
}
