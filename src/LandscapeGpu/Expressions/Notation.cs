using System.Globalization;

namespace LandscapeGpu.Expressions;

/// <summary>Writes expressions as text.</summary>
internal static class Notation
{
    // A printed formula longer than this says nothing to a reader.
    private const int Longest = 4000;

    public static string Write(Real node)
    {
        var text = Write(node, 0, Longest);
        return text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), " …");
    }

    private static string Write(Real node, int precedence, int budget)
    {
        if (budget <= 0)
        {
            return "…";
        }

        string At(Real operand, int p) => Write(operand, p, budget / 2);
        var (text, own) = node.Operation switch
        {
            Operation.Constant => (node.Value.ToString("R", CultureInfo.InvariantCulture), node.Value < 0 ? 1 : 9),
            Operation.Parameter => (node.Parameter.Name, 9),
            Operation.FromIndex => (node.Index.ToString(), 1),
            Operation.Element => ($"{Name(node.Vector)}[{node.Index}]", 9),
            Operation.Sum => ($"Sum({node.Index.Extent}, {node.Index} => {At(node.A, 0)})", 9),
            Operation.Add => ($"{At(node.A, 1)} + {At(node.B, 1)}", 1),
            Operation.Subtract => ($"{At(node.A, 1)} - {At(node.B, 2)}", 1),
            Operation.Multiply => ($"{At(node.A, 2)}*{At(node.B, 3)}", 2),
            Operation.Negate => ($"-{At(node.A, 3)}", 1),
            Operation.WholePower => ($"Pow({At(node.A, 0)}, {node.Exponent})", 9),
            Operation.Reciprocal => ($"1/{At(node.A, 3)}", 2),
            Operation.Less => ($"{At(node.A, 1)} < {At(node.B, 1)}", 0),
            Operation.LessOrEqual => ($"{At(node.A, 1)} <= {At(node.B, 1)}", 0),
            Operation.Equal => ($"{At(node.A, 1)} = {At(node.B, 1)}", 0),
            Operation.IndexLess => ($"{node.Index} < {node.Key.Index2}", 0),
            Operation.IndexEqual => ($"{node.Index} = {node.Key.Index2}", 0),
            _ => ($"{node.Operation}({string.Join(", ", node.Operands.Select(o => At(o, 0)))})", 9),
        };
        return own < precedence ? $"({text})" : text;
    }

    private static string Name(Vector vector) => vector switch
    {
        Point or Data => vector.ToString()!,
        _ => "v" + (System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(vector) % 1000),
    };
}
