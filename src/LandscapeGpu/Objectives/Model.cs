namespace LandscapeGpu.Objectives;

/// <summary>An objective's model: f(x) = loss(outputs(x)) + penalty(x), with the outputs for all samples in one vector.</summary>
/// <remarks>
/// What theory says about models needs the outputs themselves: the tangent kernel is JJᵀ of their Jacobian J, and the gradient
/// basis is J's columns.
/// </remarks>
public sealed class Model
{
    private readonly Objective? owner;

    internal Model(Vector outputs, Objective loss, bool isPenalised, Objective? owner = null)
    {
        OutputVector = outputs;
        Loss = loss;
        IsPenalised = isPenalised;
        this.owner = owner;
    }

    /// <summary>The model of an objective, with its present parameters.</summary>
    internal Model Of(Objective objective) => new(OutputVector, Loss, IsPenalised, objective);

    /// <summary>The number of outputs: samples times outputs of each.</summary>
    public int Count => OutputVector.Length;

    /// <summary>The loss as a function of the outputs.</summary>
    public Objective Loss { get; }

    /// <summary>The loss as it is with these values of the parameters it names.</summary>
    internal Objective LossWith(IReadOnlyList<Parameter> parameters) =>
        parameters.Where(p => Loss.Parameters.Any(l => l.Name == p.Name)).Aggregate(Loss, (loss, p) => loss.With(p.Name, p.Value));

    /// <summary>Whether the objective has a term besides the loss, such as a regulariser.</summary>
    public bool IsPenalised { get; }

    /// <summary>The outputs, as an expression in the objective's point.</summary>
    internal Vector OutputVector { get; }

    /// <summary>The outputs at a point: samples times outputs of each, by interpreting the formula.</summary>
    /// <param name="x">The model's parameters, as the formula is given them.</param>
    /// <exception cref="ArgumentException">x has another length.</exception>
    public double[] Outputs(ReadOnlySpan<double> x) => owner!.Evaluate(Arithmetic.DoubleArithmetic.Instance, x, OutputVector);
}
