using LandscapeGpu.Compilation;

namespace LandscapeGpu.Differentiation;

/// <summary>Value, gradient and Hessian of an objective in double precision, on lanes; on a manifold the Riemannian ones.</summary>
internal sealed class Derivatives(Objective objective, DerivativePrograms programs, int? bits)
{
    private readonly Lazy<RoundedDerivatives> rounded = new(() => RoundedDerivatives.Of(objective, bits));

    public int Dimension { get; } = objective.Dimension;

    /// <summary>The width of vectors; null for the widest there is, 0 for none.</summary>
    public int? Bits => bits;

    /// <summary>The dimension of the manifold's normal space; 0 where there is none.</summary>
    public int Normals { get; } = objective.Region.Normals(objective.Dimension);

    /// <summary>f and ∇f at X.</summary>
    public CompiledProgram Slope { get; } = Compile(programs.Slope, bits);

    /// <summary>The same with bounds of the rounding; made when first asked for.</summary>
    public RoundedDerivatives Rounded => rounded.Value;

    public ProgramArray X => programs.X;

    public ProgramArray Value => programs.Value;

    public ProgramArray Gradient => programs.Gradient;

    /// <summary>The Hessian at At: all of it, or its product with Direction.</summary>
    public CompiledProgram Curvature { get; } = Compile(programs.Curvature, bits);

    /// <summary>Operations of the value and the gradient at one point.</summary>
    public double SlopeFlops => OperationCount.Flops(Slope.Program);

    /// <summary>What a product with the Hessian costs, in floating-point operations.</summary>
    public double ProductFlops => OperationCount.Flops(Curvature.Program);

    public ProgramArray At => programs.At;

    /// <summary>The vector the Hessian is multiplied with; null where all entries are computed at once.</summary>
    public ProgramArray? Direction => programs.Direction;

    /// <summary>d·d entries, or the product's d.</summary>
    public ProgramArray Result => programs.Result;

    /// <summary>The part of Direction that is normal to the manifold; null where there is none.</summary>
    public ProgramArray? Normal => programs.Normal;

    public static Derivatives Of(Objective objective, int? bits = null)
    {
        var source = objective.Compiled;
        return CompiledOnce.Of(source.Value, (typeof(Derivatives), source.Surface, RoundingPrograms.KeepingBounds(source), source.KeepsData, bits ?? LaneTarget.WidestBits), () => new Derivatives(source, DerivativePrograms.Write(source), bits));
    }

    internal static CompiledProgram Compile(Program program, int? bits)
    {
        Target target = bits == 0 ? new ScalarTarget(true) : new LaneTarget(bits ?? LaneTarget.WidestBits, true);
        return CompiledProgram.Compile(program, target, 1);
    }
}
