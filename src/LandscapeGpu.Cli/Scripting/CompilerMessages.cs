using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace LandscapeGpu.Cli.Scripting;

/// <summary>The compiler's messages about the user's text, each as one line that says where and what to do.</summary>
/// <param name="what">What the text is, to begin a sentence with.</param>
/// <param name="text">The user's text.</param>
/// <param name="offset">Where it begins in what is compiled.</param>
/// <param name="names">Names of the user's own, for suggestions.</param>
internal sealed partial class CompilerMessages(string what, string text, int offset, IEnumerable<string> names)
{
    /// <summary>How a power is written.</summary>
    public const string Power = "a power is written Pow(x[0], 2)";

    /// <summary>Passes if nothing is an error.</summary>
    /// <exception cref="MistakeException">The first error.</exception>
    public void Require(IEnumerable<Diagnostic> diagnostics)
    {
        if (diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).MinBy(d => d.Location.SourceSpan.Start) is { } first)
        {
            // What the language forbids says itself what to write.
            throw At(first.Location.SourceSpan.Start, first.Id == "CS0619" ? Condition.WriteEqual : Plain(first.GetMessage()) + Hint(first));
        }
    }

    /// <summary>A mistake at a place of what is compiled.</summary>
    public MistakeException At(int position, string message)
    {
        var at = Math.Clamp(position - offset, 0, text.Length);
        var line = text[..at].Count(c => c == '\n') + 1;
        var column = at == 0 ? 1 : at - text.LastIndexOf('\n', at - 1);
        var place = text.TrimEnd().Contains('\n', StringComparison.Ordinal) ? $"line {line}, column {column}" : $"column {column}";
        return new MistakeException($"{what} does not compile: at {place}: {message}{(message.EndsWith('.') || message.EndsWith('?') ? "" : ".")}");
    }

    /// <summary>Runs the user's code; what it throws becomes one line.</summary>
    public T Guard<T>(Func<T> run)
    {
        try
        {
            return run();
        }
        catch (MistakeException)
        {
            throw;
        }
#pragma warning disable CA1031 // The user's code may throw anything; it is the user's mistake all the same.
        catch (Exception e)
#pragma warning restore CA1031
        {
            // The expression language's own messages are sentences that need no type.
            throw new MistakeException(e is ArgumentException or InvalidOperationException
                ? $"{what} is wrong: {e.Message}"
                : e is OverflowException ? $"{what} has a sum or product of whole numbers beyond {int.MaxValue}; make one of them a real number, as in 1.0*d*d*d."
                : $"{what} threw {e.GetType().Name}: {e.Message}");
        }
    }

    private string Hint(Diagnostic diagnostic)
    {
        var position = diagnostic.Location.SourceSpan.Start - offset;
        switch (diagnostic.Id)
        {
            case "CS0103":
                var name = diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan) ?? "";
                return CoordinateNames.NumberIn(name) is not null ? "; a coordinate is written x[0]"
                    : Spelling.Meant(name, ScriptLanguage.Names.Concat(names)) is { } meant ? $"; did you mean {meant}?" : "";
            case "CS0019" or "CS0023" when diagnostic.GetMessage().Contains("'^'", StringComparison.Ordinal):
                return $"; {Power}";
            case "CS0019" when diagnostic.GetMessage().Contains("'%'", StringComparison.Ordinal):
                return $"; {ForeignFunctions.Remainder}";
            case "CS0193":
                return $"; ** is no operator: {Power}";
            case "CS0019" when diagnostic.GetMessage() is var types && types.Contains("'double'", StringComparison.Ordinal) && types.Contains("'Index'", StringComparison.Ordinal):
                return "; an index is made a number by (Real), as in 13.8*(Real)i";
            case "CS1503" when position > 0 && text[..Math.Min(position, text.Length)].Contains("Math.", StringComparison.Ordinal):
                return "; write Sin, Exp, … without 'Math.'";
            case "CS1503" or "CS0029" when Plain(diagnostic.GetMessage()).Contains("to 'Index'", StringComparison.Ordinal):
                return "; an index is a whole number up to 2147483647, or one that a loop or data give";
            case "CS1503" or "CS0029" when Plain(diagnostic.GetMessage()).Contains("'Point' to 'Real'", StringComparison.Ordinal):
                return "; x is all coordinates, one of which is written x[0]";
            case "CS0021":
                return "; what is one number stands by its name alone";
            case "CS0149" or "CS1955":
                return "; a coordinate is written x[0]";
            case "CS0104" when diagnostic.GetMessage().Contains("'Index'", StringComparison.Ordinal):
                return "; begin with using Index = LandscapeGpu.Expressions.Index;";
            case "CS8917" or "CS1660":
                return "; write (Point x) => …, or Define(dimension, x => …)";
            default:
                return "";
        }
    }

    /// <summary>Without what the reader cannot see.</summary>
    private static string Plain(string message) => Namespaces().Replace(message, "").Replace(" in the current context", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\b(LandscapeGpu\.(Expressions|Objectives|Cli\.Scripting)|System)\.(?=[A-Z])")]
    private static partial Regex Namespaces();
}
