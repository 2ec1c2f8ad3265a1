namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>The objectives that come with the engine.</summary>
public static class Catalogue
{
    /// <summary>All families, in the order they are listed.</summary>
    public static IReadOnlyList<Family> Families => families;

    private static readonly Lock Registration = new();

    private static volatile IReadOnlyList<Family> families =
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
        new MaxCut(),
        new PhaseRetrieval(),
        new GeneralizedLinear(),
        new LogisticRegression(),
        new DiagonalLinear(),
        new SingleNeuron(),
        new LeastSquares(),
        new PlSine(),
        new DeepLinear(),
        new DeepRegression(),
        new LinearResidual(),
        new LinearRecurrent(),
        new QuadraticNetwork(),
        new TwoLayerRelu(),
        new Perceptron(),
        new Glassy(),
        new XyRing(),
        new Phi4Chain(),
        new OrthogonalTensor(),
        new OvercompleteTensor(),
        new Thomson(),
        new SphericalSpinGlass(),
        new Brockett(),
        new Procrustes(),
        new MotzkinStraus(),
        new SpeciesCompetition(),
    ];

    /// <summary>Adds a family of one's own, which every command and test of families then knows.</summary>
    /// <exception cref="ArgumentException">There is a family of that name.</exception>
    public static void Register(Family family)
    {
        ArgumentNullException.ThrowIfNull(family);
        lock (Registration)
        {
            families = families.Any(f => f.Name == family.Name) ? throw new ArgumentException($"There is a family {family.Name} already; give yours another name.") : [.. families, family];
        }
    }

    /// <summary>The family of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names one that may have been meant.</exception>
    public static Family Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Families.FirstOrDefault(f => f.Name == name) is { } family)
        {
            return family;
        }

        var meant = Spelling.Meant(name, Families.Select(f => f.Name));
        throw new ArgumentException($"The catalogue has no objective {name}{(meant is null ? "" : $"; did you mean {meant}?")}{(meant is null ? ";" : "")} `landscape list` names all {Families.Count}.");
    }
}
