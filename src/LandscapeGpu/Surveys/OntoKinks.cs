namespace LandscapeGpu.Surveys;

/// <summary>Minima without a derivative put onto the numbers beside them where f is lower: beside a cusp the last digit of a coordinate may be worth half of the value's, and the kink itself is a number such as 0 more often than not.</summary>
/// <param name="objective">The landscape.</param>
/// <param name="bits">The width of vectors; null for the widest there is.</param>
internal sealed class OntoKinks(Objective objective, int? bits) : IDisposable
{
    // All of a double's digits down to half of them, four at a time: numbers with fewer of them are tried.
    private const int Digits = 52;
    private const int FewerDigits = 4;

    // Each moves a coordinate by 128 roundings at least: what is lower only farther off is not beside the point.
    private const int MostTurns = 64;

    private readonly MirroredValues values = new(objective, bits);
    private readonly double[] scale = RegionScale.Of(objective);

    /// <summary>Whether anything is to be gained.</summary>
    public static bool Has(Objective objective, IEnumerable<StationaryPoint> points) => objective.Dimension <= KinkSearch.MostCoordinates && objective.Surface is null && points.Any(IsWithoutDerivative);

    /// <summary>The point where f is lowest among it and the numbers beside its coordinates; how well its value is known follows from these too.</summary>
    public StationaryPoint At(StationaryPoint point)
    {
        if (!IsWithoutDerivative(point))
        {
            return point;
        }

        var d = scale.Length;
        var (place, found) = (objective.Units.Moving(point.Place), new double[1]);
        values.At(place, found);
        if (values.OntoEdge(place, Math.Max(found[0], point.Value * objective.Units.Value)) is var (onto, edge, isKnown))
        {
            point = point with { Kind = StationaryKind.EdgeMinimum, Value = edge / objective.Units.Value, Point = objective.Shown(onto), Place = [.. onto.Select((x, i) => x * objective.Units.Length(i))] };
            if (isKnown)
            {
                return point;
            }

            (place, found[0]) = (onto, edge);
        }

        var (value, before, unknown) = (found[0], double.PositiveInfinity, 0.0);
        for (var turn = 0; turn < MostTurns && value < before; turn++)
        {
            (before, unknown) = (value, 0);
            for (var i = 0; i < d; i++)
            {
                double[] numbers = Numbers(place[i], scale[i]), beside = [.. numbers.SelectMany(x => place.Select((y, k) => k == i ? x : y))];
                var around = new double[numbers.Length];
                values.At(beside, around);
                if (around.Any(double.IsNegativeInfinity))
                {
                    // Beside a pole.
                    return point;
                }

                // Between two numbers a cusp may be as much lower as those some roundings away are higher: |x|^0.15 doubles over 128 times the distance.
                unknown = Math.Max(unknown, Math.Min(around[^1], around[^2]) - value);
                if (around.Min() < value)
                {
                    value = around.Min();
                    values.Inside(beside.AsSpan(Array.IndexOf(around, value) * d, d));
                    place = [.. beside.AsSpan(Array.IndexOf(around, value) * d, d)];
                }
            }
        }

        var isLower = value < point.Value * objective.Units.Value;
        return point with
        {
            Value = isLower ? value / objective.Units.Value : point.Value,
            Point = isLower ? PointDescription.Shown(objective, place, value, 0) : point.Point,
            Place = isLower ? [.. place.Select((x, i) => x * objective.Units.Length(i))] : point.Place,
            Rounding = unknown < double.PositiveInfinity ? Math.Max(point.Rounding, unknown / objective.Units.Value) : point.Rounding,
        };
    }

    public void Dispose() => values.Dispose();

    private static bool IsWithoutDerivative(StationaryPoint point) => point.Kind is StationaryKind.MinimumAtKink or StationaryKind.EdgeMinimum or StationaryKind.SingularMinimum;

    private static double[] Numbers(double x, double unit) =>
        [.. Enumerable.Range(0, 1 + (Digits / 2 / FewerDigits)).Select(k => Math.ScaleB(unit, (k * FewerDigits) - Digits)).Select(grain => Math.Round(x / grain) * grain), Math.BitDecrement(x), Math.BitIncrement(x), x * (1 - Stationarity.SumOfRoundings), x * (1 + Stationarity.SumOfRoundings)];
}
