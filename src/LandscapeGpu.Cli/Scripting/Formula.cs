using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LandscapeGpu.Cli.Scripting;

/// <summary>An objective from a formula on the command line.</summary>
internal static class Formula
{
    private const string What = "The formula";

    /// <summary>What stands before a formula.</summary>
    public const string Constants = "const double PI = System.Math.PI, E = System.Math.E;\n";

    /// <summary>The names of numbers, as reals of the formula: whatever can be written with a coordinate can be written with them.</summary>
    public static string Numbers(IEnumerable<string> settings) =>
        string.Concat(settings.Select(name => $"LandscapeGpu.Expressions.Real {name} = Settings[\"{name}\"];\n"));

    /// <summary>Compiles a formula over x and d; whatever it says, nothing but the expression language runs.</summary>
    /// <param name="formula">An expression of the language that <see cref="FormulaLanguage"/> lists, written as in C#.</param>
    /// <param name="dimension">d; null to take it from the greatest coordinate that is named.</param>
    /// <param name="settings">Names the formula may use as numbers.</param>
    /// <exception cref="MistakeException">It does not compile; the message says where.</exception>
    // Not inlined, so that the compiler is loaded only when there is something to compile.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Objective Compile(string formula, int? dimension, IReadOnlyDictionary<string, double> settings)
    {
        RequireNames(settings.Keys);
        try
        {
            return Compiled(formula, dimension, settings);
        }
        // How many coordinates there are is another question.
        catch (MistakeException mistake) when (ForeignNotation.Translated(formula, settings.Keys) is { } ours && Passes(() => Compiled(ours, dimension ?? LeastDimension(ours), settings)))
        {
            throw Translated(mistake, ours);
        }
    }

    /// <summary>Whether what is compiled has no mistake.</summary>
    public static bool Passes<T>(Func<T> compile)
    {
        try
        {
            return compile() is not null;
        }
        catch (MistakeException)
        {
            return false;
        }
    }

    /// <summary>A mistake with how the formula is written here; who can copy that needs no list of what there is.</summary>
    public static MistakeException Translated(MistakeException mistake, string ours) =>
        new($"{mistake.Message.Replace($"; {FormulaLanguage.Allowed}", "", StringComparison.Ordinal)} Here it is written: {ours}");

    private static Objective Compiled(string formula, int? dimension, IReadOnlyDictionary<string, double> settings)
    {
        var syntax = Parse(formula, What, [.. settings.Keys, "x", "d", "PI", "E"]);
        var before = $"{Constants}(System.Func<LandscapeGpu.Expressions.Point, int, LandscapeGpu.Expressions.Real>)((x, d) => {{\n{Numbers(settings.Keys)}return \n";
        var script = CSharpScript.Create<Func<Point, int, Real>>(before + formula + "\n;})", ScriptLanguage.Options, typeof(FormulaSettings));
        var messages = new CompilerMessages(What, formula, before.Length, settings.Keys);
        messages.Require(script.Compile());
        WholeDivision.Require(script.GetCompilation(), messages);
        var d = dimension ?? GreatestCoordinate(syntax) + 1;
        return messages.Guard(() =>
        {
            var globals = new FormulaSettings(settings.ToDictionary(s => s.Key, s => new Parameter(s.Key, s.Value)));
            var function = script.RunAsync(globals).GetAwaiter().GetResult().ReturnValue;
            return Objective.Define(formula, d, x => function(x, d));
        });
    }

    // As the script that it becomes a part of is parsed: what is looked at is what is compiled.
    internal static readonly CSharpParseOptions Language = CSharpParseOptions.Default.WithKind(Microsoft.CodeAnalysis.SourceCodeKind.Script).WithLanguageVersion(LanguageVersion.Latest);

    /// <summary>The expression that a text is.</summary>
    /// <exception cref="MistakeException">It is none, or has what is no mathematics.</exception>
    public static ExpressionSyntax Parse(string formula, string what, IEnumerable<string> names)
    {
        if (string.IsNullOrWhiteSpace(formula))
        {
            throw new MistakeException($"{what} is empty; write one over x, such as \"Sin(x[0]) + 0.2*x[0]\".");
        }

        var messages = new CompilerMessages(what, formula, 0, []);
        // C# reads two signs in a row as a step by one; who writes a value of -0.5 behind a minus means the other thing.
        if (SyntaxFactory.ParseTokens(formula).FirstOrDefault(t => t.Kind() is SyntaxKind.MinusMinusToken or SyntaxKind.PlusPlusToken) is { RawKind: not 0 } signs)
        {
            throw messages.At(signs.SpanStart, $"two signs in a row are written apart, as in x[0] {signs.Text[0]} (-0.5)");
        }

        var syntax = SyntaxFactory.ParseExpression(formula, options: Language);
        messages.Require(syntax.GetDiagnostics());
        if (syntax is LambdaExpressionSyntax)
        {
            throw new MistakeException("The formula is a function; write its value alone, without the arrow: \"Sin(x[0])\" instead of \"x => Sin(x[0])\".");
        }

        new FormulaLanguage(messages, names).Require(syntax);
        return syntax;
    }

