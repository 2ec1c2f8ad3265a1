using System.Numerics;
using System.Runtime.Intrinsics;
using LandscapeGpu.Compilation;

namespace LandscapeGpu.Execution;

/// <summary>Sums and copies.</summary>
internal sealed unsafe class TotalStep<T>(TotalWork work, Place<T> from, Place<T> to) : MatrixStep
    where T : unmanaged, INumber<T>
{
    // Sums of neighbours in as many parts: the same for every width of vectors.
    private const int Parts = 16;

    private readonly Strided loops = new(work.Loops, work.Root, work.From, work.To);
    private readonly Strided over = new(work.Over, work.Root, work.From);
    private readonly bool adds = work.Adds;

    public override void Run(in Frame frame) => Go(0, from.At(frame), to.At(frame), frame);

    private void Go(int level, T* from, T* to, in Frame frame)
    {
        if (level >= loops.Count - 1)
        {
            Row(from, to, frame);
            return;
        }

        var (sf, st) = (loops.Strides(0)[level], loops.Strides(1)[level]);
        if (level == loops.Count - 2 && over.Count == 0 && !adds && sf == 1 && loops.Strides(1)[level + 1] == 1)
        {
            Transposition.Copy(from, loops.Strides(0)[level + 1], to, st, loops.Extent(level, frame), loops.Extent(level + 1, frame));
            return;
        }

        for (var i = 0; i < loops.Extent(level, frame); i++)
        {
            Go(level + 1, from + (i * sf), to + (i * st), frame);
        }
    }

    private void Row(T* from, T* to, in Frame frame)
    {
        var last = loops.Count - 1;
        var (n, sf, st) = last < 0 ? (1, 0, 0) : (loops.Extent(last, frame), loops.Strides(0)[last], loops.Strides(1)[last]);
        if (over.Count == 0)
        {
            if (!adds && sf == 1 && st == 1)
            {
                new Span<T>(from, n).CopyTo(new Span<T>(to, n));
                return;
            }

            if (adds)
            {
                for (var i = 0; i < n; i++, from += sf, to += st)
                {
                    *to += *from;
                }

                return;
            }

            for (; n > 0; n--, from += sf, to += st)
            {
                *to = *from;
            }

            return;
        }

        if (sf == 1 && st == 1)
        {
            var sums = stackalloc T[Parts];
            for (var begin = 0; begin < n; begin += Parts)
            {
                var count = Math.Min(Parts, n - begin);
                new Span<T>(sums, count).Clear();
                AddRows(0, from + begin, sums, count, frame);
                for (var i = 0; i < count; i++)
                {
                    to[begin + i] += sums[i];
                }
            }

            return;
        }

        for (var i = 0; i < n; i++)
        {
            to[i * st] += Sum(0, from + (i * sf), frame);
        }
    }

    private void AddRows(int level, T* from, T* sums, int count, in Frame frame)
    {
        if (level == over.Count)
        {
            if (count == Parts)
            {
                for (var i = 0; i < Parts; i += Vector256<T>.Count)
                {
                    (Vector256.Load(sums + i) + Vector256.Load(from + i)).Store(sums + i);
                }

                return;
            }

            for (var i = 0; i < count; i++)
            {
                sums[i] += from[i];
            }

            return;
        }

        var stride = over.Strides(0)[level];
        for (var k = 0; k < over.Extent(level, frame); k++)
        {
            AddRows(level + 1, from + (k * stride), sums, count, frame);
        }
    }

    private T Sum(int level, T* from, in Frame frame)
    {
        var (n, stride) = (over.Extent(level, frame), over.Strides(0)[level]);
        if (level < over.Count - 1)
        {
            var total = T.Zero;
            for (var k = 0; k < n; k++)
            {
                total += Sum(level + 1, from + (k * stride), frame);
            }

            return total;
        }

        return stride == 1 ? Sum(from, n) : Sum(from, n, stride);
    }

    private static T Sum(T* from, int n, long stride)
    {
        var total = T.Zero;
        for (var k = 0; k < n; k++)
        {
            total += from[k * stride];
        }

        return total;
    }

    private static T Sum(T* from, int n)
    {
        var parts = stackalloc T[Parts];
        new Span<T>(parts, Parts).Clear();
        var k = 0;
        for (; k + Parts <= n; k += Parts)
        {
            for (var i = 0; i < Parts; i += Vector256<T>.Count)
            {
                (Vector256.Load(parts + i) + Vector256.Load(from + k + i)).Store(parts + i);
            }
        }

        for (; k < n; k++)
        {
            parts[k % Parts] += from[k];
        }

        for (var half = Parts / 2; half > 0; half /= 2)
        {
            for (var i = 0; i < half; i++)
            {
                parts[i] += parts[i + half];
            }
        }

        return parts[0];
    }
}
