namespace LandscapeGpu.Surveys;

/// <summary>Which minimum descent reaches from where: basins of attraction, of the rule that the survey descended by.</summary>
public static class BasinMap
{
    /// <summary>The minimum that descent from each point reaches.</summary>
    /// <remarks>
    /// Descends and polishes on lanes as the survey did. An endpoint is at the minimum nearest to it, modulo the symmetry that minima were told apart by,
    /// where it is nearer than half the way from that minimum to any other: it is not asked again whether they are one point to rounding.
    /// </remarks>
    /// <param name="result">The survey that found the minima.</param>
    /// <param name="starts">Points as the formula is given them.</param>
    /// <returns>For each point the number of a minimum, its place in <see cref="SurveyResult.AllMinima"/>; −1 where descent reached none of them.</returns>
    /// <exception cref="ArgumentException">There are no points, or one has another length or is not in the region.</exception>
    public static int[] Of(SurveyResult result, IReadOnlyList<IReadOnlyList<double>> starts)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(starts);
        var (objective, moving, options) = (result.Objective, result.Moving ?? result.Objective, result.Options);
        var minima = result.AllMinima.ToList();
        StationaryPoint[] known = [.. minima, .. result.Stationary];
        var device = FallbackDevice.Choose(null, options.Threads, options.VectorBits);
        var ends = DescentInUnits.Compile(device, objective, options.Descent, moving.Units)
            .Run(new(objective.StartsFrom(new GivenPoints([.. starts.Select(s => s.ToArray())])), options.Seed, 0, starts.Count));
        moving.Units.ToMoving(ends.Points);
        var polish = device.Polish(moving);
        var polished = polish.Run(ends.Points, ends.Count)!;
        HeldByJumps.Settle(moving, options.VectorBits, ends.Points, k => ends.Outcomes[k] == (byte)Outcome.Converged, polished, (below, count) => polish.Run(below, count)!);
        using var values = new PointDerivatives(moving, options.VectorBits);
        (double[] Place, double Value)[] places = [.. known.Select(k => At(InUnits([.. k.Place], moving.Units)))];
        double[] room = [.. places.Select((p, k) => known[k].IsFlatFamily ? double.PositiveInfinity : 0.5 * places.Where((_, l) => l != k).Select(q => Apart(p, q)).DefaultIfEmpty(double.PositiveInfinity).Min())];
        return [.. Enumerable.Range(0, ends.Count).Select(k =>
        {
            var isStationary = polished.Stationary[k];
            // Kinks and edges are no stationary points: where the restart stopped is as near as it came.
            var end = At([.. (isStationary ? polished.Points : ends.Points).AsSpan(k * objective.Dimension, objective.Dimension)]);
            double[] apart = [.. places.Select(p => Apart(p, end))];
            var nearest = apart.Length == 0 || double.IsNaN(end.Value) ? -1 : Array.IndexOf(apart, apart.Min());
            return nearest >= 0 && nearest < minima.Count && apart[nearest] <= room[nearest] && (isStationary || known[nearest].IsWithoutGradient) ? nearest : -1;
        })];

        (double[] Place, double Value) At(double[] place) => (place, values.Value(place));

        double Apart((double[] Place, double Value) a, (double[] Place, double Value) b) => options.Identity == IdentityKind.Fingerprint
            ? Math.Abs(a.Value - b.Value)
            : (options.Identity == IdentityKind.Location ? null : moving.MovingSymmetry?.Distance(a.Place, b.Place)) ?? Math.Sqrt(a.Place.Zip(b.Place, (x, y) => (x - y) * (x - y)).Sum());
    }

    private static double[] InUnits(double[] place, Units units)
    {
        var moved = place.ToArray();
        units.ToMoving(moved);
        return moved;
    }
}
