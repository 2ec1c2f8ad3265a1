namespace LandscapeGpu.Compilation;

/// <summary>A loop's part of a block: at which stage it runs, over which index, and what it does.</summary>
/// <param name="Stage">When: after all loops of the stages before.</param>
/// <param name="Variable">The loop's index.</param>
/// <param name="Member">What is done in it.</param>
/// <param name="Key">What is placed: a sum, a vector, a contribution or a member of the block.</param>
/// <param name="Root">The node an iteration needs.</param>
internal sealed record PlannedLoop(int Stage, Index Variable, Member Member, object Key, object Root);

/// <summary>What surrounds a block: the nodes that need not be computed in it, and the vectors of which this very iteration makes an element.</summary>
internal sealed record Surroundings(Func<Real, bool> IsKnown, Func<Vector, bool> IsOpen);

/// <summary>The order of work in one block: what belongs to it, at which stage, and which loops run as one.</summary>
/// <remarks>
/// A node's stage is the number of loops that must have finished before it. A loop may run together with the loops whose
/// vectors it reads element by element. First everything is placed as early as possible, then <see cref="LateLoops"/> says which
/// loops are better placed later, and everything is placed again.
/// </remarks>
internal sealed class Plan
{
    private readonly Scope scope;
    private readonly IReadOnlyDictionary<object, int> notBefore;
    private readonly HashSet<object> indexed;
    private readonly Dictionary<object, int> stages = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<object, Joint> joints = new(ReferenceEqualityComparer.Instance);
    private readonly List<Real> scalars = [];
    private readonly List<(int Stage, Vector Vector)> fills = [];
    private readonly List<PlannedLoop> loops = [];
    private readonly List<(int Stage, Member Member)> effects = [];

    private Plan(Scope scope, List<Member> members, List<Member> last, IReadOnlyDictionary<object, int> notBefore)
    {
        (this.scope, this.notBefore) = (scope, notBefore);
        Nodes = Traversal.From(scope.IsLeaf, members.Concat(last).Select(m => m.Root));
        indexed = Nodes.OfType<Real>().Where(r => r.Operation == Operation.Element).Select(r => r.Vector).ToHashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var node in Nodes)
        {
            Place(node);
        }

        foreach (var member in members)
        {
            Add(member, StageOf(member.Root));
        }

        LastMovable = Highest();
        Last = LastMovable + Math.Min(1, last.Count);
        foreach (var member in last)
        {
            Add(member, Last);
        }

