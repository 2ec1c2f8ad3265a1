using System.Runtime.CompilerServices;

namespace LandscapeGpu.Polish;

/// <summary>A stationary point that polish has found, as endpoints are compared with it: one that lies in its Newton basin needs no polish of its own.</summary>
/// <remarks>
/// <para>
/// An endpoint x is taken to lie there where the model of second order at the minimum m says what is found at x. With δ = x − m and H = LLᵀ: Newton's step with H
/// leads from x to m but for a share of δ, ‖L⁻¹∇f(x) − Lᵀδ‖ ≤ θ‖Lᵀδ‖ in the norm that H gives (which no choice of units changes), and f(x) − f(m) is
/// ½∇f(x)·δ to as much of it, or to rounding. Under a symmetry x is brought near m first, and what is compared is unchanged.
/// </para>
/// <para>
/// Where ∇²f changes by ω‖δ‖ relative to itself, the first share is ½ω‖δ‖, and Newton's method converges from within 2/(3ω) of a solution (J. Traub and
/// H. Woźniakowski, Convergence and complexity of Newton iteration for operator equations, Journal of the ACM 26, 1979): a share below ⅓. Third derivatives
/// that make it ω‖δ‖/2 make the two sides of the second differ by a third of it, so that θ is room enough for both.
/// </para>
/// </remarks>
internal sealed class SeenMinimum
{
    // Less than half of the third.
    private const double Share = 1.0 / 8;

    private readonly Lazy<double[]?> factor;
    private readonly double[] point;
    private readonly PolishedSet row;
    private readonly Region region;

    /// <param name="set">Polished endpoints.</param>
    /// <param name="item">Which of them.</param>
    /// <param name="region">Where it is.</param>
    /// <param name="hessian">The Hessian at a point.</param>
    /// <param name="orbit">An orthonormal basis of the directions that a continuous symmetry moves a point in.</param>
    public SeenMinimum(PolishedSet set, int item, Region region, Func<double[], double[]> hessian, Func<double[], List<double[]>> orbit)
    {
        row = new(set.Dimension, 1);
        row.Take(0, set, item);
        (point, this.region) = (row.Points, region);
        factor = new(() => Factor(hessian(point), orbit(point)));
    }

    public double Value => row.Values[0];

    /// <summary>What two evaluations of a value near its own may differ by.</summary>
    private double Slack => (2 * Stationarity.Margin * row.Roundings[0]) + (SamePoint.LastDigitsOfValue * Math.Abs(Value));

    /// <summary>Whether an endpoint's value lets it lie so near: no higher than a slope leads along a distance, and no lower.</summary>
    /// <param name="value">f at the endpoint.</param>
    /// <param name="most">½‖∇f‖ times the longest distance.</param>
    public bool IsNear(double value, double most) => value - Value >= -Slack && value - Value <= most + Slack;

    /// <summary>Sets an item to a copy of this minimum, if it lies in its basin.</summary>
    /// <param name="symmetry">What carries copies to one another; null for none.</param>
    /// <param name="value">f at the endpoint.</param>
    /// <param name="from">The endpoint.</param>
    /// <param name="slope">∇f there.</param>
    /// <param name="set">Where it is written.</param>
    /// <param name="item">Which item.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryTake(Symmetry? symmetry, double value, ReadOnlySpan<double> from, ReadOnlySpan<double> slope, PolishedSet set, int item)
    {
        var difference = DifferenceTo(symmetry, from, out var element);
        if (!(Inner.Norm(difference) <= NewtonPoint.LongestStep * region.Reach(point)))
        {
            return false;
        }

        var gradient = slope.ToArray();
        element?.ApplyLinear(slope, gradient);
        var (fall, promised) = (value - Value, 0.5 * Inner.Product(gradient, difference));
        if (!(Math.Abs(fall - promised) <= (Share * Math.Abs(promised)) + Slack) || factor.Value is not { } lower || !IsModelled(lower, difference, gradient))
        {
            return false;
        }

        set.Take(item, row, 0);
        element?.Undo(point, set.Points.AsSpan(item * point.Length, point.Length));
        return true;
    }

    /// <summary>Whether a polished point is this minimum, or a copy of it: so near that no value tells them apart.</summary>
    public bool Is(Symmetry? symmetry, PolishedSet set, int item)
    {
        if (!IsNear(set.Values[item], 0))
        {
            return false;
        }

        var difference = DifferenceTo(symmetry, set.Points.AsSpan(item * point.Length, point.Length), out _);
        if (!(Inner.Norm(difference) <= Stationarity.QuarterOfTheDigits * region.Reach(point)) || factor.Value is not { } lower)
        {
            return false;
        }

        var u = TransposedProduct(lower, difference);
        return 0.5 * Inner.Product(u, u) <= Slack;
    }

    /// <summary>How far a point lies from this minimum, when it has been brought near it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double[] DifferenceTo(Symmetry? symmetry, ReadOnlySpan<double> from, out Isometry? element)
    {
        var difference = from.ToArray();
        element = symmetry?.Towards(point, from);
        element?.Apply(from, difference);
        for (var i = 0; i < difference.Length; i++)
        {
            difference[i] -= point[i];
        }

        return difference;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool IsModelled(double[] lower, double[] difference, double[] gradient)
    {
        var (d, u, z) = (point.Length, TransposedProduct(lower, difference), gradient);
        for (var i = 0; i < d; i++)
        {
            z[i] = (z[i] - Inner.Product(lower.AsSpan(i * d, i), z.AsSpan(0, i))) / lower[(i * d) + i];
        }

        var energy = Inner.Product(u, u);
        Inner.Add(-1, u, z);
        var left = Inner.Product(z, z);
        return left <= Share * Share * energy || Stationarity.IsHidden(0.5 * left, row.Roundings[0]);
    }

    /// <summary>Lᵀv, of which ‖Lᵀv‖² = vᵀHv.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] TransposedProduct(double[] lower, double[] v)
    {
        var (d, product) = (v.Length, new double[v.Length]);
        for (var i = 0; i < d; i++)
        {
            Inner.Add(v[i], lower.AsSpan(i * d, i + 1), product.AsSpan(0, i + 1));
        }

        return product;
    }

    /// <summary>Cholesky's factor of the Hessian, with its largest curvature along the orbit; null where another direction has none.</summary>
    private static double[]? Factor(double[] hessian, List<double[]> orbit)
    {
        var d = (int)Math.Round(Math.Sqrt(hessian.Length));
        var largest = Enumerable.Range(0, d).Max(i => Math.Abs(hessian[(i * d) + i]));
        foreach (var q in orbit)
        {
            for (var i = 0; i < d; i++)
            {
                Inner.Add(largest * q[i], q, hessian.AsSpan(i * d, d));
            }
        }

        var (lower, pivots) = (new double[d * d], new double[d]);
        var factors = ArrayFactors.Of(hessian, lower, pivots);
        // A pivot that has lost half its digits is that of a flat direction.
        if (!factors.TryFactor(0) || !factors.AreClear(Stationarity.HalfTheDigits))
        {
            return null;
        }

        for (var i = 0; i < d; i++)
        {
            lower[(i * d) + i] = pivots[i];
        }

        return lower;
    }
}
