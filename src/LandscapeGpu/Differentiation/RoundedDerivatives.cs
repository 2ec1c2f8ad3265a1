using LandscapeGpu.Compilation;

namespace LandscapeGpu.Differentiation;

/// <summary>Value and gradient with bounds of their rounding, and bounds of a Hessian-vector product's, on lanes.</summary>
internal sealed class RoundedDerivatives(RoundingPrograms programs, int? bits)
{
    private readonly Lazy<CompiledProgram> curvature = new(() => Derivatives.Compile(programs.Curvature, bits));

    /// <summary>f, ∇f and their bounds at X.</summary>
    public CompiledProgram Slope { get; } = Derivatives.Compile(programs.Slope, bits);

    /// <summary>Writes a point that is known to the rounding of its coordinates and of their unit, but for those that are meant as they are.</summary>
    public void Write(Lanes lanes, int lane, ReadOnlySpan<double> point, params IReadOnlyList<int> exact)
    {
        lanes.Write(programs.X, lane, point);
        for (var i = 0; i < point.Length; i++)
        {
            lanes.Write(programs.Inputs, i, lane, Math.Max(1, Math.Abs(point[i])));
        }

        foreach (var i in exact)
        {
            lanes.Write(programs.Inputs, i, lane, 0);
        }
    }

    /// <summary>Writes a point whose coordinates are meant as they are.</summary>
    public void WriteExact(Lanes lanes, int lane, ReadOnlySpan<double> point)
    {
        lanes.Write(programs.X, lane, point);
        lanes.Fill(programs.Inputs, lane, 1, 0);
    }

    /// <summary>The same in every lane.</summary>
    public void WriteExact(Lanes lanes, ReadOnlySpan<double> point)
    {
        lanes.WriteAll(programs.X, point);
        lanes.Fill(programs.Inputs, 0, lanes.Count, 0);
    }

    /// <summary>Writes a point and a direction for the bounds of the Hessian's product.</summary>
    public void Write(Lanes lanes, int lane, ReadOnlySpan<double> point, ReadOnlySpan<double> direction)
    {
        lanes.Write(programs.At, lane, point);
        lanes.Write(programs.Direction, lane, direction);
        for (var i = 0; i < point.Length; i++)
        {
            lanes.Write(programs.InputsAt, i, lane, Math.Max(1, Math.Abs(point[i])));
        }
    }

    public ProgramArray Value => programs.Value;

    public ProgramArray Gradient => programs.Gradient;

    public ProgramArray ValueError => programs.ValueError;

    /// <summary>d bounds.</summary>
    public ProgramArray GradientError => programs.GradientError;

    /// <summary>The bounds of H·v at At, with v in Direction.</summary>
    public CompiledProgram Curvature => curvature.Value;

    /// <summary>d bounds.</summary>
    public ProgramArray ProductError => programs.ProductError;

    public static RoundedDerivatives Of(Objective objective, int? bits = null)
    {
        var source = objective.Compiled;
        return CompiledOnce.Of(source.Value, (typeof(RoundedDerivatives), source.Surface, RoundingPrograms.KeepingBounds(source), source.KeepsData, bits ?? LaneTarget.WidestBits), () => new RoundedDerivatives(RoundingPrograms.Write(source), bits));
    }
}
