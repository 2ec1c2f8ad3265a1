using LandscapeGpu.Compilation;

namespace LandscapeGpu.Execution;

/// <summary>The code of formulas that run element by element, a program whose lanes are elements, and where its memory lies in that of the whole.</summary>
internal sealed class ElementwiseCode
{
    // Elements that one call of a long run works on: the same for every width of vectors, so that every element is made by the same code on every machine;
    // what it reads and writes of so many stays in the nearest cache.
    private const int Run = 256;

    // As for restarts: past this many statements two vectors of each no longer fit in the registers.
    private const int LongestForTwo = 220;

    private readonly ProgramArray input;
    private readonly ProgramArray output;
    private readonly int blocks;

    private ElementwiseCode(ElementwiseWork work, bool isDouble, int bits, int blocks)
    {
        this.blocks = blocks;
        (input, output) = (new ProgramArray("in", Math.Max(1, work.Leaves.Count) * blocks, Memory.State), new ProgramArray("out", work.Roots.Count * blocks, Memory.State));
        var program = new Trace().Run(() =>
        {
            var numbers = new Point("in", (int)input.Length);
            var outputs = blocks == 1
                ? work.Roots.Select((r, k) => (Output)new Output.OfReal(Rewritten(work, r.Root, l => numbers.Element(l)), new(output, k)))
                : work.Roots.Select((r, k) => (Output)new Output.OfVector(
                    Functions.Vector(blocks, b => Rewritten(work, r.Root, l => numbers[IsOne(work, l) ? l * blocks : (l * blocks) + b])), new(output, k * blocks)));
            return Lowering.Lower(isDouble, [input, output], new Dictionary<Vector, Storage> { [numbers] = new(input, 0) }, [.. outputs]);
        });
        Program = CompiledProgram.OnLanes(program, new LaneTarget(bits, isDouble), program.Body.Statements.Count > LongestForTwo ? 1 : 2);
    }

    public CompiledProgram Program { get; }

    /// <summary>How many elements a call works on.</summary>
    public int Count => blocks * Program.Layout.Restarts;

    public long StateAt { get; set; }

    public long DataAt { get; set; }

    /// <summary>The code of a piece of work: for a vector or two at a time, and where there is more of it, for long runs.</summary>
    public static (ElementwiseCode Short, ElementwiseCode? Long) Of(ElementwiseWork work, bool isDouble, int bits)
    {
        var code = new ElementwiseCode(work, isDouble, bits, 1);
        var most = work.Loops.Aggregate(1.0, (n, v) => n * Tensor.Extent(v));
        return (code, most >= Run ? new(work, isDouble, bits, Run / code.Count) : null);
    }

    /// <summary>Where the elements of a leaf lie in the program's state, in elements.</summary>
    public long Input(int leaf) => (input.Offset + ((long)leaf * blocks)) * Program.Layout.Restarts;

    /// <summary>Where the elements of a root lie.</summary>
    public long Output(int root) => (output.Offset + ((long)root * blocks)) * Program.Layout.Restarts;

    /// <summary>Whether a leaf is one number, the same for every element.</summary>
    public static bool IsOne(ElementwiseWork work, int leaf) => !work.Leaves[leaf].From.IsFlat(work.Loops);

    /// <summary>A formula in which numbers of the program's input stand for its leaves.</summary>
    public static Real Rewritten(ElementwiseWork work, Real root, Func<int, Real> leaf)
    {
        var read = new Dictionary<Real, Real>(ReferenceEqualityComparer.Instance as IEqualityComparer<Real>);
        for (var k = 0; k < work.Leaves.Count; k++)
        {
            read.Add(work.Leaves[k].Node, leaf(k));
        }

        foreach (var node in Traversal.From((object n) => n is Vector || (n is Real r && read.ContainsKey(r) && !ReferenceEquals(r, root)), new[] { root }).OfType<Real>().Where(n => !read.ContainsKey(n)))
        {
            read.Add(node, node.Operation is Operation.Constant or Operation.Parameter ? Trace.Node(node.Key) : Rewriting.With(node, [.. node.Operands.Select(o => read[o])]));
        }

        return read[root];
    }
}
