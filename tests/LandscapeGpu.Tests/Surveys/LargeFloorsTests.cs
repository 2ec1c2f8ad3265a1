namespace LandscapeGpu.Tests.Surveys;

/// <summary>Floors of several dimensions in more coordinates than Hessians are formed for on the way along them.</summary>
public sealed class LargeFloorsTests
{
    /// <summary>‖UVᵀ − M‖² with M of the rank of the factors: (UA, VA⁻ᵀ) is as good for any A, and no way leads from det A &gt; 0 to det A &lt; 0.</summary>
    private static Objective Factors(int rows, int columns, int rank, Region? region = null)
    {
        var m = new double[rows, columns];
        for (var k = 0; k < rows * columns * rank; k++)
        {
            var (i, j, r) = (k / rank / columns, k / rank % columns, k % rank);
            m[i, j] += Math.Sin((1.3 * i * (1 + r)) + 0.4) * Math.Cos((0.7 * j * (1 + (0.3 * r))) - 1);
        }

        var data = new Data("M", m);
        return Objective.Define("factors", (rows + columns) * rank, x => Sum(rows, i => Sum(columns, j => Square(Sum(rank, r => x[(rank * i) + r] * x[(rank * (rows + j)) + r]) - data[i, j])))) with
        {
            Region = region ?? Region.WholeSpace,
            Starts = region is null ? new Gaussian(1) : null,
        };
    }

    [Theory]
    [InlineData(20, 16, 2, 16)]
    [InlineData(14, 10, 3, 16)]
    [InlineData(70, 64, 2, 4)]
    public void Factors_of_a_matrix_are_two_families_one_for_each_sign(int rows, int columns, int rank, int restarts)
    {
        var found = Survey.Run(Factors(rows, columns, rank), new() { Restarts = restarts });
        Assert.Equal(2, found.Minima.Count);
        Assert.All(found.Minima, m => Assert.Equal((rank * rank, 0.0), (m.FlatDirections, m.ShownValue)));
        Assert.Equal(restarts, found.Minima.Sum(m => m.Count));
    }

    [Fact]
    public void So_they_are_in_a_box()
    {
        var found = Survey.Run(Factors(20, 16, 2, Region.Box(72, -3, 3)), new() { Restarts = 12 });
        Assert.Equal(2, found.Minima.Count);
        Assert.Equal(12, found.AllMinima.Sum(m => m.Count));
    }
}
