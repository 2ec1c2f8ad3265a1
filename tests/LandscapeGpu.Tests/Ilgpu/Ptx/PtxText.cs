using System.Globalization;

namespace LandscapeGpu.Tests.Ilgpu.Ptx;

/// <summary>The entry of a PTX module, as ILGPU writes it: its parameters and its instructions, with labels resolved.</summary>
internal sealed class PtxText
{
    private readonly Dictionary<string, int> parameters = [];
    private readonly Dictionary<string, int> registers = [];
    private readonly Dictionary<string, int> shared = [];

    private PtxText(string text)
    {
        var lines = text.Split('\n').Select(l => l.Trim()).ToList();
        var entry = lines.FindIndex(l => l.StartsWith(".visible .entry", StringComparison.Ordinal));
        var open = lines.IndexOf("{", entry);
        foreach (var line in lines[entry..open].Where(l => l.StartsWith(".param", StringComparison.Ordinal)))
        {
            Declare(line.TrimEnd(','));
        }

        foreach (var line in lines.Select(l => l.StartsWith(".extern .shared", StringComparison.Ordinal) ? l[".extern ".Length..] : l).Where(l => l.StartsWith(".shared", StringComparison.Ordinal)))
        {
            Share(line.TrimEnd(';').Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        var labels = new Dictionary<string, int>();
        var statements = new List<(string Text, int Line)>();
        var at = open + 1;
        for (; lines[at] != "}"; at++)
        {
            var line = lines[at];
            if (line.EndsWith(':'))
            {
                labels[line[..^1]] = statements.Count;
            }
            else if (line.Length > 0 && !line.StartsWith('.') && !line.StartsWith("//", StringComparison.Ordinal))
            {
                statements.Add((line.TrimEnd(';'), at + 1));
            }
        }

        // Where a label ends the text.
        statements.Add(("ret", at + 1));
        Instructions = [.. statements.Select(s => Read(s.Text, labels) with { Line = s.Line })];
        HasBarriers = Instructions.Any(i => i.Name[0] == "bar");
    }

    public IReadOnlyList<PtxInstruction> Instructions { get; }

    public int Registers => registers.Count;

    public int ParameterBytes { get; private set; }

    /// <summary>How much memory the threads of a block share, but for what a launch adds to it.</summary>
    public int SharedBytes { get; private set; }

    /// <summary>Whether threads of a block wait for each other.</summary>
    public bool HasBarriers { get; }

    public static PtxText Of(string text) => new(text);

    public int OffsetOf(string parameter) => parameters.First(p => p.Key.StartsWith($"_{parameter}_", StringComparison.Ordinal)).Value;

    /// <summary>The number of a register that the machine itself sets.</summary>
    public int RegisterOf(string name) => Number(name);

    private void Declare(string line)
    {
        var name = line.Split(' ')[^1];
        var bytes = line.Contains(".b32", StringComparison.Ordinal) ? 4 : 8;
        if (name.EndsWith(']'))
        {
            bytes = int.Parse(name.AsSpan(name.IndexOf('[') + 1).TrimEnd(']'), CultureInfo.InvariantCulture);
            name = name[..name.IndexOf('[')];
        }

        ParameterBytes = (ParameterBytes + 7) / 8 * 8;
        parameters.Add(name, ParameterBytes);
        ParameterBytes += bytes;
    }

    /// <summary>A declaration such as .shared .align 8 .b8 name[32]: an array of bytes, at an address of its own. The one whose length the launch says comes last.</summary>
    private void Share(string[] words)
    {
        var (name, align) = (words[^1], int.Parse(words[2], CultureInfo.InvariantCulture));
        SharedBytes = (SharedBytes + align - 1) / align * align;
        shared.Add(name[..name.IndexOf('[')], SharedBytes);
        SharedBytes += name.EndsWith("[]", StringComparison.Ordinal) ? 0 : int.Parse(name.AsSpan(name.IndexOf('[') + 1).TrimEnd(']'), CultureInfo.InvariantCulture);
    }

    private PtxInstruction Read(string statement, Dictionary<string, int> labels)
    {
        var (guard, isNegated) = (-1, false);
        if (statement.StartsWith('@'))
        {
            var end = statement.IndexOf(' ', StringComparison.Ordinal);
            isNegated = statement[1] == '!';
            guard = Number(statement[(isNegated ? 2 : 1)..end]);
            statement = statement[(end + 1)..].Trim();
        }

        var at = statement.IndexOfAny([' ', '\t']);
        var mnemonic = at < 0 ? statement : statement[..at];
        // Registers in braces are operands one by one.
        var operands = at < 0 ? [] : statement[at..].Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).Split(',').Select(o => o.Trim()).ToArray();
        return new(mnemonic.Split('.'), guard, isNegated)
        {
            Target = mnemonic.StartsWith("bra", StringComparison.Ordinal) ? labels[operands[0]] : -1,
            Operands = mnemonic.StartsWith("bra", StringComparison.Ordinal) ? [] : [.. operands.Select(Operand)],
        };
    }

    private PtxOperand Operand(string text)
    {
        if (text.StartsWith('['))
        {
            var parts = text.Trim('[', ']').Split('+');
            var offset = parts.Length > 1 ? ulong.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
            return shared.TryGetValue(parts[0], out var own) ? new(-1, offset + (ulong)own)
                : parts[0].StartsWith('%') ? new(Number(parts[0]), offset) : new(-1, offset + (ulong)parameters[parts[0]]);
        }

        if (text.StartsWith('%'))
        {
            return new(Number(text), 0);
        }

        return shared.TryGetValue(text, out var at) ? new(-1, (ulong)at)
            : text.Length > 2 && text[1] is 'f' or 'd' ? new(-1, ulong.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            : text.StartsWith('-') ? new(-1, (ulong)long.Parse(text, CultureInfo.InvariantCulture))
            : new(-1, ulong.Parse(text, CultureInfo.InvariantCulture));
    }

    private int Number(string register)
    {
        if (!registers.TryGetValue(register, out var number))
        {
            registers.Add(register, number = registers.Count);
        }

        return number;
    }
}

/// <summary>An operand: a register and an offset, or, where there is no register, a number.</summary>
internal readonly record struct PtxOperand(int Register, ulong Number);

/// <summary>An instruction: its name part by part, and the predicate that it needs, if any.</summary>
internal sealed record PtxInstruction(string[] Name, int Guard, bool IsNegated)
{
    /// <summary>Which line of the module it is, from 1.</summary>
    public int Line { get; init; }

    /// <summary>Where a branch goes; −1 of all else.</summary>
    public required int Target { get; init; }

    public required PtxOperand[] Operands
    {
        get;
        init
        {
            field = value;
            // Stores and reductions have no result, and loads of vectors several.
            Results = value.Length == 0 || Name[0] is "st" or "red" or "ret" or "bar" ? 0 : Name.Contains("v4") ? 4 : Name.Contains("v2") ? 2 : 1;
            Writes = [.. value.Take(Results).Select(o => o.Register)];
            Reads = [.. value.Skip(Results).Select(o => o.Register).Append(Guard).Where(r => r >= 0)];
        }
    }

    /// <summary>Whether the memory that it reaches is shared by a block.</summary>
    public bool IsShared { get; } = Array.IndexOf(Name, "shared") >= 0;

    /// <summary>The registers that it reads.</summary>
    public int[] Reads { get; private init; } = [];

    /// <summary>How many of its first operands are what it results in, and which registers these are.</summary>
    public int Results { get; private init; }

    public int[] Writes { get; private init; } = [];
}
