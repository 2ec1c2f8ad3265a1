namespace LandscapeGpu.Surveys;

/// <summary>Whether the value falls without bound towards a place, as the likelihood of a mixture does where a component closes in on one datum: then no list of minima has a lowest.</summary>
/// <remarks>
/// Beside −log r or −1/r, Newton's step along the slope leads away from the pole, and is as long as the distance r to it, or a part of it. From there on outwards the value is looked at in steps of a sixteenth: towards the pole
/// falls that stay as large, each with the next sixteenth of the distance, have no end; those towards a finite value, as of √r, get smaller.
/// </remarks>
internal static class EndlessFall
{
    private const double Sixteenth = 1.0 / 16;

    // From 256 times the distance, where what else is wrong about the place no longer counts, to 16⁵ times.
    private const int Nearest = 2;
    private const int Farthest = 5;

    // One fall against the one before: what other terms do beside a logarithm, and less than a logarithm of a logarithm is short of.
    private const double Kept = 1 - (Sixteenth / 4);

    // Of the width, where a point is shown on a side that the formula has no value at.
    private static readonly double BesideSide = Math.ScaleB(1, -40);

    /// <summary>What is to be said, null where nothing falls so, and which of the points listed are such places.</summary>
    /// <param name="moving">The landscape, in the units that it was explored in.</param>
    /// <param name="lowest">The lowest place met, in the formula's units.</param>
    /// <param name="listed">Points that are listed, the lowest first.</param>
    /// <param name="bits">The width of vectors.</param>
    public static (string? Message, IReadOnlyList<StationaryPoint> Poles) Of(Objective moving, LowestEndpoint? lowest, IEnumerable<StationaryPoint> listed, int? bits)
    {
        if (moving.Region.HasOwnCoordinates || !(moving.Region.IsWholeSpace || moving.Region.Sides is not null))
        {
            return (null, []);
        }

        using var slopes = new PointDerivatives(moving, bits);
        var message = lowest is null ? null : From(moving, slopes, moving.Units.Moving(lowest.Point));
        var poles = new List<StationaryPoint>();
        foreach (var point in listed)
        {
            if (From(moving, slopes, moving.Units.Moving(point.Point)) is not { } told)
            {
                break;
            }

            message ??= told;
            poles.Add(point);
        }

        return (message, poles);
    }

    private static string? From(Objective moving, PointDerivatives slopes, double[] place)
    {
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

        var slope = Inner.Norm(gradient);
        double[] away = [.. gradient.Select(g => g / slope)];
        if (!away.All(double.IsFinite))
        {
            return null;
        }

        slopes.Product(place, away, product);
        var distance = -slope / Inner.Product(away, product);
        if (!(distance > 0 && double.IsFinite(distance)) || !moving.Region.Contains(At(Math.ScaleB(distance, 4 * Farthest))))
        {
            return null;
        }

        double[] values = [.. Enumerable.Range(Nearest, Farthest - Nearest + 1).Select(k => slopes.Value(At(Math.ScaleB(distance, 4 * k))))];
        double[] falls = [.. values.Zip(values.Skip(1), (near, far) => far - near)];
        var unseen = Stationarity.SumOfRoundings * values.Max(Math.Abs) / Sixteenth;
        // What falls on at the place itself is a pole; where coordinates are as coarse as the distance nothing shows whether it does.
        var resolution = Enumerable.Range(0, place.Length).Max(i => Math.Abs(away[i]) * Stationarity.UnitRoundoff * Math.Abs(place[i]));
        var isEndless = falls.All(f => f > unseen) && falls.Zip(falls.Skip(1)).All(f => f.First >= Kept * f.Second)
            && (distance <= Stationarity.Margin * resolution / Sixteenth || (moving.Region.Contains(At(-distance / 2)) && slopes.Value(At(-distance / 2)) <= slopes.Value(place) - (falls[0] / 8)));
        var at = Enumerable.Range(0, place.Length).MaxBy(i => Math.Abs(away[i]));
        var here = slopes.Value(place);
        return !isEndless ? null : FormattableString.Invariant(
            $"The value falls without bound, as far as double precision tells: it is {here / moving.Units.Value:G6} at ({string.Join(", ", moving.Shown(place).Take(8).Select(x => x.ToString("G6", CultureInfo.InvariantCulture)))}{(place.Length > 8 ? ", …" : "")}), and towards there, mostly along {moving.ColumnNames.ElementAt(at)}, it falls by {falls[0] / moving.Units.Value:G4} with each sixteenth of the distance that is left. No minimum is the lowest; where the formula is a likelihood, keep what shrinks away from there by a domain, or by a prior.");

        double[] At(double radius) => [.. place.Zip(away, (x, v) => x + (radius * v))];
    }
}
