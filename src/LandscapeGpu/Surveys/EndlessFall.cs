namespace LandscapeGpu.Surveys;

/// <summary>Whether the value falls without bound towards a place, as the likelihood of a mixture does where a component closes in on one datum: then no list of minima has a lowest.</summary>
/// <remarks>
/// Beside −log r or −1/r, Newton's step along the slope leads away from the pole, and is as long as the distance r to it, or a part of it. From there on outwards the value is looked at in steps of a sixteenth: towards the pole
/// falls that stay as large, each with the next sixteenth of the distance, have no end; those towards a finite value, as of √r, get smaller.
/// </remarks>
/// <param name="moving">The landscape, in the units that it was explored in.</param>
/// <param name="bits">The width of vectors.</param>
internal sealed class EndlessFall(Objective moving, int? bits) : IDisposable
{
    private const double Sixteenth = 1.0 / 16;

    // From 256 times the distance, where what else is wrong about the place no longer counts, to 16⁵ times.
    private const int Nearest = 2;
    private const int Farthest = 5;

    // One fall against the one before: what other terms do beside a logarithm, and less than a logarithm of a logarithm is short of.
    private const double Kept = 1 - (Sixteenth / 4);

    // Binary digits at a time, as often as leads through half of the exponents there are.
    private const int Outwards = 16;
    private const int MostOutwards = 32;

    // Of the width, where a point is shown on a side that the formula has no value at.
    private static readonly double BesideSide = Math.ScaleB(1, -40);

    private readonly PointDerivatives slopes = new(moving, bits);

    /// <summary>Whether there can be such places, and whether they are looked for: no operation of another formula has an infinite value, and what is bounded below, as a sum of squares, falls nowhere without bound.</summary>
    public static bool Has(Objective moving) => !moving.Region.HasOwnCoordinates && moving.Surface is null && Smoothness.MayHavePole(moving.Value)
        && !(moving.Dimension <= LanePolish.MostCoordinates && moving.IsBoundedBelow);

    /// <summary>What is to be said, null where nothing falls so, and which of the points listed are such places.</summary>
    /// <param name="moving">The landscape, in the units that it was explored in.</param>
    /// <param name="lowest">The lowest place met, in the formula's units.</param>
    /// <param name="listed">Points that are listed, the lowest first.</param>
    /// <param name="stopped">What is to be said of places where restarts stopped; null where none of them is such a place.</param>
    /// <param name="bits">The width of vectors.</param>
    public static (Fall? Told, IReadOnlyList<StationaryPoint> Poles) Of(Objective moving, LowestEndpoint? lowest, IEnumerable<StationaryPoint> listed, Fall? stopped, int? bits)
    {
        if (!Has(moving))
        {
            return (null, []);
        }

        using var fall = new EndlessFall(moving, bits);
        var told = lowest is null ? null : fall.From(moving.Units.Moving(lowest.Point));
        var poles = new List<StationaryPoint>();
        foreach (var point in listed)
        {
            if (fall.From(moving.Units.Moving(point.Point)) is not { } other)
            {
                break;
            }

            told ??= other;
            poles.Add(point);
        }

        // A logarithm's pole need not be the lowest place met.
        return (told ?? stopped, poles);
    }

    /// <summary>What is to be said of each of the places where restarts stopped; null of those that are no such place.</summary>
    /// <param name="moving">The landscape, in the units that it was explored in.</param>
    /// <param name="places">The places, in these units.</param>
    /// <param name="bits">The width of vectors.</param>
    public static Fall?[] Among(Objective moving, EndpointGroups places, int? bits)
    {
        if (places.Count == 0 || !Has(moving))
        {
            return new Fall?[places.Count];
        }

        using var fall = new EndlessFall(moving, bits);
        return [.. Enumerable.Range(0, places.Count).Select(k => fall.From(places.Point(k).ToArray()))];
    }

