namespace LandscapeGpu.Tests.Reporting;

public class TableTests
{
    [Fact]
    public void Columns_that_show_nothing_give_way_first_and_nobody_misses_them()
    {
        var table = new Table("Rows", [new("value"), new("slope of the steepest way", GivesWay: 1), new("the point", GivesWay: 2)], [["1", "", "(1, 2)"], ["2", "", "(3, 4)"]]);
        var fitted = table.Fitted(24);
        Assert.Equal(["value", "the point"], fitted.Columns.Select(c => c.Heading));
        Assert.Empty(fitted.Note);
        // Where it shows something, the number decides.
        var shown = table with { Rows = [["1", "0.5", "(1, 2)"]] };
        Assert.Equal("No room for: the point.", shown.Fitted(24).Note);
    }
}
