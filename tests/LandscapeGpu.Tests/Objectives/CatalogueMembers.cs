using System.Collections.Concurrent;

namespace LandscapeGpu.Tests.Objectives;

/// <summary>Every family of the catalogue as it comes, and further sizes and settings of some.</summary>
internal static class CatalogueMembers
{
    private static readonly string[] Further =
    [
        "double-well d=4", "ackley d=10", "griewank d=1", "griewank d=7", "levy d=1", "levy d=4", "schwefel d=3", "styblinski-tang d=2",
        "michalewicz d=5", "rosenbrock d=4", "vincent d=3", "rastrigin d=8", "shekel m=7", "shekel m=10", "pca d=1", "pca d=20",
        "lennard-jones atoms=2", "lennard-jones atoms=3", "lennard-jones atoms=4", "lennard-jones atoms=13",
        "pca-rank-r rows=5 rank=3", "pca-rank-r rows=3 rank=1", "matrix-completion rows=6 rank=2", "matrix-completion p=0.2", "matrix-sensing rows=4 rank=1 m=20",
        "phase-retrieval d=3", "glm link=tanh n=50", "glm link=identity", "orthogonal-tensor d=4 components=2", "max-cut nodes=4 rank=2", "diagonal-linear d=5 n=3", "glm risk=population", "glm risk=population link=tanh d=3", "single-neuron d=3 samples=2", "logistic-regression d=4 flips=0.2 decay=0.1",
        "least-squares d=4 n=4", "least-squares d=3 n=1", "pl-sine d=3", "deep-linear layers=1", "deep-linear width=1 layers=2", "deep-linear inputs=2 outputs=2 width=4 layers=4",
        "linear-residual width=2 layers=5", "linear-residual width=1 layers=1", "linear-recurrent states=2 length=8", "quadratic-network width=2 teacher=2", "two-layer-relu units=2", "two-layer-relu units=1",
        "perceptron activation=sigmoid width=1", "perceptron activation=softplus n=10", "perceptron activation=gelu skip=on n=10",
        "perceptron layers=2 n=10", "perceptron layers=3 skip=on normalise=on n=10", "perceptron normalise=batch skip=on width=2 n=10", "perceptron layers=2 normalise=batch width=2 n=8 activation=sigmoid decay=0.01", "perceptron dropout=0.2 n=10 width=2", "perceptron clouds=3 loss=softmax order=easy flips=0.1 width=2 n=12", "deep-regression depth=1", "deep-regression depth=3 width=2 inputs=2", "perceptron loss=logistic decay=0.01 n=20", "perceptron loss=softmax decay=0.01 n=12", "perceptron targets=classes classes=2 skip=on width=2 n=10", "perceptron loss=softmax layers=2 width=2 n=8", "perceptron normalise=on start=kaiming scale=0.5 noise=0.1 n=10",
        "glassy d=1 confinement=0", "glassy d=2 waves=10 confinement=100", "xy-ring d=3", "xy-ring d=8", "phi4-chain d=2", "phi4-chain coupling=0.3",
        "overcomplete-tensor d=3 components=5", "brockett n=3 p=3", "brockett n=5 p=1", "procrustes n=2", "procrustes n=4", "motzkin-straus d=5 p=0.8", "species-competition d=3",
    ];

    private static readonly ConcurrentDictionary<string, Objective> OfSurveys = new();

    /// <summary>As the first argument of a theory.</summary>
    public static TheoryData<string> Names => [.. Members];

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Members => [.. Catalogue.Families.Select(f => f.Name), .. Further];

    /// <summary>A family's usual member for surveys by the dozen; of one whose floors of 22 dimensions take as long as all other families together a smaller, with floors of two.</summary>
    /// <remarks>One object for all tests, which share its programs.</remarks>
    public static Objective Surveyed(string family) => OfSurveys.GetOrAdd(family, _ => Find(family == "diagonal-linear" && !LongTests.AreAsked ? "diagonal-linear d=10" : family));

    /// <summary>The member of a name such as "shekel m=7".</summary>
    public static Objective Find(string name)
    {
        var parts = name.Split(' ');
        var family = Catalogue.Find(parts[0]);
        var given = parts.Skip(1).Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1]);
        int? dimension = given.Remove("d", out var d) ? int.Parse(d) : null;
        return family.Create(dimension, given.ToDictionary(p => p.Key, p => family.Settings.Single(s => s.Name == p.Key).Parse(p.Value)));
    }

    /// <summary>A random point of the domain or manifold; of [−2, 2]ᵈ where that is unbounded.</summary>
    public static double[] RandomPoint(Objective objective, Random random) => OnManifold(objective, [.. Enumerable.Range(0, objective.Dimension).Select(i =>
    {
        var (lower, upper) = Side(objective, i);
        return lower + ((upper - lower) * random.NextDouble());
    })]);

    /// <summary>The value at the point of the manifold that lies in the same direction.</summary>
    public static double Value(Objective objective, double[] x) => objective.Evaluate(OnManifold(objective, x));

    private static double[] OnManifold(Objective objective, double[] x)
    {
        using var retraction = new Retraction(objective);
        double[] on = [.. x];
        retraction.Apply(on);
        return objective.Shown(on);
    }

    /// <summary>The bounds of a coordinate; −2 and 2 where it has none.</summary>
    public static (double Lower, double Upper) Side(Objective objective, int i) =>
        objective.Region.Sides is { } sides ? (sides.Lower[i], double.IsFinite(sides.Upper[i]) ? sides.Upper[i] : 2) : (-2, 2);
}
