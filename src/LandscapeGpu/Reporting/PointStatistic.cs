using System.Text.Json;
using System.Text.Json.Nodes;

namespace LandscapeGpu.Reporting;

/// <summary>One thing that is said of a stationary point: tables, JSON, CSV and the schema go through this list and name no statistic themselves.</summary>
/// <param name="Key">Its name in JSON and CSV.</param>
/// <param name="Meaning">What it is, with its unit: the schema's description.</param>
/// <param name="Type">Its JSON type, beside null.</param>
/// <param name="Of">Its value: a number, a whole number however long, a list of numbers, or words; null where it has none.</param>
internal sealed record PointStatistic(string Key, string Meaning, StatisticType Type, Func<StationaryPoint, object?> Of)
{
    /// <summary>The column of tables; null where tables do not show it.</summary>
    public Column? Column { get; init; }

    /// <summary>Its cell of a table; what the point's neighbours in the table are drawn with is in the context.</summary>
    public Func<StationaryPoint, PointContext, string> Cell { get; init; } = (_, _) => "";

    /// <summary>Whether only tables of points with orbits show it.</summary>
    public bool IsOfOrbit { get; init; }

    /// <summary>Whether only tables of points that have it show it.</summary>
    public bool IsScore { get; init; }

    /// <summary>All of them, in the order of columns.</summary>
    public static IReadOnlyList<PointStatistic> All { get; } =
    [
        new("value", "f at the point", StatisticType.Number, p => p.Value) { Column = new("value"), Cell = (p, context) => NumberText.Of(p.ShownValue, context.Digits) },
        new("count", "restarts that ended here", StatisticType.Integer, p => p.Count) { Column = new("count"), Cell = (p, _) => NumberText.Of(p.Count) },
        new("share", "count over the restarts that came to a stationary point or a kink", StatisticType.Number, p => p.Share) { Column = new("share"), Cell = (p, _) => NumberText.Percent(p.Share) },
        new("share_low", "lower end of the share's 95% interval (Wilson)", StatisticType.Number, p => p.ShareLow)
        {
            Column = new("95% interval", GivesWay: 3),
            Cell = (p, _) => NumberText.Interval(p.ShareLow, p.ShareHigh),
        },
        new("share_high", "upper end of that interval", StatisticType.Number, p => p.ShareHigh),
        // What held-out samples say is what such a survey was made for: it is the last to give way.
        Score("train_loss", "the loss on the samples that are fitted, without penalties", "train loss", p => p.Score.TrainLoss, v => NumberText.Of(v, 4), 5),
        Score("test_loss", "the loss on held-out samples", "test loss", p => p.Score.TestLoss, v => NumberText.Of(v, 4), 1),
        Score("train_accuracy", "the share of the fitted samples that are told right", "train acc.", p => p.Score.TrainAccuracy, NumberText.Percent, 5),
        Score("test_accuracy", "the share of the held-out samples that are told right", "test acc.", p => p.Score.TestAccuracy, NumberText.Percent, 1),
        new("lambda_min", "the Hessian's lowest eigenvalue that is not of a zero mode of the declared symmetry", StatisticType.Number, p => p.LowestEigenvalue)
        {
            Column = new("λmin", GivesWay: 4),
            Cell = (p, _) => Eigenvalue(p, p.LowestEigenvalue),
        },
        new("lambda_max", "the Hessian's largest eigenvalue", StatisticType.Number, p => p.Eigenvalues.Count == 0 ? null : p.Eigenvalues[^1])
        {
            Column = new("λmax", GivesWay: 8),
            Cell = (p, _) => Eigenvalue(p, p.Eigenvalues.Count == 0 ? null : p.Eigenvalues[^1]),
        },
        new("gradient_norm", "‖∇f‖ after polishing, of the part that no side of the region holds", StatisticType.Number, p => p.GradientNorm)
        {
            Column = new("‖∇f‖", GivesWay: 7),
            Cell = (p, _) => double.IsNaN(p.GradientNorm) ? "" : NumberText.Of(p.GradientNorm, 2),
        },
        new("kind", "what it is: minimum, degenerate_minimum, boundary_minimum, strict_saddle, …", StatisticType.Text, p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Kind.ToString()))
        {
            Column = new("kind", IsNumber: false, Wraps: true),
            Cell = (p, _) => KindText.Of(p),
        },
        new("index", "how many eigenvalues are negative, where that says what it is", StatisticType.Integer, p => p.HasIndex ? p.Index : null),
        new("orbit_size", "how many images the declared symmetry makes of it", StatisticType.Integer, p => p.Orbit?.Size)
        {
            IsOfOrbit = true,
            Column = new("orbit", GivesWay: 2),
            Cell = (p, _) => p.Orbit is null ? "" : p.Orbit.Size is { } size ? NumberText.Of(size) : "?",
        },
        new("group_order", "the order of the symmetry's group of components", StatisticType.Integer, p => p.Orbit?.GroupOrder),
        new("stabiliser_order", "how many of these leave the point where it is", StatisticType.Integer, p => p.Orbit?.StabiliserOrder),
        new("stabiliser", "what in the point they are", StatisticType.Text, p => p.Orbit?.Stabiliser)
        {
            IsOfOrbit = true,
            Column = new("stabiliser", IsNumber: false, GivesWay: 6, Wraps: true),
            Cell = (p, _) => p.Orbit is not { } orbit ? ""
                : orbit.StabiliserOrder is not { } order ? "?"
                : orbit.Stabiliser.Length == 0 ? NumberText.Of(order) : $"{NumberText.Of(order)} ({orbit.Stabiliser})",
        },
        new("orbit_dimension", "the dimension of the orbit: zero modes of the symmetry", StatisticType.Integer, p => p.Orbit?.Dimension)
        {
            IsOfOrbit = true,
            Column = new("flat", IsNumber: false, GivesWay: 5),
            Cell = (p, _) => p.Orbit is { } orbit ? $"{orbit.Dimension} + {p.FlatBeyondOrbit}" : "",
        },
        new("flat_directions", "eigenvalues that are zero to rounding", StatisticType.Integer, p => p.FlatDirections),
        new("flat_beyond_orbit", "of these, those that the symmetry does not explain", StatisticType.Integer, p => p.FlatBeyondOrbit),
        new("places", "distinct points of one flat set that were met and joined", StatisticType.Integer, p => p.Places),
        new("at_bound", "the coordinates that bounds hold, counted from 0", StatisticType.Numbers, p => p.AtBound.Select(i => (double)i).ToList()),
        new("trace", "the sum of the Hessian's eigenvalues", StatisticType.Number, p => p.Trace),
        new("condition_number", "the largest over the smallest |eigenvalue| of those that are not zero", StatisticType.Number, p => p.ConditionNumber),
        new("condition_in_units", "the same in the units the landscape was explored in, where these differ among coordinates", StatisticType.Number, p => p.ConditionInUnits),
        new("eigenvalues", "the Hessian's eigenvalues, ascending: all, or the extreme ones of many", StatisticType.Numbers, p => p.Eigenvalues),
        new("point", "the coordinates, as the formula is given them", StatisticType.Numbers, p => p.Point)
        {
            Column = new("point", IsNumber: false, GivesWay: 9, GoesBelow: true),
            Cell = (p, c) => c.Place(p),
        },
    ];

    private static PointStatistic Score(string key, string meaning, string heading, Func<StationaryPoint, double?> of, Func<double, string> text, int givesWay) =>
        new(key, meaning, StatisticType.Number, p => of(p)) { IsScore = true, Column = new(heading, GivesWay: givesWay), Cell = (p, _) => of(p) is { } value ? text(value) : "" };

    /// <summary>The value as JSON: what is not finite is null, and whole numbers have all their digits.</summary>
    public JsonNode? Json(StationaryPoint point) => Of(point) switch
    {
        null => null,
        double number => JsonText.Number(number),
        IEnumerable<double> numbers => JsonText.Numbers(numbers),
        string words => words,
        System.Numerics.BigInteger whole => JsonNode.Parse(whole.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        var whole => JsonValue.Create(Convert.ToInt64(whole, System.Globalization.CultureInfo.InvariantCulture)),
    };

    /// <summary>What rounding leaves of 0 is shown as 0.</summary>
    private static string Eigenvalue(StationaryPoint p, double? eigenvalue) =>
        eigenvalue is { } l ? NumberText.Of(p.Eigenvalues.Count(e => Math.Abs(e) < Math.Abs(l)) < p.FlatDirections ? 0 : l, 4) : "";
}

/// <summary>The JSON type of a statistic.</summary>
internal enum StatisticType
{
    /// <summary>A real number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>Words.</summary>
    Text,

    /// <summary>A list of real numbers.</summary>
    Numbers,
}
