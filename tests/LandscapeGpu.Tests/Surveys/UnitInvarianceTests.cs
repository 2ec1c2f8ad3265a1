using System.Collections.Concurrent;
using LandscapeGpu.Tests.Objectives;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>f → af changes nothing about any family of the catalogue but the numbers.</summary>
public sealed class UnitInvarianceTests
{
    internal const int Restarts = 100;

    private static readonly double[] Factors = [1e-20, 1e-13, 1e-8, 1e-4, 1e4, 1e8, 1e13, 1e20];

    private static readonly ConcurrentDictionary<string, Lazy<SurveyResult>> Made = new();

    public static TheoryData<string> Families => LongTests.Families(0, 2);

    [Theory]
    [MemberData(nameof(Families))]
    public void A_constant_before_the_value_changes_no_minimum_no_kind_and_no_outcome(string family)
    {
        var original = CatalogueMembers.Surveyed(family);
        var plain = Plain(family);
        var (tiny, huge) = (Math.ScaleB(1, -60), Math.ScaleB(1, 60));
        var small = Seen(Times(original, tiny));

        // Powers of two round nothing: the same to the last bit.
        Assert.Equal(Rows(small, tiny), Rows(Seen(Times(original, huge)), huge));
        AssertAlike(original, plain, 1, small, tiny);
        // Factors that round: one for every third family of these, so that all are met.
        foreach (var factor in LongTests.Slice(Factors, Catalogue.Families.ToList().FindIndex(f => f.Name == family) / 2, 3 * Factors.Length / 2))
        {
            AssertAlike(original, plain, 1, Seen(Times(original, factor)), factor);
        }
    }

    /// <summary>The survey of a family as it comes, made once for all tests that compare with it.</summary>
    internal static SurveyResult Plain(string family) => Made.GetOrAdd(family, _ => new(() => Seen(CatalogueMembers.Surveyed(family)))).Value;

    private static SurveyResult Seen(Objective objective) => Survey.Run(objective, new() { Restarts = Restarts });

    internal static Objective Times(Objective original, double factor) =>
        Objective.Define(original.Name, original.Dimension, x => factor * new Rewriting(vectors: new() { [original.Point] = x }).Apply(original.Formula)) with
        {
            Region = original.Region,
            Starts = original.Starts,
            Symmetry = original.Symmetry,
        };

    private static IEnumerable<StationaryPoint> Listed(SurveyResult r) => r.Minima.Concat(r.BoundaryMinima).Concat(r.KinkMinima);

    private static string[] Rows(SurveyResult r, double factor) =>
        [.. Listed(r).Select(m => $"{m.Kind} {m.Value / factor:R} {m.Count} {string.Join(' ', m.Point.Select(x => x.ToString("R")))}").Append(r.Outcomes.ToString())];

    /// <summary>Whether what is seen often in one is in the other, with the same value and kind, and as many are seen in all.</summary>
    internal static void AssertAlike(Objective original, SurveyResult a, double unitOfA, SurveyResult b, double unitOfB)
    {
        // Rounding moves a restart near a border of basins to the other side: three standard deviations of a count of a few.
        Assert.InRange(b.Outcomes.Converged, a.Outcomes.Converged - 3, a.Outcomes.Converged + 3);
        var (listedA, listedB) = (Listed(a).ToList(), Listed(b).ToList());
        // Nothing is listed twice.
        Assert.All([a, b], r => Assert.False(r.IdentityMargin < 1 && r.Minima.All(m => m.FlatDirections == 0), $"two points are {r.IdentityMargin} times the tolerance apart"));
        var once = listedA.Count(m => m.Count == 1) + listedB.Count(m => m.Count == 1);
        Assert.True(Math.Abs(listedA.Count - listedB.Count) <= 3 * Math.Sqrt(once), $"{listedA.Count} minima, and {listedB.Count} in other units");
        var start = new double[original.Dimension];
        original.StartsFrom(null).Draw(1, 0, start);
        var size = Math.Abs(original.Evaluate(start));
        Within(listedA, unitOfA, listedB, unitOfB, size);
        Within(listedB, unitOfB, listedA, unitOfA, size);
    }

    private static void Within(List<StationaryPoint> some, double unitOfSome, List<StationaryPoint> all, double unitOfAll, double size)
    {
        foreach (var m in some.Where(m => m.Count >= 5))
        {
            // Values agree to what polish leaves, of what f is where restarts begin.
            Assert.True(
                all.Any(o => o.Kind == m.Kind && Math.Abs((o.Value / unitOfAll) - (m.Value / unitOfSome)) <= 1e-10 * Math.Max(size, Math.Abs(m.Value / unitOfSome))),
                $"{m.Kind} of value {m.Value / unitOfSome}, seen {m.Count} times, is not in other units");
        }
    }
}
