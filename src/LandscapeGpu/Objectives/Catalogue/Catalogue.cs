namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>The objectives that come with the engine.</summary>
public static class Catalogue
{
    /// <summary>All families, in the order they are listed.</summary>
    public static IReadOnlyList<Family> Families { get; } =
    [
        new TiltedSine(),
        new DoubleWell(),
        new Himmelblau(),
        new SixHumpCamel(),
        new MullerBrown(),
        new Rosenbrock(),
        new Rastrigin(),
        new Ackley(),
        new Griewank(),
        new Levy(),
        new Schwefel(),
        new StyblinskiTang(),
        new Michalewicz(),
        new Shubert(),
        new Vincent(),
        new Shekel(),
        new Hartmann3(),
        new Hartmann6(),
        new LennardJones(),
        new Pca(),
        new PcaRankR(),
        new MatrixCompletion(),
        new MatrixSensing(),
        new PhaseRetrieval(),
        new GeneralizedLinear(),
        new SingleNeuron(),
        new LeastSquares(),
        new PlSine(),
        new DeepLinear(),
        new LinearResidual(),
        new QuadraticNetwork(),
        new TwoLayerRelu(),
        new Perceptron(),
        new Glassy(),
        new XyRing(),
        new Phi4Chain(),
    ];

    /// <summary>The family of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static Family Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Families.FirstOrDefault(f => f.Name == name)
            ?? throw new ArgumentException($"The catalogue has no objective {name}; did you mean {Families.MinBy(f => EditDistance(f.Name, name))!.Name}? `landscape list` names all {Families.Count}.");
    }

    /// <summary>Levenshtein's distance: how many letters to change, add or drop.</summary>
    private static int EditDistance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
