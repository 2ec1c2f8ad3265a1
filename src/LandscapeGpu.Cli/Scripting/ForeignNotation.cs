using System.Text.RegularExpressions;

namespace LandscapeGpu.Cli.Scripting;

/// <summary>Reads formulas as Python, NumPy, MATLAB and textbooks write them, to say how they are written here: x**2 and x^2, np.sin(x[0]), sum(… for i in range(d)), sums over slices of x.</summary>
/// <remarks>Where this understands nothing, or the wrong thing, no harm is done: what it says is compiled before it is shown, and the user decides.</remarks>
internal sealed partial class ForeignNotation
{
    private static readonly string[] Modules = ["np.linalg", "numpy.linalg", "np", "numpy", "math", "Math", "jnp", "torch", "tf", "sp", "sympy"];

    private readonly string[] tokens;
    private readonly HashSet<string> names;
    private readonly HashSet<string> indices = [];
    private readonly bool hasIndices;
    private readonly int firstCoordinate;
    private int next;
    private bool isInIndex;
    private Elements? elements;

    private ForeignNotation(string formula, IEnumerable<string> settings)
    {
        // Operators of elements are those of numbers.
        tokens = [.. Token().Matches(formula).Select(m => m.Value is ['.', '^' or '*' or '/'] ? m.Value[1..] : m.Value), ""];
        names = [.. settings];
        hasIndices = Enumerable.Range(1, tokens.Length - 1).Any(k => tokens[k] == "[" && tokens[k - 1] == "x");
        firstCoordinate = tokens.Any(t => CoordinateNames.NumberIn(t) == 0) ? 0 : 1;
    }

    // How strongly the outermost operator of a text binds.
    private enum Bond
    {
        Choice,
        Or,
        And,
        Comparison,
        Sum,
        Product,
        Sign,
        Atom,
    }

