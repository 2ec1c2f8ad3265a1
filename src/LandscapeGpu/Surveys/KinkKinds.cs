using LandscapeGpu.Valleys;
using End = LandscapeGpu.Surveys.KinkSearch.End;

namespace LandscapeGpu.Surveys;

/// <summary>What kind of minimum a place is where no derivative tells: by the gradients nearby, and by how f rises with the distance.</summary>
/// <param name="objective">The landscape.</param>
/// <param name="scale">The unit of each coordinate.</param>
/// <param name="values">Its values, sides being mirrors.</param>
/// <param name="descent">Goes down from points.</param>
/// <param name="rounded">Bounds of the values' rounding.</param>
internal sealed partial class KinkKinds(Objective objective, double[] scale, MirroredValues values, KinkDescent descent, RoundingTest rounded)
{
    // Beside rounding, and then from where a kink still looks like one to where a minimum's curvature is seen, ten times as far each.
    private static readonly double[] Distances = [1e-11, 1e-7, 1e-6, 1e-5, 1e-4];

    // Where gradients are looked at for hulls.
    public const double Nearby = Stationarity.HalfTheDigits;

    // A hull of sampled gradients holds 0 if its shortest vector is so short beside the longest, and f does not fall along it: how far along a crease an end is from
    // its bottom, half the digits of the value decide, and the slope there is as many of what is steepest, or a curvature of some hundreds as large.
    private const double Nothing = 1e-3;

    // A rise is known to three digits where it is a thousand times its rounding.
    private const double Known = 1e3;

    // What rises like no more than this power of the distance is at a kink: from the nearest distance to the farthest, a kink that is 2,500 times as curved as steep comes to the exponent 1.1.
    private const double LikeTheDistance = 1.1;

    // What rises like the square, to a tenth of the exponent, and has no gradients of a quadratic form is singular.
    private const double HardlyMoreThanTheSquare = 2.1;

    // A value that is all rounding has this many times what there is beside it.
    private const double Drowned = 8;

    // How well the value at a kink lies where those around it point to: a curvature beside a slope bends the way there.
    private const double Pointed = 0.125;

    private readonly JumpSides sides = new(values, scale);
    private readonly CreaseSteps steps = new(values, scale);

    private int D => scale.Length;

    public End EndAt(double[] point, double value, int place) => new(point, value, RoundingAt(point, value).Bound + BlurAt(point, value), place);

    /// <summary>What kind of minimum an end is that no derivative tells; null where it is none, or a smooth one.</summary>
    public StationaryKind? Of(End end)
    {
        var hull = D > 1 ? descent.Hull(end.Point, Nearby, 1) : null;
        if (hull is not null && descent.Falls(end.Point, end.Value, end.Rounding, hull))
        {
            return null;
        }

        var isOnEdge = values.OntoEdge(end.Point, end.Value) is not null;
        if (isOnEdge && FallsAlongEdge(end))
        {
            return null;
        }

        // How much f rises at a distance, along as many random directions as 16 bases have, both ways; nearest first, where it may be rounding.
        const int Bases = 16;
        var (bound, isDrowned, own) = RoundingAt(end.Point, end.Value);
        // Where cos x is 1 to rounding, arccos(cos x) + 0.02x falls on.
        var unseen = Math.Max(Stationarity.SumOfRoundings * Math.Abs(end.Value), double.IsFinite(own) ? own : 0);
        var rises = new List<double>();
        foreach (var distance in Distances)
        {
            double sum = 0;
            for (var turn = 0; turn < Bases; turn++)
            {
                var around = values.Around(end.Point, Orthonormal.Rows(D, D, ulong.MaxValue - (ulong)turn), distance, scale);
                if (!(around.Min() >= end.Value - unseen))
                {
                    return null;
                }

                sum += around.Where(double.IsFinite).Sum(f => f - end.Value);
            }

            rises.Add(sum);
        }

        // At a jump it is the same at all distances; else the exponent counts, between the nearest two distances at which f rises far above its rounding.
        var rounding = bound * Bases * 2 * D;
        // Where another slope is added to a cone's, what points against it lies in few directions.
        var isHeld = hull is null || HoldsNothing(hull) || HoldsNothing(descent.Hull(end.Point, Nearby, 1, Bases));
        if (!isDrowned && rises[0] > Known * rounding && JumpSides.IsJump(rises[0], rises[^1]) && (isHeld || sides.IsBottom(end.Point, end.Value, hull!.Down)))
        {
            return StationaryKind.MinimumAtKink;
        }

        if (!isHeld)
        {
            return null;
        }

        var at = SidesAt(end.Point);
        var exponent = Exponent(rises, Known * rounding, isDrowned);
        if (!isDrowned && D > 1 && exponent is >= Surroundings.LikeTheSquare and < HardlyMoreThanTheSquare && at.Count == 0 && !sides.AddsUp(end.Point))
        {
            return StationaryKind.SingularMinimum;
        }

        // A side that is the edge of the definition, but for rounding, lies where f has no value, so that the side itself holds no minimum.
        return !(exponent < Surroundings.LikeTheSquare) || (at.Count > 0 && !isOnEdge && !IsBentInside(end.Point, at)) ? null : exponent > LikeTheDistance ? StationaryKind.SingularMinimum : StationaryKind.MinimumAtKink;
    }

    private static bool HoldsNothing(GradientHull hull) => hull.Length <= Nothing * hull.Longest;

    /// <summary>What a step that is hardly one changes the value by; on an edge of the definition it is known what f comes to.</summary>
    private double BlurAt(double[] point, double value) => values.OntoEdge(point, value) is (_, _, true) ? 0 : sides.BlurAt(point, value);

