namespace LandscapeGpu.Valleys;

/// <summary>Tells a place on a valley's floor that goes on down from a flat minimum, where the value shows the fall and the slope drowns in what the coordinates' last digits do to it.</summary>
/// <remarks>
/// Far above a valley's lowest point walls may be so steep that the last digit of a coordinate changes the gradient by more than its slope along the floor. The value, which has its least there, is known far better:
/// a walk that goes down by values, ends far away and much lower than rounding explains has not begun at a minimum. A floor that is level it does not leave, since no step falls as foretold.
/// </remarks>
internal static class ValleySide
{
    // Of 1 + ‖x‖: what is left of x⁸ when its slope is rounding is a hundredth from its zero, and no way along a valley.
    private const double Far = 0.125;

    /// <param name="objective">The landscape.</param>
    /// <param name="place">What polish holds for stationary, in the coordinates that move.</param>
    /// <param name="kinds">Bounds of rounding.</param>
    /// <param name="bits">The width of vectors; null for the widest.</param>
    /// <param name="stop">Ends the walk: then nothing is known.</param>
    /// <remarks>Not asked in so many coordinates that some hundred factorisations cost more than all that is looked at otherwise.</remarks>
    public static bool Is(Objective objective, double[] place, PointKinds kinds, int? bits, CancellationToken stop)
    {
        if (place.Length > LanePolish.MostCoordinates)
        {
            return false;
        }

        var walked = new StationarySearch(objective, Derivatives.Of(objective, bits), 1) { Walk = d => new ValleyWalk(d) { IsGraded = true } }.Run(place, 1, null, stop);
        var end = walked.Points;
        using var slopes = new PointDerivatives(objective, Derivatives.Of(objective, bits));
        var fall = slopes.At(place).Value - walked.Values[0];
        return objective.Region.Contains(end)
            && fall > Stationarity.Margin * (kinds.ValueBound(place) + kinds.ValueBound(end))
            && Math.Sqrt(Projection.SquaredDistance(end, place)) > Far * objective.Region.Reach(place);
    }
}
