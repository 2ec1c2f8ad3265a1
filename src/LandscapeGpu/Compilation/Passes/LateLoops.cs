namespace LandscapeGpu.Compilation;

/// <summary>
/// Finds loops that could run later, as one with another loop over the same index: a sum that only the end of the program
/// needs joins the loop that makes the gradient and shares its work.
/// </summary>
/// <remarks>
/// From the last node back to the first each loop is put where it shares most of its work, of the stages that those that need its
/// result leave it. Nothing that needs it is moved for that.
/// </remarks>
internal sealed class LateLoops
{
    private readonly Plan plan;
    private readonly Scope scope;
    private readonly Dictionary<PlannedLoop, List<Real>> work = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<object, PlannedLoop> loops = new(ReferenceEqualityComparer.Instance);

    // For what is computed in the block: the stage by which it must be there. For what is computed in its loops: the stage of
    // the first loop that needs it, and its index if that is always the same.
    private readonly Dictionary<object, (int Stage, Index? Variable)> needed = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<object, int> notBefore = new(ReferenceEqualityComparer.Instance);

    public LateLoops(Plan plan, Scope scope)
    {
        (this.plan, this.scope) = (plan, scope);
        if (plan.Loops.GroupBy(l => l.Variable).All(g => g.DistinctBy(l => l.Stage).Count() == 1))
        {
            return;
        }

        foreach (var loop in plan.Loops)
        {
            loops.Add(loop.Key, loop);
            if (loop.Key is Member)
            {
                Need(loop.Root, loop.Stage, loop.Variable);
            }
        }

        foreach (var (stage, member) in plan.Effects)
        {
            Need(member.Root, stage, null);
        }

        for (var k = plan.Nodes.Count - 1; k >= 0; k--)
        {
            Settle(plan.Nodes[k]);
        }
    }

    /// <summary>The stages of the loops that are to run later, by their keys.</summary>
    public IReadOnlyDictionary<object, int> NotBefore => notBefore;

    private void Settle(object node)
    {
        if (scope.IsThere(node))
        {
            return;
        }

        var (stage, variable) = needed.GetValueOrDefault(node, (plan.Last, null));
        switch (node)
        {
            case ScatterVector scatter when scope.IsHere(node):
                foreach (var c in scatter.Contributions)
                {
                    if (loops.TryGetValue(c, out var loop))
                    {
                        Settle(loop, stage);
                    }
                }

                break;
            case ComponentVector when scope.IsHere(node):
                // Written at its own stage, if it is.
                NeedAll(node, plan.StageOf(node) - 1, null);
                break;
            case var _ when loops.TryGetValue(node, out var loop):
                Settle(loop, stage);
                break;
            case Real r when !scope.IsHere(node) && scope.ReadsInStep(r) is { } vector:
                Need(vector, ReferenceEquals(variable, vector.Variable) ? stage : stage - 1, null);
                break;
            default:
                NeedAll(node, stage, variable);
                break;
        }
    }

    private void Settle(PlannedLoop loop, int latest)
    {
        var (stage, most) = (loop.Stage, Shared(loop, loop.Stage));
        for (var later = loop.Stage + 1; later <= Math.Min(latest, plan.LastMovable); later++)
        {
            if (Shared(loop, later) is var shared && shared > most)
            {
                (stage, most) = (later, shared);
            }
        }

        if (stage > loop.Stage)
        {
            notBefore[loop.Key] = stage;
        }

        Need(loop.Root, stage, loop.Variable);
    }

    /// <summary>How much of a loop's work others over its index do at a stage.</summary>
    private int Shared(PlannedLoop loop, int stage)
    {
        var others = plan.Loops.Where(l => l.Stage == stage && ReferenceEquals(l.Variable, loop.Variable) && !ReferenceEquals(l, loop)).SelectMany(Work).ToHashSet();
        return others.Count == 0 ? 0 : Work(loop).Count(others.Contains);
    }

    private List<Real> Work(PlannedLoop loop)
    {
        if (!work.TryGetValue(loop, out var own))
        {
            var nodes = Traversal.From(node => scope.IsThere(node) || scope.IsHere(node), [loop.Root]);
            work.Add(loop, own = [.. nodes.OfType<Real>().Where(r => KeptValues.IsExpensive(r) && !scope.IsHere(r) && !scope.IsThere(r))]);
        }

        return own;
    }

    private void NeedAll(object node, int stage, Index? variable)
    {
        foreach (var dependency in scope.DependenciesOf(node))
        {
            Need(dependency, stage, variable);
        }
    }

    /// <summary>A node is needed by a loop over a variable at a stage, or, without one, at the end of the stage.</summary>
    private void Need(object node, int stage, Index? variable)
    {
        if (scope.IsHere(node))
        {
            (stage, variable) = (variable is null ? stage : stage - 1, null);
        }

        needed[node] = !needed.TryGetValue(node, out var before) ? (stage, variable)
            : (Math.Min(stage, before.Stage), ReferenceEquals(variable, before.Variable) ? variable : null);
    }
}