    /// <summary>Coordinates that a formula can do with: those that it names, and some more for its sums.</summary>
    private static int LeastDimension(string formula) =>
        Math.Min(Coordinates(SyntaxFactory.ParseExpression(formula, options: Language)).Max() ?? 0, ObjectiveArguments.MostCoordinates - FewCoordinates) + FewCoordinates;

    private const int FewCoordinates = 8;

    private static int?[] Coordinates(ExpressionSyntax syntax) =>
    [
        .. syntax.DescendantNodesAndSelf().OfType<ElementAccessExpressionSyntax>()
            .Where(access => access.Expression is IdentifierNameSyntax { Identifier.Text: "x" })
            .Select(access => access.ArgumentList.Arguments is [{ Expression: LiteralExpressionSyntax { Token.Value: int k } }] ? k : (int?)null),
    ];

    /// <summary>The greatest k of all x[k], where every k is a number.</summary>
    private static int GreatestCoordinate(ExpressionSyntax syntax)
    {
        var named = Coordinates(syntax);
        return named.Length > 0 && named.All(k => k is not null)
            ? named.Max()!.Value is var greatest && greatest < ObjectiveArguments.MostCoordinates ? greatest : throw new MistakeException(
                $"The formula names x[{greatest}]; there can be at most {ObjectiveArguments.MostCoordinates} coordinates, x[0] to x[{ObjectiveArguments.MostCoordinates - 1}].")
            : throw new MistakeException("The formula does not say how many coordinates x has; give --dimension.");
    }

    /// <summary>The names in a formula that are neither functions nor indices of its loops, in order.</summary>
    public static IReadOnlyList<string> FreeNames(string formula)
    {
        var nodes = SyntaxFactory.ParseExpression(formula, options: Language).DescendantNodesAndSelf();
        // Where an index has its meaning: i is free in i + Sum(n, i => x[i]), once.
        var indices = nodes.OfType<ParameterSyntax>().ToLookup(p => p.Identifier.ValueText, p => p.FirstAncestorOrSelf<LambdaExpressionSyntax>()!.Span);
        return
        [
            .. nodes.OfType<IdentifierNameSyntax>()
                .Where(name => name.Parent is not (InvocationExpressionSyntax or MemberAccessExpressionSyntax) && name.Identifier.ValueText is not ("" or "Real") && !indices[name.Identifier.ValueText].Any(loop => loop.Contains(name.Span)))
                .Select(name => name.Identifier.ValueText).Distinct(),
        ];
    }

    /// <summary>Whether a name stands anywhere but in a sum or a difference.</summary>
    public static bool IsUsedWhole(string formula, string name) =>
        SyntaxFactory.ParseExpression(formula, options: Language).DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Any(n => n.Identifier.ValueText == name && n.Parent is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression or (int)SyntaxKind.AddExpression });

    /// <summary>Whether a name is raised to a power in which some of others stand, and none of these to the same power: of Pow(t, n)/(Pow(K, n) + Pow(t, n)) the sizes fall out.</summary>
    public static bool IsRaised(string formula, string name, IReadOnlyCollection<string> others)
    {
        ExpressionSyntax[][] powers =
        [
            .. SyntaxFactory.ParseExpression(formula, options: Language).DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>()
                .Where(call => call is { Expression: IdentifierNameSyntax { Identifier.ValueText: "Pow" }, ArgumentList.Arguments.Count: 2 }).Select(call => call.ArgumentList.Arguments.Select(a => a.Expression).ToArray()),
        ];
        return powers.Any(p => p[0] is IdentifierNameSyntax { Identifier.ValueText: var raised } && raised == name && Names(p[1]).Overlaps(others)
            && !powers.Any(q => Names(q[0]).Overlaps(others) && q[1].IsEquivalentTo(p[1])));

        static HashSet<string> Names(CSharpSyntaxNode node) => [.. node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(n => n.Identifier.ValueText)];
    }

    /// <exception cref="MistakeException">One cannot stand in a formula.</exception>
    public static void RequireNames(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (!SyntaxFacts.IsValidIdentifier(name) || SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || name is "x" or "d" or "PI" or "E" or "Settings")
            {
                throw new MistakeException($"--set was given {name}=…; in a formula the name must be letters and digits, and not x, d, PI, E or a word of C#.");
            }
        }
    }
}
