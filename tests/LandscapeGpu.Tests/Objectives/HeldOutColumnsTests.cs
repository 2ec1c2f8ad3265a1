using LandscapeGpu.Objectives.Datasets;

namespace LandscapeGpu.Tests.Objectives;

/// <summary>Held-out samples have the columns of those that are fitted to, by name.</summary>
public sealed class HeldOutColumnsTests : InFolder
{
    [Theory]
    [InlineData("y,b,id,a\n30,20,7,10\n31,21,8,11\n", null, null)]
    [InlineData("10,20,30\n11,21,31\n", null, null)]
    [InlineData("b,a,y\n20,10,30\n21,11,31\n", "1,2", null)]
    [InlineData("a,y,b\n10,30,20\n11,31,21\n", "a,b", "y")]
    public void Columns_of_held_out_samples_are_found_by_name_where_they_have_names(string test, string? inputs, string? target)
    {
        var samples = Read(test, new() { Inputs = inputs?.Split(','), Target = target });

        Assert.Equal([10.0, 20, 11, 21], samples.HeldOut!.Inputs.Cast<double>());
        Assert.Equal([30.0, 31], samples.HeldOut.Targets);
    }

    [Theory]
    [InlineData("a,c,y\n1,2,3\n", "no column b")]
    [InlineData("a,b,z\n1,2,3\n", "no column y")]
    public void A_column_that_held_out_samples_lack_is_told(string test, string told) =>
        Assert.Contains(told, Assert.Throws<DataFileException>(() => Read(test, new())).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("i,a,y\n0,3,1\n1,1,2\n2,5,4\n3,2,2\n", "counts the rows")]
    [InlineData("0,1,2,3\n5,3,1,2\n4,1,2,2\n1,5,4,7\n2,2,2,9\n", "counts the columns")]
    [InlineData("i,a,y\n0,3,1\n1,1,2\n3,5,4\n4,2,2\n", null)]
    public void An_index_among_the_inputs_and_names_that_are_numbers_are_told(string data, string? told)
    {
        var file = Write("data.csv", data);
        var doubt = Catalogue.Find("least-squares").Create(data: DataFile.Read(file, DataForm.Samples)).Doubt;

        Assert.Equal(told is null, doubt is null);
        Assert.Contains(told ?? "", doubt ?? "", StringComparison.Ordinal);
    }

    private Samples Read(string test, DataColumns columns) =>
        (Samples)DataFile.Read(Write("train.csv", "a,b,y\n1,2,3\n4,5,6\n"), DataForm.Samples, columns with { Test = Write("test.csv", test) });
}
