using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>How far training leaves the linear model at its start: along one descent, beside the same descent of the linearised model.</summary>
/// <remarks>
/// <para>
/// The linearised model is g(θ) = f(θ₀) + J₀(θ − θ₀), (6.1) of Ma (2021). It descends with the same steps on the whole loss. Descent is the
/// given one if it is gradient descent (with its step and batches; schedule, clipping, decay and noise are left out), from start 0. Where no step is given it is 1/λ_max of J₀ᵀHJ₀, with H the
/// loss's Hessian by the outputs at the start: 1/β of the linearised model there. K, residuals and losses are looked at at the start, after 1, 2, 4, … steps and at the end.
/// </para>
/// <para>
/// For a mean loss ½‖f − y‖²/n, ½‖∇L‖² ≥ (λ_min(K)/n)·L: the Polyak–Łojasiewicz* condition of Liu, Zhu and Belkin (2022), Loss landscapes and optimization in
/// over-parameterized non-linear systems and neural networks. The bound by distance is 2‖θ − θ₀‖√(tr K₀)/n, twice the Rademacher complexity of linear functions of the features ∇f(θ₀)
/// so near θ₀ (Bartlett and Mendelson 2002): what it allows between the mean |f − y| on the samples and on others.
/// </para>
/// </remarks>
public sealed record KernelRegime
{
    // Looks after 1, 2, 4, … steps: all that an iteration limit allows.
    private const int MostLooks = 24;

    /// <summary>The numbers of a row, by the names that files have.</summary>
    internal static IReadOnlyList<(string Name, Func<KernelRegime, double> Of)> Columns { get; } =
    [
        ("moved", k => k.Moved), ("travelled", k => k.Travelled), ("change", k => k.KernelChange), ("linear_error", k => k.LinearError), ("least_eigenvalue", k => k.LeastEigenvalue), ("pl_star", k => k.PolyakLojasiewicz),
        ("loss", k => k.Loss), ("test_loss", k => k.TestLoss), ("kernel_test_loss", k => k.KernelTestLoss), ("distance_bound", k => k.DistanceBound), ("steps", k => k.Steps),
    ];

    private KernelRegime()
    {
    }

    /// <summary>‖θ_T − θ₀‖.</summary>
    public required double Moved { get; init; }

    /// <summary>‖θ_T − θ₀‖/‖θ₀‖.</summary>
    public required double Travelled { get; init; }

    /// <summary>‖K_T − K₀‖/‖K₀‖, Frobenius.</summary>
    public required double KernelChange { get; init; }

    /// <summary>The largest ‖f − g‖/‖f(θ₀) − f(θ_T)‖ at the steps looked at; NaN with a penalty or batches, where g's descent is another.</summary>
    public required double LinearError { get; init; }

    /// <summary>The least λ_min(K)/n at the steps looked at.</summary>
    public required double LeastEigenvalue { get; init; }

    /// <summary>The least ½‖∇L‖²/L there: what it is to be compared with where the loss is ½ mean (f − y)² and no penalty is added. NaN elsewhere.</summary>
    public required double PolyakLojasiewicz { get; init; }

    /// <summary>Whether ½‖∇L‖²/L was at least λ_min(K)/n at each of these steps by itself; null where <see cref="PolyakLojasiewicz"/> is NaN.</summary>
    public required bool? IsPromiseKept { get; init; }

    /// <summary>How many steps were looked at, the start among them.</summary>
    public required int Looks { get; init; }

    /// <summary>The loss of the model at the end.</summary>
    public required double Loss { get; init; }

    /// <summary>The loss where it begins.</summary>
    public required double StartLoss { get; init; }

    /// <summary>Whether it ends above where it began: with steps that are too large.</summary>
    public bool HasDiverged => !(Loss <= StartLoss);

    /// <summary>The loss on held-out samples; NaN where none are held out.</summary>
    public required double TestLoss { get; init; }

    /// <summary>The linearised model's loss on held-out samples after as many steps; NaN where none are held out.</summary>
    public required double KernelTestLoss { get; init; }

    /// <summary>2‖θ_T − θ₀‖√(tr K₀)/n.</summary>
    public required double DistanceBound { get; init; }

