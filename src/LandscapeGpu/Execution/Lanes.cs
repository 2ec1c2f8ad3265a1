using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LandscapeGpu.Compilation;

namespace LandscapeGpu.Execution;

/// <summary>One block of restarts on a program's state: reads and writes single restarts in memory laid out for vectors.</summary>
/// <param name="program">What runs.</param>
/// <param name="threads">How many threads run it together, where it is of matrices.</param>
internal sealed unsafe partial class Lanes(CompiledProgram program, int threads = 1) : IDisposable
{
    private readonly MatrixTeam? team = threads > 1 && program.IsOfMatrices ? new(program, threads) : null;
    private readonly AlignedMemory state = program.NewState();
    private readonly Layout layout = program.Layout;
    private readonly long restarts = program.Layout.Restarts;
    private readonly bool isDouble = program.Layout.Target.IsDouble;

    private readonly AlignedMemory? own;

    /// <summary>With data of its own: the program's, or what takes their place, and the values of its parameters.</summary>
    public Lanes(CompiledProgram program, IReadOnlyList<Parameter> parameters, IReadOnlyDictionary<Data, Data>? replaced = null, int threads = 1)
        : this(program, threads) => own = program.NewData(parameters, replaced);

    public int Count => layout.Restarts;

    /// <summary>Runs on its own data.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Run() => Run(own!);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Run(AlignedMemory data) => team is null ? program.Run(state.Pointer, data.Pointer) : program.Run(state.Pointer, data.Pointer, team);

    /// <summary>Runs until a lane is flagged, at most so many times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Run(AlignedMemory data, long most) => program.Run(state.Pointer, data.Pointer, most);

    /// <summary>Runs on its own data where nothing has been written since the last run but what varies.</summary>
    public ulong RunAgain() => program.RunAgain(state.Pointer, own!.Pointer, team);

    /// <summary>Puts zero in place of what is subnormal in an array, of every restart.</summary>
    public void ClearSubnormals(ProgramArray array)
    {
        var (at, length) = (array.Offset * restarts, array.Length * (int)restarts);
        if (isDouble)
        {
            Subnormals.Clear(new Span<double>((double*)state.Pointer + at, length));
        }
        else
        {
            Subnormals.Clear(new Span<float>((float*)state.Pointer + at, length));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Read(ProgramArray array, int element, int lane)
    {
        var at = ((array.Offset + element) * restarts) + lane;
        return isDouble ? ((double*)state.Pointer)[at] : ((float*)state.Pointer)[at];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ProgramArray array, int element, int lane, double value)
    {
        var at = ((array.Offset + element) * restarts) + lane;
        if (isDouble)
        {
            ((double*)state.Pointer)[at] = value;
        }
        else
        {
            ((float*)state.Pointer)[at] = (float)value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(ProgramArray array, int lane, Span<double> values)
    {
        var (at, step) = ((array.Offset * restarts) + lane, restarts);
        if (isDouble)
        {
            var from = (double*)state.Pointer + at;
            for (var k = 0; k < values.Length; k++, from += step)
            {
                values[k] = *from;
            }
        }
        else
        {
            var from = (float*)state.Pointer + at;
            var k = 0;
            ref var first = ref MemoryMarshal.GetReference(values);
            for (; k <= values.Length - 4; k += 4, from += 4 * step)
            {
                var (low, high) = Vector128.Widen(Vector128.Create(from[0], from[step], from[2 * step], from[3 * step]));
                low.StoreUnsafe(ref first, (nuint)k);
                high.StoreUnsafe(ref first, (nuint)(k + 2));
            }

            for (; k < values.Length; k++, from += step)
            {
                values[k] = *from;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(ProgramArray array, int lane, ReadOnlySpan<double> values)
    {
        var (at, step) = ((array.Offset * restarts) + lane, restarts);
        if (isDouble)
        {
            var to = (double*)state.Pointer + at;
            for (var k = 0; k < values.Length; k++, to += step)
            {
                *to = values[k];
            }
        }
        else
        {
            var to = (float*)state.Pointer + at;
            var k = 0;
            ref var first = ref MemoryMarshal.GetReference(values);
            for (; k <= values.Length - 4; k += 4, to += 4 * step)
            {
                var four = Vector128.Narrow(Vector128.LoadUnsafe(ref first, (nuint)k), Vector128.LoadUnsafe(ref first, (nuint)(k + 2)));
                (to[0], to[step], to[2 * step], to[3 * step]) = (four[0], four[1], four[2], four[3]);
            }

            for (; k < values.Length; k++, to += step)
            {
                *to = (float)values[k];
            }
        }
    }

    /// <summary>The same in every lane: what is left of earlier points may not be numbers, on which arithmetic can be slow.</summary>
    public void WriteAll(ProgramArray array, ReadOnlySpan<double> values)
    {
        for (var lane = 0; lane < Count; lane++)
        {
            Write(array, lane, values);
        }
    }

    /// <summary>Runs for some items, as many at a time as there are lanes; those without one of their own do the last again.</summary>
    /// <param name="count">How many items.</param>
    /// <param name="write">Writes an item to a lane.</param>
    /// <param name="read">Reads it.</param>
    public void ForEach(int count, Action<int, int> write, Action<int, int> read)
    {
        for (var begin = 0; begin < count; begin += Count)
        {
            for (var lane = 0; lane < Count; lane++)
            {
                write(Math.Min(begin + lane, count - 1), lane);
            }

            Run();
            for (var lane = 0; lane < Math.Min(Count, count - begin); lane++)
            {
                read(begin + lane, lane);
            }
        }
    }

    /// <summary>An array of some neighbouring lanes, all of one value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(ProgramArray array, int lane, int count, double value)
    {
        var (begin, length, step) = (array.Offset * restarts, array.Length * restarts, restarts);
        for (var end = lane + count; lane < end; lane++)
        {
            if (isDouble)
            {
                var all = (double*)state.Pointer + begin + lane;
                for (var at = 0L; at < length; at += step)
                {
                    all[at] = value;
                }
            }
            else
            {
                var all = (float*)state.Pointer + begin + lane;
                var single = (float)value;
                for (var at = 0L; at < length; at += step)
                {
                    all[at] = single;
                }
            }
        }
    }

    /// <summary>An array of a double-precision program, element by element for all lanes.</summary>
    public Span<double> Values(ProgramArray array) => isDouble
        ? new((double*)state.Pointer + (array.Offset * restarts), checked((int)(array.Length * restarts)))
        : throw new InvalidOperationException("The program is in single precision.");

    /// <summary>Sets a whole number that the program reads.</summary>
    public void SetSlot(int slot, int value) => ((int*)(state.Pointer + layout.SlotsAt))[slot] = value;

    /// <summary>A whole number that the program reads, as the last run left it.</summary>
    public int Slot(int slot) => ((int*)(state.Pointer + layout.SlotsAt))[slot];

    public void Dispose()
    {
        state.Dispose();
        team?.Dispose();
        own?.Dispose();
    }
}
