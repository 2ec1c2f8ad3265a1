namespace LandscapeGpu.Valleys;

/// <summary>Tells a place on a valley's floor that goes on down from a flat minimum, where the value shows the fall and the slope drowns in what the coordinates' last digits do to it.</summary>
/// <remarks>
/// Far above a valley's lowest point walls may be so steep that the last digit of a coordinate changes the gradient by more than its slope along the floor. The value, which has its least there, is known far better:
/// a walk that goes down by values, ends far away and much lower than rounding explains has not begun at a minimum. A floor that is level it does not leave, since no step falls as foretold.
/// </remarks>
internal static class ValleySide
{
    // Of 1 + ‖x‖: what is left of x⁸ when its slope is rounding is a hundredth from its zero, and no way along a valley.
    public const double Far = 0.125;

    // Who has met no end in some hundred steps need not have come as far.
    private const double OnTheWay = Far / 8;

    /// <param name="objective">The landscape.</param>
    /// <param name="places">What polish holds for stationary, in the coordinates that move.</param>
    /// <param name="bits">The width of vectors; null for the widest.</param>
    /// <param name="threads">How many walk at a time.</param>
    /// <param name="stop">Ends the walks: then nothing is known.</param>
    /// <remarks>Not asked in so many coordinates that some hundred factorisations cost more than all that is looked at otherwise.</remarks>
    public static bool[] Are(Objective objective, double[][] places, int? bits, int threads, CancellationToken stop)
    {
        if (places.Length == 0 || places[0].Length > LanePolish.MostCoordinates)
        {
            return new bool[places.Length];
        }

        var (region, d) = (objective.Region, places[0].Length);
        var walked = new StationarySearch(objective, Derivatives.Of(objective, bits), threads) { Walk = Walk(region, isMeantAsIs: false) }.Run(places.SelectMany(p => p).ToArray(), places.Length, null, stop);
        return [.. places.Select((place, k) => region.Contains(walked.Points.AsSpan(k * d, d)) && walked.OnFloor[k] && LeadsOn(region, place, walked, k))];
    }

    /// <summary>What walks down a valley of steep walls, and along the sides of a box.</summary>
    /// <param name="region">Where.</param>
    /// <param name="isMeantAsIs">Whether places are meant as they are: beside a level floor where derivatives vanish the value falls and falls as they come nearer to it.</param>
    public static Func<int, HessianWalk> Walk(Region region, bool isMeantAsIs) => d => new ValleyWalk(d, region.Sides is null || region.IsWholeSpace ? null : region) { IsGraded = true, IsMeantAsIs = isMeantAsIs };

    /// <summary>Whether a walk that came down has come so far, or to a side of the region, that it did not begin beside its end, or has met no end.</summary>
    public static bool LeadsOn(Region region, ReadOnlySpan<double> place, PolishedSet walked, int k)
    {
        var end = walked.Points.AsSpan(k * place.Length, place.Length);
        return region.Active(end).Count > region.Active(place).Count || Math.Sqrt(Projection.SquaredDistance(end, place)) > (walked.Endless[k] ? OnTheWay : Far) * region.Reach(place);
    }
}
