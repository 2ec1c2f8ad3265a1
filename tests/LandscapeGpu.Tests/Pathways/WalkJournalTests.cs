using LandscapeGpu.Pathways;

namespace LandscapeGpu.Tests.Pathways;

/// <summary>A search that was cut off goes on from the walks that are kept, to the same graph.</summary>
public class WalkJournalTests
{
    [Theory]
    [InlineData(1.0)]
    [InlineData(0.6)]
    [InlineData(0.05)]
    public void Of_a_file_that_was_cut_off_anywhere_what_is_whole_is_taken_and_the_rest_made_again(double share)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var atoms = Catalogue.Find("lennard-jones").Create(settings: new Dictionary<string, double> { ["atoms"] = 6 });
            var options = new TransitionSearchOptions { Climbs = 150, Survey = new() { Restarts = 200 } };
            var plain = TransitionSearch.Run(atoms, options);
            int whole;
            using (var journal = WalkJournal.Open(path))
            {
                Same(plain, TransitionSearch.Run(atoms, options with { Journal = journal }));
                Assert.Equal(0, journal.Taken);
            }

            using (var file = new FileStream(path, FileMode.Open))
            {
                file.SetLength((long)(share * file.Length));
            }

            using (var journal = WalkJournal.Open(path))
            {
                Same(plain, TransitionSearch.Run(atoms, options with { Journal = journal }));
                whole = journal.Taken;
                Assert.Equal(share > 0.5, whole > 0);
            }

            // Now all of it is there; and what was asked otherwise is not taken.
            using (var journal = WalkJournal.Open(path))
            {
                TransitionSearch.Run(atoms, options with { Journal = journal });
                Assert.True(journal.Taken >= Math.Max(1, whole));
                var before = journal.Taken;
                TransitionSearch.Run(atoms, options with { Journal = journal, Climbs = 0, Bands = 0 });
                Assert.Equal(before, journal.Taken);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Same(TransitionNetwork a, TransitionNetwork b)
    {
        Assert.Equal(a.Minima.Select(m => m.Value), b.Minima.Select(m => m.Value));
        Assert.Equal(a.TransitionStates.Select(t => (t.Value, t.From, t.To, t.LengthFrom)), b.TransitionStates.Select(t => (t.Value, t.From, t.To, t.LengthFrom)));
        Assert.Equal(a.GradientEvaluations, b.GradientEvaluations);
    }
}