    /// <summary>The formula in the language of formulas; null where it is not understood, or the same.</summary>
    /// <param name="formula">What was given.</param>
    /// <param name="settings">Names of numbers.</param>
    public static string? Translated(string formula, IEnumerable<string> settings)
    {
        if (Token().Replace(formula, "").Any(c => !char.IsWhiteSpace(c)))
        {
            return null;
        }

        try
        {
            var reader = new ForeignNotation(formula, settings);
            var (text, _) = reader.Choice();
            return reader.Peek.Length == 0 && text != formula ? text : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private string Peek => tokens[next];

    private static FormatException NotUnderstood => new();

    private bool Takes(string token)
    {
        if (Peek != token)
        {
            return false;
        }

        next++;
        return true;
    }

    private void Require(string token)
    {
        if (!Takes(token))
        {
            throw NotUnderstood;
        }
    }

    private static string Within((string Text, Bond Bond) part, Bond least) => part.Bond >= least ? part.Text : $"({part.Text})";

    /// <summary>The same behind another sign: two of them are written apart.</summary>
    private static string Apart((string Text, Bond Bond) part, Bond least) => part.Text.StartsWith('-') ? $"({part.Text})" : Within(part, least);

    private (string Text, Bond Bond) Choice()
    {
        var value = Or();
        if (Takes("?"))
        {
            var then = Choice();
            Require(":");
            return ($"Select({value.Text}, {then.Text}, {Choice().Text})", Bond.Atom);
        }

        if (Takes("if"))
        {
            var condition = Or();
            Require("else");
            return ($"Select({condition.Text}, {value.Text}, {Choice().Text})", Bond.Atom);
        }

        return value;
    }

    private (string Text, Bond Bond) Or() => Chain(And, Bond.Or, ("or", "|"), ("||", "|"), ("|", "|"));

    private (string Text, Bond Bond) And() => Chain(Comparison, Bond.And, ("and", "&"), ("&&", "&"), ("&", "&"));

    private (string Text, Bond Bond) Comparison()
    {
        var left = Sum();
        var comparison = Peek;
        if (comparison is not ("<" or ">" or "<=" or ">=" or "=="))
        {
            return left;
        }

        next++;
        var right = Sum();
        return comparison == "==" ? ($"Equal({left.Text}, {right.Text})", Bond.Atom) : ($"{Within(left, Bond.Sum)} {comparison} {Within(right, Bond.Sum)}", Bond.Comparison);
    }

    private (string Text, Bond Bond) Sum() => Chain(Product, Bond.Sum, ("+", "+"), ("-", "-"));

    private (string Text, Bond Bond) Chain(Func<(string Text, Bond Bond)> part, Bond bond, params (string Theirs, string Ours)[] operators)
    {
        var left = part();
        while (operators.FirstOrDefault(o => o.Theirs == Peek) is { Ours: { } sign })
        {
            next++;
            // What stands on the right of a minus keeps its brackets.
            var right = part();
            left = ($"{Within(left, bond)} {sign} {Apart(right, bond + 1)}", bond);
        }

        return left;
    }

    private (string Text, Bond Bond) Product()
    {
        var left = Sign();
        while (true)
        {
            var isQuotient = Peek == "/";
            // A number or a bracket before a name or a bracket is a factor, as on paper.
            var isImplied = next > 0 && (char.IsAsciiDigit(tokens[next - 1][^1]) || tokens[next - 1] == ")") && !isInIndex
                && (Peek == "(" || (Peek.Length > 0 && char.IsLetter(Peek[0]) && Peek is not ("if" or "else" or "for" or "and" or "or" or "in")));
            if (!isImplied && !Takes("*") && !Takes("/"))
            {
                return left;
            }

            var right = Sign();
            // Whole numbers divide as numbers do.
            var over = isQuotient && !isInIndex && left.Text.All(char.IsAsciiDigit) ? left.Text + ".0" : Within(left, Bond.Product);
            left = ($"{over}{(isQuotient ? "/" : "*")}{Apart(right, Bond.Sign)}", Bond.Product);
        }
    }

    private (string Text, Bond Bond) Sign() =>
        Takes("-") ? ($"-{Apart(Sign(), Bond.Product)}", Bond.Sign)
        : Takes("+") ? Sign()
        : Power();

    private (string Text, Bond Bond) Power()
    {
        var start = Atom();
        return Takes("**") || Takes("^") ? ($"Pow({start.Text}, {Sign().Text})", Bond.Atom) : start;
    }

    private (string Text, Bond Bond) Atom()
    {
        var token = Peek;
        next++;
        if (token == "(")
        {
            if (Peek == "Real" && tokens[next + 1] == ")")
            {
                next += 2;
                return ($"(Real){Within(Sign(), Bond.Atom)}", Bond.Atom);
            }

            var inner = Choice();
            Require(")");
            return inner;
        }

        if (token.Length > 0 && (char.IsAsciiDigit(token[0]) || token[0] == '.'))
        {
            return (token.StartsWith('.') ? "0" + token : token.EndsWith('.') ? token + "0" : token, Bond.Atom);
        }

        if (token.Length == 0 || !char.IsLetter(token[0]))
        {
            throw NotUnderstood;
        }

        var module = Modules.FirstOrDefault(m => token.StartsWith(m + ".", StringComparison.Ordinal));
        var name = module is null ? token : token[(module.Length + 1)..];
        return Peek == "(" && name != "x" && !indices.Contains(name) && !names.Contains(name) ? Call(name) : Name(name);
    }

    private (string Text, Bond Bond) Name(string name)
    {
        if (indices.Contains(name))
        {
            return (isInIndex ? name : $"(Real){name}", Bond.Atom);
        }

        if (names.Contains(name) || name is "d" or "PI" or "E")
        {
            return (name, Bond.Atom);
        }

        if (name == "x")
        {
            return Peek == "[" ? Access() : Peek == "(" ? Counted() : Bare();
        }

        return name switch
        {
            "pi" or "π" => ("PI", Bond.Atom),
            "e" => ("E", Bond.Atom),
            "y" when !hasIndices => ("x[1]", Bond.Atom),
            "z" when !hasIndices => ("x[2]", Bond.Atom),
            _ when CoordinateNames.NumberIn(name) is { } k && k >= firstCoordinate => (string.Create(CultureInfo.InvariantCulture, $"x[{k - firstCoordinate}]"), Bond.Atom),
            _ => throw NotUnderstood,
        };
    }

    /// <summary>x alone: one of its elements in a sum over them, and the only coordinate where none is named.</summary>
    private (string Text, Bond Bond) Bare() =>
        elements is not null ? (elements.From(0, 0), Bond.Atom)
        : hasIndices ? throw NotUnderstood
        : ("x[0]", Bond.Atom);

    private (string Text, Bond Bond) Access()
    {
        Require("[");
        if (Peek == ":" || tokens[next + 1] == ":")
        {
            var first = Peek == ":" ? 0 : Whole();
            Require(":");
            var left = Takes("-") ? Whole() : 0;
            Require("]");
            return elements is null ? throw NotUnderstood : (elements.From(first, left), Bond.Atom);
        }

        var index = Indexed(Choice);
        Require("]");
        return ($"x[{index.Text}]", Bond.Atom);
    }

    /// <summary>A coordinate as MATLAB counts them, from 1.</summary>
    private (string Text, Bond Bond) Counted()
    {
        Require("(");
        var number = Whole();
        Require(")");
        return number < 1 ? throw NotUnderstood : (string.Create(CultureInfo.InvariantCulture, $"x[{number - 1}]"), Bond.Atom);
    }

    private int Whole() => int.TryParse(Peek, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && next++ >= 0 ? number : throw NotUnderstood;

    private (string Text, Bond Bond) Indexed(Func<(string Text, Bond Bond)> read)
    {
        var before = isInIndex;
        isInIndex = true;
        var found = read();
        isInIndex = before;
        return found;
    }

    private (string Text, Bond Bond) Scoped(string index, Func<(string Text, Bond Bond)> read)
    {
        if (!indices.Add(index))
        {
            throw NotUnderstood;
        }

        var found = read();
        indices.Remove(index);
        return found;
    }

    [GeneratedRegex(@"\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|[\p{L}_]\w*(?:\.[\p{L}_]\w*)*|\*\*|\.[\^*/]|<=|>=|==|=>|&&|\|\||[-+*/^()\[\],<>?:|&]")]
    private static partial Regex Token();
}
