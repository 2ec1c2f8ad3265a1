namespace LandscapeGpu.Evidence;

/// <summary>Points where the strict-saddle property is nearest to failing, sought from the worst of a sample.</summary>
/// <remarks>
/// At the α and γ that are stated, β is the least −λ_min where ‖∇f‖ &lt; α and no minimum is within γ: points that raise λ_min without leaving that
/// set are sought by random steps around the worst, longer after a success and shorter without one (a (1+λ) evolution strategy; Rechenberg 1973).
/// It needs no third derivatives. What it finds is added to the sample, and the statement is made anew.
/// </remarks>
internal static class WorstPoints
{
    private const int Rounds = 3;
    private const int Parents = 6;
    private const int Children = 16;
    private const int Generations = 12;

    /// <summary>The sample with the worst points found.</summary>
    /// <param name="objective">The landscape.</param>
    /// <param name="global">Its global minimum.</param>
    /// <param name="sample">Points looked at.</param>
    /// <param name="stationary">All stationary points found, minima among them.</param>
    /// <param name="radius">The ball that points are taken from; null for anywhere in the region.</param>
    /// <param name="stop">Ends the search early.</param>
    public static LandscapeSample Beyond(Objective objective, GlobalReference global, LandscapeSample sample, IReadOnlyList<StationaryPoint> stationary, double? radius, CancellationToken stop = default)
    {
        var distance = new DistanceToMinima(objective, stationary.Where(p => p.IsMinimum));
        using var slopes = new PointDerivatives(objective);
        // How far each child is from a floor would cost as much as a polish.
        for (var round = 0; round < Rounds && !distance.HasFloors && !stop.IsCancellationRequested; round++)
        {
            var seen = StrictSaddle.Of(objective, global, sample, stationary, stop);
            if (!seen.Holds || seen.Stated is not { } stated || !double.IsFinite(stated.Betas[0]))
            {
                break;
            }

            bool IsOpen(double[] point, double[] gradient) => Inner.Norm(gradient) < stated.Alpha && distance.From(point) > seen.Gammas[0];
            var parents = Enumerable.Range(0, sample.Count).Where(k => IsOpen(sample.Points[k], sample.Gradients[k])).OrderByDescending(sample.Lowest).Take(Parents)
                .Select(k => (Point: sample.Points[k], Lowest: sample.Lowest(k), Step: seen.Gammas[0] / 4)).ToArray();
            if (parents.Length == 0)
            {
                break;
            }

            // A gradient costs little beside a spectrum: what has left the set needs none.
            var gradient = new double[objective.Dimension];
            bool MayFollow(double[] child)
            {
                _ = slopes.Gradient(child, gradient);
                return IsOpen(child, gradient) && parents.Any(p => Symmetry.Euclidean(child, p.Point) <= 4 * p.Step);
            }

            var random = new Random(round);
            for (var generation = 0; generation < Generations && !stop.IsCancellationRequested; generation++)
            {
                double[][] children = [.. parents.SelectMany(p => Enumerable.Range(0, Children)
                    .Select(_ => slopes.Retract([.. p.Point.Select(x => x + (p.Step * Normal(random) / Math.Sqrt(p.Point.Length)))]))
                    .Where(c => !objective.Region.IsBeyondSides(c))
                    .Where(c => LandscapeSample.IsIn(objective, radius, c) && MayFollow(c)))];
                var at = sample.AlsoAt(children, "", stop: stop);
                foreach (var (parent, k) in parents.Select((p, k) => (p, k)).ToArray())
                {
                    var best = Enumerable.Range(0, at.Count).Where(c => at.Lowest(c) > parent.Lowest).OrderByDescending(at.Lowest).Cast<int?>().FirstOrDefault(c => Symmetry.Euclidean(at.Points[c!.Value], parent.Point) <= 4 * parent.Step);
                    parents[k] = best is { } found ? (at.Points[found], at.Lowest(found), 1.5 * parent.Step) : parent with { Step = 0.5 * parent.Step };
                }
            }

            sample = sample.With(sample.AlsoAt(parents.Select(p => p.Point), "worst points sought from there", stop: stop), isSame: round > 0);
        }

        return sample;
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
}
