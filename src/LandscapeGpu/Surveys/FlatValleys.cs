using LandscapeGpu.Objectives.Regions;
using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>Points of one connected flat set are one minimum, or one saddle, however many of them restarts ended at; so are points that rounding does not tell apart.</summary>
/// <param name="objective">Whose points they are.</param>
/// <param name="bits">The width of vectors.</param>
/// <param name="threads">On so many threads at most.</param>
/// <param name="tolerance">The distance within which identity has joined what is one.</param>
internal sealed class FlatValleys(Objective objective, int bits, int threads, double tolerance)
{
    // Of a floor so many points are tried, the nearest first.
    private const int MostTries = 8;

    // A walk to a floor beside it ends within these or is on its way elsewhere: where the floor is as flat as x⁴ across, Newton's step leaves two thirds of
    // the distance, so that 91 of them see to all 53 bits of it; a few more find the damping.
    private const int MostSteps = 100;

    // Beyond this a walk by conjugate gradients costs a tenth of one by Hessians.
    private const int MostByHessians = 64;

    // In many coordinates all paths take some ten seconds of a core at most, on which the lanes of a vector walk side by side.
    private const double MostFlops = 1e11;

    // Every minimum is compared with every point of a floor: as many pairs as among the points of one component.
    private const long MostPairs = (long)FlatComponents.MostPoints * FlatComponents.MostPoints / 2;

    /// <summary>The points with those of one valley made one: its most stationary point, with the restarts of all.</summary>
    /// <param name="found">Distinct points, of which a Hessian's spectrum is known. Those that bounds hold are looked at on the face they lie on.</param>
    /// <param name="places">Where they are, in the coordinates that move.</param>
    /// <param name="values">Their values there.</param>
    /// <param name="progress">Told which share of the points that may be of one valley was tried with others.</param>
    /// <param name="stop">Stops early: what was not joined by then is left apart.</param>
    /// <returns>The points that are left, and for each of those given the one it belongs to.</returns>
    public (IReadOnlyList<StationaryPoint> Points, int[] PointOf) Joined(IReadOnlyList<StationaryPoint> found, IReadOnlyList<double[]> places, double[] values, Action<SurveyProgress>? progress = null, CancellationToken stop = default)
    {
        var valley = Enumerable.Range(0, found.Count).ToArray();
        int[][] kinds = [.. Enumerable.Range(0, found.Count).Where(k => found[k].FlatDirections > 0)
            .GroupBy(k => (found[k].Kind, found[k].Index, Face: FaceName(found[k], places[k])), (_, members) => members.ToArray()).Where(members => members.Length > 1)];
        var tried = SurveyClock.Report(progress, "flat sets", 0, kinds.Sum(members => members.Length));
        using var worth = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var flops = 0.0;
        foreach (var members in kinds)
        {
            int[] free = [.. Enumerable.Range(0, objective.Dimension).Except(found[members[0]].AtBound)];
            if (stop.IsCancellationRequested || members.Length > FlatComponents.MostPoints)
            {
                tried?.Invoke(members.Length);
                continue;
            }

            // A chord of a ball's surface is inside the ball, where a walk leads away from it: the surface is a sphere of its own.
            var onFace = objective.OnFace(free, places[members[0]], RoundSides(places[members[0]]).ToHashSet());
            var face = onFace.Objective;
            var derivatives = Derivatives.Of(face, bits);
            var isFloor = found[members[0]].Kind == StationaryKind.DegenerateMinimum;
            // Only whoever has a minimum's floor can be led down to it.
            var byProducts = free.Length > MostByHessians && isFloor && !onFace.IsRound && derivatives.Direction is not null;
            if (!byProducts && free.Length > LanePolish.MostCoordinates)
            {
                tried?.Invoke(members.Length);
                continue;
            }

            // Not by descent: it would slide along the valley. Conjugate gradients never leave what the Hessian spans, and so go straight to the floor.
            var search = new StationarySearch(face, derivatives, threads) { Walk = d => new StationaryWalk(d) { MostSteps = MostSteps, StaysWhereLevel = true } };
            var products = new LanePolish(face, derivatives, threads);
            var paths = new FlatPaths(free.Length, Nearest, worth.Token);
            double[][] points = [.. members.Select(k => onFace.From(places[k]))];
            double[] heights = [.. members.Select(k => values[k])];
            double[] roundings = [.. members.Select(k => found[k].Rounding * objective.Units.Value)];
            var roots = new FlatComponents(points, heights, roundings, paths, threads, tried).Find();
            // How many minima there are is what counts; of a family of saddles each place has its own ways down.
            if (isFloor)
            {
                using var hessians = byProducts ? null : new LaneHessians(derivatives, face);
                using var slopes = new PointDerivatives(face, derivatives);
                IFlatPart part = hessians is null ? new FlatPartByProducts(slopes) : new FlatPartByHessian(p => hessians.At(p), free.Length);
                roots = new GatheredFloors(paths, Nearest, part, tolerance / onFace.Unit, threads).Join(points, heights, roundings, [.. members.Select(k => found[k].FlatDirections)], roots);
            }

            for (var k = 0; k < members.Length; k++)
            {
                valley[members[k]] = members[roots[k]];
            }

            PolishedSet Nearest(double[] between, int count)
            {
                if (!byProducts)
                {
                    return search.Run(between, count, null, stop);
                }

                var set = products.Run(between, count, null, stop);
                flops += set.Evaluations * derivatives.ProductFlops;
                if (flops > MostFlops)
                {
                    worth.Cancel();
                }

                return set;
            }
        }

        var beside = PlacesBesideMinima.AreAmong(found) ? new PlacesBesideMinima(objective, bits).Pairs(found, places, values, stop) : [];
        var edges = Edges(found, places, values, stop).ToList();
        // Ends of tails are no points: how many restarts came to any is all there is to say.
        int[] tails = [.. Enumerable.Range(0, found.Count).Where(k => found[k].Kind == StationaryKind.Tail).Except(beside.Select(p => p.Place)).Except(edges.Select(p => p.Edge))];
        foreach (var k in tails)
        {
            valley[k] = tails[0];
        }

        foreach (var (edge, member) in edges)
        {
            valley[edge] = valley[member];
        }

        var doubts = found.Select(p => p.Rounding * objective.Units.Value).ToArray();
        valley = new SetsOfOneValue(values, doubts, k => found[k] is { Kind: StationaryKind.Minimum or StationaryKind.BoundaryMinimum, FlatDirections: 0 }).Roots(
            Enumerable.Range(0, found.Count).Select(k => (k, valley[k]))
                .Concat(beside)
                .Concat(new MeetingFloors(objective, bits).Pairs(found, places, values, valley, stop))
                .Concat(new PointsWithinRounding(objective, bits, tolerance).Pairs(found, places, values, stop)),
            (one, other) => (found[one].Kind, found[other].Kind) != (StationaryKind.Tail, StationaryKind.Tail));
        var (joined, pointOf) = (new List<StationaryPoint>(), new int[found.Count]);
        foreach (var members in Enumerable.Range(0, found.Count).GroupBy(k => valley[k]))
        {
            foreach (var k in members)
            {
                pointOf[k] = joined.Count;
            }

            joined.Add(OneOf([.. members.Select(k => found[k])]));
        }

        return (joined, pointOf);
    }

