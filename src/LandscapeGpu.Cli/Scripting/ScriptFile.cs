using System.Runtime.CompilerServices;
using LandscapeGpu.Objectives.Datasets;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace LandscapeGpu.Cli.Scripting;

/// <summary>An objective from a C# script: its value is an <see cref="Objective"/>, or a function from the point to a real.</summary>
internal static class ScriptFile
{
    /// <summary>Runs a script.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dimension">The number of coordinates that was asked for.</param>
    /// <param name="settings">Numbers the script can ask for by name.</param>
    /// <param name="prints">Where what it prints goes: standard output is for results.</param>
    /// <exception cref="MistakeException">It cannot be read, does not compile, throws, or its value is not an objective.</exception>
    // Not inlined, so that the compiler is loaded only when there is something to compile.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Objective Run(string path, int? dimension, IReadOnlyDictionary<string, double> settings, TextWriter prints)
    {
        var before = Console.Out;
        Console.SetOut(prints);
        try
        {
            return Made(path, dimension, settings);
        }
        finally
        {
            Console.SetOut(before);
        }
    }

    private static Objective Made(string path, int? dimension, IReadOnlyDictionary<string, double> settings)
    {
        var code = Read(path);
        var what = $"The script {path}";
        var messages = new CompilerMessages(what, code, 0, ["Define", "Setting", "Dimension", "Objective", "Region"]);
        var globals = new ScriptGlobals(dimension, settings);
        var options = ScriptLanguage.Options.WithFilePath(Path.GetFullPath(path));
        var value = Evaluate(code, options, globals, messages);
        var objective = value switch
        {
            Objective made => made,
            Func<Point, Real> formula when dimension is { } d => messages.Guard(() => Objective.Define(Path.GetFileNameWithoutExtension(path), d, formula)),
            Func<Point, Real> => throw new MistakeException($"{what} is a function of x and does not say how many coordinates x has; give --dimension, or end it with Define(dimension, x => …)."),
            null => throw new MistakeException($"{what} has no value; end it with an expression without a semicolon, such as Define(2, x => Sin(x[0]) * Cos(x[1]))."),
            _ => throw new MistakeException($"{what} has a value of type {value.GetType().Name}; it must be an Objective or a function (Point x) => …."),
        };
        return WithSettings(Checked(objective, dimension, what), globals, what);
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new MistakeException($"--script was given {path}, which cannot be read ({FileFault.Of(e, path)}); give a C# script.");
        }
    }

    private static object? Evaluate(string code, ScriptOptions options, ScriptGlobals globals, CompilerMessages messages)
    {
        var script = CSharpScript.Create<object>(code, options, typeof(ScriptGlobals));
        var diagnostics = script.Compile();
        if (diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error && d.Id is "CS8917" or "CS1660"))
        {
            // Ends with x => …: a function whose type is known as soon as one is asked for.
            var function = CSharpScript.Create<Func<Point, Real>>(code, options, typeof(ScriptGlobals));
            messages.Require(function.Compile());
            WholeDivision.Require(function.GetCompilation(), messages, ofIndices: true);
            return messages.Guard(() => function.RunAsync(globals).GetAwaiter().GetResult().ReturnValue);
        }

        messages.Require(diagnostics);
        WholeDivision.Require(script.GetCompilation(), messages, ofIndices: true);
        return messages.Guard(() => script.RunAsync(globals).GetAwaiter().GetResult().ReturnValue);
    }

    private static Objective Checked(Objective objective, int? dimension, string what) => dimension is { } d && d != objective.Dimension
        ? throw new MistakeException($"{what} makes an objective of {NumberText.Count(objective.Dimension, "coordinate", "coordinates")} and {d} {(d == 1 ? "was" : "were")} asked for; leave --dimension out, or use Dimension in the script.")
        : objective;

    private static Objective WithSettings(Objective objective, ScriptGlobals globals, string what)
    {
        foreach (var (name, value) in globals.Unasked)
        {
            if (objective.Parameters.All(p => p.Name != name))
            {
                var all = globals.Asked.Concat(objective.Parameters.Select(p => p.Name)).ToList();
                throw new MistakeException($"{what} has no setting {name}; it has {(all.Count == 0 ? "none" : string.Join(", ", all))}.");
            }

            objective = objective.With(name, value);
        }

        return objective;
    }
}
