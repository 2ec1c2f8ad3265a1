namespace LandscapeGpu.Surveys;

/// <summary>How the spectra of a model are estimated.</summary>
public sealed record ModelSpectraOptions
{
    /// <summary>How many random vectors densities are estimated from.</summary>
    public int Probes { get; init; } = 10;

    /// <summary>m, the products made for each of them.</summary>
    public int Steps { get; init; } = 60;

    /// <summary>The same seed gives the same estimate.</summary>
    public ulong Seed { get; init; }

    /// <summary>How many threads; null for all cores.</summary>
    public int? Threads { get; init; }

    /// <summary>The width of vectors in bits; null for the widest the machine has, 0 for scalar code.</summary>
    public int? VectorBits { get; init; }
}

/// <summary>The Hessian, the Gauss–Newton matrix and the tangent kernel of a model at a point, by products with vectors: none of them is formed.</summary>
/// <remarks>
/// With outputs y(x) ∈ ℝⁿ, their Jacobian J and the loss's Hessian H by the outputs, the Gauss–Newton matrix is JᵀHJ, of the loss without a penalty, and the tangent kernel JJᵀ.
/// A product takes one with J and one with Jᵀ, each about half a gradient. N. Schraudolph (2002), Fast curvature matrix-vector products for second-order gradient descent,
/// Neural Computation 14, 1723; A. Jacot, F. Gabriel and C. Hongler (2018), Neural tangent kernel.
/// </remarks>
public sealed record ModelSpectra
{
    // Ends are shown with fewer digits than this leaves; the lowest, which lie close together, take many products.
    private const int MostProducts = 400;
    private const int Basis = 80;
    private const int Ends = 3;

    private ModelSpectra()
    {
    }

    /// <summary>The Hessian of f, penalty included.</summary>
    public required OperatorSpectrum Hessian { get; init; }

    /// <summary>JᵀHJ, of the loss alone.</summary>
    public required OperatorSpectrum GaussNewton { get; init; }

    /// <summary>JJᵀ.</summary>
    public required OperatorSpectrum TangentKernel { get; init; }

    internal (string Name, OperatorSpectrum Spectrum)[] All => [("Hessian", Hessian), ("Gauss–Newton", GaussNewton), ("tangent kernel", TangentKernel)];

    /// <summary>How it was done.</summary>
    public required ModelSpectraOptions Options { get; init; }

