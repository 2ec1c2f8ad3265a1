namespace LandscapeGpu.Surveys;

/// <summary>The lowest place that any restart ended at, whatever became of it.</summary>
/// <param name="Value">f there.</param>
/// <param name="Point">The point, as the formula is given it.</param>
/// <param name="Outcome">How the restart ended.</param>
public sealed record LowestEndpoint(double Value, IReadOnlyList<double> Point, Outcome Outcome)
{
    /// <summary>A bound of the value's rounding: f is no higher than the value and this.</summary>
    public double Rounding { get; init; }

    /// <summary>Whether the restart was on its way down a valley without an end.</summary>
    public bool IsEndless { get; init; }
}

/// <summary>Endpoints that are no stationary points: the lowest of them, and the places where several came to a stop.</summary>
/// <param name="objective">Whose endpoints they are.</param>
/// <param name="scale">The unit of each coordinate.</param>
/// <param name="bits">The width of vectors; null for the widest there is.</param>
internal sealed class LostEndpoints(Objective objective, double[] scale, int? bits)
{
    // How near descents stop to a kink in single precision, in units of the scale.
    public const double Near = 1e-4;

    // Of a batch: one is enough to be named.
    private const int MostLooks = 16;

    // Bounds of rounding are asked for so many values at a time, the lowest first.
    private const int Looks = 256;

    // Later places are not kept; their restarts stay among those that are lost.
    private const int MostPlaces = 4096;

    // Eight megabytes; beyond so many restarts how near they came is not told.
    private const int MostValues = 1 << 20;

    private readonly List<double> lostValues = [];
    private bool hasMoreValues;

    private readonly EndpointGroups places = new(scale, 1, Near);
    private readonly List<long> notFiniteAt = [];
    private readonly List<long> endlessAt = [];

    /// <summary>Places where restarts came to a stop, each with its lowest endpoint.</summary>
    public EndpointGroups Places => places;

    /// <summary>For each place how many of its restarts ended as not finite: their steps, or the derivative.</summary>
    public IReadOnlyList<long> NotFiniteAt => notFiniteAt;

    /// <summary>For each place how many of its restarts were on their way down a valley without an end.</summary>
    public IReadOnlyList<long> EndlessAt => endlessAt;

    /// <summary>How many restarts stopped when there were too many places to keep theirs.</summary>
    public long Unkept { get; private set; }

    /// <summary>The value each of them ended at, in no order; null where there are too many to keep.</summary>
    public IReadOnlyList<double>? Values => hasMoreValues ? null : lostValues;

    /// <summary>The lowest endpoint of all; null where none was finite.</summary>
    public LowestEndpoint? Lowest { get; private set; }

    /// <summary>A place where a restart ended at which f is a finite number and its derivative is not, as the formula is given it; null where none was seen.</summary>
    public IReadOnlyList<double>? WithoutDerivative { get; private set; }

    /// <summary>A place where a restart ended at which f is no finite number, as the formula is given it; null where none was seen.</summary>
    public IReadOnlyList<double>? WithoutValue { get; private set; }

    /// <summary>At how many restarts' ends f is no finite number.</summary>
    public long CountWithoutValue { get; private set; }

