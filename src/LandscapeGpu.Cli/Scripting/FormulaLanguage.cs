using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LandscapeGpu.Cli.Scripting;

/// <summary>What a formula may be made of: it is mathematics, and no program.</summary>
/// <remarks>
/// Run files carry formulas from one person to another, so that whatever a formula says must be harmless to compile and run. This is a list of what
/// is allowed: whatever C# has besides, now or later, is refused.
/// </remarks>
/// <param name="messages">Mistakes, with their place.</param>
/// <param name="names">The names of numbers: x, d, the constants and those of --set.</param>
internal sealed class FormulaLanguage(CompilerMessages messages, IEnumerable<string> names)
{
    public const string Allowed =
        "a formula is numbers, x[i], d, PI, E, names of --set, arithmetic, comparisons, a ? b : c, the functions of the language such as Sin, and i => … in Sum, Mean, Product and Vector; programs are for --script";

    /// <summary>The functions of the language.</summary>
    public static IReadOnlyCollection<string> FunctionNames => Functions;

    private static readonly HashSet<string> Functions = [.. typeof(Functions).GetMethods().Where(m => m.IsStatic).Select(m => m.Name)];

    private static readonly HashSet<string> Loops = ["Sum", "Mean", "Product", "Vector"];

    // == and != are refused by the compiler, which says what to write instead, and so is ^.
    private static readonly HashSet<SyntaxKind> Operators =
    [
        SyntaxKind.AddExpression, SyntaxKind.SubtractExpression, SyntaxKind.MultiplyExpression, SyntaxKind.DivideExpression, SyntaxKind.ModuloExpression,
        SyntaxKind.LessThanExpression, SyntaxKind.LessThanOrEqualExpression, SyntaxKind.GreaterThanExpression, SyntaxKind.GreaterThanOrEqualExpression,
        SyntaxKind.EqualsExpression, SyntaxKind.NotEqualsExpression, SyntaxKind.BitwiseAndExpression, SyntaxKind.BitwiseOrExpression, SyntaxKind.ExclusiveOrExpression,
        SyntaxKind.LogicalAndExpression, SyntaxKind.LogicalOrExpression,
        SyntaxKind.UnaryMinusExpression, SyntaxKind.UnaryPlusExpression, SyntaxKind.LogicalNotExpression,
    ];

    private readonly HashSet<string> known = [.. names];

    /// <exception cref="MistakeException">The formula has something else; the message says where and what is allowed.</exception>
    public void Require(ExpressionSyntax formula)
    {
        // Directives load files and assemblies before anything is compiled.
        if (formula.DescendantTrivia(descendIntoTrivia: true).FirstOrDefault(t => t.IsDirective || t.IsKind(SyntaxKind.SkippedTokensTrivia) || t.IsKind(SyntaxKind.DisabledTextTrivia)) is { RawKind: not 0 } trivia)
        {
            throw Refused(trivia.SpanStart, trivia.ToString());
        }

        RequireOwnCoordinates(formula);
        Require(formula, known);
    }

