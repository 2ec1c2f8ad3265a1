using LandscapeGpu.Minima;
using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Catalogue;

namespace LandscapeGpu.Tests.Objectives;

/// <summary>Every family of the catalogue as it comes, and further sizes and settings of some.</summary>
internal static class CatalogueMembers
{
    private static readonly string[] Further =
    [
        "double-well d=4", "ackley d=10", "griewank d=1", "griewank d=7", "levy d=1", "levy d=4", "schwefel d=3", "styblinski-tang d=2",
        "michalewicz d=5", "rosenbrock d=4", "vincent d=3", "rastrigin d=8", "shekel m=7", "shekel m=10", "pca d=1", "pca d=20",
        "lennard-jones atoms=2", "lennard-jones atoms=3", "lennard-jones atoms=4", "lennard-jones atoms=13",
    ];

    /// <summary>As the first argument of a theory.</summary>
    public static TheoryData<string> Names => [.. Catalogue.Families.Select(f => f.Name), .. Further];

    /// <summary>The member of a name such as "shekel m=7".</summary>
    public static Objective Find(string name)
    {
        var parts = name.Split(' ', '=');
        var family = Catalogue.Find(parts[0]);
        return parts.Length == 1 ? family.Create()
            : parts[1] == "d" ? family.Create(int.Parse(parts[2]))
            : family.Create(settings: new Dictionary<string, double> { [parts[1]] = double.Parse(parts[2]) });
    }

    /// <summary>A random point of the domain; of [−2, 2]ᵈ where that is unbounded.</summary>
    public static double[] RandomPoint(Objective objective, Random random)
    {
        double[] point = [.. Enumerable.Range(0, objective.Dimension).Select(i =>
        {
            var (lower, upper) = Side(objective, i);
            return lower + ((upper - lower) * random.NextDouble());
        })];
        if (objective.Manifold is { } spheres)
        {
            RiemannianHessian.Retract(point, spheres);
        }

        return point;
    }

    /// <summary>The bounds of a coordinate; −2 and 2 where the domain has none.</summary>
    public static (double Lower, double Upper) Side(Objective objective, int i) =>
        objective.Domain is Domain.BoxDomain box ? (box.Lower[i], box.Upper[i]) : (-2, 2);
}
