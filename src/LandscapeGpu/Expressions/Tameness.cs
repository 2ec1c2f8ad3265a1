namespace LandscapeGpu.Expressions;

/// <summary>Which parts of a formula are finite numbers at every point that descent comes to.</summary>
/// <remarks>
/// Those that grow like a polynomial of low degree in the coordinates: of degree 4, single precision overflows where a coordinate exceeds
/// 4·10⁹. Bounded functions of such parts count as constants; functions with a pole, an end of their domain or exponential growth do not count.
/// </remarks>
internal sealed class Tameness
{
    private const double MostDegree = 4;

    private readonly Dictionary<object, double> degrees = new(ReferenceEqualityComparer.Instance);

    /// <param name="nodes">A formula's nodes, operands first.</param>
    public Tameness(IEnumerable<object> nodes)
    {
        foreach (var node in nodes)
        {
            degrees[node] = Degree(node);
        }
    }

    /// <summary>Whether the derivative of a node by one of its operands is a finite number.</summary>
    public bool HasFiniteSlope(Real n, int operand) => n.Operation switch
    {
        Operation.Add or Operation.Subtract or Operation.Negate or Operation.Min or Operation.Max or Operation.Abs or Operation.Round or Operation.Select => true,
        Operation.Multiply => IsFinite(operand == 0 ? n.B : n.A),
        Operation.WholePower => degrees[n.A] * (n.Exponent - 1) <= MostDegree,
        _ => IsBounded(n.Operation) && IsFinite(n.A),
    };

    private bool IsFinite(Real n) => degrees[n] <= MostDegree;

    private static bool IsBounded(Operation function) => function is Operation.Sin or Operation.Cos or Operation.SinTurns or Operation.CosTurns
        or Operation.Tanh or Operation.Sigmoid or Operation.Softplus or Operation.Atan or Operation.Erf;

    private double Degree(object node) => node switch
    {
        Point => 1,
        LoopVector v => degrees[v.Body],
        ComponentVector v => v.Components.Count == 0 ? 0 : v.Components.Max(c => degrees[c]),
        Real r => Degree(r),
        _ => 0,
    };

    private double Degree(Real r) => r.Operation switch
    {
        Operation.Constant => double.IsFinite(r.Value) ? 0 : double.PositiveInfinity,
        Operation.Parameter or Operation.FromIndex or >= Operation.Less => 0,
        Operation.Element => degrees[r.Vector],
        Operation.Multiply => degrees[r.A] + degrees[r.B],
        Operation.WholePower => degrees[r.A] * r.Exponent,
        Operation.Select => Math.Max(degrees[r.B], degrees[r.C]),
        Operation.Sum or Operation.Add or Operation.Subtract or Operation.Negate or Operation.Min or Operation.Max or Operation.Abs or Operation.Round or Operation.Softplus =>
            r.Operands.Max(o => degrees[o]),
        _ => IsBounded(r.Operation) && IsFinite(r.A) ? 0 : double.PositiveInfinity,
    };
}
