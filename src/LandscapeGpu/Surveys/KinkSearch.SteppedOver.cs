namespace LandscapeGpu.Surveys;

// What steps of descents pass over.
internal sealed partial class KinkSearch
{
    // So many starts are followed in short steps, more where a step costs less, so many ends of them looked at, and what is within a step or two of another is one of them.
    private const int LeastFollowed = 32;
    private const int MostFollowed = 256;
    private const int MostPassed = 16;
    private const double SamePassed = 1e-3;

    /// <summary>Minima at kinks and on the low side of jumps that descents in short steps from some of the starts come to, and that are not among those found.</summary>
    private IReadOnlyList<SteppedOver> SteppedOver(IReadOnlyList<StationaryPoint> known, KinkFindings found, RestartRange starts, CancellationToken cancellation)
    {
        var followed = (int)Math.Min(starts.Count, Math.Clamp(LeastFollowed * SmallFormula / Derivatives.Of(objective, bits).SlopeFlops, LeastFollowed, MostFollowed));
        var coordinates = new double[followed * D];
        for (var k = 0; k < followed; k++)
        {
            var start = coordinates.AsSpan(k * D, D);
            starts.Starts.Draw(starts.Seed, starts.First + k, start);
            objective.Units.ToMoving(start);
            values.Inside(start);
        }

        new ShortSteps(values, scale, HeldByJumps.Has(objective) ? new(objective, bits) : null).Run(coordinates, cancellation);
        End[] listed = [.. known.Where((m, k) => m.IsMinimum && found.HomeOf[k] == k).Concat(found.Minima).Select(m => EndOf(m, -1))];
        var passed = new List<(End End, int Starts)>();
        foreach (var point in coordinates.Chunk(D).TakeWhile(_ => !cancellation.IsCancellationRequested))
        {
            var near = passed.FindIndex(p => Apart(p.End.Point, point) <= SamePassed);
            if (near >= 0)
            {
                passed[near] = (passed[near].End, passed[near].Starts + 1);
            }
            else if (passed.Count < MostPassed && !listed.Any(m => Apart(m.Point, point) <= SamePassed) && !IsAbove(point))
            {
                var end = kinds.EndAt(point, descent.Run(point, passed.Count, budget / LeastPlaces), passed.Count);
                passed.Add((end with { Kind = kinds.Of(end) }, 1));
            }
        }

        End[] ends = [.. passed.Where(p => p.End.Kind == StationaryKind.MinimumAtKink && !listed.Any(m => Apart(m.Point, p.End.Point) <= SamePassed)).Select(p => p.End)];
        // With those listed that are of their value: a crease that bends may lead to one of these.
        End[] alike = [.. listed.Where(m => ends.Any(e => KinkFamilies.HaveOneValue(m, e)))];
        return [.. new KinkFamilies(scale, values, At) { Symmetry = Symmetry }.Of([.. ends.Concat(alike).OrderBy(e => e.Value)], cancellation).Where(family => family.All(e => e.Place >= 0))
            .Select(family => new SteppedOver(objective.Shown(family[0].Point), family[0].Value / objective.Units.Value, family.Sum(e => passed[e.Place].Starts), followed))];

        PolishedSet At(double[] between, int count, int hulls) => Creases(between, count, hulls, cancellation);

        // Where f falls straight down to what is listed, the way there was merely long.
        bool IsAbove(double[] point)
        {
            var start = new End(point, values.ValueAt(point), 0, -1);
            return listed.Where(m => m.Value <= start.Value).OrderBy(m => Apart(m.Point, point)).Take(MostTries).Any(m => KinkFamilies.IsDownhill(values, start, m));
        }
    }
}
