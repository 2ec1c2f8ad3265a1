using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>The way down from a strict saddle or a maximum: the eigenvector of its Hessian's lowest eigenvalue; of v₁ and −v₁ either will do.</summary>
/// <param name="From">The saddle.</param>
/// <param name="Curvature">The lowest eigenvalue, that of the Riemannian Hessian on a surface.</param>
/// <param name="Along">Of length 1, tangent to a surface. Where several eigenvalues are the lowest, one of the directions that they share.</param>
public sealed record EscapeDirection(StationaryPoint From, double Curvature, IReadOnlyList<double> Along)
{
    // As many as a page has room for; all are in the result.
    private const int MostInWords = 8;
    private const int MostCoordinates = 6;

    /// <summary>Of every strict saddle and maximum, lowest first.</summary>
    internal static IReadOnlyList<EscapeDirection> Of(Objective objective, IEnumerable<StationaryPoint> points, CancellationToken stop = default)
    {
        using var slopes = new PointDerivatives(objective);
        var found = new List<EscapeDirection>();
        foreach (var saddle in points.Where(p => p.Kind is StationaryKind.StrictSaddle or StationaryKind.Maximum).OrderBy(p => p.Value))
        {
            stop.ThrowIfCancellationRequested();
            if (ErrorBound.Softest(objective, slopes, saddle).FirstOrDefault() is { } along)
            {
                // Of the two signs the one with a positive largest coordinate.
                var sign = Math.Sign(along.MaxBy(Math.Abs));
                found.Add(new(saddle, saddle.Eigenvalues[0], [.. along.Select(c => sign * c)]));
            }
        }

        return found;
    }

    /// <summary>The first of them in words.</summary>
    internal static IEnumerable<string> Sentences(IReadOnlyList<EscapeDirection> all)
    {
        foreach (var one in all.Take(MostInWords))
        {
            var shown = string.Join(", ", one.Along.Take(MostCoordinates).Select(c => Number(Math.Abs(c) <= Stationarity.ThreeQuartersOfTheDigits ? 0 : c, 4)));
            yield return $"From value {Number(one.From.Value, 8)} at distance {Number(Inner.Norm([.. one.From.Point]), 4)} from the origin f curves down by {Number(-one.Curvature)} along ±({shown}{(one.Along.Count > MostCoordinates ? FormattableString.Invariant($", … {one.Along.Count} in all") : "")}).";
        }

        if (all.Count > MostInWords)
        {
            yield return $"The directions of {all.Count - MostInWords} others are in the JSON.";
        }
    }
}
