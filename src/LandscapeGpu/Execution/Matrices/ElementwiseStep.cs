using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LandscapeGpu.Compilation;

namespace LandscapeGpu.Execution;

/// <summary>Formulas element by element: a program whose lanes are elements.</summary>
internal sealed unsafe class ElementwiseStep<T>(ElementwiseWork work, ElementwiseCode code, Place<T>[] leaves, bool[] isOne, Place<T>[] roots) : MatrixStep
    where T : unmanaged
{
    private readonly Strided loops = new(work.Loops, work.Root);

    [SkipLocalsInit]
    public override void Run(in Frame frame)
    {
        var count = 1L;
        for (var k = 0; k < loops.Count; k++)
        {
            count *= loops.Extent(k, frame);
        }

        var lanes = code.Program.Layout.Restarts;
        byte* state = frame.Own + code.StateAt, data = frame.Data + code.DataAt;
        var input = (T*)state + ((long)code.Input.Offset * lanes);
        var output = (T*)state + ((long)code.Output.Offset * lanes);
        T** from = stackalloc T*[leaves.Length], to = stackalloc T*[roots.Length];
        for (var k = 0; k < leaves.Length; k++)
        {
            from[k] = leaves[k].At(frame);
            if (isOne[k])
            {
                new Span<T>(input + ((long)k * lanes), lanes).Fill(*from[k]);
            }
        }

        for (var k = 0; k < roots.Length; k++)
        {
            to[k] = roots[k].At(frame);
        }

        for (long begin = 0; begin < count; begin += lanes)
        {
            var n = (int)Math.Min(lanes, count - begin);
            for (var k = 0; k < leaves.Length; k++)
            {
                if (!isOne[k])
                {
                    Copy(from[k] + begin, input + ((long)k * lanes), n, lanes);
                }
            }

            code.Program.Run(state, data);
            for (var k = 0; k < roots.Length; k++)
            {
                Copy(output + ((long)k * lanes), to[k] + begin, n, lanes);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(T* from, T* to, int n, int lanes)
    {
        if (n < lanes)
        {
            new Span<T>(from, n).CopyTo(new Span<T>(to, n));
            return;
        }

        for (var i = 0; i < n; i += Vector256<T>.Count)
        {
            Vector256.Load(from + i).Store(to + i);
        }
    }
}

/// <summary>The code of formulas that run element by element, and where its memory lies in that of the whole.</summary>
internal sealed class ElementwiseCode
{
    public required CompiledProgram Program { get; init; }

    public required ProgramArray Input { get; init; }

    public required ProgramArray Output { get; init; }

    public long StateAt { get; set; }

    public long DataAt { get; set; }
}
