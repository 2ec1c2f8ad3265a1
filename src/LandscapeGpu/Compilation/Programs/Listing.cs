using System.Text;

namespace LandscapeGpu.Compilation;

/// <summary>Writes a program as text, one statement a line.</summary>
internal sealed class Listing
{
    private readonly StringBuilder text = new();
    private readonly Dictionary<Value, string> names = [];
    private readonly Dictionary<Accumulator, string> sums = [];

    public static string Of(Program program)
    {
        var listing = new Listing();
        listing.Write(program.Body, "  ");
        return listing.text.ToString();
    }

    private void Write(Block block, string indent)
    {
        foreach (var statement in block.Statements)
        {
            switch (statement)
            {
                case Let { Value: { Instruction: Instruction.Constant or Instruction.Accumulated or Instruction.Parameter or Instruction.Load } v }:
                    names[v] = Expression(v);
                    break;
                case Let { Value: var v }:
                    var name = $"v{names.Count}";
                    Line(indent, $"{name} = {Expression(v)}");
                    names[v] = name;
                    break;
                case Loop loop:
                    Line(indent, $"for {loop.Variable} in 0..{loop.Variable.Extent}{(loop.Together > 1 ? $"   ({loop.Together} at once)" : "")}");
                    Write(loop.Body, indent + "  ");
                    break;
                case AddUp s:
                    Line(indent, $"{Sum(s.Accumulator)} {(s.Negated ? "-=" : "+=")} {Operand(s)}");
                    break;
                case Store s:
                    Line(indent, $"{s.Array}[{s.Index}] = {Operand(s)}");
                    break;
                case Accumulate s:
                    Line(indent, $"{s.Array}[{s.Index}] {(s.Negated ? "-=" : "+=")} {Operand(s)}");
                    break;
                case Flag s:
                    Line(indent, $"stop if {names[s.Value]}");
                    break;
            }
        }
    }

    private string Operand(Effect effect) => effect.Factor is { } factor ? $"{names[effect.Value]}*{names[factor]}" : names[effect.Value];

    private string Sum(Accumulator accumulator)
    {
        if (!sums.TryGetValue(accumulator, out var name))
        {
            sums.Add(accumulator, name = $"sum{sums.Count}");
        }

        return name;
    }

    private string Expression(Value v)
    {
        string A() => names[v.A!];
        string B() => names[v.B!];
        string C() => names[v.C!];
        return v.Instruction switch
        {
            Instruction.Constant => v.Number.ToString("G9", CultureInfo.InvariantCulture),
            Instruction.Parameter => v.Parameter!.Name,
            Instruction.Load => $"{v.Array}[{v.Index}]",
            Instruction.FromIndex => $"{v.Index}",
            Instruction.Accumulated => Sum(v.Accumulator!),
            Instruction.Add => $"{A()} + {B()}",
            Instruction.Subtract => $"{A()} - {B()}",
            Instruction.Multiply => $"{A()}*{B()}",
            Instruction.Divide => $"{A()}/{B()}",
            Instruction.MultiplyAdd => $"{A()}*{B()} + {C()}",
            Instruction.MultiplySubtract => $"{A()}*{B()} - {C()}",
            Instruction.NegativeMultiplyAdd => $"{C()} - {A()}*{B()}",
            Instruction.Negate => $"-{A()}",
            Instruction.Less => $"{A()} < {B()}",
            Instruction.LessOrEqual => $"{A()} <= {B()}",
            Instruction.Equal => $"{A()} = {B()}",
            Instruction.And => $"{A()} and {B()}",
            Instruction.Or => $"{A()} or {B()}",
            Instruction.Not => $"not {A()}",
            Instruction.Select => $"{A()} ? {B()} : {C()}",
            Instruction.IndexLess => $"{v.Index} < {v.Index2}",
            Instruction.IndexEqual => $"{v.Index} = {v.Index2}",
            _ => $"{v.Instruction}({string.Join(", ", v.Operands.Select(o => names[o]))})",
        };
    }

    private void Line(string indent, string line) => text.Append(indent).Append(line).Append('\n');
}
