namespace LandscapeGpu.Tests.Evidence;

/// <summary>Sweeps that are stopped.</summary>
public class SweepStopTests
{
    private static readonly SweepOptions Bare = new() { Survey = new() { Restarts = 200 }, Samples = 0 };

    [Fact]
    public void A_sweep_that_is_stopped_keeps_its_rows_and_claims_nothing_of_the_others()
    {
        using var stop = new CancellationTokenSource();
        static Objective Bowl(double a) => Objective.Define("bowl", 1, x => a * Square(x[0])) with { Region = Region.Box(1, -1, 1) };
        var found = Sweep.Run("a", [1, 2, 3], Bowl, Bare, row => { if (row.Setting == 2) { stop.Cancel(); } }, stop.Token);
        Assert.Equal([1, 2], found.Rows.Select(r => r.Setting));
        Assert.True(found is { IsStopped: true, Landscapes: 3 });
        Assert.Equal("Stopped after 2 of 3 landscapes. No spurious minimum found at a = 1, 2.", found.Sentence);
        Assert.Contains("\"stopped\": true", EvidenceJson.Write(found), StringComparison.Ordinal);
        stop.Dispose();
        // Before the first.
        var none = Sweep.Run("a", [1, 2, 3], Bowl, Bare, cancellation: new CancellationToken(true));
        Assert.Equal("Stopped after 0 of 3 landscapes.", none.Sentence);
        Assert.Equal(1, none.Csv().Count(c => c == '\n'));
        Assert.False(Sweep.Run("a", [1, 2, 3], Bowl, Bare).IsStopped);
    }

    /// <summary>Stops a survey when the first restarts are kept.</summary>
    private sealed class StoppingStore(CancellationTokenSource stop) : EndpointStore
    {
        public override IReadOnlyList<RestartSpan> Kept => [];

        public override EndpointPiece Read(RestartSpan span) => throw new InvalidOperationException();

        public override void Keep(EndpointPiece piece, EndpointValues values) => stop.Cancel();

        public override void Flush()
        {
        }
    }

    [Fact]
    public void A_survey_that_is_stopped_is_a_row_that_claims_no_absence()
    {
        using var stop = new CancellationTokenSource();
        // Stopped when the first of its restarts are kept.
        var landscape = Objective.Define("wells", 2, x => Square(Square(x[0]) - 1) + Square(x[1])) with { Region = Region.Box(2, -2, 2) };
        var found = Sweep.Run("a", [1, 2], _ => landscape, new() { Survey = new() { Restarts = 2_000_000 }, Samples = 35, Stores = (_, _, _) => new StoppingStore(stop) }, cancellation: stop.Token);
        var row = Assert.Single(found.Rows);
        Assert.True(row is { IsCut: true, IsClean: false });
        Assert.InRange(row.Reached.Total, 1, 1_999_999);
        Assert.Contains("constants", row.NotDone);
        Assert.Contains("restarts of 2,000,000", found.Sentence, StringComparison.Ordinal);
        Assert.Contains("Stopped after 1 of 2 landscapes", found.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("No spurious minimum", found.Sentence, StringComparison.Ordinal);
    }
}
