namespace LandscapeGpu.Expressions;

/// <summary>
/// The scope in which expressions are written: equal expressions become the same node, and loops nested in one another
/// get indices of their own depth.
/// </summary>
/// <remarks>
/// A loop's index is named by (depth, extent) alone, so two sums of the same extent at the same depth share their index:
/// common subexpressions are found across them, and they can run as one loop.
/// </remarks>
internal sealed class Trace
{
    // Loops of one iteration each would run; but nobody writes so many, and indices are counted one after the other.
    private const int DeepestLoop = 64;

    // A formula's and its derivatives': a node and its place take about 200 bytes, and the machine code of a million takes minutes to make.
    private const int MostNodes = 1_000_000;

    [ThreadStatic]
    private static Trace? current;

    private readonly Dictionary<RealKey, Real> reals = [];
    private readonly Dictionary<IndexKey, Index> indices = [];
    private readonly Dictionary<(Index, Real), LoopVector> vectors = [];

    /// <summary>The trace of the code now running on this thread, if any.</summary>
    public static Trace? Current => current;

    /// <summary>How many loops enclose the code now being traced.</summary>
    public int Depth { get; private set; }

    /// <summary>Whether an entry of data at a constant index stays an entry, so that a program reads it; otherwise it is the number itself.</summary>
    public bool KeepsData { get; private init; }

    /// <summary>A trace that begins with the nodes of this one and leaves it as it is.</summary>
    public Trace Fork(bool keepsData = false)
    {
        lock (reals)
        {
            var fork = new Trace { KeepsData = keepsData };
            fork.reals.EnsureCapacity(reals.Count);
            foreach (var (key, node) in reals)
            {
                fork.reals.Add(key, node);
            }

            foreach (var (key, node) in indices)
            {
                fork.indices.Add(key, node);
            }

            foreach (var (key, node) in vectors)
            {
                fork.vectors.Add(key, node);
            }

            return fork;
        }
    }

    /// <summary>Runs code in this trace; one thread at a time.</summary>
    public T Run<T>(Func<T> code)
    {
        lock (reals)
        {
            return Continue(this, code);
        }
    }

    /// <summary>Runs code in a trace that the calling thread, which waits for it, holds.</summary>
    public static T Continue<T>(Trace? trace, Func<T> code)
    {
        var outer = current;
        current = trace;
        try
        {
            return code();
        }
        finally
        {
            current = outer;
        }
    }

    /// <summary>Traces the body of a loop once, with a symbolic index.</summary>
    public static (Index Variable, T Body) Loop<T>(Index extent, Func<Index, T> body)
    {
        var trace = current ?? throw new InvalidOperationException(
            "Sum, Mean and Vector describe loops of an objective and work only inside Objective.Define(..., x => ...).");
        if (trace.Depth >= DeepestLoop)
        {
            throw new ArgumentException($"Loops were written inside one another more than {DeepestLoop} deep; a formula that calls itself needs an end.");
        }

        var variable = Index.Loop(trace.Depth, extent);
        trace.Depth++;
        try
        {
            return (variable, body(variable));
        }
        finally
        {
            trace.Depth--;
        }
    }

    internal static Real Node(in RealKey key)
    {
        if (current is not { } trace)
        {
            return new Real(key);
        }

        if (!trace.reals.TryGetValue(key, out var node))
        {
            if (trace.reals.Count >= MostNodes)
            {
                throw new ArgumentException(
                    $"The formula, written out and with its derivatives, takes more than {MostNodes} operations; write what repeats with Sum or Vector, which are loops, not with a loop of C#.");
            }

            trace.reals.Add(key, node = new Real(key));
        }

        return node;
    }

    internal static LoopVector Node(Index variable, Real body)
    {
        if (current is not { } trace)
        {
            return new LoopVector(variable, body);
        }

        if (!trace.vectors.TryGetValue((variable, body), out var node))
        {
            trace.vectors.Add((variable, body), node = new LoopVector(variable, body));
        }

        return node;
    }

    internal static Index Node(in IndexKey key)
    {
        if (current is not { } trace)
        {
            return new Index(key);
        }

        if (!trace.indices.TryGetValue(key, out var node))
        {
            trace.indices.Add(key, node = new Index(key));
        }

        return node;
    }
}
