using System.Runtime.CompilerServices;
using LandscapeGpu.Objectives.Datasets;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static LandscapeGpu.Expressions.Functions;
using Index = LandscapeGpu.Expressions.Index;

namespace LandscapeGpu.Cli.Scripting;

/// <summary>The sum of squares by which a model misses data, from a text such as y ~ a*Exp(-b*t): names of columns are data, and names of nothing are the parameters that are fitted.</summary>
internal static class FitFormula
{
    private const string Form = "it is what is measured, ~ and the model, such as \"y ~ a*Exp(-b*t)\": columns of --data by their names, and names of parameters";

    private static readonly char[] Digits = [.. "0123456789"];

    /// <summary>Compiles a fit.</summary>
    /// <param name="text">What is measured, ~ and the model.</param>
    /// <param name="table">The data.</param>
    /// <param name="settings">Names that stand for numbers which are not fitted.</param>
    /// <exception cref="MistakeException">It does not compile, or names no parameter or no column.</exception>
    // Not inlined, so that the compiler is loaded only when there is something to compile.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Objective Compile(string text, NumberTable table, IReadOnlyDictionary<string, double> settings)
    {
        if (text.Split('~') is not [var measured, var model] || (string.IsNullOrWhiteSpace(measured) && !string.IsNullOrWhiteSpace(model)))
        {
            throw new MistakeException($"--fit was given {text}; {Form}.");
        }

        Formula.RequireNames(settings.Keys);
        RequireNoDoubt(text, table);
        var columns = Columns(table);
        if (settings.Keys.FirstOrDefault(columns.ContainsKey) is { } both)
        {
            throw new MistakeException($"--set was given {both}=…, and {both} is a column of the data; call one of them another name.");
        }

        var unused = UnusedColumns(text, table);
        var parameters = Parameters(measured, model, columns.Keys, settings.Keys, unused);
        if (Formula.FreeNames(measured).Except([.. columns.Keys, .. settings.Keys, "PI", "E"]).FirstOrDefault() is { } other)
        {
            throw new MistakeException($"--fit names {other} left of ~, where what was measured stands: the columns are {string.Join(", ", columns.Keys)}.");
        }

        var left = Function(measured, [], columns, settings, "What is left of ~ (columns alone)");
        var right = Function(model, parameters, columns, settings, "The model");
        var n = table.Rows;
        return Objective.DefineModel(text.Trim(), parameters.Count, x => Vector(n, s => right(x, s)), outputs => Sum(n, s => Square(left(null!, s) - outputs[s]))) with { Names = parameters, Doubt = Doubt(model, table, columns.Keys, parameters) };
    }

    /// <summary>The columns that a fit leaves aside, under the names that a formula can use.</summary>
    public static IReadOnlyList<string> UnusedColumns(string text, NumberTable table) => [.. Columns(table).Keys.Except(text.Split('~').SelectMany(Formula.FreeNames))];

    /// <summary>The columns under the names that a formula can use: one that is called as a number, a function, a word of C# or an earlier column is has a _ behind it.</summary>
    private static OrderedDictionary<string, Data> Columns(NumberTable table)
    {
        var columns = new OrderedDictionary<string, Data>();
        for (var k = 0; k < table.Columns.Count; k++)
        {
            var name = NameOf(table, k);
            while (IsTaken(name) || columns.ContainsKey(name))
            {
                name += '_';
            }

            columns.Add(name, new Data(name, [.. Enumerable.Range(0, table.Rows).Select(i => table.Values[i, k])]));
        }

        return columns;
    }

    /// <summary>Of a name that a column has and that means something else, or another column too, it must not be guessed what is meant.</summary>
    private static void RequireNoDoubt(string text, NumberTable table)
    {
        var words = SyntaxFactory.ParseTokens(text).ToArray();
        foreach (var (name, k) in Columns(table).Keys.Select((name, k) => (name, k)))
        {
            var plain = NameOf(table, k);
            if (name != plain && words.Index().Any(w => w.Item.Text == plain && words[Math.Min(w.Index + 1, words.Length - 1)].RawKind != (int)SyntaxKind.OpenParenToken))
            {
                throw new MistakeException($"--fit names {plain}, which is a column of the data and {(IsTaken(plain) ? "has another meaning in a formula" : "another column too")}; write {name} where this column is meant, or give it another name in the file.");
            }
        }
    }

    // As "column 1", which a file without names has, and "Temp (K)".
    private static string NameOf(NumberTable table, int k)
    {
        var name = string.Concat(table.Columns[k].Select(c => char.IsLetterOrDigit(c) || c == '_' ? c : '_')).Trim('_');
        return name.Length == 0 || char.IsDigit(name[0]) ? $"column_{k + 1}" : name;
    }

    private static bool IsTaken(string name) => name is "PI" or "E" || SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || FormulaLanguage.FunctionNames.Contains(name);

