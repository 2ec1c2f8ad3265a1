namespace LandscapeGpu.Notebooks;

/// <summary>Says how notebooks show a type.</summary>
/// <remarks>
/// Notebooks of .NET Interactive (Jupyter, Polyglot) look for an attribute of this name, whatever assembly it is of, and call the method
/// CreateTypeFormatters of the class it names; each formatter has a MimeType and writes an object with Format.
/// </remarks>
/// <param name="formatterSourceType">The class that makes the formatters.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = true)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The class that makes the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;
}