    /// <summary>Whether f falls along the edge of the definition that an end is on, by more than rounding.</summary>
    private bool FallsAlongEdge(End end)
    {
        var basis = Orthonormal.Rows(D, D, 5);
        return Distances.Any(distance => basis.Chunk(D).SelectMany(v => new[] { distance, -distance }.Select(far => end.Point.Select((x, i) => x + (far * scale[i] * v[i])).ToArray()))
            .Any(beside => values.OntoEdge(beside, double.PositiveInfinity, 2 * distance) is var (_, value, _) && value < end.Value - (Stationarity.Margin * end.Rounding)));
    }

    /// <summary>The power of the distance that f rises like, between the nearest distances at which it rises by so much that it is known; NaN where it rises by less, or like no power.</summary>
    private static double Exponent(List<double> rises, double known, bool isDrowned)
    {
        var near = Enumerable.Range(1, rises.Count - 2).FirstOrDefault(k => rises[k] > known);
        if (near == 0 || !isDrowned)
        {
            return near == 0 ? double.NaN : Math.Log10(rises[near + 1] / rises[near]);
        }

        // Of a value that may be anything differences farther out tell the power, and that the value lies where they point to.
        var power = near + 2 < rises.Count ? Math.Log10((rises[near + 2] - rises[near + 1]) / (rises[near + 1] - rises[near])) : double.NaN;
        return Math.Abs(((Math.Pow(10, power) - 1) * rises[near]) - (rises[near + 1] - rises[near])) <= Pointed * (rises[near + 1] - rises[near]) ? power : double.NaN;
    }

    /// <summary>The sides that an end is at.</summary>
    private IReadOnlyList<ActiveConstraint> SidesAt(double[] point) => objective.Region.SidesNear(point, scale.Select(s => KinkSearch.SamePlace * s).ToArray());

    /// <summary>Whether gradients differ nearby for another reason than that a side is a mirror.</summary>
    private bool IsBentInside(double[] point, IReadOnlyList<ActiveConstraint> sidesAt)
    {
        // Directions of one basis may all lead to the same side of a kink.
        const int Bases = 8;
        var slopes = Enumerable.Range(0, Bases).SelectMany(turn =>
        {
            var around = new double[2 * D * D];
            values.Around(point, Orthonormal.Rows(D, D, 2 + (ulong)turn), Nearby, scale, around);
            foreach (var (k, side) in Enumerable.Range(0, 2 * D).SelectMany(k => sidesAt.Select(side => (k, side))))
            {
                // What comes towards the side is what the mirror shows of it.
                var slope = around.AsSpan(k * D, D);
                var along = side.Along(slope);
                for (var i = 0; along < 0 && i < side.Normal.Length; i++)
                {
                    slope[side.First + i] -= 2 * along * side.Normal[i];
                }
            }

            return around;
        }).Select((slope, e) => scale[e % D] * slope).ToArray();
        var longest = Inner.Largest(slopes);
        return !double.IsFinite(longest) || Enumerable.Range(0, D).Any(i => slopes.Where((_, e) => e % D == i).ToArray() is var along && along.Max() - along.Min() > Math.Sqrt(Nothing) * longest);
    }

    /// <summary>How much of the values at a point and beside it is rounding: nearly all where differences are divided by nothing, and where it is so at the point only, what it is beside it.</summary>
    private (double Bound, bool IsDrowned, double Own) RoundingAt(double[] point, double value)
    {
        const int Beside = 3;
        var around = new double[Beside * D];
        for (var k = 0; k < Beside; k++)
        {
            for (var i = 0; i < D; i++)
            {
                around[(k * D) + i] = point[i] + ((k - 1) * Distances[1] * scale[i]);
            }

            values.Inside(around.AsSpan(k * D, D));
        }

        var bounds = rounded.ValueBounds(around, Beside);
        // Where a derivative is infinite there is no bound, and where there is no value nothing is known.
        var beside = new[] { bounds[0], bounds[2], Stationarity.UnitRoundoff * Math.Abs(value) }.Where(double.IsFinite).DefaultIfEmpty(double.PositiveInfinity).Max();
        return bounds[1] <= Drowned * beside ? (Math.Max(beside, bounds[1]), false, bounds[1]) : (beside, true, bounds[1]);
    }

    /// <summary>A minimum as it is listed; null where level ground leads from it to where f falls: then no place of that is a minimum.</summary>
    /// <param name="end">Its lowest end.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="count">How many restarts came to it.</param>
    /// <param name="places">At how many places.</param>
    /// <param name="budget">How much a look beside it may cost.</param>
    public StationaryPoint? Describe(End end, StationaryKind kind, long count, int places, long budget)
    {
        var level = LevelWithoutSlope(end, budget);
        if (objective.Surface is null && level.Any(beside => FallsBeyond(end, beside, budget)))
        {
            return null;
        }

        var flat = FlatDirections(end, level, budget);
        return new()
        {
            Kind = kind,
            Value = end.Value / objective.Units.Value,
            Point = PointDescription.Shown(objective, end.Point, end.Value, end.Rounding),
            Blur = BlurAt(end.Point, end.Value) / objective.Units.Value,
            Rounding = RoundingAt(end.Point, end.Value).Bound / objective.Units.Value,
            Place = [.. end.Point.Select((x, i) => x * objective.Units.Length(i))],
            Count = count,
            Places = flat > 0 ? places : 1,
            Share = double.NaN,
            ShareLow = double.NaN,
            ShareHigh = double.NaN,
            GradientNorm = double.NaN,
            Eigenvalues = [],
            Index = 0,
            FlatDirections = flat,
            Trace = double.NaN,
            ConditionNumber = double.NaN,
            Sharpness = double.NaN,
        };
    }

    private double Apart(double[] a, double[] b) => KinkSearch.Apart(a, b, scale);
}
