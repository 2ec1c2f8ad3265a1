using LandscapeGpu.Compilation;

namespace LandscapeGpu.Devices;

/// <summary>One block of restarts on a program's state: reads and writes single restarts in memory laid out for vectors.</summary>
internal sealed unsafe class Lanes(CompiledProgram program) : IDisposable
{
    private readonly AlignedMemory state = program.NewState();
    private readonly Layout layout = program.Layout;

    public int Count => layout.Restarts;

    public ulong Run(AlignedMemory data) => program.Run(state.Pointer, data.Pointer);

    public double Read(ProgramArray array, int element, int lane)
    {
        var at = ((array.Offset + element) * layout.Restarts) + lane;
        return layout.Target.IsDouble ? ((double*)state.Pointer)[at] : ((float*)state.Pointer)[at];
    }

    public void Write(ProgramArray array, int element, int lane, double value)
    {
        var at = ((array.Offset + element) * layout.Restarts) + lane;
        if (layout.Target.IsDouble)
        {
            ((double*)state.Pointer)[at] = value;
        }
        else
        {
            ((float*)state.Pointer)[at] = (float)value;
        }
    }

    public void Read(ProgramArray array, int lane, Span<double> values)
    {
        var (at, step) = ((array.Offset * layout.Restarts) + lane, layout.Restarts);
        if (layout.Target.IsDouble)
        {
            for (var k = 0; k < values.Length; k++, at += step)
            {
                values[k] = ((double*)state.Pointer)[at];
            }
        }
        else
        {
            for (var k = 0; k < values.Length; k++, at += step)
            {
                values[k] = ((float*)state.Pointer)[at];
            }
        }
    }

    public void Write(ProgramArray array, int lane, ReadOnlySpan<double> values)
    {
        for (var k = 0; k < values.Length; k++)
        {
            Write(array, k, lane, values[k]);
        }
    }

    public void Fill(ProgramArray array, int lane, double value)
    {
        for (var k = 0; k < array.Length; k++)
        {
            Write(array, k, lane, value);
        }
    }

    /// <summary>Sets a whole number that the program reads.</summary>
    public void SetSlot(int slot, int value) => ((int*)(state.Pointer + layout.SlotsAt))[slot] = value;

    public void Dispose() => state.Dispose();
}
