using System.Reflection.Emit;
using LandscapeGpu.Expressions;
using Index = LandscapeGpu.Expressions.Index;

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

    /// <summary>
    /// How many divisors make the dividend of a quotient or remainder positive; 0 where it never is negative. a/b and a%b of a + kb: the remainder
    /// is the same, 0 … b−1, and the quotient, rounded down, is k less.
    /// </summary>
    public static int Lift(Index quotient) => quotient.A!.Least < 0 ? (int)(-quotient.A.Least / quotient.B!.Least) + 1 : 0;
}
