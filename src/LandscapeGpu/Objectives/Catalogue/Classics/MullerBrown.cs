namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>Σ Aₖ exp(aₖ(x−Xₖ)² + bₖ(x−Xₖ)(y−Yₖ) + cₖ(y−Yₖ)²), k = 1 … 4: a model of a reaction with one intermediate.</summary>
internal sealed class MullerBrown() : Family(
    "muller-brown", "three minima joined by a bent path over two saddles", 2,
    "Müller and Brown (1979), Location of saddle points and minimum energy paths by a constrained simplex optimization " +
    "procedure, Theoretica Chimica Acta 53, 75")
{
    private static readonly Data A = new("A", [-200, -100, -170, 15]);
    private static readonly Data a = new("a", [-1, -1, -6.5, 0.7]);
    private static readonly Data b = new("b", [0, 0, 11, 0.6]);
    private static readonly Data c = new("c", [-10, -10, -6.5, 0.7]);
    private static readonly Data X = new("X", [1, 0, -0.5, -1]);
    private static readonly Data Y = new("Y", [0, 0.5, 1.5, 1]);

    protected override Objective Build(Choices choices) =>
        Objective.Define(Name, 2, x => Sum(4, k =>
        {
            var (u, v) = (x[0] - X[k], x[1] - Y[k]);
            return A[k] * Exp((a[k] * Square(u)) + (b[k] * u * v) + (c[k] * Square(v)));
        })) with
        {
            Region = Region.Box([-1.5, -0.2], [1.2, 2]),
            Known = new()
            {
                Count = 3,
                GlobalValue = -146.699517,
                Points = [[-0.558224, 1.441726], [0.623499, 0.028038], [-0.050011, 0.466694]],
                PointError = 1e-6,
            },
        };
}
