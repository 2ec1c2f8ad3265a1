namespace LandscapeGpu.Tests.Objectives;

/// <summary>Counts of separable objectives are products over the axes, and those are found by scanning an axis.</summary>
public class KnownCountTests
{
    // The closest minima of the catalogue, Griewank's, are 6 apart on an axis of 1200: 26 samples.
    private const int Samples = 5_003;

    [Theory]
    [InlineData("tilted-sine", 1)]
    [InlineData("double-well", 1)]
    [InlineData("double-well", 3)]
    [InlineData("rastrigin", 2)]
    [InlineData("griewank", 1)]
    [InlineData("levy", 1)]
    [InlineData("levy", 2)]
    [InlineData("levy", 4)]
    [InlineData("schwefel", 2)]
    [InlineData("styblinski-tang", 5)]
    [InlineData("vincent", 2)]
    public void The_count_of_a_separable_objective_is_the_product_over_its_axes(string name, int dimension)
    {
        var objective = Catalogue.Find(name).Create(dimension);
        var product = Enumerable.Range(0, dimension).Aggregate(1L, (p, axis) => p * Minima(objective, axis).Count);
        Assert.Equal(objective.Known.Count, product);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    public void Michalewicz_is_least_where_each_axis_is(int dimension)
    {
        var objective = Catalogue.Find("michalewicz").Create(dimension);
        double[] best = [.. Enumerable.Range(0, dimension).Select(axis => Refined(objective, axis, Minima(objective, axis, at: 0).MinBy(m => m.Value).X))];
        Assert.Equal(objective.Known.GlobalValue!.Value, objective.Evaluate(best), objective.Known.ValueError);
    }

    [Fact]
    public void Michalewicz_has_one_more_valley_on_each_axis()
    {
        // The other coordinates are 0, where their terms vanish exactly: next to any other number the plain would be rounded away.
        var objective = Catalogue.Find("michalewicz").Create(20);
        Assert.All(Enumerable.Range(0, 20), axis => Assert.Equal(axis + 1, Minima(objective, axis, at: 0).Count));
        Assert.Equal(1L * 2 * 3 * 4 * 5, Catalogue.Find("michalewicz").Create(5).Known.Count);
    }

    [Fact]
    public void Shuberts_minima_are_where_a_minimum_of_one_factor_meets_a_maximum_of_the_other()
    {
        // f(x, y) = g(x) g(y). At a point where both slopes vanish it is a minimum if g″(x)g(y) > 0 and g(x)g″(y) > 0.
        var objective = Catalogue.Find("shubert").Create();
        var low = Minima(objective, 0, at: -7.083506); // the other factor is positive here, so these are minima of g
        var high = Minima(objective, 0, at: -7.708314); // and negative here: maxima of g
        Assert.All(low, m => Assert.True(m.Value < 0));
        Assert.All(high, m => Assert.True(m.Value < 0));
        Assert.Equal(objective.Known.Count, 2L * low.Count * high.Count);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(7, 4)]
    [InlineData(10, 64)]
    public void The_counts_of_clusters_start_with_two_atoms(int atoms, long count) =>
        Assert.Equal(count, Catalogue.Find("lennard-jones").Create(settings: new Dictionary<string, double> { ["atoms"] = atoms }).Known.Count);

    /// <summary>The interior minima along an axis through a point, found as samples below both neighbours.</summary>
    private static List<(double X, double Value)> Minima(Objective objective, int axis, double? at = null)
    {
        // Off the symmetric points, where other axes could make the whole line flat.
        var (lower, upper) = CatalogueMembers.Side(objective, axis);
        double[] x = [.. Enumerable.Range(0, objective.Dimension).Select(i => at ?? Middle(objective, i))];
        double[] values = [.. Enumerable.Range(0, Samples).Select(s =>
        {
            x[axis] = X(s);
            return objective.Evaluate(x);
        })];
        return [.. Enumerable.Range(1, Samples - 2).Where(s => values[s] < values[s - 1] && values[s] <= values[s + 1]).Select(s => (X(s), values[s]))];

        double X(int s) => lower + ((upper - lower) * s / (Samples - 1));
    }

    private static double Middle(Objective objective, int i) => CatalogueMembers.Side(objective, i) is var (l, u) ? l + (0.61803 * (u - l)) : 0;

    /// <summary>A minimum along an axis to 1e-9, by golden section between the neighbouring samples.</summary>
    private static double Refined(Objective objective, int axis, double near)
    {
        var (lower, upper) = CatalogueMembers.Side(objective, axis);
        double[] x = [.. Enumerable.Range(0, objective.Dimension).Select(i => Middle(objective, i))];
        return GoldenSection.Minimum(near - ((upper - lower) / Samples), near + ((upper - lower) / Samples), t =>
        {
            x[axis] = t;
            return objective.Evaluate(x);
        });
    }
}
