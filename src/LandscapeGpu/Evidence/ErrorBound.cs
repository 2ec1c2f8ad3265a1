using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>The condition of Theorem 2.3, fitted: where ‖∇f(x)‖ ≤ ε ≤ ε₀ and ∇²f(x) ⪰ −τ₀I, a global minimum is within C·εᶜ.</summary>
/// <remarks>
/// Ma (2021), Why do local methods solve nonconvex problems?, Theorem 2.3, which has C = 1: that is a choice of units. c is the least slope of log distance over log ε
/// along the softest axes of global minima, nearer by halves: 1 at minima with a positive definite Hessian, 1/3 at that of x⁴. Where gradients are Lipschitz,
/// ‖∇f‖ ≤ β·distance, it is no more than 1. C is raised until the bound holds at every point looked at.
/// </remarks>
/// <param name="Epsilon">ε₀: below this slope every point looked at with no eigenvalue below −τ₀ lies within γ₀ of a global minimum.</param>
/// <param name="Tau">τ₀, half the β that is stated, or half the least curvature downhill of the saddles found; infinity where points of all curvatures are near a global minimum once ‖∇f‖ ≤ ε₀.</param>
/// <param name="Power">c.</param>
/// <param name="Factor">C, in the coordinates' and f's units.</param>
public sealed record ErrorBound(double Epsilon, double Tau, double Power, double Factor)
{
    private const int Directions = 4;
    private const int Halvings = 14;
    private const int MostMinima = 8;

    /// <summary>The finding in words.</summary>
    public string Sentence => $"Theorem 2.3: among these points, ‖∇f‖ ≤ ε ≤ ε₀ = {Number(Epsilon, 3)} {(double.IsPositiveInfinity(Tau) ? "puts a global minimum" : $"with λ_min ≥ −τ₀ = {Number(-Tau, 3)} puts a global minimum")} within {Number(Factor, 3)}·ε^{Number(Power, 2)}{(double.IsPositiveInfinity(Tau) ? ", whatever λ_min is" : "")}.";

    /// <summary>Fitted to the points of a sample; null where a minimum found is not global, or one is flat and its distance is not that of a point, and where no τ₀ above 0 is left.</summary>
    internal static ErrorBound? Of(Objective objective, GlobalReference global, LandscapeSample sample, IReadOnlyList<StationaryPoint> stationary, StrictSaddle strict)
    {
        var minima = stationary.Where(p => p.IsMinimum && !strict.DegenerateSaddles.Contains(p)).ToList();
        // Where the property fails at points without negative curvature worth the name, and no saddle says what that is, the theorem's τ₀ > 0 is not there.
        if (strict.Gammas.Count == 0 || !strict.Holds || (strict.Stated is null && strict.Saddles.Count == 0) || minima.Exists(m => !global.IsReachedBy(m.Value) || m.IsOnBoundary || m.IsFlatFamily || m.IsWithoutGradient)
            || (minima.Exists(m => m.Orbit is { Dimension: > 0 }) && !global.AlignsNearest))
        {
            return null;
        }

        var distance = new DistanceToMinima(objective, minima);
        var tau = strict.Stated is { } stated && double.IsFinite(stated.Betas[0]) ? 0.5 * stated.Betas[0] : strict.Saddles.Count == 0 ? double.PositiveInfinity : 0.5 * strict.LeastSaddleCurvature;
        var near = sample.AlsoAt(OnAxes(objective, minima, strict.Gammas[0]), "");
        // As low as the minimum so far away: the minima are a continuum, and the distance is not that of a point.
        if (Enumerable.Range(0, near.Count / Halvings).Any(k => global.IsReachedBy(near.Values[k * Halvings])))
        {
            return null;
        }

        var all = sample.With(near);
        var looks = Enumerable.Range(0, all.Count)
            .Where(k => all.Cleared(k) >= -tau)
            .Select(k => (Slope: Inner.Norm(all.Gradients[k]), Distance: distance.From(all.Points[k])))
            .Where(l => l.Slope > 0).OrderBy(l => l.Slope).ToList();
        var far = looks.FindIndex(l => l.Distance > strict.Gammas[0]);
        var within = far < 0 ? looks : looks[..far];
        var power = Enumerable.Range(0, near.Count / Halvings).Select(ray => PowerAlong(near, ray * Halvings, distance)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
        return within.Count > 0 && power > 0 ? new(within[^1].Slope, tau, power, within.Max(l => l.Distance * Math.Pow(l.Slope, -power))) : null;
    }

    private static IEnumerable<double[]> OnAxes(Objective objective, List<StationaryPoint> minima, double radius)
    {
        using var slopes = new PointDerivatives(objective);
        foreach (var minimum in minima.Take(MostMinima))
        {
            foreach (var direction in Softest(objective, slopes, minimum).SelectMany(u => new[] { u, [.. u.Select(c => -c)] }))
            {
                for (var halving = 1; halving <= Halvings; halving++)
                {
                    var length = Math.ScaleB(radius, -halving);
                    yield return slopes.Retract([.. minimum.Place.Zip(direction, (m, u) => m + (length * u))]);
                }
            }
        }
    }

    /// <summary>The eigenvectors of the lowest eigenvalues, along which a slope of ε is met farthest away; tangent to a surface, since its normals' eigenvalues are the largest.</summary>
    internal static IEnumerable<double[]> Softest(Objective objective, PointDerivatives slopes, StationaryPoint minimum)
    {
        var d = objective.Dimension;
        if (d > LanePolish.MostCoordinates)
        {
            return [];
        }

        var (matrix, unit, column) = (new double[d * d], new double[d], new double[d]);
        double[] place = [.. minimum.Place];
        var normal = 2 * minimum.Eigenvalues.Select(Math.Abs).DefaultIfEmpty(1).Max();
        for (var j = 0; j < d; j++)
        {
            unit[j] = 1;
            slopes.Product(place, unit, column, normal);
            column.CopyTo(matrix, j * d);
            unit[j] = 0;
        }

        var spectrum = SymmetricEigenvalues.Decompose(matrix, d);
        return Enumerable.Range(0, Math.Min(Directions, d - (objective.Surface?.Normals(d) ?? 0))).Select(k => spectrum.Vector(k).ToArray());
    }

    /// <summary>Least squares of log distance over log ‖∇f‖ along a ray, over its inner half; at most 1.</summary>
    private static double PowerAlong(LandscapeSample near, int first, DistanceToMinima distance)
    {
        var looks = Enumerable.Range(first + (Halvings / 2), Halvings - (Halvings / 2))
            .Select(k => (X: Math.Log(Inner.Norm(near.Gradients[k])), Y: Math.Log(distance.From(near.Points[k]))))
            .Where(l => double.IsFinite(l.X) && double.IsFinite(l.Y)).ToList();
        if (looks.Count < 3)
        {
            return double.NaN;
        }

        var (mx, my) = (looks.Average(l => l.X), looks.Average(l => l.Y));
        return Math.Min(1, looks.Sum(l => (l.X - mx) * (l.Y - my)) / looks.Sum(l => (l.X - mx) * (l.X - mx)));
    }
}