    private void Require(ExpressionSyntax expression, HashSet<string> scope)
    {
        switch (expression)
        {
            case LiteralExpressionSyntax number when number.IsKind(SyntaxKind.NumericLiteralExpression):
                break;
            case IdentifierNameSyntax name:
                RequireName(name, scope);
                break;
            case ParenthesizedExpressionSyntax inner:
                Require(inner.Expression, scope);
                break;
            case PrefixUnaryExpressionSyntax unary when Operators.Contains(unary.Kind()):
                Require(unary.Operand, scope);
                break;
            case BinaryExpressionSyntax binary when Operators.Contains(binary.Kind()):
                RequireBoth(binary, scope);
                break;
            // An index as a number, where C# cannot tell that one is meant.
            case CastExpressionSyntax { Type: IdentifierNameSyntax { Identifier.ValueText: "Real" } } cast:
                Require(cast.Expression, scope);
                break;
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression } power:
                throw messages.At(power.SpanStart, $"** is no operator; {CompilerMessages.Power}");
            case ConditionalExpressionSyntax choice:
                Require(choice.Condition, scope);
                Require(choice.WhenTrue, scope);
                Require(choice.WhenFalse, scope);
                break;
            case ElementAccessExpressionSyntax access:
                Require(access.Expression, scope);
                RequireArguments(access.ArgumentList.Arguments, scope, mayLoop: false);
                break;
            case InvocationExpressionSyntax { Expression: IdentifierNameSyntax function } call when Functions.Contains(function.Identifier.ValueText) && !scope.Contains(function.Identifier.ValueText):
                RequireArguments(call.ArgumentList.Arguments, scope, Loops.Contains(function.Identifier.ValueText));
                break;
            case InvocationExpressionSyntax { Expression: IdentifierNameSyntax function } when scope.Contains(function.Identifier.ValueText):
                throw messages.At(function.SpanStart, $"{function} is no function; a coordinate is written x[0]");
            case InvocationExpressionSyntax { Expression: IdentifierNameSyntax function }:
                throw Unknown(function, scope);
            case MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Math" }, Name.Identifier.ValueText: "PI" or "E" or "Tau" }:
                break;
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" or "Dimension", OperatorToken.RawKind: (int)SyntaxKind.DotToken } length:
                Require(length.Expression, scope);
                break;
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Math" } } function }:
                throw Refused(function.SpanStart, $"{function}(…)", "write Sin, Exp, … without 'Math.'; ");
            default:
                throw Refused(expression.SpanStart, expression.ToString());
        }
    }

    /// <summary>A sum of ten thousand terms is ten thousand deep on its left.</summary>
    private void RequireBoth(BinaryExpressionSyntax binary, HashSet<string> scope)
    {
        ExpressionSyntax left = binary;
        while (left is BinaryExpressionSyntax next && Operators.Contains(next.Kind()))
        {
            Require(next.Right, scope);
            left = next.Left;
        }

        Require(left, scope);
    }

    private void RequireArguments(SeparatedSyntaxList<ArgumentSyntax> arguments, HashSet<string> scope, bool mayLoop)
    {
        foreach (var argument in arguments)
        {
            if (argument.NameColon is not null || !argument.RefKindKeyword.IsKind(SyntaxKind.None))
            {
                throw Refused(argument.SpanStart, argument.ToString());
            }

            if (mayLoop && Loop(argument.Expression) is var (index, body))
            {
                Require(body, [.. scope, index]);
                continue;
            }

            Require(argument.Expression, scope);
        }
    }

    /// <summary>The index and the body of i => …; null where it is nothing so plain.</summary>
    private static (string Index, ExpressionSyntax Body)? Loop(ExpressionSyntax expression) => expression switch
    {
        LambdaExpressionSyntax { Modifiers.Count: > 0 } or LambdaExpressionSyntax { AttributeLists.Count: > 0 } => null,
        SimpleLambdaExpressionSyntax { ExpressionBody: { } body, Parameter.Identifier.ValueText: var index } => (index, body),
        ParenthesizedLambdaExpressionSyntax { ReturnType: null, ExpressionBody: { } body, ParameterList.Parameters: [{ Type: null, Default: null, AttributeLists.Count: 0, Modifiers.Count: 0 } only] } => (only.Identifier.ValueText, body),
        _ => null,
    };

    private void RequireName(IdentifierNameSyntax name, HashSet<string> scope)
    {
        if (!scope.Contains(name.Identifier.ValueText))
        {
            throw Functions.Contains(name.Identifier.ValueText) ? Refused(name.SpanStart, name.ToString(), "a function is followed by its arguments; ") : Unknown(name, scope);
        }
    }

    private MistakeException Unknown(IdentifierNameSyntax name, HashSet<string> scope)
    {
        var text = name.Identifier.ValueText;
        var isCalled = name.Parent is InvocationExpressionSyntax;
        return messages.At(
            name.SpanStart,
            $"The name '{text}' does not exist" + (isCalled && ForeignFunctions.Told(text) is { } told ? $"; it {told}"
                : Spelling.Meant(text, isCalled ? Functions : Functions.Concat(scope)) is { } meant ? $"; did you mean {meant}?"
                : isCalled ? $"; the functions are {string.Join(", ", Functions.Order())}"
                : $"; {Allowed}"));
    }

    /// <summary>Coordinates of another notation, all at once, and their powers with them.</summary>
    private void RequireOwnCoordinates(ExpressionSyntax formula)
    {
        var scope = formula.DescendantNodes().OfType<ParameterSyntax>().Select(p => p.Identifier.ValueText).Concat(known).ToHashSet();
        var others = formula.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Where(n => !scope.Contains(n.Identifier.ValueText) && CoordinateNames.Meant([n.Identifier.ValueText]) is not null).ToList();
        if (others.Count > 0)
        {
            var hasPowers = formula.DescendantNodesAndSelf().Any(n => n.IsKind(SyntaxKind.ExclusiveOrExpression) || n.IsKind(SyntaxKind.PointerIndirectionExpression));
            throw messages.At(others[0].SpanStart, $"{CoordinateNames.Meant([.. others.Select(n => n.Identifier.ValueText).Distinct()])}{(hasPowers ? $" And {CompilerMessages.Power}." : "")}");
        }
    }

    private MistakeException Refused(int position, string what, string hint = "")
    {
        what = what.ReplaceLineEndings(" ");
        return messages.At(position, $"{(what.Length > 40 ? what[..40] + "…" : what)} is not part of a formula; {hint}{Allowed}");
    }
}
