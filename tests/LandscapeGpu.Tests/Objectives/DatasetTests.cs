using System.Text;
using LandscapeGpu.Objectives.Datasets;

namespace LandscapeGpu.Tests.Objectives;

public sealed class DatasetTests : InFolder
{
    [Theory]
    [InlineData("x1,x2,y\n1,2.5,-3e-1\n4,5,6\n", "x1")]
    [InlineData("1,2.5,-3e-1\r\n4,5,6", "column 1")]
    [InlineData("\uFEFFx1;x2;y\r\n1;2.5;-0.3\r\n4;5;6\r\n", "x1")]
    [InlineData("x1\tx2\ty\r1\t2.5\t-0.3\r4\t5\t6\r", "x1")]
    [InlineData("\"x1\" , x2,y\n\n 1 , \"2.5\",-0.3\n4,5,6\n", "x1")]
    public void A_table_is_read_with_and_without_names(string text, string first)
    {
        var table = CsvFile.Read(Write("table.csv", text));
        Assert.Equal(first, table.Columns[0]);
        Assert.Equal([1, 2.5, -0.3, 4, 5, 6], table.Values.Cast<double>());
    }

    [Theory]
    [InlineData("x,y\n1,2\n3\n", "line 3 has 1 field and the first line has 2")]
    [InlineData("x,y\n1,2\n3,4,5\n", "line 3 has 3 fields and the first line has 2")]
    [InlineData("x,y\n1,two\n", "line 2, y: 'two' is not a number")]
    [InlineData("x,y\n1,\n", "line 2, y: the field is empty")]
    [InlineData("1,two\n3,4\n", "line 1, column 2: 'two' is not a number")]
    [InlineData("x,x\n1,2\n", "two columns called x")]
    [InlineData("x,y\n1,NaN\n", "line 2, y: 'NaN' stands for a value that is missing; drop or fill such rows first.")]
    [InlineData("x,y\n1,N/A\n", "'N/A' stands for a value that is missing")]
    [InlineData("x,y\n1,-inf\n", "line 2, y: '-inf' is not finite; drop or fill such rows first.")]
    [InlineData("x,y\n1,1e999\n", "'1e999' is not finite")]
    [InlineData("x;y\n0,5;2,25\n", "line 2, x: '0,5' is not a number; a decimal comma is written as a point, 0.5.")]
    [InlineData("x,y\n\"0,5\",\"2,25\"\n", "a decimal comma is written as a point, 0.5.")]
    [InlineData("x y\n0.5 2.25\n", "fields are told apart by commas, semicolons or tabs, and not by spaces.")]
    [InlineData("x,y,\n1,2,\n", "line 2, column 3: the field is empty")]
    [InlineData("x,y\n", "has a line of names (x, y) and no rows of numbers below it.")]
    [InlineData("", "is empty; it must have a row of numbers for each sample.")]
    public void A_table_that_cannot_be_used_is_refused_with_the_place(string text, string part) =>
        Assert.Contains(part, Assert.Throws<DataFileException>(() => CsvFile.Read(Write("bad.csv", text))).Message, StringComparison.Ordinal);

