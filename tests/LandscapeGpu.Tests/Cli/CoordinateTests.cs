using System.Text.Json;

namespace LandscapeGpu.Tests.Cli;

/// <summary>Coordinates have bounds and names of their own.</summary>
public sealed class CoordinateTests
{
    // One side only, which the lowest point lies on; one coordinate between bounds and one without; and one that does not move.
    [Theory]
    [InlineData("Square(x[0]+1)", "1", "0,inf", "boundary_minimum", 1, new[] { 0.0 })]
    [InlineData("Square(x[0]+1)", "1", "-inf,inf", "minimum", 0, new[] { -1.0 })]
    [InlineData("Square(x[0]-3)+Square(x[1]-7)", "2", "-1,1;-inf,inf", "boundary_minimum", 4, new[] { 1.0, 7.0 })]
    [InlineData("Square(x[0]-x[1])+Square(x[0])", "2", "-5,5;2,2", "minimum", 2, new[] { 1.0, 2.0 })]
    public void Each_coordinate_has_bounds_of_its_own(string formula, string dimension, string domain, string kind, double value, double[] point)
    {
        var ran = CommandLine.Run("explore", "--formula", formula, "--dimension", dimension, $"--domain={domain}", "--restarts", "60", "--json", "-");
        Assert.True(ran.Status == 0, ran.Error);
        using var record = JsonDocument.Parse(ran.Out);
        var minimum = Assert.Single(record.RootElement.GetProperty("minima").EnumerateArray().Concat(record.RootElement.GetProperty("boundary_minima").EnumerateArray()));
        Assert.Equal(kind, minimum.GetProperty("kind").GetString());
        // Of a square half the digits, at least.
        Assert.Equal(value, minimum.GetProperty("value").GetDouble(), 1e-9);
        Assert.All(point.Zip(minimum.GetProperty("point").EnumerateArray()), p => Assert.Equal(p.First, p.Second.GetDouble(), 1e-7));
    }

    [Fact]
    public void Names_of_coordinates_are_in_the_table_the_record_and_the_rows()
    {
        var at = Directory.CreateTempSubdirectory("names").FullName;
        string named = Path.Combine(at, "named.json"), rows = Path.Combine(at, "named.csv");
        var ran = CommandLine.Run("explore", "--formula", "Square(x[0]-1)+Square(x[1]-2)", "--dimension", "2", "--names", "K,Vmax", "--restarts", "20", "--json", named, "--csv", rows);
        Assert.True(ran.Status == 0, ran.Error);
        Assert.Contains("(K, Vmax)", ran.Out, StringComparison.Ordinal);
        Assert.EndsWith(",K,Vmax", File.ReadLines(rows).First(), StringComparison.Ordinal);
        using var record = JsonDocument.Parse(File.ReadAllText(named));
        Assert.Equal(["K", "Vmax"], record.RootElement.GetProperty("objective").GetProperty("names").EnumerateArray().Select(n => n.GetString()!));
        Directory.Delete(at, recursive: true);
    }
}