    /// <summary>How many steps were made: fewer than the limit where descent came to rest, or left the numbers.</summary>
    public required long Steps { get; init; }

    /// <summary>What was descended by, as a sweep's sampling goes on.</summary>
    internal static string Words(DescentOptions options)
    {
        var idle = new[] { ("the schedule", options.Schedule != Schedule.Constant), ("clipping", options.Clip is not null), ("weight decay", options.WeightDecay != 0), ("noise", options.Temperature != 0) }.Where(w => w.Item2).Select(w => w.Item1).ToList();
        return $"; kernels along one descent by {(options.Rule is GradientDescent { Step: not null } given ? given.ToString() : "gradient descent with step 1/β of the linearised model")}{(idle.Count == 0 ? "" : $", without {string.Join(", ", idle)}")}";
    }

    /// <summary>Descends once and looks along the way.</summary>
    /// <exception cref="ArgumentException">The objective has no model.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal static KernelRegime Of(Objective objective, Device device, SurveyOptions survey, CancellationToken stop = default)
    {
        var options = survey.Descent;
        using var jacobian = new ModelJacobian(objective);
        using var fit = new ConvexFit(objective);
        var start = new double[objective.Dimension];
        objective.StartsFrom(survey.Starts).Draw(survey.Seed, 0, start);
        var (first, y0, n) = (jacobian.Columns(start), jacobian.Outputs(start), jacobian.Count);
        var kernel = Gram(first, n);
        var rule = options.Rule as GradientDescent ?? new GradientDescent();
        var step = rule.Step ?? 1 / LargestCurvature(kernel, fit, y0, n);
        var steps = options.Stop.Iterations;
        DescentOptions Within(int most) => new()
        {
            Rule = rule with { Step = step },
            Batch = options.Batch,
            Curriculum = options.Curriculum,
            IsDouble = true,
            Stop = new() { Iterations = most, GradientTolerance = options.Batch is null ? double.Epsilon : null },
        };

        Endpoints After(int k)
        {
            var ends = device.Compile(objective, Within(k)).Run(new RestartRange(new GivenPoints(start, start.Length), survey.Seed, 0, 1), null, stop);
            stop.ThrowIfCancellationRequested();
            return ends;
        }

        using var slopes = new PointDerivatives(objective);
        var looks = Enumerable.Range(0, MostLooks).Select(e => 1 << e).TakeWhile(k => k < steps).Append(steps).ToList();
        var isPure = options.Batch is null && options.Curriculum is null && !IsPenalised(objective, fit, y0, start);
        var linear = new LinearisedDescent(first, y0, start, fit, step);
        var (outputs, least, pl, end, made) = (y0, Least(kernel, n), Ratio(slopes, start), start, 0L);
        var isKept = IsKept(pl, least);
        var departures = new List<double>();
        foreach (var k in looks)
        {
            var ends = After(k);
            (end, made) = (ends.Points, ends.Steps[0]);
            outputs = jacobian.Outputs(end);
            linear.AdvanceTo((int)made, stop);
            departures.Add(Symmetry.Euclidean(outputs, linear.Outputs));
            var (lowest, ratio) = (Least(Gram(jacobian.Columns(end), n), n), Ratio(slopes, end));
            isKept &= IsKept(ratio, lowest);
            (least, pl) = (Math.Min(least, lowest), Math.Min(pl, ratio));
        }

        var isSquared = isPure && IsSquared(fit, y0, n);
        var error = departures.Max() / Symmetry.Euclidean(y0, outputs);
        var moved = Symmetry.Euclidean(start, end);
        var (test, kernelTest) = Held(objective, start, end, linear.Point);
        var trace = Enumerable.Range(0, n).Sum(i => kernel[(i * n) + i]);
        return new()
        {
            Moved = moved,
            Travelled = moved / Math.Max(Inner.Norm(start), double.Epsilon),
            KernelChange = Symmetry.Euclidean(kernel, Gram(jacobian.Columns(end), n)) / Inner.Norm(kernel),
            LinearError = isPure ? error : double.NaN,
            LeastEigenvalue = least,
            StartLoss = fit.Loss(y0),
            PolyakLojasiewicz = isSquared ? pl : double.NaN,
            IsPromiseKept = isSquared && !double.IsNaN(pl) ? isKept : null,
            Looks = looks.Count + 1,
            Loss = fit.Loss(outputs),
            TestLoss = test,
            KernelTestLoss = kernelTest,
            DistanceBound = 2 * moved * Math.Sqrt(trace) / n,
            Steps = made,
        };
    }