    /// <summary>
    /// Minima whose Hessian is that of one side of a kink, at the edge of a level floor as 1 is of Square(Max(x − 1, 0)): a straight way to a point of the floor is level, as
    /// it is from no isolated minimum. And minima that are degenerate points met a little beside, where there is curvature; and, where the region has an end, places of a tail that has become level.
    /// </summary>
    private IEnumerable<(int Edge, int Member)> Edges(IReadOnlyList<StationaryPoint> found, IReadOnlyList<double[]> places, double[] values, CancellationToken stop)
    {
        int[] floor = [.. Enumerable.Range(0, found.Count).Where(k => found[k].Kind == StationaryKind.DegenerateMinimum)];
        var isSmooth = !Smoothness.MayEnd(objective.Value);
        // On a side a smooth floor may come down to a minimum by less than the value shows.
        int[] minima = [.. Enumerable.Range(0, found.Count).Where(k => found[k].Kind == StationaryKind.Minimum || (!isSmooth && found[k].Kind == StationaryKind.BoundaryMinimum) || (found[k].Kind == StationaryKind.Tail && objective.Region.IsBounded))];
        if (floor.Length == 0 || minima.Length == 0 || (long)floor.Length * minima.Length > MostPairs || objective.Surface is not null)
        {
            yield break;
        }

        using var slopes = new PointDerivatives(objective, Derivatives.Of(objective, bits));
        foreach (var edge in minima.TakeWhile(_ => !stop.IsCancellationRequested))
        {
            var nearest = floor.Where(k => AreEqual(k, values[k])).OrderBy(k => Projection.SquaredDistance(places[k], places[edge])).Take(MostTries);
            var member = nearest.FirstOrDefault(k => MeetingFloors.Between(places[edge], places[k]).All(point => AreEqual(k, slopes.Value(point))), -1);
            if (member >= 0)
            {
                yield return (edge, member);
            }

            // Where everything is smooth an isolated minimum is on no floor, but may be the same point as far as the value shows.
            bool AreEqual(int k, double value) => (found[edge].Rounding + found[k].Rounding) * objective.Units.Value is var rounding
                && (isSmooth ? Math.Abs(value - values[edge]) <= Stationarity.Margin * rounding : FlatPaths.AreEqual(value, values[edge], rounding));
        }
    }

    /// <summary>Which bounds hold a point, and which balls it lies on the surface of.</summary>
    private string FaceName(StationaryPoint point, double[] place) => point.IsOnBoundary
        ? string.Join(' ', objective.Region.Active(place).Where(s => s.Coordinate is not { } i || point.AtBound.Contains(i)).Select(s => s.Coordinate is { } i ? $"{i}{(s.Normal[0] < 0 ? '-' : '+')}" : $"{s.First}o"))
        : "";

    private IEnumerable<int> RoundSides(double[] place) => objective.Region.Active(place).Where(s => s.Coordinate is null).Select(s => s.First);

    private StationaryPoint OneOf(StationaryPoint[] places)
    {
        if (places.Length == 1)
        {
            return places[0];
        }

        // What is as low as the best known of them for its own rounding alone stands for none of the others.
        var known = places.MinBy(p => p.Rounding)!;
        var trusted = places.Where(p => p == known || SetsOfOneValue.AreEqual(known.Value * objective.Units.Value, known.Rounding * objective.Units.Value, p.Value * objective.Units.Value, known.Rounding * objective.Units.Value));
        // A floor that reaches the inside is no flat set of the boundary.
        var alike = trusted.GroupBy(p => (!p.IsMinimum, p.FlatDirections == 0, p.IsOnBoundary)).MinBy(group => group.Key)!;
        // The most stationary of those that nothing is known to be lower than.
        var lowest = alike.MinBy(p => p.Value)!;
        var one = alike.Where(p => Stationarity.AreSame(p.Value, p.Rounding, lowest.Value, lowest.Rounding)).MinBy(p => p.GradientNorm)!;
        return one with { Count = places.Sum(p => p.Count), Places = places.Count(p => p.Kind == one.Kind) };
    }
}
