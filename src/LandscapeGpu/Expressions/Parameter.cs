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

    public static Real operator *(Parameter a, Real b) => (Real)a * b;

    public static Real operator *(Real a, Parameter b) => a * (Real)b;

    public static Real operator +(Parameter a, Real b) => (Real)a + b;

    public static Real operator +(Real a, Parameter b) => a + (Real)b;

    public static Real operator -(Parameter a, Real b) => (Real)a - b;

    public static Real operator -(Real a, Parameter b) => a - (Real)b;

    public static Real operator /(Parameter a, Real b) => (Real)a / b;

    public static Real operator /(Real a, Parameter b) => a / (Real)b;
}