    /// <summary>The loss on held-out samples of the model, and of the model linearised at the start.</summary>
    private static (double Model, double Linearised) Held(Objective objective, double[] start, double[] end, double[] linear)
    {
        if (objective.Scores?.TestLoss is not { Model: not null } held)
        {
            return (double.NaN, double.NaN);
        }

        using var jacobian = new ModelJacobian(held);
        using var fit = new ConvexFit(held);
        var y = jacobian.Outputs(start);
        var columns = jacobian.Columns(start);
        for (var j = 0; j < columns.Length; j++)
        {
            Inner.Add(linear[j] - start[j], columns[j], y);
        }

        return (fit.Loss(jacobian.Outputs(end)), fit.Loss(y));
    }

    // Equality is kept to what rounding leaves of it.
    private static bool IsKept(double ratio, double least) => ratio >= least * (1 - Stationarity.HalfTheDigits);

    private static double Ratio(PointDerivatives slopes, double[] point)
    {
        var gradient = new double[point.Length];
        var value = slopes.Gradient(point, gradient);
        // Where nothing is left of the loss nothing is promised.
        return value == 0 ? double.PositiveInfinity : 0.5 * Inner.Product(gradient, gradient) / value;
    }

    /// <summary>Whether the value is another than the loss of the outputs.</summary>
    private static bool IsPenalised(Objective objective, ConvexFit fit, double[] y, double[] point) =>
        objective.Model!.IsPenalised && Math.Abs(objective.Evaluate(point) - fit.Loss(y)) > Stationarity.MillionRoundings * Math.Abs(fit.Loss(y));

    /// <summary>Whether the loss is ½ mean (f − y)²: it is a parabola along any line, with curvature 1/n.</summary>
    private static bool IsSquared(ConvexFit fit, double[] y, int n)
    {
        double At(double t) => fit.Loss([.. y.Select((v, i) => i == 0 ? v + t : v)]);
        var (left, middle, right) = (At(-1), At(0), At(1));
        return Math.Abs(left - (2 * middle) + right - (1.0 / n)) <= Stationarity.MillionRoundings * (Math.Abs(left) + Math.Abs(right) + Math.Abs(middle))
            && Math.Abs(At(2) - At(0) - (2 * (right - middle)) - (1.0 / n)) <= Stationarity.MillionRoundings * (Math.Abs(At(2)) + Math.Abs(right));
    }

    /// <summary>λ_max of J₀ᵀHJ₀: that of K^½HK^½, H the Hessian of the loss by the outputs at the start.</summary>
    private static double LargestCurvature(double[] kernel, ConvexFit fit, double[] y, int n)
    {
        var spectrum = SymmetricEigenvalues.Decompose(kernel, n);
        var (roots, images) = (new double[n][], new double[n][]);
        for (var k = 0; k < n; k++)
        {
            var root = Math.Sqrt(Math.Max(0, spectrum.Values[k]));
            roots[k] = [.. spectrum.Vector(k).ToArray().Select(c => root * c)];
            images[k] = fit.CurvatureAlong(y, roots[k]);
        }

        return SymmetricEigenvalues.Of([.. roots.SelectMany(r => images.Select(i => Inner.Product(r, i)))], n)[^1];
    }

    private static double Least(double[] kernel, int n)
    {
        var values = SymmetricEigenvalues.Of(kernel, n);
        return values[0] <= 8 * Stationarity.UnitRoundoff * n * values[^1] ? 0 : values[0] / n;
    }

    private static double[] Gram(double[][] columns, int n)
    {
        var kernel = new double[n * n];
        foreach (var column in columns)
        {
            for (var i = 0; i < n; i++)
            {
                Inner.Add(column[i], column, kernel.AsSpan(i * n, n));
            }
        }

        return kernel;
    }
}