    /// <summary>What is to be said of a place beside which the value falls so; null where it does not.</summary>
    /// <param name="place">In the units that the landscape was explored in.</param>
    /// <param name="outwards">How often it may be looked from farther away.</param>
    public Fall? From(double[] place, int outwards = MostOutwards)
    {
        place = [.. place];
        var (gradient, product) = (new double[place.Length], new double[place.Length]);
        if (!double.IsFinite(slopes.Gradient(place, gradient)) && moving.Region.Sides is var (lower, upper))
        {
            for (var i = 0; i < place.Length; i++)
            {
                var beside = BesideSide * (moving.Region.Length(i) ?? 1);
                place[i] = Math.Max(lower[i] + beside, Math.Min(upper[i] - beside, place[i]));
            }

            slopes.Gradient(place, gradient);
        }

        // The square of a slope so near to a pole may be no number any more.
        var largest = Inner.Largest(gradient);
        double[] away = [.. gradient.Select(g => g / largest)];
        var length = Inner.Norm(away);
        var slope = largest * length;
        away = [.. away.Select(a => a / length)];
        if (!away.All(double.IsFinite))
        {
            return null;
        }

        slopes.Product(place, away, product);
        var curvature = Inner.Product(away, product);
        if (!double.IsFinite(curvature))
        {
            // So near no number is as large as the curvature; value and slope tell how far is farther.
            var farther = Math.ScaleB(Math.Abs(slopes.Value(place)) / slope, Outwards);
            return outwards > 0 && farther > 0 && moving.Region.Contains(At(farther)) ? From(At(farther), outwards - 1) : null;
        }

        var distance = -slope / curvature;
        if (!(distance > 0 && double.IsFinite(distance)) || !moving.Region.Contains(At(Math.ScaleB(distance, 4 * Farthest))))
        {
            return null;
        }

        double[][] outwardsFrom = [.. Enumerable.Range(Nearest, Farthest - Nearest + 1).Select(k => At(Math.ScaleB(distance, 4 * k)))];
        double[] values = [.. outwardsFrom.Select(p => slopes.Value(p))];
        double[] falls = [.. values.Zip(values.Skip(1), (near, far) => far - near)];
        // Of −1/r⁶ falls at a distance are nothing to the values near, and are held against their own: but not so far out that what attracts looks like a pole, as one of two atoms does to the other.
        var isNear = Math.ScaleB(distance, 4 * Farthest) <= moving.Region.Reach(place);
        var areSeen = values.Zip(values.Skip(1), falls).All(v => v.Third > Stationarity.SumOfRoundings * (isNear ? Math.Max(Math.Abs(v.First), Math.Abs(v.Second)) : values.Max(Math.Abs)) / Sixteenth);
        // What falls on at the place itself is a pole; where coordinates are as coarse as the distance nothing shows whether it does.
        var resolution = Enumerable.Range(0, place.Length).Max(i => Math.Abs(away[i]) * Stationarity.UnitRoundoff * Math.Abs(place[i]));
        var isEndless = areSeen && falls.Zip(falls.Skip(1)).All(f => f.First >= Kept * f.Second)
            && (distance <= Stationarity.Margin * resolution / Sixteenth || (moving.Region.Contains(At(-distance / 2)) && slopes.Value(At(-distance / 2)) <= slopes.Value(place) - (falls[0] / 8)));
        isEndless = isEndless && IsMoreThanRounding(outwardsFrom, falls);
        var at = Enumerable.Range(0, place.Length).MaxBy(i => Math.Abs(away[i]));
        var here = slopes.Value(place);
        return !isEndless ? null : new(FormattableString.Invariant(
            $"The value falls without bound, as far as double precision tells: it is {here / moving.Units.Value:G6} at ({string.Join(", ", moving.Shown(place).Take(8).Select(x => x.ToString("G6", CultureInfo.InvariantCulture)))}{(place.Length > 8 ? ", …" : "")}), and towards there, mostly along {moving.Called(at)}, it falls by {falls[0] / moving.Units.Value:G4} with each sixteenth of the distance that is left. No minimum is the lowest; where the formula is a likelihood, keep what shrinks away from there by a domain, or by a prior."), moving.Shown(place));

        double[] At(double radius) => [.. place.Zip(away, (x, v) => x + (radius * v))];
    }

    /// <summary>Whether what f falls by is there at those very numbers, and not what differences divided by nothing are rounded to, as of (1 − cos x)/x² at 0.</summary>
    private bool IsMoreThanRounding(double[][] points, double[] falls)
    {
        var bounds = new RoundingTest(moving, Derivatives.Of(moving, bits), 1).ExactBounds(points.SelectMany(p => p).ToArray(), points.Length);
        return falls.Zip(bounds, bounds.Skip(1)).All(f => f.First > Stationarity.Margin * (f.Second + f.Third));
    }

    /// <summary>Gives memory back.</summary>
    public void Dispose() => slopes.Dispose();

    /// <summary>A fall without an end.</summary>
    /// <param name="Message">What is to be said of it.</param>
    /// <param name="Place">Beside which place, as the formula is given it.</param>
    internal sealed record Fall(string Message, IReadOnlyList<double> Place);
}
