namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>½κ‖x‖² + √(2/K) Σₖ cos(⟨aₖ, x⟩ + φₖ): a parabola with Gaussian noise on it, from one minimum to exponentially many.</summary>
/// <remarks>
/// aₖ are standard normal and φₖ uniform, so the sum is nearly a stationary Gaussian field of correlation exp(−‖x − x'‖²/2). Where the
/// confinement κ is above the largest curvature of the field there is one minimum; with d large the number of stationary points
/// becomes exponential once κ falls below √(f″(0)) of the field: topology trivialisation. κ is a parameter: changing it
/// does not compile again.
/// </remarks>
internal sealed class Glassy() : Family(
    "glassy", "a parabola with Gaussian noise on it: from convex to glassy by one number", 4, (1, 1000),
    "Fyodorov (2004), Complexity of random energy landscapes, glass transition, and absolute value of the spectral determinant of random matrices, " +
    "Physical Review Letters 92, 240601; waves: Rahimi and Recht (2007), Random features for large-scale kernel machines, NIPS")
{
    public override IReadOnlyList<Setting> Settings =>
    [
        new("confinement", 0.5, "the curvature κ of the parabola: large for one minimum, small for many"),
        new("waves", 40, "the number K of random waves"),
        Setting.Seed("the waves"),
    ];

    protected override Objective Build(Choices choices)
    {
        var (d, k, seed) = (choices.Dimension, choices.Whole("waves", 1, 100_000), choices.Seed);
        var (normal, uniform) = (new GeneratedNumbers(seed, 0), new GeneratedNumbers(seed, 1));
        var waves = GeneratedNumbers.Matrix(k, d, normal.Normal);
        var (a, phi) = (new Data("A", waves), new Data("phi", [.. Enumerable.Range(0, k).Select(s => 2 * Math.PI * uniform.Uniform(s, 0))]));
        var confinement = new Parameter("confinement", choices.Within("confinement", 0));
        var scale = Math.Sqrt(2.0 / k);

        // The field's Hessian is at most scale·Σ aₖaₖᵀ, and that at most its trace.
        var mostCurvature = scale * waves.Cast<double>().Sum(w => w * w);
        return Objective.Define(Name, d, x =>
            (0.5 * confinement * Sum(d, i => Square(x[i]))) + (scale * Sum(k, s => Cos(Sum(d, j => a[s, j] * x[j]) + phi[s])))) with
        {
            Region = Region.Box(d, -5, 5),
            Known = new() { Count = confinement.Value > mostCurvature ? 1 : null },
        };
    }
}
