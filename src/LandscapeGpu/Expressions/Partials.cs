using static LandscapeGpu.Expressions.Functions;

namespace LandscapeGpu.Expressions;

/// <summary>The derivative of each operation by each of its operands.</summary>
internal static class Partials
{
    /// <summary>Applies ∂n/∂operandₖ, a linear map, to a direction.</summary>
    public static Real Along(Real n, int operand, Real direction) => Along(n, operand, direction, n);

    /// <summary>The same where n's own value can be had as something else: an element of the vector it was written to.</summary>
    public static Real Along(Real n, int operand, Real direction, Real value)
    {
        var zero = Real.Constant(0);
        return (n.Operation, operand) switch
        {
            (Operation.Add, _) or (Operation.Subtract, 0) => direction,
            (Operation.Subtract, 1) or (Operation.Negate, _) => -direction,
            (Operation.WholePower, _) => n.Exponent * (direction * Pow(n.A, n.Exponent - 1)),
            (Operation.Multiply, 0) => direction * n.B,
            (Operation.Multiply, 1) => direction * n.A,
            (Operation.Select, 1) => Algebra.Select(n.A, direction, zero),
            (Operation.Select, 2) => Algebra.Select(n.A, zero, direction),
            (Operation.Select, _) => zero,
            (Operation.Min, 0) => Select(n.A <= n.B, direction, zero),
            (Operation.Min, 1) => Select(n.A <= n.B, zero, direction),
            (Operation.Max, 0) => Select(n.B <= n.A, direction, zero),
            (Operation.Max, 1) => Select(n.B <= n.A, zero, direction),
            (Operation.Abs, _) => Select(n.A < 0, -direction, direction),
            (Operation.Round or >= Operation.Less, _) => zero,
            _ => direction * Slope(n, operand, value),
        };
    }

    private static Real Slope(Real n, int operand, Real value) => (n.Operation, operand) switch
    {
        (Operation.Reciprocal, _) => -(value * value),
        (Operation.Sqrt, _) => 0.5 / value,
        (Operation.Exp, _) => value,
        (Operation.Log, _) => 1 / n.A,
        (Operation.Sin, _) => Cos(n.A),
        (Operation.Cos, _) => -Sin(n.A),
        (Operation.SinTurns, _) => 2 * Math.PI * Algebra.Apply(Operation.CosTurns, n.A),
        (Operation.CosTurns, _) => -2 * Math.PI * Algebra.Apply(Operation.SinTurns, n.A),
        (Operation.Tan, _) => 1 + (value * value),
        (Operation.Tanh, _) => 1 - (value * value),
        (Operation.Sigmoid, _) => value * (1 - value),
        (Operation.Softplus, _) => Sigmoid(n.A),
        (Operation.Asin, _) => 1 / Sqrt(1 - (n.A * n.A)),
        (Operation.Acos, _) => -1 / Sqrt(1 - (n.A * n.A)),
        (Operation.Atan, _) => 1 / (1 + (n.A * n.A)),
        (Operation.Atan2, 0) => n.B / ((n.A * n.A) + (n.B * n.B)),
        (Operation.Atan2, 1) => -n.A / ((n.A * n.A) + (n.B * n.B)),
        (Operation.Erf, _) => 2 / Math.Sqrt(Math.PI) * Exp(-(n.A * n.A)),
        (Operation.Power, 0) => n.B * Pow(n.A, n.B - 1),
        (Operation.Power, 1) => value * Log(n.A),
        _ => throw new InvalidOperationException($"{n.Operation} has no derivative."),
    };
}
