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
            (Operation.WholePower, _) => Real.Constant(n.Exponent) * (direction * Algebra.Power(n.A, n.Exponent - 1)),
            (Operation.Multiply, 0) => direction * n.B,
            (Operation.Multiply, 1) => direction * n.A,
            (Operation.Select, 0) => zero,
            (Operation.Select or Operation.Min or Operation.Max, _) => Select(Branch(n, operand)!, direction, zero),
            (Operation.Abs, _) => Select(n.A < 0, -direction, direction),
            (Operation.Round or >= Operation.Less, _) => zero,
            // What a factor of 0 holds at 0 has no slope, though that of the root is infinite.
            (Operation.Sqrt, _) or (Operation.Power, 0) when GivenFactors.AreZero(n.A) is { } isZero => Select(isZero, zero, direction * Slope(n, operand, value)),
            // Its power is infinite for every exponent below 0: what is finite with it, as 1/(1 + 0ᵇ) is, does not change with the exponent.
            (Operation.Power, 1) when GivenFactors.AreZero(n.A) is { } isZero => Select(isZero & !Equal(n.B, 0), zero, direction * Slope(n, operand, value)),
            _ => direction * Slope(n, operand, value),
        };
    }

    /// <summary>Where the operand is the one that counts; null for operations that do not choose.</summary>
    public static Condition? Branch(Real n, int operand) => (n.Operation, operand) switch
    {
        (Operation.Select, 1) => new(n.A),
        (Operation.Select, 2) => !new Condition(n.A),
        (Operation.Min, 0) => n.A <= n.B,
        (Operation.Min, 1) => !(n.A <= n.B),
        (Operation.Max, 0) => n.B <= n.A,
        (Operation.Max, 1) => !(n.B <= n.A),
        _ => null,
    };

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
        // x⁰ is 1 at 0 too, and 0ᵇ is 0 for all b > 0: neither changes there, whatever the factors say.
        (Operation.Power, 0) => Select(Equal(n.A, 0) & Equal(n.B, 0), 0, n.B * Pow(n.A, n.B - 1)),
        (Operation.Power, 1) => Select(Equal(n.A, 0) & (n.B > 0), 0, value * Log(n.A)),
        _ => throw new InvalidOperationException($"{n.Operation} has no derivative."),
    };
}