        Last = Highest();
    }

    /// <summary>The last stage.</summary>
    public int Last { get; }

    /// <summary>The last stage before what has to come last: that overwrites what others read.</summary>
    public int LastMovable { get; }

    /// <summary>What the block computes, operands before what is made of them.</summary>
    public List<object> Nodes { get; }

    public IReadOnlyList<PlannedLoop> Loops => loops;

    public IReadOnlyList<(int Stage, Member Member)> Effects => effects;

    /// <param name="path">The indices of the loops around the block, outermost first.</param>
    /// <param name="members">What the block must do.</param>
    /// <param name="last">What it must do after everything else.</param>
    /// <param name="surroundings">What is there already.</param>
    public static Plan Of(IReadOnlyList<Index> path, List<Member> members, List<Member> last, Surroundings surroundings)
    {
        var scope = new Scope(path, surroundings);
        var early = new Plan(scope, members, last, new Dictionary<object, int>());
        var late = new LateLoops(early, scope).NotBefore;
        return late.Count == 0 ? early : new Plan(scope, members, last, late);
    }

    public IEnumerable<Vector> FillsAt(int stage) => fills.Where(f => f.Stage == stage).Select(f => f.Vector);

    public IEnumerable<IGrouping<Index, Member>> LoopsAt(int stage) =>
        loops.Where(l => l.Stage == stage).GroupBy(l => l.Variable, l => l.Member, ReferenceEqualityComparer.Instance as IEqualityComparer<Index>);

    public IEnumerable<Member> EffectsAt(int stage) => effects.Where(e => e.Stage == stage).Select(e => e.Member);

    public IEnumerable<Real> ScalarsAt(int stage) => scalars.Where(r => stages[r] == stage);

    public int StageOf(object node) => stages.GetValueOrDefault(node);

    private int Highest() => Math.Max(
        Math.Max(stages.Count == 0 ? 0 : stages.Values.Max(), effects.Count == 0 ? 0 : effects.Max(e => e.Stage)),
        loops.Count == 0 ? 0 : loops.Max(l => l.Stage));

    private void Place(object node)
    {
        if (scope.IsThere(node))
        {
            stages[node] = 0;
            if (node is Real known && scope.IsHere(known))
            {
                // Kept by an earlier loop: read once, not wherever an inner loop needs it.
                scalars.Add(known);
            }

            return;
        }

        var dependencies = scope.DependenciesOf(node);
        stages[node] = dependencies.Select(StageOf).DefaultIfEmpty(0).Max();
        joints[node] = JointOf(dependencies);
        if (!scope.IsHere(node))
        {
            joints[node] = node switch
            {
                // The loop that makes the vector can make what is read of it as well.
                Real r when scope.ReadsInStep(r) is { } vector => new(StageOf(vector) - 1, vector.Variable),
                Real { Operation: Operation.Sum } sum => Bound(sum, sum.Index),
                LoopVector vector => Bound(vector, vector.Variable),
                ScatterVector => new(stages[node], null),
                _ => joints[node],
            };
            return;
        }

        switch (node)
        {
            case Real { Operation: Operation.Sum } sum:
                stages[node] = PlaceLoop(new(0, sum.Index, new SumMember(sum), sum, sum.A), 0);
                break;
            case LoopVector vector:
                stages[node] = PlaceLoop(new(0, vector.Variable, new VectorMember(vector), vector, vector.Body), 0);
                break;
            case Real scalar:
                scalars.Add(scalar);
                break;
            case ComponentVector vector when indexed.Contains(vector):
                fills.Add((++stages[node], vector));
                break;
            case ScatterVector vector:
                Scatter(vector);
                break;
        }

        joints[node] = new(stages[node], null);
    }

    /// <summary>What all nodes leave to wait for.</summary>
    private Joint JointOf(IReadOnlyList<object> nodes)
    {
        var known = nodes.Select(n => joints.GetValueOrDefault(n)).ToList();
        var variables = known.Select(j => j.Variable).OfType<Index>().Distinct().ToList();
        return variables.Count > 1
            ? new(nodes.Max(StageOf), null)
            : new(known.Select(j => j.Stage).DefaultIfEmpty(0).Max(), variables.FirstOrDefault());
    }

    /// <summary>Inside a loop of its own, what is read in step with that loop is no longer read in step with one of this block.</summary>
    private Joint Bound(object node, Index variable) => ReferenceEquals(joints[node].Variable, variable) ? new(stages[node], null) : joints[node];

    private void Scatter(ScatterVector vector)
    {
        var (begin, end) = (int.MaxValue, stages[vector]);
        foreach (var c in vector.Contributions)
        {
            var member = LoopMember.Around(c.Loops, new ContributionMember(vector, c.Index, c.Value));
            var stage = StageOf(c.Value);
            if (c.Loops.Count > 0)
            {
                stage = PlaceLoop(new(0, c.Loops[0], member, c, c.Value), 0);
            }
            else
            {
                effects.Add((stage, member));
            }

            (begin, end) = (Math.Min(begin, stage), Math.Max(end, stage));
        }

        fills.Add((Math.Min(begin, end), vector));
        stages[vector] = end;
    }

    private void Add(Member member, int stage)
    {
        switch (member)
        {
            case LoopMember loop:
                PlaceLoop(new(0, loop.Variable, loop, loop, loop.Root), stage);
                break;
            case VectorMember:
                break;
            default:
                effects.Add((stage, member));
                break;
        }
    }

    /// <summary>Places a loop: after what its iterations need, or with it where they need no more than is made in the same iteration.</summary>
    private int PlaceLoop(PlannedLoop loop, int earliest)
    {
        var joint = joints.GetValueOrDefault(loop.Root);
        var ready = joint.Variable is null || ReferenceEquals(joint.Variable, loop.Variable) ? joint.Stage : StageOf(loop.Root);
        var stage = Math.Max(Math.Max(earliest, 1 + ready), notBefore.GetValueOrDefault(loop.Key));
        loops.Add(loop with { Stage = stage });
        return stage;
    }

    /// <summary>The stage after which a loop can do its work: over the variable, if there is one; over any other, the node's own stage.</summary>
    private readonly record struct Joint(int Stage, Index? Variable);
}
