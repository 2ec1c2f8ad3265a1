using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LandscapeGpu.Cli.Scripting;

/// <summary>Refuses 1/2 and i/4 where a real number is meant: to C#, and of a loop's index, they are divisions of whole numbers.</summary>
internal static class WholeDivision
{
    /// <param name="compilation">Of the text.</param>
    /// <param name="messages">What mistakes in it are said by.</param>
    /// <param name="ofIndices">Whether only divisions of indices are refused: who writes a program knows what int is.</param>
    /// <exception cref="MistakeException">There is such a division.</exception>
    public static void Require(Microsoft.CodeAnalysis.Compilation compilation, CompilerMessages messages, bool ofIndices = false)
    {
        var tree = compilation.SyntaxTrees.Single();
        var model = compilation.GetSemanticModel(tree);
        foreach (var division in tree.GetRoot().DescendantNodes().OfType<BinaryExpressionSyntax>().Where(b => b.IsKind(SyntaxKind.DivideExpression)))
        {
            if ((ofIndices ? IsIndex(model, division) : IsWhole(model, division)) && !IsExact(model, division) && BecomesReal(model, division))
            {
                throw messages.At(division.SpanStart, $"{division} divides whole numbers and drops what is left; write {Real(model, division)}");
            }
        }
    }

    private static string Real(SemanticModel model, BinaryExpressionSyntax division) =>
        IsIndex(model, division) ? $"(Real){(division.Left is BinaryExpressionSyntax ? $"({division.Left})" : division.Left)}/{division.Right}"
        : division.Left is LiteralExpressionSyntax ? $"{division.Left}.0/{division.Right}" : $"1.0*{division.Left}/{division.Right}";

    private static bool IsWhole(SemanticModel model, ExpressionSyntax expression) =>
        model.GetTypeInfo(expression).Type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64 || IsIndex(model, expression);

    private static bool IsIndex(SemanticModel model, ExpressionSyntax expression) => model.GetTypeInfo(expression).Type?.Name == "Index";

    private static bool IsExact(SemanticModel model, BinaryExpressionSyntax division) =>
        model.GetConstantValue(division.Left).Value is int a && model.GetConstantValue(division.Right).Value is int b && b != 0 && a % b == 0;

    /// <summary>Whether the whole number it is part of is used as a real one, not as an index or an extent.</summary>
    private static bool BecomesReal(SemanticModel model, ExpressionSyntax expression)
    {
        while (expression.Parent is ExpressionSyntax parent and (ParenthesizedExpressionSyntax or BinaryExpressionSyntax or PrefixUnaryExpressionSyntax) && IsWhole(model, parent))
        {
            expression = parent;
        }

        return IsExponent(expression) || (model.GetTypeInfo(expression).ConvertedType is { } type && (type.SpecialType == SpecialType.System_Double || type.Name == "Real"));
    }

    /// <summary>Whether it is given to Pow, which takes whole exponents too: that of Pow(x, 1/2) would be 0.</summary>
    private static bool IsExponent(ExpressionSyntax expression) =>
        expression.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: nameof(Functions.Pow) } } };
}
