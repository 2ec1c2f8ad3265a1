using LandscapeGpu.Identity;
using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Symmetries;
using LandscapeGpu.Polish;

namespace LandscapeGpu.Surveys;

/// <summary>Endpoints grouped into distinct stationary points.</summary>
/// <param name="Clusters">For each, how many restarts ended there and which of them is the most stationary.</param>
/// <param name="Margin">How clear the grouping is.</param>
internal sealed record IdentifiedMinima(IReadOnlyList<(int Best, int Count)> Clusters, double Margin)
{
    /// <summary>The distance within which two places are one.</summary>
    public double SamePlace { get; private init; } = 1e-4;

    public static IdentifiedMinima Of(Objective objective, SurveyOptions options, PolishedSet polished, bool separateDimensions = false)
    {
        if (polished.Count == 0)
        {
            return new([], double.PositiveInfinity);
        }

        var identity = IdentityOf(objective, options);
        identity = separateDimensions && identity is SymmetryIdentity modulo ? modulo with { SeparatesDimensions = true } : identity;
        var stored = new StoredEndpoints(polished.Dimension, polished.Points, polished.Values, polished.Moments);
        var (assignment, margin) = identity.Identify(stored, options.Threads ?? 0);
        var best = assignment.Representatives.ToArray();
        for (var k = 0; k < polished.Count; k++)
        {
            var cluster = assignment.Labels[k];
            if (polished.Residuals[k] < polished.Residuals[best[cluster]])
            {
                best[cluster] = k;
            }
        }

        return new([.. best.Zip(assignment.Sizes)], margin.Separation / identity.Tolerance)
        {
            SamePlace = identity is FingerprintIdentity ? SameDistance(objective) : identity.Tolerance,
        };
    }

    private static PointIdentity IdentityOf(Objective objective, SurveyOptions options)
    {
        var kind = options.Identity != IdentityKind.Auto ? options.Identity
            : objective.Symmetry is null ? IdentityKind.Location : IdentityKind.Symmetry;
        return kind switch
        {
            // Where the points shown are not the coordinates that move, their location is meant.
            IdentityKind.Location when objective.Region.Lifted((Symmetry?)null) is { } own => PointIdentity.Modulo(own, options.Tolerance ?? SameDistance(objective)),
            IdentityKind.Location => PointIdentity.Location(options.Tolerance ?? SameDistance(objective)),
            IdentityKind.Symmetry => PointIdentity.Modulo(objective.MovingSymmetry!, options.Tolerance ?? SameDistance(objective)),
            _ => options.Tolerance is { } t ? PointIdentity.Fingerprint(t) : PointIdentity.Fingerprint(),
        };
    }

    /// <summary>
    /// A hundred-thousandth of the box's mean width, or 1e-4 where there is no box: far above what polishing leaves at an
    /// ordinary minimum (1e-12) and above the 1e-5 that it leaves at a flat one such as that of x⁴.
    /// </summary>
    private static double SameDistance(Objective objective) =>
        objective.Region.Width is { } width ? 1e-5 * width : 1e-4;
}
