using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>Minima of formulas that have a curvature wherever they have a value, which polish had not come to: it is asked again from where a descent that needs no curvature has ended.</summary>
/// <remarks>
/// In a long bent valley, as of b₁exp(b₂/(x + b₃)), Newton's steps are used up on the way; at its bottom a few are enough. Where the region has no end a valley may have none either, and what has
/// no curvature along a direction may be a place on its way: such ends are left to those who follow valleys.
/// </remarks>
/// <param name="objective">The landscape.</param>
/// <param name="bits">The width of vectors; null for the widest there is.</param>
internal sealed class SmoothEnds(Objective objective, int? bits) : IDisposable
{
    // In units of the scale: what is farther away is another place.
    private const double Nearby = 1e-3;

    private readonly Derivatives derivatives = Derivatives.Of(objective, bits);
    private readonly Lazy<PointKinds> kinds = new(() => new(objective, Derivatives.Of(objective, bits)));

    /// <summary>Whether the formula can be looked at so: nothing in it has a kink, a jump or an infinite slope where it is finite, and Hessians are at hand.</summary>
    public static bool Has(Objective objective) =>
        objective.Dimension <= LanePolish.MostCoordinates && objective.Region.IsBounded && objective.Surface is null && !Smoothness.MayBeSharp(objective.Value) && !Smoothness.MayBeSteep(objective.Value);

    /// <summary>The minimum beside a place that a descent has ended at; null where there is none.</summary>
    /// <param name="point">d coordinates.</param>
    /// <param name="value">f there.</param>
    /// <param name="scale">The unit of each coordinate.</param>
    public StationaryPoint? At(double[] point, double value, double[] scale)
    {
        var d = scale.Length;
        var set = new LanePolish(objective, derivatives, 1).Run(point, 1);
        if (!set.Stationary[0] || KinkSearch.Apart(point, set.Points, scale) > Nearby || !(set.Values[0] <= value + (Stationarity.Margin * set.Roundings[0])))
        {
            return null;
        }

        var groups = new EndpointGroups(scale, 1);
        groups.Add(set, _ => [0]);
        using var hessians = new LaneHessians(derivatives, objective);
        hessians.Set(0, set.Points);
        hessians.Compute();
        double[] hessian = [.. Enumerable.Range(0, d * d).Select(e => hessians.Entries[e * hessians.Count])];
        var found = DescribedPoints.Of(objective, (0, 1), groups, kinds.Value, hessian, SymmetricEigenvalues.Of(hessian, d));
        return found is { IsMinimum: true, FlatDirections: 0 } ? found : null;
    }

    public void Dispose()
    {
        if (kinds.IsValueCreated)
        {
            kinds.Value.Dispose();
        }
    }
}
