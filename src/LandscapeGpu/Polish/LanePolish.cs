namespace LandscapeGpu.Polish;

/// <summary>Takes endpoints to the stationary point they are near, in double precision, by a damped Newton method on lanes.</summary>
/// <remarks>
/// The step solves the Hessian with raised pivots and is halved until the value falls; on a box, coordinates held at a
/// bound stay there. It ends when the decrease that Newton's model still promises is below what the value can show.
/// </remarks>
internal sealed class LanePolish(Objective objective, Derivatives derivatives, int threads) : IPolish
{
    /// <summary>Beyond this dimension full Hessians are not formed: steps are found by products with them.</summary>
    public const int MostCoordinates = 256;

    // Pencils of Hessians cost some tens of times d³ operations, and only what is lost without them is worth that.
    private const int MostOrders = 64;

    /// <summary>Up to here what comes to no end by products is worth a Hessian and its factors: they cost no more than the products did.</summary>
    public const int MostFactored = 512;

    // Down a bent valley a walk takes a dozen trial points and some to lead each back to the floor; on a tail any number.
    private const int MostAlongValleys = 60;

    private const double MostOfTheWay = 7.0 / 8;
    private const int FewHalvings = 4;

    // As many times the rounding is more than a longer way explains.
    private const double Drowned = 100;

    // Measured on PCA, clusters and networks: from here on a few dozen products cost clearly less than d of them and d³/3 operations.
    private const int LeastByProducts = 48;

    /// <summary>Whether steps are found by products with the Hessian first, and by its factors only where that leads nowhere.</summary>
    public bool ByProducts { get; init; } = derivatives.Dimension >= LeastByProducts && derivatives.Direction is not null;

    /// <summary>Whether what comes to no end by these is tried by steps for several orders, which kernels leave to lanes.</summary>
    public bool ByOrders { get; init; } = derivatives.Dimension <= MostOrders && objective.Surface is null;

