using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>The condition of Theorem 2.3, fitted: where ‖∇f(x)‖ ≤ ε ≤ ε₀ and ∇²f(x) ⪰ −τ₀I, a global minimum is within C·εᶜ.</summary>
/// <remarks>
/// Ma (2021), Why do local methods solve nonconvex problems?, Theorem 2.3, which has C = 1: that is a choice of units. c is the slope of log distance over log ε along
/// the upper envelope of the points looked at, among them points on the softest axes of global minima, nearer by halves: 1 at minima with a
/// positive definite Hessian, 1/3 at that of x⁴.
/// </remarks>
/// <param name="Epsilon">ε₀: below this slope every point looked at with no eigenvalue below −τ₀ lies within γ₀ of a global minimum.</param>
/// <param name="Tau">τ₀, half the β that is stated, or half the least curvature downhill of the saddles found; 0 where there is neither.</param>
/// <param name="Power">c.</param>
/// <param name="Factor">C, in the coordinates' and f's units.</param>
public sealed record ErrorBound(double Epsilon, double Tau, double Power, double Factor)
{
    private const int Directions = 4;
    private const int Halvings = 14;
    private const int MostMinima = 8;

    /// <summary>The finding in words.</summary>
    public string Sentence => $"Theorem 2.3: among these points, ‖∇f‖ ≤ ε ≤ ε₀ = {Number(Epsilon, 3)} with λ_min ≥ −τ₀ = {Number(-Tau, 3)} puts a global minimum within {Number(Factor, 3)}·ε^{Number(Power, 3)}.";

    /// <summary>Fitted to the points of a sample; null where a minimum found is not global, or one is flat and its distance is not that of a point.</summary>
    internal static ErrorBound? Of(Objective objective, GlobalReference global, LandscapeSample sample, IReadOnlyList<StationaryPoint> stationary, StrictSaddle strict)
    {
        var minima = stationary.Where(p => p.IsMinimum && !strict.DegenerateSaddles.Contains(p)).ToList();
        if (strict.Gammas.Count == 0 || !strict.Holds || minima.Exists(m => !global.IsReachedBy(m.Value) || m.IsOnBoundary || m.IsFlatFamily || m.Kind == StationaryKind.MinimumAtKink)
            || (minima.Exists(m => m.Orbit is { Dimension: > 0 }) && !global.AlignsNearest))
        {
            return null;
        }

        var distance = new DistanceToMinima(objective, minima);
        var tau = strict.Stated is { } stated && double.IsFinite(stated.Betas[0]) ? 0.5 * stated.Betas[0] : double.IsNaN(strict.LeastSaddleCurvature) ? 0 : 0.5 * strict.LeastSaddleCurvature;
        var near = LandscapeSample.At(objective, OnAxes(objective, minima, strict.Gammas[0]), "");
        // As low as the minimum so far away: the minima are a continuum, and the distance is not that of a point.
        if (Enumerable.Range(0, near.Count / Halvings).Any(k => global.IsReachedBy(near.Values[k * Halvings])))
        {
            return null;
        }

        var all = sample.With(near);
        var looks = Enumerable.Range(0, all.Count)
            .Where(k => StrictSaddle.Cleared(all.Lowest(k), all.Highest(k)) >= -tau)
            .Select(k => (Slope: OrthonormalBasis.Norm(all.Gradients[k]), Distance: distance.From(all.Points[k])))
            .Where(l => l.Slope > 0).OrderBy(l => l.Slope).ToList();
        var far = looks.FindIndex(l => l.Distance > strict.Gammas[0]);
        var within = far < 0 ? looks : looks[..far];
        return within.Count > 0 && Envelope(within) is { Power: > 0 } fit ? new(within[^1].Slope, tau, fit.Power, fit.Factor) : null;
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
    private static IEnumerable<double[]> Softest(Objective objective, PointDerivatives slopes, StationaryPoint minimum)
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

    /// <summary>Least squares of log distance over log ε where the largest distance so far grows, over the lower half of the range of log ε; C is then raised until the bound holds at every point.</summary>
    private static (double Power, double Factor) Envelope(List<(double Slope, double Distance)> looks)
    {
        var (steps, largest) = (new List<(double X, double Y)>(), 0.0);
        foreach (var (slope, distance) in looks.Where(l => l.Distance > 0))
        {
            if (distance > largest)
            {
                largest = distance;
                steps.Add((Math.Log(slope), Math.Log(distance)));
            }
        }

        if (steps.Count < 3)
        {
            return (double.NaN, double.NaN);
        }

        var low = steps.Where(s => s.X <= 0.5 * (steps[0].X + steps[^1].X)).ToList();
        var (mx, my) = (low.Average(s => s.X), low.Average(s => s.Y));
        var power = low.Sum(s => (s.X - mx) * (s.Y - my)) / low.Sum(s => (s.X - mx) * (s.X - mx));
        return (power, Math.Exp(steps.Max(s => s.Y - (power * s.X))));
    }
}