    /// <param name="batch">How restarts ended.</param>
    /// <param name="outcomes">What is said of them after polish.</param>
    /// <param name="ends">Which of them were polished.</param>
    /// <param name="set">What polish made of those.</param>
    /// <returns>For each restart the place it stopped at; −1 for those that are kept at none.</returns>
    public int[] Add(Endpoints batch, byte[] outcomes, EndpointPool.EndPoints ends, PolishedSet set)
    {
        var d = objective.Dimension;
        var (polished, placeOf) = (new int[batch.Count], new int[batch.Count]);
        Array.Fill(polished, -1);
        Array.Fill(placeOf, -1);
        for (var k = 0; k < ends.Count; k++)
        {
            polished[ends.Restarts[k]] = k;
            if (set.Stationary[k])
            {
                Note(set.Values[k], set.Roundings[k], set.Points.AsSpan(k * d, d), (Outcome.Converged, false));
            }
        }

        int[] lost = [.. Enumerable.Range(0, batch.Count).Where(r => outcomes[r] is not ((byte)Outcome.Unfinished or (byte)Outcome.Converged))];
        if (lost.Length == 0)
        {
            return placeOf;
        }

        var (points, values) = (new double[(long)lost.Length * d], new double[lost.Length]);
        for (var k = 0; k < lost.Length; k++)
        {
            // Polish goes downhill, also where it does not arrive; beside a pole as far as no number tells a slope any more, and descent stops before.
            var from = polished[lost[k]] is >= 0 and var p && double.IsFinite(set.Values[p]) && double.IsFinite(set.Residuals[p] * set.Residuals[p]) ? set.Points.AsSpan(p * d, d) : batch.Points.AsSpan(lost[k] * d, d);
            from.CopyTo(points.AsSpan(k * d));
        }

        using (var evaluator = new LaneValues(objective, bits))
        {
            evaluator.At(points, values);
        }

        hasMoreValues |= lostValues.Count + values.Length > MostValues;
        lostValues.AddRange(hasMoreValues ? [] : values.Select(v => v / objective.Units.Value));
        NoteDerivative([.. Enumerable.Range(0, lost.Length).Where(k => outcomes[lost[k]] == (byte)Outcome.NotFinite && double.IsFinite(values[k])).Take(MostLooks).Select(k => points.AsSpan(k * d, d).ToArray())]);
        CountWithoutValue += values.Where((v, k) => !double.IsFinite(v) && outcomes[lost[k]] == (byte)Outcome.NotFinite).LongCount();
        WithoutValue ??= Array.FindIndex(values, v => !double.IsFinite(v)) is >= 0 and var first && outcomes[lost[first]] == (byte)Outcome.NotFinite ? objective.Shown(points.AsSpan(first * d, d)) : null;
        NoteLowest(points, values, k => ((Outcome)outcomes[lost[k]], IsEndless(k)));
        var stopped = new PolishedSet(d, lost.Length);
        for (var k = 0; k < lost.Length; k++)
        {
            // Where f is finite and its derivative is not, as at the bottom of √|x|, there may be a cusp.
            var hasStopped = double.IsFinite(values[k]) && outcomes[lost[k]] is (byte)Outcome.Stalled or (byte)Outcome.IterationLimit or (byte)Outcome.NotFinite;
            stopped.Stationary[k] = hasStopped && places.Count < MostPlaces;
            Unkept += hasStopped && !stopped.Stationary[k] ? 1 : 0;
            // The lowest stands for its place.
            (stopped.Values[k], stopped.Residuals[k]) = (values[k], values[k]);
        }

        points.CopyTo(stopped.Points, 0);
        var added = places.Add(stopped);
        notFiniteAt.AddRange(Enumerable.Repeat(0L, places.Count - notFiniteAt.Count));
        endlessAt.AddRange(Enumerable.Repeat(0L, places.Count - endlessAt.Count));
        for (var k = 0; k < lost.Length; k++)
        {
            placeOf[lost[k]] = added[k];
            if (added[k] >= 0)
            {
                notFiniteAt[added[k]] += outcomes[lost[k]] == (byte)Outcome.NotFinite ? 1 : 0;
                endlessAt[added[k]] += IsEndless(k) ? 1 : 0;
            }
        }

        return placeOf;

        bool IsEndless(int k) => polished[lost[k]] is >= 0 and var p && set.Endless[p];
    }

    /// <summary>Notes stationary points.</summary>
    public void Note(PolishedSet set)
    {
        for (var k = 0; k < set.Count; k++)
        {
            Note(set.Values[k], set.Roundings[k], set.Points.AsSpan(k * set.Dimension, set.Dimension), (Outcome.Converged, false));
        }
    }

    private void NoteDerivative(IReadOnlyList<double[]> candidates)
    {
        if (WithoutDerivative is not null || candidates.Count == 0)
        {
            return;
        }

        using var derivatives = new PointDerivatives(objective, bits);
        // Descent in single precision ends as not finite also where numbers are merely large.
        WithoutDerivative = candidates.Where(c => !double.IsFinite(derivatives.At(c).GradientNorm)).Select(c => objective.Shown(c)).FirstOrDefault();
    }

    /// <summary>Notes the lowest of many values that is no mere rounding: those that may be lower than what is known, in their order.</summary>
    private void NoteLowest(double[] points, double[] values, Func<int, (Outcome Outcome, bool IsEndless)> endOf)
    {
        var d = objective.Dimension;
        int[] order = [.. Enumerable.Range(0, values.Length).Where(k => double.IsFinite(values[k])).OrderBy(k => values[k])];
        var rounding = new Lazy<RoundingTest>(() => new(objective, Derivatives.Of(objective, bits), 1));
        foreach (var some in order.Chunk(Looks).TakeWhile(some => IsLower(values[some[0]])))
        {
            var bounds = rounding.Value.ExactBounds(some.SelectMany(k => points.AsSpan(k * d, d).ToArray()).ToArray(), some.Length);
            for (var j = 0; j < some.Length; j++)
            {
                Note(values[some[j]], bounds[j], points.AsSpan(some[j] * d, d), endOf(some[j]));
            }
        }
    }

    /// <summary>By what a value is for certain: 1 − cos x over x² near 0 is anything, and rounding all of it.</summary>
    private void Note(double value, double rounding, ReadOnlySpan<double> point, (Outcome Outcome, bool IsEndless) end)
    {
        var sure = value + (Stationarity.Margin * rounding);
        if (double.IsFinite(sure) && IsLower(sure))
        {
            Lowest = new(value / objective.Units.Value, objective.Shown(point), end.Outcome) { Rounding = rounding / objective.Units.Value, IsEndless = end.IsEndless };
        }
    }

    /// <summary>Whether a value, in the units it was found in, is lower than the lowest for certain.</summary>
    private bool IsLower(double value) => Lowest is not { } lowest || value / objective.Units.Value < lowest.Value + (Stationarity.Margin * lowest.Rounding);
}
