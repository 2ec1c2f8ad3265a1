namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>½E (Σᵢ max(⟨wᵢ, x⟩, 0) − Σⱼ max(xⱼ, 0))² over normal inputs: k ReLU units that learn k orthonormal ones.</summary>
/// <remarks>
/// In closed form ½Σ h(wᵢ, wⱼ) − Σ h(wᵢ, vⱼ) + ½Σ h(vᵢ, vⱼ) with h(w, v) = ‖w‖‖v‖(sin θ + (π − θ) cos θ)/2π, θ the angle between them
/// (Cho and Saul), vⱼ the unit vectors. W is stored row by row. Units may be exchanged, and inputs may. W = I up to order is the global
/// minimum with value 0; from k = 6 on there are spurious minima.
/// </remarks>
internal sealed class TwoLayerRelu() : Family(
    "two-layer-relu", "ReLU units that learn as many orthonormal ones: spurious minima from six on", 36,
    "Safran and Shamir (2018), Spurious local minima are common in two-layer ReLU neural networks, ICML; kernel: Cho and Saul (2009), Kernel methods for deep learning, NIPS; " +
    "symmetry: Arjevani and Field (2020), Analytic characterization of the Hessian in shallow ReLU models, NeurIPS")
{
    // Keeps the root's derivative finite where two vectors are parallel.
    private const double LeastSquare = 1e-20;

    public override IReadOnlyList<Setting> Settings => [new("units", 6, "the number k of hidden units and of inputs")];

    protected override Objective Build(Choices choices)
    {
        var k = choices.Whole("units", 1, 100);

        // h of two unit vectors at a right angle is 1/2π, of one with itself ½.
        var constant = (0.25 * k) + (k * (k - 1) / (4 * Math.PI));
        return Objective.Define(Name, k * k, w =>
        {
            var students = Sum(k, i => Sum(i, j =>
            {
                var along = Sum(k, c => w[(i * k) + c] * w[(j * k) + c]);
                return Kernel((Sum(k, c => Square(w[(i * k) + c])) * Sum(k, c => Square(w[(j * k) + c]))) - Square(along), along);
            }));

            // ‖w‖ sin θ to a unit vector is the length of the other coordinates: summed one by one, because at the global minimum, where it is
            // 0, the difference of two squares would leave eight digits of it.
            var teachers = Sum(k, i => Sum(k, j => Kernel(Sum(k, c => Select(Equal(c, j), 0, Square(w[(i * k) + c]))), w[(i * k) + j])));
            return (0.25 * Sum(k * k, e => Square(w[e]))) + (0.5 / Math.PI * (students - teachers)) + constant;
        }) with
        {
            Symmetry = new MatrixPermutations(k, k),
            Starts = new Gaussian(1 / Math.Sqrt(k)),
            Known = new() { GlobalValue = 0, ValueError = 1e-13 * k * k },
        };
    }

    /// <summary>2π h = ‖w‖‖v‖ sin θ + (π − θ)⟨w, v⟩.</summary>
    /// <param name="squareAcross">(‖w‖‖v‖ sin θ)².</param>
    /// <param name="along">⟨w, v⟩.</param>
    private static Real Kernel(Real squareAcross, Real along)
    {
        var across = Sqrt(Max(squareAcross, LeastSquare));
        return across + ((Math.PI - Atan2(across, along)) * along);
    }
}
