using System.Numerics;
using LandscapeGpu.Compilation;

namespace LandscapeGpu.Execution;

/// <summary>A piece of work that has been laid out.</summary>
internal abstract unsafe class MatrixStep
{
    public abstract void Run(in Frame frame);

    /// <summary>A part of it; all parts do what it does. What cannot be divided is in the first.</summary>
    public virtual void Run(in Frame frame, int part, int parts)
    {
        if (part == 0)
        {
            Run(frame);
        }
    }
}

internal sealed unsafe class ZeroStep<T>(Place<T> at, long each, bool isTiled) : MatrixStep
    where T : unmanaged
{
    public override void Run(in Frame frame) => new Span<byte>(at.At(frame), checked((int)(sizeof(T) * each * (isTiled ? frame.Count : 1)))).Clear();
}

internal sealed unsafe class ProductStep<T>(ProductWork work, MatrixProduct product, Place<T> a, Place<T> b, Place<T> c) : MatrixStep
    where T : unmanaged
{
    private readonly Strided outer = new(work.Outer, work.Root, work.A, work.B, work.C);
    private readonly Strided own = new(work.Inner is { } k ? [work.Row, work.Column, k] : [work.Row, work.Column], work.Root, work.A, work.B, work.C);

    public override void Run(in Frame frame) => Run(frame, 0, 1);

    /// <summary>Some of the columns.</summary>
    public override void Run(in Frame frame, int part, int parts)
    {
        var (inner, ak, bk) = own.Count == 3 ? (own.Extent(2, frame), own.Strides(0)[2], own.Strides(1)[2]) : (1, 0, 0);
        var all = own.Extent(1, frame);
        var (begin, end) = (product.Column(all, part, parts), product.Column(all, part + 1, parts));
        if (begin < end)
        {
            Go(0, a.At(frame), b.At(frame) + begin, c.At(frame) + begin, frame, end - begin, inner, ak, bk);
        }
    }

    private void Go(int level, T* a, T* b, T* c, in Frame frame, long columns, int inner, long ak, long bk)
    {
        if (level == outer.Count)
        {
            product.Add(own.Extent(0, frame), columns, inner, (byte*)a, own.Strides(0)[0], ak, (byte*)b, bk, (byte*)c, own.Strides(2)[0]);
            return;
        }

        var (sa, sb, sc) = (outer.Strides(0)[level], outer.Strides(1)[level], outer.Strides(2)[level]);
        for (var i = 0; i < outer.Extent(level, frame); i++)
        {
            Go(level + 1, a + (i * sa), b + (i * sb), c + (i * sc), frame, columns, inner, ak, bk);
        }
    }
}

/// <summary>Rows of data for the samples that were drawn.</summary>
internal sealed unsafe class GatherStep<T>(GatherWork work, Place<T> from, Place<T> to, ProgramArray batch) : MatrixStep
    where T : unmanaged, INumber<T>
{
    private readonly Strided loops = new(work.To.Loops, work.Root, work.From, work.To.All());

    public override void Run(in Frame frame)
    {
        var drawn = (T*)frame.State + batch.Offset;
        var first = work.Root is null ? 0 : frame.Begin;
        var row = loops.Strides(1)[0];
        for (var b = 0; b < loops.Extent(0, frame); b++)
        {
            Go(1, from.At(frame) + (work.Factor * long.CreateTruncating(drawn[first + b])), to.At(frame) + (b * row), frame);
        }
    }

    private void Go(int level, T* from, T* to, in Frame frame)
    {
        if (level == loops.Count)
        {
            *to = *from;
            return;
        }

        var (n, sf, st) = (loops.Extent(level, frame), loops.Strides(0)[level], loops.Strides(1)[level]);
        if (level == loops.Count - 1 && sf == 1 && st == 1)
        {
            new Span<T>(from, n).CopyTo(new Span<T>(to, n));
            return;
        }

        for (var i = 0; i < n; i++)
        {
            Go(level + 1, from + (i * sf), to + (i * st), frame);
        }
    }
}
