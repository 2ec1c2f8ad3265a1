using System.Text;

namespace LandscapeGpu.Expressions;

/// <summary>Writes expressions as text: the formula, then each vector and each repeated part that it names, in the order they are met.</summary>
internal sealed class Notation
{
    // A printed formula longer than this says nothing to a reader.
    private const int Longest = 4000;

    private readonly Dictionary<Vector, string> names = new(ReferenceEqualityComparer.Instance);

    // What is repeated has a name where it is longer than this: x[i] - x[j] is read faster than looked up.
    private const int LongestRepeated = 6;

    // Sums written out over thousands of terms are deeper than the thread's stack, and nobody reads them to their end.
    private const int Deepest = 64;

    // As deep as a sentence can be read.
    private const int DeepestQuoted = 11;

    private readonly Queue<object> unwritten = new();

    // Repeated parts and their names, empty before they are met.
    private readonly Dictionary<Real, string> repeated;

    private int written;

    private int scalars;

    private readonly int deepest;

    private Notation(Dictionary<Real, string> repeated, int deepest) => (this.repeated, this.deepest) = (repeated, deepest);

    public static string Write(Real node)
    {
        var notation = new Notation(Repeated(node), Deepest);
        var text = new StringBuilder(notation.Write(node, 0, 0));
        for (var k = 0; text.Length <= Longest && notation.unwritten.TryDequeue(out var named); k++)
        {
            text.Append(k == 0 ? "\n  where " : "\n  and ").Append(named is Real part ? $"{notation.repeated[part]} = {notation.Written(part, 0, 0)}" : notation.Definition((Vector)named));
        }

        return text.Length <= Longest ? text.ToString() : string.Concat(text.ToString().AsSpan(0, Longest), " …");
    }

    /// <summary>An expression in one line, as a sentence quotes it: what lies deep in it is left out.</summary>
    public static string Quoted(Real node)
    {
        return new Notation([], DeepestQuoted).Write(node, 0, 0);
    }

    /// <summary>The parts that stand in several places and are long.</summary>
    private static Dictionary<Real, string> Repeated(Real root)
    {
        var (uses, sizes) = (new Dictionary<object, int>(ReferenceEqualityComparer.Instance), new Dictionary<object, int>(ReferenceEqualityComparer.Instance));
        foreach (var node in Traversal.From(root))
        {
            var size = 1L;
            foreach (var part in node is Real square && IsSquare(square) ? [square.A] : Traversal.DependenciesOf(node))
            {
                uses[part] = uses.GetValueOrDefault(part) + 1;
                size += node is Real ? part is Vector ? 0 : sizes[part] : 0;
            }

            sizes[node] = (int)Math.Min(size, int.MaxValue / 4);
        }

        var repeated = new Dictionary<Real, string>(ReferenceEqualityComparer.Instance);
        foreach (var part in uses.Where(u => u.Value > 1 && sizes[u.Key] > LongestRepeated).Select(u => u.Key).OfType<Real>())
        {
            repeated[part] = "";
        }

        return repeated;
    }

    private string Definition(Vector vector) => vector switch
    {
        LoopVector loop => $"{names[vector]}[{loop.Variable}] = {Write(loop.Body, 0, 0)} for {loop.Variable} = 0 … {loop.Length - 1}",
        ComponentVector written => $"{names[vector]} = ({string.Join(", ", written.Components.Select(c => Write(c, 0, 0)))})",
        ScatterVector scatter => $"{names[vector]} = sums of {string.Join(", ", scatter.Contributions.Select(c => $"{Write(c.Value, 0, 0)} in {c.Index}"))}",
        _ => $"{names[vector]} = {vector}",
    };

    private string Write(Real node, int precedence, int depth)
    {
        if (!repeated.TryGetValue(node, out var name))
        {
            return Written(node, precedence, depth);
        }

        if (name.Length == 0)
        {
            repeated[node] = name = $"s{++scalars}";
            unwritten.Enqueue(node);
        }

        return name;
    }

    /// <summary>A node as itself, whether or not it has a name.</summary>
    private string Written(Real node, int precedence, int depth)
    {
        if (depth > deepest || ++written > Longest)
        {
            return "…";
        }

        string At(Real operand, int p) => Write(operand, p, depth + 1);
        var (text, own) = node.Operation switch
        {
            Operation.Constant => (node.Value.ToString("R", CultureInfo.InvariantCulture), node.Value < 0 ? 1 : 9),
            Operation.Parameter => (node.Parameter.Name, 9),
            Operation.FromIndex => (node.Index.ToString(), 1),
            Operation.Element => ($"{Name(node.Vector)}[{node.Index}]", 9),
            Operation.Sum => ($"Sum({node.Index.Extent}, {node.Index} => {At(node.A, 0)})", 9),
            Operation.Add => ($"{At(node.A, 1)} + {At(node.B, 1)}", 1),
            Operation.Subtract => ($"{At(node.A, 1)} - {At(node.B, 2)}", 1),
            Operation.Multiply when IsSquare(node) && node.A.Operation != Operation.Element => ($"Square({At(node.A, 0)})", 9),
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

    private static bool IsSquare(Real node) => node.Operation == Operation.Multiply && ReferenceEquals(node.A, node.B);

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
