using LandscapeGpu.Compilation;

namespace LandscapeGpu.Tests.Compilation;

public class SplitIndexTests
{
    private static readonly Index I = Index.Loop(0, 50);
    private static readonly Index J = Index.Loop(1, 20);

    [Fact]
    public void A_row_that_changes_and_a_column_that_is_known_are_told_apart()
    {
        var split = Split((I * 20) + J, offset: 100, j: 7);
        Assert.Equal([(I, 20)], split.Moving);
        Assert.Equal(107, split.Fixed);
    }

    [Fact]
    public void What_is_known_altogether_moves_by_nothing()
    {
        var split = Split((J * 3) + 1, offset: 0, j: 4);
        Assert.Empty(split.Moving);
        Assert.Equal(13, split.Fixed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(49)]
    public void Neither_part_is_ever_negative(int i)
    {
        foreach (var index in new[] { 49 - I, I - J + 19, (I * 20) - J + 19, (I + 5) % 50, I - 0, ((49 - I) * 20) + J })
        {
            var split = Split(index, offset: 3, j: 11);
            var moving = split.Moving.Sum(m => m.Factor * Evaluate(m.Index, i));
            Assert.True(split.Fixed >= 0 && split.Moving.All(m => m.Factor * Evaluate(m.Index, i) >= 0), $"{index} has a negative part.");
            Assert.Equal(3 + Evaluate(index, i), split.Fixed + moving);
        }
    }

    [Fact]
    public void An_index_below_its_array_is_taken_whole()
    {
        var split = Split(I - 1, offset: 0, j: 0);
        Assert.Equal(0, split.Fixed);
        Assert.Equal(4, Assert.Single(split.Moving).Factor * Evaluate(split.Moving[0].Index, 5));
    }

    private static SplitIndex Split(Index index, int offset, int j)
    {
        var known = new IndexValues();
        known.Set(J, j);
        return SplitIndex.Of(index, offset, known);
    }

    private static long Evaluate(Index index, int i) => index.Evaluate(loop => ReferenceEquals(loop, I) ? i : 11);
}
