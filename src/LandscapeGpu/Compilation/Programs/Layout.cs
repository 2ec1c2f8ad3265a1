namespace LandscapeGpu.Compilation;

/// <summary>Where a program's arrays lie in memory, for one width of values.</summary>
/// <remarks>
/// State: element e of an array, for vector w of the group, lies at ((offset + e)·Width + w)·ValueBytes; the slots follow.
/// Data: elements of all data, then parameters, then whole numbers.
/// </remarks>
internal sealed class Layout
{
    /// <param name="program">Whose arrays are laid out.</param>
    /// <param name="target">What the program is compiled to.</param>
    /// <param name="width">How many vectors of restarts are advanced side by side.</param>
    /// <param name="after">The layout of another program, in the same memory before this one.</param>
    public Layout(Program program, Target target, int width, Layout? after = null)
    {
        Target = target;
        Width = width;
        Restarts = width * target.Lanes;
        StateElements = Place(program.State, after?.StateElements ?? 0, "What a step keeps of one restart");
        ParametersAt = Place(program.Data.Select(d => d.Array), after?.DataElements ?? 0, "The objective's data");
        DataElements = MachineMemory.Elements((long)ParametersAt + program.Parameters.Count, "The objective's data");
        IndexElements = Place(program.Indices.Select(i => i.Array), after?.IndexElements ?? 0, "The objective's whole numbers");
        Slots = program.Slots;
        Constants = target.Registers <= ConstantTable.MostRegisters ? new ConstantTable(this) : null;
    }

    public Target Target { get; }

    /// <summary>How many vectors of restarts are advanced side by side.</summary>
    public int Width { get; }

    /// <summary>Where the state ends, in elements.</summary>
    public int StateElements { get; }

    public int DataElements { get; }

    public int ParametersAt { get; }

    public int IndexElements { get; }

    public int Slots { get; }

    /// <summary>The constants that are read from memory; null where the code holds them.</summary>
    public ConstantTable? Constants { get; }

    /// <summary>How many restarts one block of state holds.</summary>
    public int Restarts { get; }

    public int Stride => Width * Target.ValueBytes;

    public long SlotsAt => (long)StateElements * Stride;

    /// <summary>Vectors that the registers have no room for.</summary>
    public int Spills { get; set; }

    public long SpillsAt => (SlotsAt + (4L * Slots) + 63) / 64 * 64;

    public long StateBytes => Spills > 0 ? SpillsAt + ((long)Spills * Target.ValueBytes) : SlotsAt + (4L * Slots);

    public long IndicesAt => (((long)DataElements * Target.ElementBytes) + 7) / 8 * 8;

    public long ConstantsAt => (IndicesAt + (4L * IndexElements) + 63) / 64 * 64;

    public long DataBytes => Constants is { Elements.Count: > 0 and var count } ? ConstantsAt + ((long)count * Target.ValueBytes) : IndicesAt + (4L * IndexElements);

    /// <summary>Puts arrays one after the other; those that share another's place come after it. Answers where they end.</summary>
    private static int Place(IEnumerable<ProgramArray> arrays, int begin, string what)
    {
        var end = begin;
        foreach (var array in arrays)
        {
            array.Offset = array.Shares?.Offset ?? end;
            end = MachineMemory.Elements(end + (array.Shares is null ? (long)array.Length * array.Copies : 0), what);
        }

        return end;
    }
}
