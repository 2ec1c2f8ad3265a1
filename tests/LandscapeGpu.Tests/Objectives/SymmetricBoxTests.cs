using LandscapeGpu.Expressions;

namespace LandscapeGpu.Tests.Objectives;

/// <summary>On a box that is as wide to both sides of 0 the sign of a product tells what a bound holds.</summary>
public class SymmetricBoxTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5.12)]
    [InlineData(1e300)]
    public void A_bound_holds_what_two_comparisons_with_each_side_hold(double side)
    {
        var region = Region.Box(1, -side, side);
        var free = Objective.Define("free", 2, x => region.Free(Vector(1, _ => (Real)7), Vector(1, _ => x[1]), Vector(1, _ => x[0]), new VectorForm(IsWrittenOut: true))[0]);
        foreach (var x in new[] { side, -side, Math.BitDecrement(side), Math.BitIncrement(-side), Math.BitIncrement(side), 0, double.NaN })
        {
            foreach (var g in new[] { 0, -0.0, double.Epsilon, -double.Epsilon, 1e-300, -1e-300, 1, -1, 1e300, -1e300, double.PositiveInfinity, double.NegativeInfinity, double.NaN })
            {
                Assert.True((((x <= -side && g > 0) || (x >= side && g < 0)) ? 0 : 7) == free.Evaluate([x, g]), $"at {x} with slope {g}");
            }
        }
    }
}
