namespace LandscapeGpu.Expressions;

/// <summary>A named number of an objective, such as a regulariser's weight, that can be changed without compiling again.</summary>
/// <param name="Name">The name it is set by.</param>
/// <param name="Value">The value it has until it is set.</param>
public sealed record Parameter(string Name, double Value)
{
    /// <summary>The value it has until it is set; finite.</summary>
    public double Value { get; } = double.IsFinite(Value)
        ? Value
        : throw new ArgumentException(FormattableString.Invariant($"The parameter {Name} was given {Value}; a parameter is a finite number."));

    /// <summary>The product, as a formula.</summary>
    public static Real operator *(Parameter a, Real b) => (Real)a * b;

    /// <summary>The product, as a formula.</summary>
    public static Real operator *(Real a, Parameter b) => a * (Real)b;

    /// <summary>The sum, as a formula.</summary>
    public static Real operator +(Parameter a, Real b) => (Real)a + b;

    /// <summary>The sum, as a formula.</summary>
    public static Real operator +(Real a, Parameter b) => a + (Real)b;

    /// <summary>The difference, as a formula.</summary>
    public static Real operator -(Parameter a, Real b) => (Real)a - b;

    /// <summary>The difference, as a formula.</summary>
    public static Real operator -(Real a, Parameter b) => a - (Real)b;

    /// <summary>The quotient, as a formula.</summary>
    public static Real operator /(Parameter a, Real b) => (Real)a / b;

    /// <summary>The quotient, as a formula.</summary>
    public static Real operator /(Real a, Parameter b) => a / (Real)b;

    /// <summary>The product of two, as a formula.</summary>
    public static Real operator *(Parameter a, Parameter b) => (Real)a * (Real)b;

    /// <summary>The sum of two, as a formula.</summary>
    public static Real operator +(Parameter a, Parameter b) => (Real)a + (Real)b;

    /// <summary>The difference of two, as a formula.</summary>
    public static Real operator -(Parameter a, Parameter b) => (Real)a - (Real)b;

    /// <summary>The quotient of two, as a formula.</summary>
    public static Real operator /(Parameter a, Parameter b) => (Real)a / (Real)b;

    /// <summary>The negative, as a formula.</summary>
    public static Real operator -(Parameter a) => -(Real)a;
}
