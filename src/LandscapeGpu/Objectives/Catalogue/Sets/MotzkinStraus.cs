namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>−xᵀAx − ½‖x‖² on the probability simplex, A the adjacency matrix of a random graph: its maximal cliques.</summary>
/// <remarks>
/// Local minima are the uniform distributions on maximal cliques, one for each, with the value −(1 − 1/(2k)) at a clique of k vertices, and all
/// are strict. Without the ½‖x‖² (Motzkin and Straus) there are further ones, which are no cliques.
/// </remarks>
internal sealed class MotzkinStraus() : Family(
    "motzkin-straus", "cliques of a random graph on the simplex: a minimum for each maximal clique", 12, (2, 200),
    "Motzkin and Straus (1965), Maxima for graphs and a new proof of a theorem of Turán, Canadian Journal of Mathematics 17, 533; " +
    "Bomze (1997), Evolution towards the maximum clique, Journal of Global Optimization 10, 143")
{
    // Their number grows like 3^(n/3) at worst; beyond this it is not counted here.
    private const int MostCounted = 40;

    public override IReadOnlyList<Setting> Settings => [new("p", 0.5, "the probability of each edge"), Setting.Seed("the graph")];

    protected override Objective Build(Choices choices)
    {
        var (n, p) = (choices.Dimension, choices.Within("p", 0, 1));
        var numbers = new GeneratedNumbers(choices.Seed, 0);
        bool IsEdge(int i, int j) => i != j && numbers.Uniform(Math.Max(i, j), Math.Min(i, j)) < p;
        var a = new Data("A", GeneratedNumbers.Matrix(n, n, (i, j) => IsEdge(i, j) ? 1 : 0));
        var cliques = n <= MostCounted ? MaximalCliques.Of(n, IsEdge) : [];
        return Objective.Define(Name, n, x => -Sum(n, i => x[i] * Sum(n, j => a[i, j] * x[j])) - (0.5 * Sum(n, i => Square(x[i])))) with
        {
            Region = Region.Simplex(n),
            Known = n > MostCounted ? new() : new() { Count = cliques.Count, GlobalValue = -1 + (0.5 / cliques.Max(c => c.Count)) },
        };
    }
}