    /// <summary>What the model names that nothing else is, in the order in which it stands there.</summary>
    private static List<string> Parameters(string measured, string model, IReadOnlyCollection<string> columns, IEnumerable<string> settings, IReadOnlyList<string> unused)
    {
        HashSet<string> taken = [.. columns, .. settings, "PI", "E"];
        var named = Formula.FreeNames(model);
        List<string> found = [.. named.Except(taken)];
        // What is measured has no place in the model: its letter there, large or small, is a parameter, as V is in v ~ V*s/(K + s).
        taken.ExceptWith(Formula.FreeNames(measured).Except(named));
        foreach (var name in found)
        {
            if (taken.FirstOrDefault(t => string.Equals(t, name, StringComparison.OrdinalIgnoreCase)) is { } meant)
            {
                throw new MistakeException($"--fit names {name}, and {(columns.Contains(meant) ? "a column of the data" : "what it knows")} is called {meant}; write {meant}, or call the parameter something else.");
            }

            // Names that differ in a number are meant to, b1 beside a column b2, and those that differ in their first letter are: b2 is the parameter of x2.
            if (Spelling.Meant(name, unused) is { } near && name[0] == near[0] && name.TrimEnd(Digits) != near.TrimEnd(Digits))
            {
                throw new MistakeException($"--fit names {name}, which is no column, and leaves the column {near} aside; write {near} where it is meant, or give the parameter a name that is less like it.");
            }

            if (FormulaLanguage.FunctionNames.Contains(name))
            {
                throw new MistakeException($"--fit names a parameter {name}, which has another meaning in a formula; call it something else.");
            }
        }

        return found.Count > 0 ? found : throw new MistakeException($"--fit was given a model that names no parameter: {model.Trim()}. The columns are {string.Join(", ", columns)}; {Form}.");
    }

    /// <summary>Of columns that the model takes as they stand: one from which it subtracts something is near zero already.</summary>
    private static string? Doubt(string model, NumberTable table, IEnumerable<string> columns, IReadOnlyCollection<string> parameters)
    {
        return string.Join(" ", columns.Index().SelectMany(c => new[]
        {
            Formula.IsUsedWhole(model, c.Item) ? FarColumn.Of(c.Item, Values(c.Index)) : null,
            Formula.IsRaised(model, c.Item, parameters) ? FarColumn.OfPower(c.Item, Values(c.Index)) : null,
        }).OfType<string>()) is { Length: > 0 } said ? said : null;

        double[] Values(int column) => [.. Enumerable.Range(0, table.Rows).Select(i => table.Values[i, column])];
    }

    private static Func<Point, Index, Real> Function(string text, List<string> parameters, IReadOnlyDictionary<string, Data> columns, IReadOnlyDictionary<string, double> settings, string what)
    {
        string[] names = [.. settings.Keys, .. columns.Keys, .. parameters];
        try
        {
            return Compiled(text, parameters, columns, settings, what, names);
        }
        catch (MistakeException mistake) when (ForeignNotation.Translated(text, names) is { } ours && Formula.Passes(() => Compiled(ours, parameters, columns, settings, what, names)))
        {
            throw Formula.Translated(mistake, ours);
        }
    }

    private static Func<Point, Index, Real> Compiled(string text, List<string> parameters, IReadOnlyDictionary<string, Data> columns, IReadOnlyDictionary<string, double> settings, string what, string[] names)
    {
        var before = Formula.Constants
            + "(System.Func<LandscapeGpu.Expressions.Point, LandscapeGpu.Expressions.Index, LandscapeGpu.Expressions.Real>)((__point, __sample) => {\n"
            + Formula.Numbers(settings.Keys)
            + string.Concat(columns.Keys.Select(name => $"var {name} = Columns[\"{name}\"][__sample];\n"))
            + string.Concat(parameters.Select((name, k) => $"var {name} = __point[{k.ToString(CultureInfo.InvariantCulture)}];\n"))
            + "return \n";
        var messages = new CompilerMessages(what, text, before.Length, names);
        _ = Formula.Parse(text, what, [.. names, "PI", "E"]);
        // Columns may be called x or s: what the formula does not know of is called as nothing else is.
        var script = CSharpScript.Create<Func<Point, Index, Real>>(before + text + "\n;})", ScriptLanguage.Options, typeof(FormulaSettings));
        messages.Require(script.Compile());
        WholeDivision.Require(script.GetCompilation(), messages);
        var globals = new FormulaSettings(settings.ToDictionary(s => s.Key, s => new Parameter(s.Key, s.Value))) { Columns = columns };
        var function = messages.Guard(() => script.RunAsync(globals).GetAwaiter().GetResult().ReturnValue);
        return (x, s) => messages.Guard(() => function(x, s));
    }
}
