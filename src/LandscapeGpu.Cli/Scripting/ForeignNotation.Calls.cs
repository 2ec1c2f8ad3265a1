using System.Text.RegularExpressions;

namespace LandscapeGpu.Cli.Scripting;

/// <summary>Functions under the names that they have elsewhere, and sums: over generators, and over the elements of vectors.</summary>
internal sealed partial class ForeignNotation
{
    private static readonly HashSet<string> Reductions = ["Sum", "Mean", "Product"];

    private (string Text, Bond Bond) Call(string name)
    {
        Require("(");
        if (name == "len" && Takes("x"))
        {
            Require(")");
            return ("d", Bond.Atom);
        }

        if (name == "norm" && Takes("x"))
        {
            Require(")");
            return ("Sqrt(Dot(x, x))", Bond.Atom);
        }

        var ours = ForeignFunctions.Called(name) ?? "";
        if (Reductions.Contains(ours) && Loop(ours) is { } loop)
        {
            return (loop, Bond.Atom);
        }

        var arguments = new List<(string Text, Bond Bond)>();
        do
        {
            if (tokens[next + 1] == "=>")
            {
                var index = Peek;
                next += 2;
                arguments.Add(($"{index} => {Scoped(index, Choice).Text}", Bond.Choice));
            }
            else
            {
                // How many terms a loop has is a whole number.
                arguments.Add(ours is "Dot" && Takes("x") ? ("x", Bond.Atom) : (Reductions.Contains(ours) || ours == "Vector") && arguments.Count == 0 ? Indexed(Choice) : Choice());
            }
        }
        while (Takes(","));
        Require(")");
        return ForeignFunctions.Written(name, [.. arguments.Select(a => (a.Text, Within(a, Bond.Atom)))]) is { } written ? (written, written.Contains(")/", StringComparison.Ordinal) || char.IsAsciiDigit(written[0]) ? Bond.Product : Bond.Atom)
            : ours.Length == 0 ? throw NotUnderstood
            // The largest of several is the larger of one and the largest of the others.
            : ours is "Max" or "Min" && arguments.Count > 2 ? (arguments.Skip(1).Aggregate(arguments[0].Text, (largest, a) => $"{ours}({largest}, {a.Text})"), Bond.Atom)
            : ($"{ours}({string.Join(", ", arguments.Select(a => a.Text))})", Bond.Atom);
    }

    /// <summary>A sum over a generator, or over the elements of vectors; null where it is neither.</summary>
    private string? Loop(string function)
    {
        var (body, depth, each) = (next, 0, -1);
        for (var k = next; k < tokens.Length - 1 && depth >= 0; k++)
        {
            depth += tokens[k] is "(" or "[" ? 1 : tokens[k] is ")" or "]" ? -1 : 0;
            if (depth == 0 && tokens[k] is "," or "=>")
            {
                return null;
            }

            each = depth == 0 && tokens[k] == "for" && each < 0 ? k : each;
        }

        if (each < 0)
        {
            var before = elements;
            elements = new(indices.Contains("i") ? "j" : "i");
            var term = Choice();
            Require(")");
            var (over, of) = (elements.Count, elements.Index);
            elements = before;
            return $"{function}({over}, {of} => {term.Text})";
        }

        next = each + 1;
        var index = Peek;
        next++;
        Require("in");
        Require("range");
        Require("(");
        var (count, start) = (Indexed(Choice), "0");
        if (Takes(","))
        {
            (start, count) = (count.Text, Indexed(Choice));
        }

        Require(")");
        Require(")");
        var end = next;
        next = body;
        var found = Scoped(index, Choice);
        if (next != each)
        {
            throw NotUnderstood;
        }

        next = end;
        // A range that begins later counts from 0 here.
        return start == "0" ? $"{function}({count.Text}, {index} => {found.Text})"
            : $"{function}({count.Text} - {start}, {index} => {Regex.Replace(found.Text, $@"(?<!\w){Regex.Escape(index)}(?!\w)", $"({index} + {start})").Replace($"[({index} + {start})]", $"[{index} + {start}]", StringComparison.Ordinal)})";
    }

    /// <summary>A sum over vectors of one length: x, and what slices leave of it.</summary>
    private sealed class Elements(string index)
    {
        private int? shorter;

        public string Index => index;

        /// <summary>How many terms there are.</summary>
        public string Count => shorter is not { } less ? throw NotUnderstood : less == 0 ? "d" : string.Create(CultureInfo.InvariantCulture, $"d - {less}");

        /// <summary>The element of a slice that leaves out so many at the beginning and at the end.</summary>
        public string From(int first, int last)
        {
            shorter ??= first + last;
            return shorter != first + last ? throw NotUnderstood
                : first == 0 ? $"x[{index}]" : string.Create(CultureInfo.InvariantCulture, $"x[{index} + {first}]");
        }
    }
}
