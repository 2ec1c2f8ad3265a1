using System.Reflection;

namespace LandscapeGpu.Notebooks;

/// <summary>The notebook that the program runs in: .NET Interactive's, of Jupyter or of an editor. Elsewhere it is the console.</summary>
public static class Notebook
{
    /// <summary>Shows an object below the cell, as itself; elsewhere prints it.</summary>
    /// <param name="shown">A result, a figure, a text.</param>
    public static void Show(object shown)
    {
        ArgumentNullException.ThrowIfNull(shown);
        // Found by name: a library that is used in notebooks need not depend on them.
        var display = Kernel()?.GetType("Microsoft.DotNet.Interactive.Kernel")?.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .FirstOrDefault(m => m.Name == "display" && m.GetParameters() is [_, { ParameterType.IsArray: true }]);
        if (display is not null)
        {
            display.Invoke(null, [shown, Array.Empty<string>()]);
            return;
        }

        var isResult = shown.GetType().GetCustomAttribute<TypeFormatterSourceAttribute>()?.FormatterSourceType == typeof(ResultFormatters);
        Console.WriteLine(isResult ? ResultFormatters.TextOf(shown) : shown);
    }

    /// <summary>Cancelled when an editor cancels the cell that runs; what is given no other token stops by it, and by an interrupt of Jupyter's.</summary>
    public static CancellationToken Cancellation
    {
        get
        {
            var context = Kernel()?.GetType("Microsoft.DotNet.Interactive.KernelInvocationContext");
            var current = context?.GetProperty("Current", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);
            return current is null ? CancellationToken.None : (CancellationToken)(context!.GetProperty("CancellationToken")?.GetValue(current) ?? CancellationToken.None);
        }
    }

    /// <summary>Whether the program runs in one.</summary>
    internal static bool IsHere => Kernel() is not null;

    private static Assembly? Kernel() => Array.Find(AppDomain.CurrentDomain.GetAssemblies(), a => a.GetName().Name == "Microsoft.DotNet.Interactive");
}
