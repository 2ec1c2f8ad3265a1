using LandscapeGpu.Arithmetic;

namespace LandscapeGpu.Surveys;

/// <summary>The operation that first makes something not finite of finite numbers, where a formula has no finite value.</summary>
/// <param name="Formula">The operation, as the formula writes it.</param>
/// <param name="Operands">The numbers that it was given.</param>
/// <param name="Value">What it made of them.</param>
/// <param name="Loops">Where the loops around it were.</param>
internal sealed record NotFinite(string Formula, IReadOnlyList<double> Operands, double Value, IReadOnlyList<(string Index, long Value)> Loops)
{
    // What a person would wait for: a formula of a million operations and more is told to have no finite value, and not why.
    private const int MostOperations = 1_000_000;

    public override string ToString()
    {
        var operands = string.Join(" and ", Operands.Select(x => x.ToString("G6", CultureInfo.InvariantCulture)));
        var loops = Loops.Count == 0 ? "" : $", with {string.Join(", ", Loops.Select(l => $"{l.Index} = {l.Value}"))}";
        return $"{Formula} of {operands} is {(double.IsNaN(Value) ? "no number" : "infinite")}{loops}";
    }

    /// <summary>Where what is not finite at a point comes from; null where nothing is, or there are too many operations.</summary>
    public static NotFinite? Of(Objective objective, ReadOnlySpan<double> point)
    {
        var origins = new Dictionary<Real, NotFinite>(ReferenceEqualityComparer.Instance);
        var seen = 0;
        try
        {
            objective.Watch(DoubleArithmetic.Instance, point, Look);
        }
        catch (Enough)
        {
            return null;
        }

        return Origin(objective.Formula);

        void Look(Real node, double value, IReadOnlyList<double> operands, IReadOnlyDictionary<Index, long> loops)
        {
            if (++seen > MostOperations)
            {
                throw new Enough();
            }

            if (operands.Count == 0 || double.IsFinite(value))
            {
                return;
            }

            // What comes from a branch that is left out ends there.
            var from = node.Operands.Zip(operands).Where(o => !double.IsFinite(o.Second)).Select(o => Origin(o.First)).FirstOrDefault(o => o is not null);
            if (from is not null || operands.All(double.IsFinite))
            {
                origins[node] = from ?? new(Notation.Quoted(node), operands, value, [.. loops.Where(l => node.Free.Contains(l.Key)).Select(l => (l.Key.ToString(), l.Value))]);
            }
        }

        NotFinite? Origin(Real node) => origins.TryGetValue(node, out var known) ? known : node.Operation switch
        {
            Operation.Sum => Origin(node.A),
            Operation.Element when node.Vector is LoopVector loop => Origin(loop.Body),
            Operation.Element when node.Vector is ComponentVector written => written.Components.Select(Origin).FirstOrDefault(o => o is not null),
            _ => null,
        };
    }

    private sealed class Enough : Exception;
}
