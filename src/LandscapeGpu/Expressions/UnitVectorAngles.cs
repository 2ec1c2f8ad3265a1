namespace LandscapeGpu.Expressions;

/// <summary>Arccosines and arcsines of inner products of two unit vectors a and b, as 2·atan2(‖a − b‖, ‖a + b‖), which is the angle between them to the last digit.</summary>
/// <remarks>
/// Where a and b meet, arccos(a·b) is known to half of its digits and its slope to none, and beyond 1, as rounding has it, it is no number; the difference's length is a kink like any other.
/// W. Kahan: How futile are mindless assessments of roundoff in floating-point computation? (2006), §12.
/// </remarks>
internal sealed class UnitVectorAngles : Rewriting
{
    // A squared length and a product of two are sums of rounded products; what differs from 1 by more, its author meant to.
    private const double Rounding = 128 * RunningError.UnitRoundoff;

    private readonly Point point;
    private readonly Func<int, (int First, int Count)?> unitAt;
    private readonly Func<Real, double[]> valuesAt;

    private UnitVectorAngles(Point point, Func<int, (int First, int Count)?> unitAt, Func<Real, double[]> valuesAt)
        : base(vectors: new() { [point] = point }) => (this.point, this.unitAt, this.valuesAt) = (point, unitAt, valuesAt);

    /// <summary>The formula with the angles in it written so.</summary>
    /// <param name="formula">A formula of the point.</param>
    /// <param name="point">The point.</param>
    /// <param name="unitAt">The coordinates that make a unit vector with one of them; null where none do.</param>
    /// <param name="valuesAt">An expression at some points of the surface that have nothing in common: lengths that are the same there are so everywhere.</param>
    public static Real In(Real formula, Point point, Func<int, (int First, int Count)?> unitAt, Func<Real, double[]> valuesAt) =>
        Smoothness.Moving(formula).Any(n => n.Operation is Operation.Acos or Operation.Asin) ? new UnitVectorAngles(point, unitAt, valuesAt).Apply(formula) : formula;

    protected override Real RebuildOperation(Real n, Real[] operands)
    {
        if (n.Operation is not (Operation.Acos or Operation.Asin) || AngleOf(n.A, 1) is not { } angle)
        {
            return base.RebuildOperation(n, operands);
        }

        return n.Operation == Operation.Acos ? angle : (Math.PI / 2) - angle;
    }

    private Real? AngleOf(Real u, double factor) => u.Operation switch
    {
        Operation.Negate => AngleOf(u.A, -factor),
        Operation.Multiply when u.A.IsConstant => AngleOf(u.B, factor * u.A.Value),
        Operation.Sum => OfLoop(u, factor),
        _ => OfTerms(u, factor),
    };

    /// <summary>Of Σ a·b over a loop.</summary>
    private Real? OfLoop(Real sum, double factor)
    {
        var factors = Product.Factors(sum.A);
        return factors.Length < 2 ? null : factors.Select((a, k) => Between([(a, Product.Of(factors.Where((_, other) => other != k)))], sum.Index, factor)).FirstOrDefault(angle => angle is not null);
    }

    /// <summary>Of terms that are written out: linear in one unit vector, or in each of two.</summary>
    private Real? OfTerms(Real u, double factor)
    {
        var terms = new Dictionary<(int One, int Other), double>();
        if (!TryTerms(u, terms) || terms.Count == 0 || terms.Keys.Select(t => unitAt(t.Other)).Distinct().ToArray() is not [var (first, count)]
            || terms.Keys.Select(t => t.One < 0 ? default : unitAt(t.One)).Distinct().Count() > 1)
        {
            return null;
        }

        return Between([.. Enumerable.Range(first, count).Select(i => (terms.Where(t => t.Key.Other == i).Aggregate(Real.Constant(0), (sum, t) => sum + (t.Value * At(t.Key.One))), At(i)))], null, factor);

        Real At(int i) => i < 0 ? 1 : point[i];
    }

    /// <summary>The factors of coordinates and of products of two, the lower first and −1 where there is one; false where there is anything else.</summary>
    private bool TryTerms(Real u, Dictionary<(int One, int Other), double> terms)
    {
        // An explicit stack: terms written out one by one are a deep expression.
        var pending = new Stack<(Real Term, double Factor)>([(u, 1)]);
        while (pending.TryPop(out var next))
        {
            var (term, factor) = next;
            if (term.Operation is Operation.Add or Operation.Subtract)
            {
                pending.Push((term.A, factor));
                pending.Push((term.B, term.Operation == Operation.Add ? factor : -factor));
            }
            else if (term.Operation == Operation.Negate)
            {
                pending.Push((term.A, -factor));
            }
            else
            {
                var factors = Product.Factors(term).ToLookup(f => f.IsConstant);
                int[] coordinates = [.. factors[false].Where(f => f.Operation == Operation.Element && ReferenceEquals(f.Vector, point) && f.Index.IsConstant).Select(f => (int)f.Index.Value).Order()];
                if (coordinates.Length is not (1 or 2) || coordinates.Length < factors[false].Count())
                {
                    return false;
                }

                var place = (coordinates.Length == 1 ? -1 : coordinates[0], coordinates[^1]);
                terms[place] = terms.GetValueOrDefault(place) + factors[true].Aggregate(factor, (product, f) => product * f.Value);
            }
        }

        return true;
    }

    /// <summary>The angle whose cosine is the factor times Σ a·b over some pairs, or over a loop; null where lengths change, or their product times the factor is not 1.</summary>
    private Real? Between((Real A, Real B)[] pairs, Index? loop, double factor)
    {
        if (ConstantOf(Total((a, _) => a)) is not { } one || ConstantOf(Total((_, b) => b)) is not { } other || !IsOne(factor * factor * one * other))
        {
            return null;
        }

        // Both are given the length 1.
        var length = IsOne(one) ? 1 : Math.Sqrt(one);
        var rest = IsOne(factor * length) ? 1 : IsOne(-factor * length) ? -1 : factor * length;
        Real apart = Total((a, b) => (a / length) - (rest * b)), together = Total((a, b) => (a / length) + (rest * b));
        return 2 * Functions.Atan2(Functions.Sqrt(apart), Functions.Sqrt(together));

        Real Total(Func<Real, Real, Real> root)
        {
            var squares = pairs.Select(p => Functions.Square(root(p.A, p.B)));
            return loop is null ? squares.Aggregate((sum, square) => sum + square) : Algebra.Sum(loop, squares.Single());
        }
    }

    /// <summary>What a length is in every iteration of the loops it is in, wherever the point is; null where it is not the same.</summary>
    private double? ConstantOf(Real square)
    {
        if (Parameters.Of(square).Any())
        {
            return null;
        }

        // Extents may depend on loops farther out.
        Index[] loops = [.. square.Free.Variables.OrderByDescending(loop => loop.Value)];
        var (sums, counts) = (valuesAt(Over(square)), valuesAt(Over(1)));
        var mean = sums[0] / counts[0];
        return valuesAt(Over(Functions.Square(square - mean))).Zip(counts).All(v => v.First <= v.Second * Rounding * mean * Rounding * mean) ? mean : null;

        Real Over(Real body) => loops.Aggregate(body, (inner, loop) => Algebra.Sum(loop, inner));
    }

    private static bool IsOne(double x) => Math.Abs(x - 1) <= Rounding;
}
