using System.Text;

namespace LandscapeGpu.Expressions;

/// <summary>Writes expressions as text: the formula, then each vector it names, in the order they are met.</summary>
internal sealed class Notation
{
    // A printed formula longer than this says nothing to a reader.
    private const int Longest = 4000;

    private readonly Dictionary<Vector, string> names = new(ReferenceEqualityComparer.Instance);

    private readonly Queue<Vector> unwritten = new();

    private Notation()
    {
    }

    public static string Write(Real node)
    {
        var notation = new Notation();
        var text = new StringBuilder(notation.Write(node, 0, Longest));
        for (var k = 0; text.Length <= Longest && notation.unwritten.TryDequeue(out var vector); k++)
        {
            text.Append(k == 0 ? "\n  where " : "\n  and ").Append(notation.Definition(vector));
        }

        return text.Length <= Longest ? text.ToString() : string.Concat(text.ToString().AsSpan(0, Longest), " …");
    }

    private string Definition(Vector vector) => vector switch
    {
        LoopVector loop => $"{names[vector]}[{loop.Variable}] = {Write(loop.Body, 0, Longest)} for {loop.Variable} = 0 … {loop.Length - 1}",
        ComponentVector written => $"{names[vector]} = ({string.Join(", ", written.Components.Select(c => Write(c, 0, Longest / written.Length)))})",
        ScatterVector scatter => $"{names[vector]} = sums of {string.Join(", ", scatter.Contributions.Select(c => $"{Write(c.Value, 0, Longest / scatter.Contributions.Count)} in {c.Index}"))}",
        _ => $"{names[vector]} = {vector}",
    };

    private string Write(Real node, int precedence, int budget)
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
            Operation.Power => ($"Pow({At(node.A, 0)}, {At(node.B, 0)})", 9),
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

    private string Name(Vector vector)
    {
        if (vector is Point or Data)
        {
            return vector.ToString()!;
        }

        if (!names.TryGetValue(vector, out var name))
        {
            names[vector] = name = $"v{names.Count + 1}";
            unwritten.Enqueue(vector);
        }

        return name;
    }
}
