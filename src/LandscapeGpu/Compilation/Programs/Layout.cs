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
        var offset = after?.StateElements ?? 0;
        foreach (var array in program.State)
        {
            if (array.Shares is { } earlier)
            {
                array.Offset = earlier.Offset;
                continue;
            }

            array.Offset = offset;
            offset += array.Length * array.Copies;
        }

        StateElements = offset;
        offset = after?.DataElements ?? 0;
        foreach (var (array, _) in program.Data)
        {
            array.Offset = offset;
            offset += array.Length;
        }

        ParametersAt = offset;
        offset += program.Parameters.Count;
        DataElements = offset;
        offset = after?.IndexElements ?? 0;
        foreach (var (array, _) in program.Indices)
        {
            array.Offset = offset;
            offset += array.Length;
        }

        IndexElements = offset;
        Slots = program.Slots;
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

    /// <summary>How many restarts one block of state holds.</summary>
    public int Restarts => Width * Target.Lanes;

    public int Stride => Width * Target.ValueBytes;

    public int SlotsAt => StateElements * Stride;

    public int StateBytes => SlotsAt + (4 * Slots);

    public int IndicesAt => (DataElements * Target.ElementBytes + 7) / 8 * 8;

    public int DataBytes => IndicesAt + (4 * IndexElements);
}
