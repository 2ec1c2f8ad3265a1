using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <summary>What arithmetic on indices is in IL, whatever width they are computed in.</summary>
internal static class IndexArithmetic
{
    /// <summary>The instruction of a sum, difference or product, and of a quotient or remainder of numbers that are not negative.</summary>
    public static OpCode Of(IndexOperation operation) => operation switch
    {
        IndexOperation.Add => OpCodes.Add,
        IndexOperation.Subtract => OpCodes.Sub,
        IndexOperation.Multiply => OpCodes.Mul,
        IndexOperation.Divide => OpCodes.Div,
        IndexOperation.Modulo => OpCodes.Rem,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "It is no arithmetic."),
    };
}
