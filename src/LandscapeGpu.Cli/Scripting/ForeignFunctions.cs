namespace LandscapeGpu.Cli.Scripting;

/// <summary>Functions that other languages have: what they are called here, how they are written with what there is, or why there are none.</summary>
internal static class ForeignFunctions
{
    private const string Steps = "is level between jumps, and no descent can follow it";

    private const string Jumps = "jumps, where no descent can follow it; what is periodic is written with Sin or Cos";

    private const string Special = "has no series here; where its argument is data alone, compute it beforehand and give it as a column";

    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ln"] = "Log",
        ["arcsin"] = "Asin",
        ["arccos"] = "Acos",
        ["arctan"] = "Atan",
        ["arctan2"] = "Atan2",
        ["arcsinh"] = "asinh",
        ["arsinh"] = "asinh",
        ["arccosh"] = "acosh",
        ["arcosh"] = "acosh",
        ["arctanh"] = "atanh",
        ["artanh"] = "atanh",
        ["fabs"] = "Abs",
        ["absolute"] = "Abs",
        ["maximum"] = "Max",
        ["minimum"] = "Min",
        ["power"] = "Pow",
        ["where"] = "Select",
        ["if"] = "Select",
        ["iff"] = "Select",
        ["ifelse"] = "Select",
        ["prod"] = "Product",
        ["average"] = "Mean",
        ["expit"] = "Sigmoid",
        ["logistic"] = "Sigmoid",
        ["sqr"] = "Square",
        ["clip"] = "clamp",
        ["step"] = "heaviside",
        ["sgn"] = "sign",
    };

    // $0 stands for an argument between commas or brackets, #0 for one beside operators.
    private static readonly Dictionary<string, (int Arguments, string Form)> Forms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["asinh"] = (1, "Select(#0 < 0, -Log(Sqrt(Square($0) + 1) - #0), Log(#0 + Sqrt(Square($0) + 1)))"),
        ["acosh"] = (1, "Log(#0 + Sqrt(Square($0) - 1))"),
        ["atanh"] = (1, "0.5*Log((1 + #0)/(1 - #0))"),
        ["exp2"] = (1, "Pow(2.0, $0)"),
        ["exp10"] = (1, "Pow(10.0, $0)"),
        ["expm1"] = (1, "(Exp($0) - 1)"),
        ["log1p"] = (1, "Log(1 + #0)"),
        ["log"] = (2, "Log($0)/Log($1)"),
        ["cbrt"] = (1, "Select(#0 < 0, -Pow(-#0, 1.0/3), Pow($0, 1.0/3))"),
        ["cube"] = (1, "Pow($0, 3)"),
        ["hypot"] = (2, "Sqrt(Square($0) + Square($1))"),
        ["sec"] = (1, "1/Cos($0)"),
        ["csc"] = (1, "1/Sin($0)"),
        ["cot"] = (1, "Cos($0)/Sin($0)"),
        ["sech"] = (1, "1/Cosh($0)"),
        ["csch"] = (1, "1/Sinh($0)"),
        ["coth"] = (1, "1/Tanh($0)"),
        ["erfc"] = (1, "(1 - Erf($0))"),
        ["sign"] = (1, "Select(#0 < 0, -1.0, Select(#0 > 0, 1.0, 0.0))"),
        ["heaviside"] = (1, "Select(#0 > 0, 1.0, 0.0)"),
        ["clamp"] = (3, "Min(Max($0, $1), $2)"),
        ["gelu"] = (1, "0.5*#0*(1 + Erf(#0/Sqrt(2)))"),
        ["reciprocal"] = (1, "1/#0"),
    };

    private static readonly Dictionary<string, string> None = new(StringComparer.OrdinalIgnoreCase)
    {
        ["floor"] = Steps,
        ["ceil"] = Steps,
        ["ceiling"] = Steps,
        ["round"] = Steps,
        ["rint"] = Steps,
        ["trunc"] = Steps,
        ["truncate"] = Steps,
        ["fix"] = Steps,
        ["int"] = Steps,
        ["frac"] = Jumps,
        ["mod"] = Jumps,
        ["fmod"] = Jumps,
        ["remainder"] = Jumps,
        ["rem"] = Jumps,
        ["gamma"] = Special,
        ["lgamma"] = Special,
        ["gammaln"] = Special,
        ["loggamma"] = Special,
        ["digamma"] = Special,
        ["beta"] = Special,
        ["betaln"] = Special,
        ["factorial"] = Special,
        ["erfinv"] = Special,
        ["zeta"] = Special,
        ["airy"] = Special,
        ["besselj"] = Special,
        ["bessely"] = Special,
        ["sinc"] = "means two things; write Sin(u)/u, or Sin(PI*u)/(PI*u)",
    };

    /// <summary>What a remainder is told.</summary>
    public const string Remainder = "a remainder " + Jumps;

    /// <summary>What a function is called here, in its own letters where it has its name of elsewhere; null where there is none.</summary>
    public static string? Called(string name) => Named(name) is var called && FormulaLanguage.FunctionNames.FirstOrDefault(f => f.Equals(called, StringComparison.OrdinalIgnoreCase)) is { } ours ? ours : null;

    /// <summary>A function of so many arguments, as it is written with what there is; null where it cannot be.</summary>
    public static string? Written(string name, IReadOnlyList<(string Bare, string BesideOperators)> arguments)
    {
        if (!Forms.TryGetValue(Named(name), out var form) || form.Arguments != arguments.Count)
        {
            return null;
        }

        var text = form.Form;
        for (var k = 0; k < arguments.Count; k++)
        {
            text = text.Replace(FormattableString.Invariant($"${k}"), arguments[k].Bare, StringComparison.Ordinal).Replace(FormattableString.Invariant($"#{k}"), arguments[k].BesideOperators, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>What a user is told who writes it; null where it is not known.</summary>
    public static string? Told(string name) => None.TryGetValue(name, out var why) ? why
        : Called(name) is { } ours ? (Names.ContainsKey(name) ? $"is called {ours}" : null)
        : Forms.TryGetValue(Named(name), out var form) ? $"is written {Written(name, [.. "uvw"[..form.Arguments].Select(u => ($"{u}", $"{u}"))])}" : null;

    private static string Named(string name) => Names.GetValueOrDefault(name, name);
}
