namespace LandscapeGpu.Evidence;

/// <summary>What descent to within ε of f* costs: the middle number of steps after which restarts are there and stay.</summary>
/// <remarks>
/// Theorem 2.2 of Ma (2021) asks for a number that is polynomial in the dimension and 1/ε. Restarts are looked at after 1, √2, 2, 2√2, … steps, so numbers are known to a factor of √2; where a
/// restart is does not depend on when it is made to stop. Descent is in double precision and in the landscape's own units: numbers of single precision are too coarse to come to within 1e-6 of f* where
/// f* is not 0, and restarts stand still.
/// </remarks>
internal static class DescentCost
{
    // The middle of so many is known to a quarter of their spread, and each is followed three and a half times.
    public const int MostRestarts = 32;

    /// <summary>For each level ε of <see cref="Nearness.Levels"/> the middle number of steps to f − f* ≤ ε·gap; infinity where fewer than half arrive, NaN where there is no gap to take shares of.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static double[] Of(Objective objective, Device device, SurveyOptions survey, double globalValue, double gap, CancellationToken stop = default)
    {
        if (!(gap > 0 && double.IsFinite(gap)))
        {
            return [.. Nearness.Levels.Select(_ => double.NaN)];
        }

        var (count, most) = (Math.Min(survey.Restarts, MostRestarts), survey.Descent.Stop.Iterations);
        var range = new RestartRange(objective.StartsFrom(survey.Starts), survey.Seed, 0, (int)count);
        using var values = new LaneValues(objective, survey.VectorBits);
        var units = UnitChoice.Of(objective, survey.Starts, survey.VectorBits);
        var descent = new StepChoice(objective, survey.Starts, units, survey.VectorBits).For(survey.Descent with { IsDouble = true });
        var arrived = Nearness.Levels.Select(_ => Enumerable.Repeat(double.PositiveInfinity, (int)count).ToArray()).ToArray();
        var isOpen = Nearness.Levels.Select(_ => Enumerable.Repeat(true, (int)count).ToArray()).ToArray();
        var at = new double[count];
        foreach (var steps in Looks(most).Reverse())
        {
            var ends = DescentInUnits.Compile(device, objective, descent with { Stop = descent.Stop with { Iterations = steps } }, units).Run(range, null, stop);
            stop.ThrowIfCancellationRequested();
            values.At(ends.Points, at);
            for (var level = 0; level < arrived.Length; level++)
            {
                for (var r = 0; r < count; r++)
                {
                    isOpen[level][r] &= at[r] - globalValue <= Nearness.Levels[level] * gap;
                    arrived[level][r] = isOpen[level][r] ? Math.Min(steps, ends.Steps[r]) : arrived[level][r];
                }
            }
        }

        return [.. arrived.Select(a => a.Order().ElementAt((a.Length - 1) / 2))];
    }

    private static IEnumerable<int> Looks(int most) => [.. Enumerable.Range(0, 60).Select(e => (int)Math.Round(Math.Pow(2, e / 2.0))).Distinct().TakeWhile(k => k < most), most];
}
