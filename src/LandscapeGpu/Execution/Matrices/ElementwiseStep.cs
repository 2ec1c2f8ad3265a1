using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LandscapeGpu.Compilation;

namespace LandscapeGpu.Execution;

/// <summary>Formulas element by element, by the code for long runs where there are as many elements.</summary>
internal sealed unsafe class ElementwiseStep<T>(ElementwiseWork work, ElementwiseCode brief, ElementwiseCode? run, Place<T>[] leaves, Place<T>[] roots) : MatrixStep
    where T : unmanaged
{
    private readonly Strided loops = new(work.Loops, work.Root);
    private readonly bool[] isOne = [.. Enumerable.Range(0, leaves.Length).Select(k => ElementwiseCode.IsOne(work, k))];

    [SkipLocalsInit]
    public override void Run(in Frame frame)
    {
        var count = 1L;
        for (var k = 0; k < loops.Count; k++)
        {
            count *= loops.Extent(k, frame);
        }

        var code = run is not null && count >= run.Count ? run : brief;
        var (each, program) = (code.Count, code.Program);
        byte* state = frame.Own + code.StateAt, data = frame.Data + code.DataAt;
        T** from = stackalloc T*[leaves.Length], to = stackalloc T*[roots.Length];
        T** input = stackalloc T*[leaves.Length], output = stackalloc T*[roots.Length];
        for (var k = 0; k < leaves.Length; k++)
        {
            from[k] = leaves[k].At(frame);
            input[k] = (T*)state + code.Input(k);
            if (isOne[k])
            {
                new Span<T>(input[k], program.Layout.Restarts).Fill(*from[k]);
            }
        }

        for (var k = 0; k < roots.Length; k++)
        {
            to[k] = roots[k].At(frame);
            output[k] = (T*)state + code.Output(k);
        }

        for (long begin = 0; begin < count; begin += each)
        {
            var n = (int)Math.Min(each, count - begin);
            for (var k = 0; k < leaves.Length; k++)
            {
                if (!isOne[k])
                {
                    Copy(from[k] + begin, input[k], n);
                }
            }

            program.Run(state, data);
            for (var k = 0; k < roots.Length; k++)
            {
                Copy(output[k], to[k] + begin, n);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(T* from, T* to, int n)
    {
        var i = 0;
        for (; i + Vector256<T>.Count <= n; i += Vector256<T>.Count)
        {
            Vector256.Load(from + i).Store(to + i);
        }

        for (; i < n; i++)
        {
            to[i] = from[i];
        }
    }
}
