namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>Assumption 3.1, the chain (3.2), Theorem 3.3 and (3.3) for a generalised linear model with bounded inputs.</summary>
/// <remarks>
/// B and λ are the distribution's, R = ‖w*‖; γ is the least slope of σ on [−BR, BR]. The bound of Theorem 3.3 is printed without its constant C₁, with C₂ = 1 and
/// δ = 0.05. Ma (2021), Why do local methods solve nonconvex problems?, section 3.
/// </remarks>
/// <param name="truth">w*.</param>
/// <param name="inputs">How inputs are distributed.</param>
/// <param name="sigma">The link.</param>
/// <param name="slope">Its derivative, least where its argument is farthest from 0.</param>
internal sealed class GeneralizedLinearTheory(double[] truth, BoundedInputs inputs, Func<double, double> sigma, Func<double, double> slope)
{
    private const double Doubt = 0.05;

    private readonly double radius = Math.Sqrt(truth.Sum(w => w * w));

    /// <summary>γ.</summary>
    public double LeastSlope => slope(inputs.LargestInput * radius);

    /// <summary>Of the population risk: the chain (3.2), link by link.</summary>
    /// <param name="half">Inputs of which each and its negative are as likely.</param>
    /// <param name="risk">L.</param>
    /// <param name="least">L*.</param>
    public Theory OfPopulation(double[,] half, Func<double[], double> risk, double least) => new()
    {
        Source = "Ma (2021), assumption 3.1 and (3.2)",
        Constants = Assumption,
        Measures =
        [
            Link("(3.2): ⟨∇L, w − w*⟩ over γE(σ − σ*)⟨w − w*, x⟩", half, t => (t.Sigma - t.Star) * t.Slope * (t.Product - t.Target), t => LeastSlope * (t.Sigma - t.Star) * (t.Product - t.Target)),
            Link("(3.2): γE(σ − σ*)⟨w − w*, x⟩ over γE(σ − σ*)²", half, t => (t.Sigma - t.Star) * (t.Product - t.Target), t => (t.Sigma - t.Star) * (t.Sigma - t.Star)),
            Excess("(3.2): γE(σ − σ*)² over 2γ(L − L*)", half, risk, least),
        ],
    };

    /// <summary>Of the empirical risk: the bound of Theorem 3.3, and how far the two risks' slopes towards w* are apart (3.3).</summary>
    /// <param name="n">The number of samples.</param>
    /// <param name="deviation">−⟨∇L − ∇L̂, w − w*⟩² on the ball; null where the population has too many inputs.</param>
    public Theory OfSamples(int n, Objective? deviation) => new()
    {
        Source = deviation is null ? "Ma (2021), assumption 3.1 and theorem 3.3; (3.3) is left out, since the population has too many inputs to be summed" : "Ma (2021), assumption 3.1, theorem 3.3 and (3.3)",
        Constants =
        [
            .. Assumption,
            new("bound/C₁") { Value = _ => Bound(n), Role = TheoryRole.BoundsDistance },
            .. deviation is null ? Array.Empty<TheoryConstant>() : [new("sup (3.3)") { Supremum = deviation, Role = TheoryRole.Power }],
        ],
    };

    private IReadOnlyList<TheoryConstant> Assumption =>
    [
        new("B") { Value = _ => inputs.LargestInput },
        new("R") { Value = _ => radius },
        new("λ") { Value = _ => inputs.LeastVariance },
        new("γ") { Value = _ => LeastSlope },
    ];

    private double Bound(int n) => inputs.LargestInput / (LeastSlope * LeastSlope * inputs.LeastVariance) * Math.Sqrt(((truth.Length * (1 + Math.Log(n * inputs.LargestInput * radius))) + Math.Log(1 / Doubt)) / n);

    private readonly record struct Term(double Product, double Target, double Sigma, double Star, double Slope);

    private TheoryMeasure Link(string name, double[,] inputs, Func<Term, double> above, Func<Term, double> below) => new(name, TheoryPoints.Ball, w =>
    {
        var bottom = Sum(w, inputs, below);
        return bottom > 0 ? Sum(w, inputs, above) / bottom : double.NaN;
    })
    {
        IsFromBelow = true,
        Bound = _ => 1,
    };

    /// <summary>The last link, an equation: the squares by the links alone, over the risk as it is minimised. Where the difference is below a quarter of the digits of L*, rounding may have half of its own, and nothing is told.</summary>
    private TheoryMeasure Excess(string name, double[,] inputs, Func<double[], double> risk, double least) => new(name, TheoryPoints.Ball, w =>
    {
        var excess = risk([.. w]) - least;
        return excess > Stationarity.QuarterOfTheDigits * least ? Sum(w, inputs, t => (t.Sigma - t.Star) * (t.Sigma - t.Star)) / inputs.GetLength(0) / (2 * excess) : double.NaN;
    })
    {
        IsFromBelow = true,
        Bound = _ => 1 - Stationarity.HalfTheDigits,
    };

    private double Sum(IReadOnlyList<double> w, double[,] inputs, Func<Term, double> of)
    {
        var (n, d, sum) = (inputs.GetLength(0), truth.Length, 0.0);
        for (var s = 0; s < n; s++)
        {
            var (product, target) = (0.0, 0.0);
            for (var j = 0; j < d; j++)
            {
                product += inputs[s, j] * w[j];
                target += inputs[s, j] * truth[j];
            }

            // x and −x give the same products of differences: links are odd about their middles.
            sum += of(new(product, target, sigma(product), sigma(target), slope(product)));
        }

        return sum;
    }
}
