using LandscapeGpu.Expressions;
using Index = LandscapeGpu.Expressions.Index;

namespace LandscapeGpu.Compilation;

/// <summary>Something a block must do.</summary>
internal abstract record Member
{
    /// <summary>The node it waits for.</summary>
    public abstract object Root { get; }
}

internal sealed record StoreMember(Real Value, ProgramArray Array, Index Index) : Member
{
    public override object Root => Value;
}

internal sealed record AddUpMember(Real Value, Accumulator Accumulator) : Member
{
    public override object Root => Value;
}

internal sealed record FlagMember(Real Value) : Member
{
    public override object Root => Value;
}

internal sealed record ContributionMember(ScatterVector Vector, Index Index, Real Value) : Member
{
    public override object Root => Value;
}

internal sealed record SumMember(Real Sum) : Member
{
    public override object Root => Sum;
}

internal sealed record VectorMember(Vector Vector) : Member
{
    public override object Root => Vector;
}

/// <summary>Does a member in every iteration of a loop.</summary>
internal sealed record LoopMember(Index Variable, Member Inner) : Member
{
    public override object Root => Inner.Root;
}

/// <summary>The order of work in one block: what belongs to it, at which stage, and which loops run as one.</summary>
internal sealed class Plan
{
    private readonly IReadOnlyList<Index> path;
    private readonly Dictionary<object, int> stages = new(ReferenceEqualityComparer.Instance);

    // As stages, but for a loop that may run together with the loops whose vectors it reads element by element.
    private readonly Dictionary<object, int> together = new(ReferenceEqualityComparer.Instance);
    private readonly Func<Vector, bool> isOpen;
    private readonly List<Real> scalars = [];
    private readonly List<(int Stage, Vector Vector)> fills = [];
    private readonly List<(int Stage, Index Variable, Member Member)> loops = [];
    private readonly List<(int Stage, Member Member)> effects = [];

    public Plan(IReadOnlyList<Index> path, List<Member> members, List<Member> last, Func<Real, bool> available, Func<Vector, bool> isOpen)
    {
        this.path = path;
        this.isOpen = isOpen;
        // What is computed around this block is there already, and so are the elements of vectors that are made there.
        var nodes = Walk.From(
            node => node switch
            {
                Real r => Home(r.Free).Outside || (r.Operation == Operation.Element && !IsForwarded(r) && Home(r.Vector.Free).Outside),
                _ => Home(((Vector)node).Free).Outside && !isOpen((Vector)node),
            },
            members.Concat(last).Select(m => m.Root));
        var indexed = nodes.OfType<Real>().Where(r => r.Operation == Operation.Element).Select(r => r.Vector).ToHashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var node in nodes)
        {
            Place(node, available, indexed);
        }

        foreach (var member in members)
        {
            Add(member, StageOf(member.Root));
        }

        Last = Highest() + Math.Min(1, last.Count);
        foreach (var member in last)
        {
            Add(member, Last);
        }

        Last = Highest();
    }

    /// <summary>The last stage.</summary>
    public int Last { get; private set; }

    public IEnumerable<Vector> FillsAt(int stage) => fills.Where(f => f.Stage == stage).Select(f => f.Vector);

    public IEnumerable<IGrouping<Index, Member>> LoopsAt(int stage) =>
        loops.Where(l => l.Stage == stage).GroupBy(l => l.Variable, l => l.Member, ReferenceEqualityComparer.Instance as IEqualityComparer<Index>);

    public IEnumerable<Member> EffectsAt(int stage) => effects.Where(e => e.Stage == stage).Select(e => e.Member);

    public IEnumerable<Real> ScalarsAt(int stage) => scalars.Where(r => stages[r] == stage);

    private int Highest() => Math.Max(
        Math.Max(stages.Count == 0 ? 0 : stages.Values.Max(), effects.Count == 0 ? 0 : effects.Max(e => e.Stage)),
        loops.Count == 0 ? 0 : loops.Max(l => l.Stage));

    private int StageOf(object node) => stages.GetValueOrDefault(node);

    /// <summary>Where a node is computed: in this block, in one around it, or in a loop inside it.</summary>
    private (bool Here, bool Outside) Home(VariableSet free)
    {
        var inside = free.Variables.Any(v => !path.Contains(v));
        var here = !inside && (path.Count == 0 || free.Contains(path[^1]));
        return (here, !inside && !here);
    }

    /// <summary>An element of a vector that the same iteration has just made.</summary>
    private bool IsForwarded(Real r) => r.Operation == Operation.Element && r.Vector is LoopVector v && ReferenceEquals(r.Index, v.Variable) && isOpen(v);

    private void Place(object node, Func<Real, bool> available, HashSet<object> indexed)
    {
        var dependencies = node is Real r && IsForwarded(r) ? [((LoopVector)r.Vector).Body] : Walk.DependenciesOf(node).ToList();
        var before = dependencies.Select(StageOf).DefaultIfEmpty(0).Max();
        var soft = dependencies.Select(d => together.GetValueOrDefault(d)).DefaultIfEmpty(0).Max();
        var (here, outside) = Home(node is Real real ? real.Free : ((Vector)node).Free);
        if (outside || node is Point or Data || (node is Real known && available(known)))
        {
            stages[node] = together[node] = 0;
            return;
        }

        if (!here)
        {
            stages[node] = before;
            // The loop that makes the vector can make what is read of it as well.
            together[node] = node is Real { Operation: Operation.Element, Vector: LoopVector v } e && ReferenceEquals(e.Index, v.Variable) && Home(v.Free).Here
                ? StageOf(v) - 1
                : soft;
            return;
        }

        switch (node)
        {
            case Real { Operation: Operation.Sum } sum:
                stages[node] = soft + 1;
                loops.Add((soft + 1, sum.Index, new SumMember(sum)));
                break;
            case Real scalar:
                stages[node] = before;
                scalars.Add(scalar);
                break;
            case LoopVector vector:
                stages[node] = soft + 1;
                loops.Add((soft + 1, vector.Variable, new VectorMember(vector)));
                break;
            case ComponentVector vector:
                stages[node] = before;
                if (indexed.Contains(vector))
                {
                    stages[node] = before + 1;
                    fills.Add((before + 1, vector));
                }

                break;
            case ScatterVector vector:
                Scatter(vector);
                break;
        }

        together[node] = stages[node];
    }

    private void Scatter(ScatterVector vector)
    {
        var begin = 1 + (vector.Initial is { } initial ? StageOf(initial) : 0);
        fills.Add((begin, vector));
        var end = begin;
        foreach (var c in vector.Contributions)
        {
            var stage = 1 + Math.Max(begin, StageOf(c.Value));
            Add(Nested(vector, c), stage);
            end = Math.Max(end, stage);
        }

        stages[vector] = end;
    }

    private static Member Nested(ScatterVector vector, Contribution c)
    {
        Member member = new ContributionMember(vector, c.Index, c.Value);
        for (var k = c.Loops.Count - 1; k >= 0; k--)
        {
            member = new LoopMember(c.Loops[k], member);
        }

        return member;
    }

    private void Add(Member member, int stage)
    {
        switch (member)
        {
            case LoopMember loop:
                // Called from a block around: the loop waits for what its body needs of this block.
                loops.Add((Math.Max(stage, 1 + StageOf(loop.Root)), loop.Variable, loop));
                break;
            case VectorMember:
                break;
            default:
                effects.Add((stage, member));
                break;
        }
    }
}
