using LandscapeGpu.Devices.Kernels;
using LandscapeGpu.Identity;

namespace LandscapeGpu.Tests.Devices;

/// <summary>A landscape with one minimum, where edges of the cells meet by which endpoints are told apart.</summary>
internal static class CutMinimum
{
    private const int Restarts = 120;

    /// <param name="dimension">d: so many directions have edges, five at most.</param>
    /// <param name="cell">Which edges: so many tenths out.</param>
    /// <param name="isCutInEach">Whether each direction has its edge there in another lattice, so that one lattice alone has no cell that holds the minimum.</param>
    public static Objective At(int dimension, int cell, bool isCutInEach)
    {
        var numbers = NumbersOf(Well(new double[dimension]));
        var at = new double[dimension];
        for (var k = 0; k < Math.Min(CellPlan.Directions, dimension); k++)
        {
            var direction = numbers.AsSpan(2 + ((1 + k) * dimension), dimension).ToArray();
            var square = direction.Sum(c => c * c);
            // Halfway between two whole numbers, where keys are rounded; directions are orthogonal.
            var along = Math.Round(cell * 0.1 * Math.Sqrt(square)) + 0.5 - 0.381966 - (isCutInEach ? (double)k / CellPlan.Lattices : 0);
            for (var i = 0; i < dimension; i++)
            {
                at[i] += along * direction[i] / square;
            }
        }

        return Well(at);
    }

    /// <summary>How many lead in each lattice that was asked for; the last have all restarts together, and no others are left.</summary>
    public static List<(int Lattice, int Leaders)> LeadersOf(KernelDevice on, Objective well, int restarts = Restarts)
    {
        var device = new FailingDevice(int.MaxValue, staysLost: false, on);
        var groups = new EndpointGroups(RegionScale.Of(well), 1);
        using var reduction = KernelReduction.For(well, new(), device, groups.Numbers)!;
        Assert.True(reduction.Descend(new(well.DefaultStarts, 3, 0, restarts), null, default));
        var reduced = reduction.Polish(1u << (int)Outcome.Converged, null, default)!;
        groups.Add(reduced.Leaders, null, reduced.Counts);
        Assert.Equal(restarts - reduced.Items.Length, groups.Total);
        Assert.Equal(1, groups.Count);
        Assert.Equal(reduced.Leaders.Count, device.Led[^1].Leaders);
        return device.Led;
    }

    private static double[] NumbersOf(Objective well) => new EndpointGroups(RegionScale.Of(well), 1).Numbers;

    private static Objective Well(double[] at) => Objective.Define("well", at.Length, x => Enumerable.Range(0, at.Length).Aggregate((Real)0, (sum, i) => sum + Exp(x[i] - at[i]) - x[i]))
        with
    { Region = Region.Box(at.Length, -2, 2), Starts = new UniformBox(-2, 2) };
}
