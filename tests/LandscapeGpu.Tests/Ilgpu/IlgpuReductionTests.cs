using LandscapeGpu.Tests.Devices;
using LandscapeGpu.Tests.Ilgpu.Ptx;

namespace LandscapeGpu.Tests.Ilgpu;

public class IlgpuReductionTests
{
    [Theory]
    [MemberData(nameof(Devices))]
    public void Restarts_that_come_to_one_point_are_counted_on_the_device(string device) => ReductionParity.Require(DevicesHere.Open(device), device == "ilgpu-cpu" ? 64 : DevicesHere.Restarts(device));

    [Fact]
    public void Keys_and_counts_of_the_PTX_are_those_of_this_side() => ReductionParity.Require(new PtxDevice { StepsPerLaunch = 4096 }, 64);

    [Theory]
    [MemberData(nameof(Devices))]
    public void A_minimum_that_edges_cut_comes_back_as_one(string device) => RequireWhole(DevicesHere.Open(device));

    [Fact]
    public void Shifted_lattices_of_the_PTX_join_what_edges_cut() => RequireWhole(new PtxDevice { StepsPerLaunch = 4096 });

    public static TheoryData<string> Devices() => [.. DevicesHere.Kinds];

    private static void RequireWhole(KernelDevice device)
    {
        var led = CutMinimum.LeadersOf(device, CutMinimum.At(3, 1, isCutInEach: true), 150);
        Assert.Equal(1, led[^1].Leaders);
        // Else nothing was tested.
        Assert.InRange(led.Count, 2, CellPlan.Lattices);
    }
}
