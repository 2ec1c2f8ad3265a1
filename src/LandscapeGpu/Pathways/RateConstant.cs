namespace LandscapeGpu.Pathways;

/// <summary>How often, in a unit of time, a system at a temperature steps from one minimum over a saddle to another.</summary>
/// <param name="TransitionState">Over which, by its number.</param>
/// <param name="From">From which minimum.</param>
/// <param name="To">To which.</param>
/// <param name="Constant">k; null where a spectrum or a point group is not known.</param>
public sealed record RateConstant(int TransitionState, int From, int To, double? Constant)
{
    /// <summary>The rate constants of all edges, both ways, by harmonic transition-state theory.</summary>
    /// <remarks>
    /// k = (o/o‡) · Πνᵢ / Πνᵢ‡ · e^(−ΔV/T) with νᵢ = √λᵢ/2π for unit masses and k_B = 1, products over positive eigenvalues, and o, o‡ the orders of the stabilisers of minimum
    /// and saddle (point groups of clusters), so that all equivalent saddles around a minimum are counted; a degenerate rearrangement can be gone both ways.
    /// k is in √(f/m)/x, a unit of f over one of mass and the square of one of length: with f in joules, x in metres and masses of m kilograms it is k/√m a second.
    /// Moments of inertia are taken to be the same at both. G. H. Vineyard (1957), Journal of Physics and Chemistry of Solids 3, 121; Wales (2003), §7.2.
    /// </remarks>
    /// <param name="network">The graph.</param>
    /// <param name="temperature">T, in the units of f.</param>
    /// <exception cref="ArgumentException">The temperature is not finite and positive.</exception>
    public static IReadOnlyList<RateConstant> Of(TransitionNetwork network, double temperature)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (!(temperature > 0 && double.IsFinite(temperature)))
        {
            throw new ArgumentException(FormattableString.Invariant($"Rates were asked for at the temperature {temperature}; it must be finite and above 0."));
        }

        var rates = new List<RateConstant>();
        for (var t = 0; t < network.TransitionStates.Count; t++)
        {
            var edge = network.TransitionStates[t];
            if (edge is { From: { } from, To: { } to })
            {
                rates.Add(new(t, from, to, Over(network.Minima[from], edge, temperature)));
                if (from != to)
                {
                    rates.Add(new(t, to, from, Over(network.Minima[to], edge, temperature)));
                }
            }
        }

        return rates;
    }

    private static double? Over(StationaryPoint minimum, TransitionState edge, double temperature)
    {
        var saddle = edge.Saddle;
        var (around, across) = (Positive(minimum), Positive(saddle));
        // One mode becomes the reaction coordinate; where bounds or flat directions differ, the two are no harmonic system and its saddle.
        if (around.Length != across.Length + 1 || Stabiliser(minimum) is not { } o || Stabiliser(saddle) is not { } atSaddle)
        {
            return null;
        }

        var logarithm = (0.5 * (around.Sum(Math.Log) - across.Sum(Math.Log))) - Math.Log(2 * Math.PI) - ((saddle.Value - minimum.Value) / temperature);
        return o / atSaddle * (edge.IsDegenerateRearrangement ? 2 : 1) * Math.Exp(logarithm);
    }

    /// <summary>Eigenvalues that are above 0: those of flat directions are the smallest in magnitude.</summary>
    private static double[] Positive(StationaryPoint point) =>
        [.. point.Eigenvalues.OrderBy(Math.Abs).Skip(point.FlatDirections).Where(l => l > 0)];

    private static double? Stabiliser(StationaryPoint point) => point.Orbit is null ? 1 : point.Orbit.StabiliserOrder is { } order ? (double)order : null;
}
