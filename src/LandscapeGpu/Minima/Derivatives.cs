using LandscapeGpu.Compilation;
using LandscapeGpu.Execution;
using LandscapeGpu.Objectives;

namespace LandscapeGpu.Minima;

/// <summary>Value, gradient and Hessian of an objective in double precision, on lanes.</summary>
internal sealed class Derivatives
{
    private readonly DerivativePrograms programs;

    private Derivatives(DerivativePrograms programs, int dimension, int? bits)
    {
        this.programs = programs;
        Dimension = dimension;
        Slope = Compile(programs.Slope, bits);
        Curvature = Compile(programs.Curvature, bits);
    }

    public int Dimension { get; }

    /// <summary>f and ∇f at X.</summary>
    public CompiledProgram Slope { get; }

    public ProgramArray X => programs.X;

    public ProgramArray Value => programs.Value;

    public ProgramArray Gradient => programs.Gradient;

    /// <summary>The Hessian at At: all of it, or its product with Direction.</summary>
    public CompiledProgram Curvature { get; }

    public ProgramArray At => programs.At;

    /// <summary>The vector the Hessian is multiplied with; null where all entries are computed at once.</summary>
    public ProgramArray? Direction => programs.Direction;

    /// <summary>d·d entries, or the product's d.</summary>
    public ProgramArray Result => programs.Result;

    public static Derivatives Of(Objective objective, int? bits = null) =>
        CompiledOnce.Of(objective.Value, (typeof(Derivatives), bits ?? LaneTarget.WidestBits), () => new Derivatives(DerivativePrograms.Write(objective), objective.Dimension, bits));

    private static CompiledProgram Compile(Program program, int? bits)
    {
        Target target = bits == 0 ? new ScalarTarget(true) : new LaneTarget(bits ?? LaneTarget.WidestBits, true);
        return CompiledProgram.Compile(program, target, 1);
    }
}
