using LandscapeGpu.Expressions;

namespace LandscapeGpu.Objectives;

/// <summary>An objective's model: f(x) = loss(outputs(x)) + penalty(x), with the outputs for all samples in one vector.</summary>
/// <remarks>
/// What theory says about models needs the outputs themselves: the tangent kernel is JJᵀ of their Jacobian J, and the gradient
/// basis is J's columns.
/// </remarks>
public sealed class Model
{
    internal Model(Vector outputs, Objective loss, bool isPenalised)
    {
        Outputs = outputs;
        Loss = loss;
        IsPenalised = isPenalised;
    }

    /// <summary>The number of outputs: samples times outputs of each.</summary>
    public int Count => Outputs.Length;

    /// <summary>The loss as a function of the outputs.</summary>
    public Objective Loss { get; }

    /// <summary>Whether the objective has a term besides the loss, such as a regulariser.</summary>
    public bool IsPenalised { get; }

    /// <summary>The outputs, as an expression in the objective's point.</summary>
    internal Vector Outputs { get; }
}