    /// <param name="points">count × d coordinates.</param>
    /// <param name="count">How many.</param>
    /// <param name="progress">Told how many more are done.</param>
    /// <param name="cancellation">Stops early; the rest is left as not stationary.</param>
    public PolishedSet Run(ReadOnlyMemory<double> points, int count, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var d = derivatives.Dimension;
        var set = WalkItems.Run(objective, derivatives, points, count, threads, () => ByProducts ? ByProduct() : ByFactors(), progress, cancellation);
        if (ByProducts && d <= MostCoordinates)
        {
            // Conjugate gradients take many steps where curvatures differ much, and stop where one is negative: factors are not so particular.
            Again(set, k => !set.Stationary[k], Start, ByFactors, (_, _) => true);
        }

        // The Hessian of a quadratic is the same everywhere: no step is too long.
        if (d <= MostOrders ? objective.HasLeast && objective.Surface is null : ByProducts && d <= MostFactored)
        {
            Again(set, IsLost, Start, () => new HeldDirections(objective, derivatives, sides => new ConvexWalk(d, sides)), IsBetter);
        }

        if (ByOrders && d > 1 && objective.Region.Sides is not null && !objective.Region.IsWholeSpace)
        {
            AlongValleys();
        }

        if (ByOrders)
        {
            Again(set, IsLost, Start, () => Across(Stationarity.QuarterOfTheDigits), IsBetter);
            Again(set, k => set.Slow[k] || IsLost(k), k => HasStrayed(k) ? Start(k) : set.Points.AsMemory(k * d, d), () => InOrders(1, FewHalvings), IsBetter);
            // Who has arrived along one direction sees no curvature along it any more, and may stray from it.
            Again(set, IsLost, Start, () => InOrders(MostOfTheWay, FewHalvings), IsBetter);
            // In a valley that bends a small share of a step may be better where no larger one is.
            Again(set, IsLost, Start, () => InOrders(1, NewtonPoint.MostHalvings), IsBetter);
            // Where derivatives vanish across a floor that has no end, curvatures do not tell what is along it.
            Again(set, k => IsLost(k) && objective.Region.IsWholeSpace, Start, () => Across(0), IsBetter);
        }

        return set;

        ReadOnlyMemory<double> Start(int k) => points.Slice(k * d, d);

        IDirections ByProduct() => new ConjugateDirections(objective, derivatives, threads / Math.Max(1, Math.Min(count, threads)));

        IDirections ByFactors() => new FactoredDirections(objective, derivatives);

        IDirections InOrders(double part, int halvings) => new HeldDirections(objective, derivatives, sides => new OrdersWalk(d, sides, part, halvings));

        IDirections Across(double flat) => new HeldDirections(objective, derivatives, sides => new SteepWalk(d, sides) { Flat = flat });

        // Newton's steps are as short as the walls beside a valley's floor are near where it bends; its end is found from near it.
        void AlongValleys()
        {
            int[] lost = cancellation.IsCancellationRequested ? [] : [.. Enumerable.Range(0, count).Where(IsLost)];
            double[] starts = [.. lost.SelectMany(k => Start(k).ToArray())];
            var walked = WalkItems.Run(objective, derivatives, starts, lost.Length, threads, () => new HessianDirections(objective, derivatives, n => new ValleyWalk(n, objective.Region) { IsGraded = true, IsMeantAsIs = true, MostSteps = MostAlongValleys }), null, cancellation);
            set.Evaluations += walked.Evaluations;
            set.Bounded += walked.Bounded;
            var place = lost.Index().ToDictionary(l => l.Item, l => l.Index);
            Again(set, k => place.TryGetValue(k, out var j) && walked.OnFloor[j] && !walked.Endless[j], k => walked.Points.AsMemory(place[k] * d, d), ByFactors, (other, k) => IsBetter(other, k) && !IsDrowned(other, k));
            foreach (var k in lost.Where(k => set.Stationary[k]))
            {
                set.Widen(k, walked.Uncertainties[place[k]]);
            }
        }

        // Beside a removable singularity the value is known far worse, and seems as low as anything.
        bool IsDrowned(PolishedSet other, (int Mine, int Theirs) k) => other.Roundings[k.Theirs] > Drowned * set.Roundings[k.Mine]
            && !(set.Values[k.Mine] - other.Values[k.Theirs] > Stationarity.Margin * other.Roundings[k.Theirs]);

        bool IsLost(int k) => !set.Stationary[k] && double.IsFinite(set.Residuals[k]);

        // Where nothing holds, factors that raise pivots lead far away.
        bool HasStrayed(int k)
        {
            var way = Start(k).ToArray();
            var leash = objective.Region.Leash(way);
            Inner.Add(-1, set.Points.AsSpan(k * d, d), way);
            return Inner.Norm(way) > leash;
        }

        bool IsBetter(PolishedSet other, (int Mine, int Theirs) k) => other.Stationary[k.Theirs] && (!set.Stationary[k.Mine] || other.Values[k.Theirs] < set.Values[k.Mine]);

        void Again(PolishedSet all, Func<int, bool> isMeant, Func<int, ReadOnlyMemory<double>> from, Func<IDirections> directions, Func<PolishedSet, (int Mine, int Theirs), bool> isBetter)
        {
            int[] left = cancellation.IsCancellationRequested ? [] : [.. Enumerable.Range(0, count).Where(isMeant)];
            if (left.Length == 0)
            {
                return;
            }

            double[] starts = [.. left.SelectMany(k => from(k).ToArray())];
            var other = WalkItems.Run(objective, derivatives, starts, left.Length, threads, directions, null, cancellation);
            for (var k = 0; k < left.Length; k++)
            {
                if (isBetter(other, (left[k], k)))
                {
                    all.Take(left[k], other, k);
                }
            }

            all.Evaluations += other.Evaluations;
            all.Bounded += other.Bounded;
        }
    }
}
