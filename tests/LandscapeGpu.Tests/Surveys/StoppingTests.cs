namespace LandscapeGpu.Tests.Surveys;

/// <summary>A survey that is stopped ends wherever it is, keeps what it found and says what was not looked at.</summary>
public class StoppingTests
{
    [Fact]
    public void During_spectra_points_that_were_not_looked_at_are_undecided()
    {
        // Each point's spectrum is 2,000 products and more; there are far more points than anyone waits for.
        const int D = 2_500;
        var many = Objective.Define("wells", D, x => Sum(D, i => Square(Square(x[i]) - 1)) + 0.01 * Square(Sum(D, i => x[i]))) with { Region = Region.Box(D, -2, 2) };
        var result = Stopped(many, new() { Restarts = 400 }, "spectra");
        Assert.Equal(400, result.Outcomes.Total);
        Assert.Contains(result.Warnings, w => w.Code == Warning.Stopped);
        var undecided = result.Stationary.Where(p => p.Kind == StationaryKind.Undecided && p.Eigenvalues.Count == 0).ToList();
        Assert.NotEmpty(undecided);
        Assert.Equal(result.Outcomes.Converged, result.AllMinima.Concat(result.Stationary).Sum(p => p.Count));
    }

    [Fact]
    public void While_flat_paths_are_looked_for_points_stay_apart()
    {
        var flat = Catalogue.Find("matrix-completion").Create();
        var result = Stopped(flat, new() { Restarts = 3_000 }, "spectra");
        Assert.Equal(result.Outcomes.Converged, result.AllMinima.Concat(result.Stationary).Sum(p => p.Count));
    }

    /// <summary>What a survey returns that is stopped when a stage begins.</summary>
    private static SurveyResult Stopped(Objective objective, SurveyOptions options, string stage)
    {
        using var interrupt = new CancellationTokenSource();
        var result = Survey.Run(objective, options with { Device = "lanes", Grace = TimeSpan.Zero }, progress =>
        {
            if (progress.Stage == stage && !interrupt.IsCancellationRequested)
            {
                interrupt.Cancel();
            }
        }, interrupt.Token);
        Assert.True(interrupt.IsCancellationRequested);
        Assert.True(result.Stopped);
        return result;
    }
}