    [Fact]
    public void Text_without_end_and_text_that_is_none_are_refused_before_they_fill_the_memory()
    {
        Assert.Contains("it is no text", Assert.Throws<DataFileException>(() => CsvFile.Read(Write("zeros.csv", "1,2\n3,\0"))).Message, StringComparison.Ordinal);
        Assert.Contains("of value 27: it is no text", Assert.Throws<DataFileException>(() => CsvFile.Read(Write("escape.csv", "1,2\n3,\u001b[2J\n"))).Message, StringComparison.Ordinal);
        Assert.Contains("a row a line", Assert.Throws<DataFileException>(() => CsvFile.Read(Write("long.csv", new string('1', 1 << 25)))).Message, StringComparison.Ordinal);
        if (File.Exists("/dev/zero"))
        {
            Assert.Contains("it is no text", Assert.Throws<DataFileException>(() => CsvFile.Read("/dev/zero")).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_array_of_more_numbers_than_can_be_computed_with_is_refused_unread()
    {
        var path = WriteNpy("large.npy", 1, "<f8", "(30000, 10000)", []);
        // The rest is a hole that takes no room on the disk.
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(2_500_000_000);
        }

        Assert.Contains("holds 300,000,000 numbers", Assert.Throws<DataFileException>(() => NpyFile.Read(path)).Message, StringComparison.Ordinal);
        path = WriteNpy("long.npy", 1, "<f8", "(40000000000, 10)", []);
        Assert.Contains("has 40000000000 entries along one of its axes; at most 2147483647", Assert.Throws<DataFileException>(() => NpyFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        Assert.Contains("There is no file nowhere.csv", Assert.Throws<DataFileException>(() => CsvFile.Read("nowhere.csv")).Message, StringComparison.Ordinal);
        Assert.Contains("There is no file nowhere.npy", Assert.Throws<DataFileException>(() => NpyFile.Read("nowhere.npy")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "<f8")]
    [InlineData(2, "<f4")]
    [InlineData(3, ">f8")]
    public void An_array_is_read_in_every_version_and_element_type(int version, string type)
    {
        var array = NpyFile.ReadMatrix(WriteNpy("array.npy", version, type, "(2, 3)", [1, 2, 3, -0.5, 0.25, 1024]));
        Assert.Equal(new double[,] { { 1, 2, 3 }, { -0.5, 0.25, 1024 } }, array);
    }

    [Theory]
    [InlineData("<i8", "(2,)", "elements of type '<i8'")]
    [InlineData("<f8", "(3,)", "ends before its array does")]
    [InlineData("<f8", "(2,)", "one number for each row", "(1, 2, 1)")]
    [InlineData("<f8", "(2000000000, 2000000000)", "ends before its array does")]
    [InlineData("<f8", "(two,)", "does not say the shape")]
    public void An_array_that_cannot_be_used_is_refused(string type, string shape, string part, string? _ = null)
    {
        var path = WriteNpy("bad.npy", 1, type, shape, [1, 2]);
        if (part.StartsWith("one number", StringComparison.Ordinal))
        {
            path = WriteNpy("bad.npy", 1, type, "(2, 2)", [1, 2, 3, 4]);
        }

        Assert.Contains(part, Assert.Throws<DataFileException>(() => NpyFile.ReadVector(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_array_stored_column_by_column_is_the_same_array()
    {
        var array = NpyFile.ReadMatrix(WriteNpy("columns.npy", 1, "<f8", "(2, 3)", [1, 4, 2, 5, 3, 6], "True"));
        Assert.Equal(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }, array);
    }

    [Fact]
    public void A_file_of_another_kind_or_with_numbers_that_are_not_finite_is_no_array()
    {
        Assert.Contains("is not an .npy file", Assert.Throws<DataFileException>(() => NpyFile.Read(Write("text.npy", "x,y\n1,2\n"))).Message, StringComparison.Ordinal);
        var infinite = WriteNpy("infinite.npy", 1, "<f8", "(2,)", [1, double.PositiveInfinity]);
        Assert.Contains("at [1]; data must be finite", Assert.Throws<DataFileException>(() => NpyFile.Read(infinite)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_from_both_kinds_of_files_make_the_same_objective()
    {
        var csv = Samples.FromCsv(Write("samples.csv", "y,a,b\n0.5,1,2\n-0.5,3,4\n0.25,5,6\n"), target: "y");
        var npy = Samples.FromNpy(
            WriteNpy("x.npy", 1, "<f8", "(3, 2)", [1, 2, 3, 4, 5, 6]), WriteNpy("y.npy", 1, "<f8", "(3,)", [0.5, -0.5, 0.25]));
        var (a, b) = (Catalogue.Find("glm").Create(data: csv), Catalogue.Find("glm").Create(data: npy));
        Assert.Equal(2, a.Dimension);
        Assert.Equal(a.Evaluate([0.1, -0.2]), b.Evaluate([0.1, -0.2]));
        double Square(double y, double t) => Math.Pow(y - (1 / (1 + Math.Exp(-t))), 2);
        // ½ mean over three samples, by hand.
        Assert.Equal((Square(0.5, -0.3) + Square(-0.5, -0.5) + Square(0.25, -0.7)) / 6, a.Evaluate([0.1, -0.2]), 1e-15);
    }

    [Fact]
    public void Samples_that_do_not_fit_are_refused()
    {
        Assert.Contains("has no column z; it has x, y", Assert.Throws<DataFileException>(() => Samples.FromCsv(Write("a.csv", "x,y\n1,2\n"), "z")).Message, StringComparison.Ordinal);
        Assert.Contains("has one column", Assert.Throws<DataFileException>(() => Samples.FromCsv(Write("b.csv", "y\n1\n"))).Message, StringComparison.Ordinal);
        Assert.Contains("2 inputs and 1 targets", Assert.Throws<ArgumentException>(() => new Samples(new double[2, 1], [1.0])).Message, StringComparison.Ordinal);
        Assert.Contains("rastrigin was given samples and takes none", Assert.Throws<ArgumentException>(() => Catalogue.Find("rastrigin").Create(data: new Samples(new double[1, 1], [1.0]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_are_chosen_by_name_or_number()
    {
        var path = Write("columns.csv", "a,b,y,c\n1,2,3,4\n5,6,7,8\n");
        var samples = (Samples)DataFile.Read(path, DataForm.Samples, new() { Inputs = ["c", "1"], Target = "y" });
        Assert.Equal([4, 1, 8, 5], samples.Inputs.Cast<double>());
        Assert.Equal([3.0, 7.0], samples.Targets);
        Assert.Contains("no column 5; it has a, b, y, c (or 1 to 4)", Assert.Throws<DataFileException>(() => DataFile.Read(path, DataForm.Samples, new() { Target = "5" })).Message, StringComparison.Ordinal);
        Assert.Contains("not the target's", Assert.Throws<DataFileException>(() => DataFile.Read(path, DataForm.Samples, new() { Inputs = ["y"], Target = "y" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Principal_components_of_rows_are_those_of_their_covariance()
    {
        // Points on a line through (1, 1): one eigenvalue, 2·variance of (0, 1, 2) = 4/3, with the vector (1, 1)/√2.
        var objective = Catalogue.Find("pca").Create(data: DataFile.Read(Write("line.csv", "1,1\n2,2\n3,3\n"), DataForm.Rows));
        Assert.Equal(0, objective.Known.GlobalValue!.Value, 1e-15);
        var along = Math.Sqrt(2.0 / 3);
        Assert.Equal(0, objective.Evaluate([along, along]), 1e-15);
        Assert.Equal(0.5 * 16 / 9, objective.Evaluate([0, 0]), 1e-15);
    }

    [Fact]
    public void A_matrix_is_completed_from_rows_columns_and_values()
    {
        var objective = Catalogue.Find("matrix-completion").Create(data: DataFile.Read(Write("entries.csv", "row,column,value\n0,0,4\n1,0,-2\n1,2,3\n"), DataForm.Entries));
        Assert.Equal(3, objective.Dimension);
        // (0, 1) and (1, 2) are seen twice, as they lie off the diagonal; the values are products of 2, −1 and −3.
        Assert.Equal(0, objective.Evaluate([2, -1, -3]));
        Assert.Equal(0.5 * (16 + 4 + 4 + 9 + 9), objective.Evaluate([0, 0, 0]));
        Assert.Contains("whole numbers from 0", Assert.Throws<DataFileException>(() => DataFile.Read(Write("half.csv", "0,0.5,1\n"), DataForm.Entries)).Message, StringComparison.Ordinal);
        Assert.Contains("given 1 and 2 at row 1, column 0", Assert.Throws<ArgumentException>(() => DataFile.Read(Write("two.csv", "0,1,1\n1,0,2\n"), DataForm.Entries)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_of_the_generator_is_refused_beside_data()
    {
        var samples = new Samples(new double[,] { { 1 }, { 2 } }, [0.5, 0.7]);
        var error = Assert.Throws<ArgumentException>(() => Catalogue.Find("glm").Create(settings: new Dictionary<string, double> { ["noise"] = 0.2 }, data: samples));
        Assert.Contains("noise, which says how data are generated", error.Message, StringComparison.Ordinal);
        Assert.Contains("its data give it 1", Assert.Throws<ArgumentException>(() => Catalogue.Find("glm").Create(3, data: samples)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_generated_samples_begin_with_the_fewer()
    {
        var numbers = new GeneratedNumbers(7, 1);
        var (few, many) = (Samples.Generate(3, 2, numbers.Normal, (_, _) => 0), Samples.Generate(5, 2, numbers.Normal, (_, _) => 0));
        Assert.Equal(few.Inputs.Cast<double>(), many.Inputs.Cast<double>().Take(6));
        Assert.NotEqual(few.Inputs[0, 0], new GeneratedNumbers(8, 1).Normal(0, 0));
        Assert.NotEqual(few.Inputs[0, 0], new GeneratedNumbers(7, 2).Normal(0, 0));
    }

    [Fact]
    public void A_setting_that_stands_for_a_word_is_given_by_the_word_or_its_number()
    {
        var activation = Catalogue.Find("perceptron").Settings.Single(s => s.Name == "activation");
        Assert.Equal(2, activation.Parse("relu"));
        Assert.Equal(2, activation.Parse("2"));
        Assert.Contains("one of tanh, sigmoid, relu, softplus, gelu", Assert.Throws<ArgumentException>(() => activation.Parse("cubic")).Message, StringComparison.Ordinal);
        var error = Assert.Throws<ArgumentException>(() => Catalogue.Find("perceptron").Create(settings: new Dictionary<string, double> { ["activation"] = 9 }));
        Assert.Contains("tanh (0), sigmoid (1)", error.Message, StringComparison.Ordinal);
    }

    private string WriteNpy(string name, int version, string type, string shape, double[] values, string fortran = "False")
    {
        var header = Encoding.ASCII.GetBytes($"{{'descr': '{type}', 'fortran_order': {fortran}, 'shape': {shape}, }}\n");
        var length = version == 1 ? BitConverter.GetBytes((ushort)header.Length) : BitConverter.GetBytes(header.Length);
        var elements = values.Select(v => type[2] == '4' ? BitConverter.GetBytes((float)v) : BitConverter.GetBytes(v)).SelectMany(b => type[0] == '>' ? b.Reverse() : b);
        var path = At(name);
        File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. header, .. elements]);
        return path;
    }
}
