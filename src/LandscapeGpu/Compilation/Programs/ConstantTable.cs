namespace LandscapeGpu.Compilation;

/// <summary>Constants as vectors in memory, behind the data: an instruction reads one where it uses it.</summary>
/// <remarks>
/// The JIT compiler would keep those that are used more than once in registers, which sixteen do not suffice for: a polynomial's coefficients
/// then push out what is computed with them. Read from memory they cost nothing, for a vector instruction reads one operand there.
/// </remarks>
internal sealed class ConstantTable(Layout layout)
{
    /// <summary>With more registers than this, constants may stay in them.</summary>
    public const int MostRegisters = 16;

    private readonly List<long> elements = [];

    /// <summary>The elements' bits.</summary>
    public IReadOnlyList<long> Elements => elements;

    /// <summary>How far behind the beginning of the data a number lies.</summary>
    public long Offset(double number) => Offset(layout.Target.IsDouble ? BitConverter.DoubleToInt64Bits(number) : BitConverter.SingleToInt32Bits((float)number));

    /// <summary>How far behind the beginning of the data a pattern of bits lies.</summary>
    public long Offset(long element)
    {
        var at = elements.IndexOf(element);
        if (at < 0)
        {
            at = elements.Count;
            elements.Add(element);
        }

        return layout.ConstantsAt + ((long)at * layout.Target.ValueBytes);
    }
}
