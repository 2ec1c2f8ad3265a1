using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>The constants that theory about a family speaks of, and its measures of points, on one landscape.</summary>
/// <remarks>A measure is that of the points looked at: what a theorem bounds may be nearer to the bound elsewhere.</remarks>
public sealed record TheoryEvidence
{
    // Uniform in the ball, to look at an inequality that is claimed of all of it.
    private const int PointsInBall = 2_000;

    // Enough to come to the largest of the few maxima that such a deviation has.
    private const int SupremumStarts = 16;

    private TheoryEvidence()
    {
    }

    /// <summary>Where the theory stands.</summary>
    public required string Source { get; init; }

    /// <summary>Constants by name; those that cannot be had of this landscape are left out.</summary>
    public required IReadOnlyList<(string Name, double Value)> Constants { get; init; }

    /// <summary>The measures.</summary>
    public required IReadOnlyList<MeasuredTheory> Measures { get; init; }

    /// <summary>The findings in words.</summary>
    public IReadOnlyList<string> Sentences =>
    [
        .. Constants.Count == 0 ? Array.Empty<string>() : [string.Join(", ", Constants.Select(c => $"{c.Name} = {Number(c.Value)}")) + "."],
        .. Measures.Where(m => m.Points > 0).Select(m => m.Sentence),
    ];

    /// <summary>Looks at what theory says about a landscape; null where the family brings none.</summary>
    /// <param name="objective">The landscape.</param>
    /// <param name="minima">Minima found.</param>
    /// <param name="stationary">Stationary points found, minima among them.</param>
    /// <param name="lender">The objective of an earlier supremum, whose programs may serve; null for none.</param>
    /// <param name="stop">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal static TheoryEvidence? Of(Objective objective, IEnumerable<StationaryPoint> minima, IEnumerable<StationaryPoint> stationary, List<Objective>? lender = null, CancellationToken stop = default)
    {
        if (objective.Theory is not { } theory)
        {
            return null;
        }

        var points = new Dictionary<TheoryPoints, List<double[]>>
        {
            [TheoryPoints.Minima] = Inside(minima),
            [TheoryPoints.Stationary] = Inside(stationary),
            [TheoryPoints.Ball] = theory.Measures.Any(m => m.Points == TheoryPoints.Ball) ? InBall(objective) : [],
        };
        return new()
        {
            Source = theory.Source,
            Constants = [.. theory.Constants.Select(c => (c.Name, c.Value?.Invoke(stop) ?? Supremum(c.Supremum!, lender, stop))).Where(c => !double.IsNaN(c.Item2))],
            Measures =
            [
                .. theory.Measures.Select(m =>
                {
                    var values = points[m.Points].Select(p =>
                    {
                        stop.ThrowIfCancellationRequested();
                        return m.Of(p);
                    }).Where(v => !double.IsNaN(v)).ToList();
                    return new MeasuredTheory
                    {
                        Name = m.Name,
                        Worst = values.Count == 0 ? double.NaN : m.IsFromBelow ? values.Min() : values.Max(),
                        Bound = m.Bound?.Invoke(stop) ?? double.NaN,
                        Widest = m.Widest?.Invoke(stop) ?? m.Bound?.Invoke(stop) ?? double.NaN,
                        IsFromBelow = m.IsFromBelow,
                        Points = values.Count,
                        Scale = m.Scale ?? double.NaN,
                    };
                }),
            ],
        };
    }

    /// <summary>The value of a constant or the worst of a measure; NaN where there is none of that name.</summary>
    public double this[string name] => Constants.Where(c => c.Name == name).Select(c => c.Value)
        .Concat(Measures.Where(m => m.Name == name).Select(m => m.Worst)).DefaultIfEmpty(double.NaN).First();

    private static List<double[]> Inside(IEnumerable<StationaryPoint> points) => [.. points.Where(p => !p.IsOnBoundary).Select(p => p.Point.ToArray())];

    private static List<double[]> InBall(Objective objective)
    {
        var sampler = LandscapeSample.StartsIn(objective, objective.Known.Radius);
        return [.. Enumerable.Range(0, PointsInBall).Select(k =>
        {
            var point = new double[objective.Dimension];
            sampler.Draw(1, k, point);
            return point;
        })];
    }

    /// <summary>sup |D| over D's region, of which −D² is the objective.</summary>
    private static double Supremum(Objective objective, List<Objective>? lender, CancellationToken stop)
    {
        var shared = lender?.Select(objective.WithProgramsOf).FirstOrDefault(o => o is not null);
        if (shared is null)
        {
            lender?.Add(objective);
            shared = objective.WithProgramsOf(objective);
        }

        var survey = Survey.Run(shared!, new() { Restarts = SupremumStarts, Descent = new() { IsDouble = true } }, null, stop);
        stop.ThrowIfCancellationRequested();
        var lowest = survey.AllMinima.Select(m => m.Value).Append(survey.Lowest?.Value ?? double.NaN).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
        return Math.Sqrt(-lowest);
    }
}
