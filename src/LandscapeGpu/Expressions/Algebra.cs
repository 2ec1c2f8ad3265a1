namespace LandscapeGpu.Expressions;

/// <summary>Arithmetic on expressions, simplified as it is written.</summary>
internal static class Algebra
{
    public static Real Add(Real a, Real b)
    {
        RequireBoth(a, b);
        return (a.Operation, b.Operation) switch
        {
            (Operation.Constant, Operation.Constant) => Real.Constant(a.Value + b.Value),
            (Operation.Constant, _) when a.Value == 0 => b,
            (_, Operation.Constant) => Add(b, a),
            (_, Operation.Negate) => Subtract(a, b.A),
            (Operation.Negate, _) => Subtract(b, a.A),
            _ when ReferenceEquals(a, b) => Multiply(Real.Constant(2), a),
            // Of one case distinction, each branch for itself.
            (Operation.Select, Operation.Select) when ReferenceEquals(a.A, b.A) && ((IsZero(a.B) || IsZero(b.B)) && (IsZero(a.C) || IsZero(b.C))) => Select(a.A, Add(a.B, b.B), Add(a.C, b.C)),
            (Operation.Multiply, Operation.Multiply) when a.A.IsConstant && b.A.IsConstant && ReferenceEquals(a.B, b.B) =>
                Multiply(Real.Constant(a.A.Value + b.A.Value), a.B),
            _ => Commutative(Operation.Add, a, b),
        };
    }

    public static Real Subtract(Real a, Real b)
    {
        RequireBoth(a, b);
        return (a.Operation, b.Operation) switch
        {
            (_, Operation.Constant) => Add(Real.Constant(-b.Value), a),
            (Operation.Constant, _) when a.Value == 0 => Negate(b),
            (_, Operation.Negate) => Add(a, b.A),
            // π − arccos x, which loses all digits at −1, where arccos −x has them.
            (Operation.Constant, Operation.Acos) when a.Value == Math.PI => Apply(Operation.Acos, Negate(b.A)),
            _ when ReferenceEquals(a, b) => Real.Constant(0),
            _ => Trace.Node(new RealKey(Operation.Subtract, a, b)),
        };
    }

