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

    [Fact]
    public void What_a_table_is_made_for_is_listed_below_it_where_it_has_no_room()
    {
        var table = new Table(
            "Rows", [new("value"), new("slope", GivesWay: 1), new("point", IsNumber: false, GivesWay: 2, GoesBelow: true)],
            [["1", "0.25", "(1000, 2)"], ["2", "0.5", "(3, 4, 5, 6, 7, 8, 9, 10)"]])
        { Note = "And a word." };
        Assert.Equal(table.ToString(), table.Fitted(80).ToString());
        Assert.Equal("point of each row:\n  1: (1000, 2)\n  2: (3, 4, 5, 6, 7,\n  8, 9, 10)\nAnd a word.", table.Fitted(20).Note);
        Assert.Equal(["value"], table.Fitted(10).Columns.Select(c => c.Heading));
        Assert.Contains("\nAnd a word.\nNo room\nfor: slope.", table.Fitted(11).Note, StringComparison.Ordinal);
    }
}