    /// <summary>Estimates the three spectra at a point.</summary>
    /// <param name="objective">An objective defined with its outputs, in all space.</param>
    /// <param name="point">A coordinate for each parameter.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told how many products have been made of about how many, from any thread.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ArgumentException">The objective has no model or is on a surface, the point has another length, or there is too little memory.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ModelSpectra At(Objective objective, IReadOnlyList<double> point, ModelSpectraOptions? options = null, Action<SurveyProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(point);
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Probes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Steps, 1);
        var model = objective.Model ?? throw new ArgumentException($"{objective.Name} does not say what its model's outputs are; define it with Objective.DefineModel.");
        if (objective.Surface is { } surface)
        {
            throw new ArgumentException($"{objective.Name} is on {surface.Describe(objective.Dimension)}; spectra of models are of parameters that move freely.");
        }

        if (point.Count != objective.Dimension)
        {
            throw new ArgumentException($"A point of {point.Count} coordinates was given to {objective.Name}, which has {objective.Dimension}.");
        }

        double[] x = [.. point];
        // The kernel has the eigenvalues of JᵀJ, and zeros: the smaller of the two is multiplied with.
        var (d, n) = (objective.Dimension, model.Count);
        var threads = options.Threads ?? Environment.ProcessorCount;
        MachineMemory.Require((double)sizeof(double) * threads * Math.Max(Basis, options.Steps) * Math.Max(d, Math.Min(d, n)), "The vectors that spectra are made from", "use fewer threads, or fewer steps");
        var form = objective with { Region = Region.WholeSpace };
        Matrix[] matrices =
        [
            new(d, d, 1, products => (v, result) => products.Hessian(x, v, result)),
            new(d, d, n < d ? 0 : 1, products => products.Model.GaussNewton),
            new(n, Math.Min(d, n), n > d ? 0 : 1, products => n > d ? products.Model.Gram : products.Model.TangentKernel),
        ];
        var (ends, quadratures) = (new ExtremeEigenvalues[matrices.Length], new (double[], double[])[matrices.Length * options.Probes]);
        var report = SurveyClock.Report(progress, "spectra of the model", 0, matrices.Sum(m => (long)Math.Min(options.Steps, m.OperatorRows) * (options.Probes + 2)));
        // The longest first.
        Action<Products>[] tasks =
        [
            .. matrices.Select((m, k) => (Action<Products>)(p => ends[k] = Lanczos.Extremes(p.Counted(m, null), m.OperatorRows, m.Wanted(options.Seed)))),
            .. quadratures.Select((_, q) => (Action<Products>)(p =>
            {
                var m = matrices[q / options.Probes];
                quadratures[q] = SpectralDensity.Quadrature(p.Counted(m, report), m.OperatorRows, q % options.Probes, options.Steps, options.Seed);
            })),
        ];
        var next = -1;
        Workers.Run(
            Math.Min(threads, tasks.Length),
            stop =>
            {
                using var products = new Products(form, x, options.VectorBits, stop);
                for (var k = Interlocked.Increment(ref next); k < tasks.Length; k = Interlocked.Increment(ref next))
                {
                    tasks[k](products);
                    if (k < matrices.Length)
                    {
                        report?.Invoke(2L * Math.Min(options.Steps, matrices[k].OperatorRows));
                    }
                }
            },
            cancellation);
        OperatorSpectrum[] found = [.. matrices.Select((m, k) => m.Found(ends[k], SpectralDensity.OfQuadratures(quadratures.Skip(k * options.Probes).Take(options.Probes))))];
        return new() { Hessian = found[0], GaussNewton = found[1], TangentKernel = found[2], Options = options };
    }

    // Some minutes of a core, as for whole spectra.
    private const double MostFlops = 1e12;

    /// <summary>The spectra at the lowest minimum of a survey, of a model of so many coordinates that its Hessian is not formed: from as many vectors as some minutes allow.</summary>
    /// <returns>Null of others, on sides and surfaces, where it would take too long, and where it was stopped.</returns>
    internal static ModelSpectra? AtLowest(Objective objective, IEnumerable<StationaryPoint> points, SurveyOptions options, Action<SurveyProgress>? progress, CancellationToken stop)
    {
        if (objective.Model is null || objective.Dimension <= LanePolish.MostCoordinates || objective.Surface is not null
            || points.Where(p => p.Kind is StationaryKind.Minimum or StationaryKind.DegenerateMinimum && !p.IsOnBoundary).MinBy(p => p.Value) is not { } lowest)
        {
            return null;
        }

        var usual = new ModelSpectraOptions { Seed = options.Seed, Threads = options.Threads, VectorBits = options.VectorBits };
        var curvature = Derivatives.Of(objective with { Region = Region.WholeSpace }, options.VectorBits);
        // Lanes have one vector among them.
        var product = 3 * curvature.ProductFlops * (curvature.Curvature.IsOfMatrices ? 1 : curvature.Curvature.Layout.Restarts);
        var probes = (int)Math.Min(usual.Probes, (MostFlops / (product * usual.Steps)) - 2);
        try
        {
            return probes < 1 ? null : At(objective, lowest.Point, usual with { Probes = probes }, progress, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>A matrix that is known by products.</summary>
    /// <param name="Rows">Of the matrix.</param>
    /// <param name="OperatorRows">Of what is multiplied with.</param>
    /// <param name="Lowest">How many of the lowest eigenvalues are looked for; where none is, the rank is below the rows, and the lowest is 0.</param>
    /// <param name="Of">What multiplies.</param>
    private sealed record Matrix(int Rows, int OperatorRows, int Lowest, Func<Products, SymmetricOperator> Of)
    {
        public LanczosOptions Wanted(ulong seed) => new()
        {
            Lowest = Math.Min(Lowest, OperatorRows - 1),
            Highest = Math.Min(Ends, OperatorRows),
            Tolerance = Stationarity.HalfTheDigits,
            BasisLimit = Basis,
            ProductLimit = MostProducts,
            Seed = seed,
        };

        public OperatorSpectrum Found(ExtremeEigenvalues ends, SpectralDensity density) => new()
        {
            Rows = Rows,
            OperatorRows = OperatorRows,
            Highest = [.. ends.Highest.Reverse()],
            HighestResiduals = [.. ends.HighestResiduals.Reverse()],
            Lowest = Lowest == 0 ? 0 : ends.Lowest.Concat(ends.Highest).First(),
            LowestResidual = Lowest == 0 ? 0 : ends.LowestResiduals.Concat(ends.HighestResiduals).First(),
            Density = density,
        };
    }

    /// <summary>What one thread multiplies with.</summary>
    private sealed class Products(Objective objective, double[] point, int? bits, CancellationToken stop) : IDisposable
    {
        private readonly PointDerivatives derivatives = new(objective, bits);

        public ModelProducts Model { get; } = new(objective, point, bits);

        public void Hessian(double[] x, ReadOnlySpan<double> v, Span<double> result) => derivatives.Product(x, v, result);

        public SymmetricOperator Counted(Matrix matrix, Action<long>? report)
        {
            var multiply = matrix.Of(this);
            return (v, result) =>
            {
                stop.ThrowIfCancellationRequested();
                multiply(v, result);
                report?.Invoke(1);
            };
        }

        public void Dispose()
        {
            derivatives.Dispose();
            Model.Dispose();
        }
    }
}
