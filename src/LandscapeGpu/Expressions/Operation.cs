namespace LandscapeGpu.Expressions;

/// <summary>What a node of an expression does with its operands.</summary>
internal enum Operation
{
    Constant,
    Parameter,

    /// <summary>An element of a vector.</summary>
    Element,

    /// <summary>A loop's index as a number.</summary>
    FromIndex,

    /// <summary>The sum of the operand over a loop.</summary>
    Sum,

    Add,
    Subtract,
    Multiply,
    Negate,

    /// <summary>xⁿ for a whole number n ≥ 3, by multiplications.</summary>
    WholePower,
    Reciprocal,
    Min,
    Max,
    Abs,
    Sqrt,
    Exp,
    Log,
    Sin,
    Cos,

    /// <summary>sin 2πu.</summary>
    SinTurns,

    /// <summary>cos 2πu.</summary>
    CosTurns,
    Tan,
    Tanh,
    Sigmoid,
    Softplus,
    Asin,
    Acos,
    Atan,
    Atan2,
    Erf,
    Power,

    /// <summary>The nearest whole number; its derivative is taken as zero.</summary>
    Round,

    /// <summary>The second operand where the first, a mask, holds; else the third.</summary>
    Select,

    // Masks.
    Less,
    LessOrEqual,
    Equal,
    And,
    Or,
    Not,

    /// <summary>Compares two indices: the same for all restarts.</summary>
    IndexLess,
    IndexEqual,
}