    public static Real Negate(Real a)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.Operation switch
        {
            Operation.Constant => Real.Constant(-a.Value),
            Operation.Negate => a.A,
            Operation.Multiply when a.A.IsConstant => Multiply(Real.Constant(-a.A.Value), a.B),
            Operation.Subtract => Subtract(a.B, a.A),
            _ => Trace.Node(new RealKey(Operation.Negate, a)),
        };
    }

    public static Real Multiply(Real a, Real b)
    {
        RequireBoth(a, b);
        return (a.Operation, b.Operation) switch
        {
            (Operation.Constant, Operation.Constant) => Real.Constant(a.Value * b.Value),
            (_, Operation.Constant) => Multiply(b, a),
            (Operation.Constant, _) when a.Value == 0 => a,
            (Operation.Constant, _) when a.Value == 1 => b,
            (Operation.Constant, _) when a.Value == -1 => Negate(b),
            (Operation.Constant, Operation.Multiply) when b.A.IsConstant => Multiply(Real.Constant(a.Value * b.A.Value), b.B),
            (Operation.Constant, Operation.Select) when b.B.IsConstant && b.C.IsConstant => Select(b.A, Multiply(a, b.B), Multiply(a, b.C)),
            (Operation.Constant, Operation.Negate) => Multiply(Real.Constant(-a.Value), b.A),
            (Operation.Multiply, _) when a.A.IsConstant => Multiply(a.A, Multiply(a.B, b)),
            (_, Operation.Multiply) when !a.IsConstant && b.A.IsConstant => Multiply(b.A, Multiply(a, b.B)),
            (Operation.Negate, Operation.Negate) => Multiply(a.A, b.A),
            (Operation.Negate, _) => Negate(Multiply(a.A, b)),
            (_, Operation.Negate) => Negate(Multiply(a, b.A)),
            _ => Commutative(Operation.Multiply, a, b),
        };
    }

    public static Real Divide(Real a, Real b)
    {
        RequireBoth(a, b);
        return ReferenceEquals(a, b) && !IsZero(a) ? Real.Constant(1) : Multiply(Reciprocal(b), a);
    }

    public static Real Reciprocal(Real a) => a.Operation switch
    {
        // Kept as it is where it has no value: a branch may leave it out, and what does not is refused when the objective is defined.
        Operation.Constant when a.Value != 0 => Real.Constant(1 / a.Value),
        Operation.Reciprocal => a.A,
        Operation.Negate => Negate(Reciprocal(a.A)),
        Operation.Multiply when a.A.IsConstant => Multiply(Real.Constant(1 / a.A.Value), Reciprocal(a.B)),
        _ => Trace.Node(new RealKey(Operation.Reciprocal, a)),
    };

    /// <summary>xⁿ for a whole number n.</summary>
    public static Real Power(Real x, long n)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (n < 0)
        {
            return Reciprocal(Power(x, -n));
        }

        return (n, x.IsConstant) switch
        {
            (0, _) => Real.Constant(1),
            (1, _) => x,
            (2, _) => Multiply(x, x),
            (_, true) => Real.Constant(Math.Pow(x.Value, n)),
            _ => Trace.Node(new RealKey(Operation.WholePower, x, Bits: n)),
        };
    }

    /// <summary>Σ body over the loop, with factors that do not depend on the index taken out.</summary>
    public static Real Sum(Index variable, Real body)
    {
        var extent = variable.Extent;
        if (!body.Free.Contains(variable))
        {
            return Multiply(extent, body);
        }

        return body.Operation switch
        {
            _ when extent.IsConstant && extent.Value == 0 => Real.Constant(0),
            Operation.Negate => Negate(Sum(variable, body.A)),
            Operation.Multiply when !body.A.Free.Contains(variable) => Multiply(body.A, Sum(variable, body.B)),
            Operation.Multiply when !body.B.Free.Contains(variable) => Multiply(body.B, Sum(variable, body.A)),
            _ => Trace.Node(new RealKey(Operation.Sum, body, Index: variable)),
        };
    }

    public static Real Select(Real mask, Real then, Real otherwise)
    {
        if (ReferenceEquals(then, otherwise))
        {
            return then;
        }

        return mask.Operation switch
        {
            Operation.Constant => mask.Value != 0 ? then : otherwise,
            Operation.Not => Select(mask.A, otherwise, then),
            _ => Trace.Node(new RealKey(Operation.Select, mask, then, otherwise)),
        };
    }

    /// <summary>A function of one number; of a constant it is computed at once.</summary>
    public static Real Apply(Operation function, Real x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.IsConstant && RealFunctions.Evaluate(function, x.Value) is var value && double.IsFinite(value))
        {
            return Real.Constant(value);
        }

        return (function, x.Operation) switch
        {
            (Operation.Abs, Operation.Abs) => x,
            (Operation.Abs or Operation.Cos or Operation.CosTurns, Operation.Negate) => Apply(function, x.A),
            (Operation.Sin or Operation.Tan or Operation.Tanh or Operation.Atan or Operation.Asin or Operation.Erf or Operation.SinTurns, Operation.Negate) =>
                Negate(Apply(function, x.A)),
            (Operation.Sin, Operation.Multiply) when Turns(x) is { } turns => Apply(Operation.SinTurns, turns),
            (Operation.Cos, Operation.Multiply) when Turns(x) is { } turns => Apply(Operation.CosTurns, turns),
            _ => Trace.Node(new RealKey(function, x)),
        };
    }

    /// <summary>A function of two numbers.</summary>
    public static Real Apply(Operation function, Real x, Real y)
    {
        RequireBoth(x, y);
        return x.IsConstant && y.IsConstant && RealFunctions.Evaluate(function, x.Value, y.Value) is var value && double.IsFinite(value)
            ? Real.Constant(value)
            : function is Operation.Min or Operation.Max && ReferenceEquals(x, y) ? x
            : Trace.Node(new RealKey(function, x, y));
    }

    /// <summary>
    /// x/2π where x is 2πq·y with a short binary fraction q: then the reduction of the angle is exact and costs two operations.
    /// </summary>
    private static Real? Turns(Real x)
    {
        if (!x.A.IsConstant)
        {
            return null;
        }

        // 2⁻¹⁰ steps: q·y is then rounded no worse than 2πq·y would have been; four roundings are two ulp of the constant.
        var q = x.A.Value / (2 * Math.PI);
        var near = Math.Round(q * 1024) / 1024;
        return near != 0 && Math.Abs(q - near) <= 4 * RunningError.UnitRoundoff * Math.Abs(q) ? Multiply(Real.Constant(near), x.B) : null;
    }

    private static bool IsZero(Real a) => a.IsConstant && a.Value == 0;

    private static Real Commutative(Operation operation, Real a, Real b) =>
        Trace.Node(a.Number <= b.Number || a.IsConstant ? new RealKey(operation, a, b) : new RealKey(operation, b, a));

    private static void RequireBoth(Real a, Real b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
    }
}
